"""Letters of moderation: the statement to the author, the answer to an appeal, a word to those who flagged."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from ratusz.casework.moderation import catalogue
from ratusz.casework.moderation.models import Appeal, Deed, Item, Judgement
from ratusz.foundation.kit.links import sign_link
from ratusz.foundation.notifications.actions import send
from ratusz.foundation.notifications.rules import NotDeliverable

STATEMENT, ANSWER, REPORTER = "moderation.statement", "moderation.answer", "moderation.reporter"
LINK = "moderation.statement"


def link_of(judgement: Judgement) -> str:
    """The author's own page of a judgement: signed, good for the window of an appeal, opened without an account."""
    token = sign_link(LINK, [judgement.item_id, judgement.number], catalogue.appeal_until(judgement.judged_at))
    return settings.PUBLIC_ADDRESS.rstrip("/") + reverse("moderation:statement", args=[token])


def send_statement(judgement: Judgement) -> bool:
    """Whether the author can be written to, and was."""
    words = _("Change what you wrote") if judgement.deed == Deed.ASK else _("See the decision or appeal")
    subject = (
        _("A moderator asks you to change what you wrote") if judgement.deed == Deed.ASK else _("A decision about what you wrote")
    )
    key = f"{judgement.item.key}:{judgement.number}"
    return _write(judgement.item, STATEMENT, key, subject, judgement.statement, (words, link_of(judgement)))


def send_answer(appeal: Appeal, text: str) -> bool:
    """The author learns how the appeal ended."""
    button = (_("See the decision"), link_of(appeal.judgement))
    return _write(appeal.judgement.item, ANSWER, f"{appeal.key}:answer", _("Your appeal is decided"), text, button)


def _write(item: Item, purpose: str, key: str, subject: str, text: str, button: tuple[str, str]) -> bool:
    to: Any = item.author if item.author and item.author.is_active else item.author_address
    if not to:
        return False
    try:
        send(to=to, purpose=purpose, dedup_key=key, subject=subject, text=text, button=button)
    except NotDeliverable:
        return False
    return True


def tell_reporters(item: Item, *, has_changed: bool) -> None:
    """Whoever flagged it with an account learns that somebody looked and whether anything was done, no more."""
    for flag in item.flags.exclude(reporter=None).select_related("reporter"):
        if flag.reporter is None or not flag.reporter.is_active:
            continue
        try:
            send(
                to=flag.reporter, purpose=REPORTER, dedup_key=f"moderation.flag:{flag.pk}", template="moderation/mail/reporter",
                context={"label": item.label, "has_changed": has_changed},
            )  # fmt: skip
        except NotDeliverable:
            continue

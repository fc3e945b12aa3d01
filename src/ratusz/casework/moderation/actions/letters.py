"""Letters of moderation: the statement to the author, the answer to an appeal, a word to those who flagged."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from ratusz.casework.moderation import catalogue, wording
from ratusz.casework.moderation.models import Appeal, Deed, Item, Judgement, Mandate
from ratusz.foundation.kit.links import sign_link
from ratusz.foundation.notifications.actions import send
from ratusz.foundation.notifications.rules import NotDeliverable

STATEMENT, ANSWER, REPORTER = "moderation.statement", "moderation.answer", "moderation.reporter"
APPOINTMENT, COVER, QUEUE = "moderation.appointment", "moderation.cover", "moderation.queue"
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


def send_appointment(mandate: Mandate) -> None:
    """The moderator and the substitute learn what they were appointed to; whoever was invited gets the invitation instead."""
    for who in (mandate.person, mandate.substitute):
        _tell_staff(who, f"moderation.mandate:{mandate.pk}", _("You are appointed a moderator"), wording.appointment(mandate))


def send_end_of_appointment(mandate: Mandate) -> None:
    """They learn that it is over, and why."""
    text = _("Your appointment as a moderator of “%(place)s” has ended: %(why)s.") % {
        "place": mandate.place_name, "why": mandate.end_reason.rstrip(".")
    }  # fmt: skip
    for who in (mandate.person, mandate.substitute):
        _tell_staff(who, f"moderation.mandate:{mandate.pk}:end", _("Your appointment as a moderator has ended"), text)


def _tell_staff(who: Any, key: str, subject: str, text: str, purpose: str = APPOINTMENT) -> None:
    if who is None or not who.is_active:
        return
    with contextlib.suppress(NotDeliverable):
        send(to=who, purpose=purpose, dedup_key=f"{key}:{who.pk}", subject=subject, text=text)


def send_to_judge(people: Iterable[Any], item: Item) -> None:
    """Whoever looks after the place learns that something waits, without anybody's words; the author and who flagged it do not."""
    address = settings.PUBLIC_ADDRESS.rstrip("/") + reverse("moderation_item", args=[item.pk])
    for who in people:
        if who.pk != item.author_id and who.is_active:
            with contextlib.suppress(NotDeliverable):
                send(
                    to=who, purpose=QUEUE, dedup_key=f"{item.key}:waits:{who.pk}", subject=_("Something waits for your decision"),
                    text=_("It waits in the queue of moderation: %(thing)s.") % {"thing": item.label},
                    button=(_("Open it"), address),
                )  # fmt: skip


def send_alarm(people: Iterable[Any], key: str, text: str) -> None:
    """Leads learn of places that nobody looks after."""
    for who in people:
        _tell_staff(who, key, _("Nobody moderates a place"), text, COVER)

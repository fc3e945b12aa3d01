"""Ask somebody without an account: a signed link to one version on one page, with a yes, a wish for changes or a comment."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import models, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from ratusz.foundation.audit.acting import Actor, acting
from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import polish_moment
from ratusz.foundation.kit.links import read_link, sign_link
from ratusz.foundation.notifications.actions import send
from ratusz.publishing.editing import rules
from ratusz.publishing.editing.models import ApprovalAnswer, ApprovalLink, Submission

from .steps import Step, locked, note

LINK = "editing.approval"
LIVES = timedelta(days=30)
Decision = ApprovalAnswer.Decision


@transaction.atomic
def make_link(*, submission: Submission, recipient: str, email: str, person: Any, asks_code: bool = False) -> ApprovalLink:
    """Sends a link good for this version and for thirty days. Raises PermissionDenied, NotNow."""
    submission = locked(submission)
    now = database_now()
    rules.check(person, "make_link", submission, now)
    link = ApprovalLink.objects.create(
        submission=submission, version=submission.version, recipient=recipient, email=email.lower(), asks_code=asks_code,
        made_by=person, made_at=now, expires_at=now + LIVES,
    )  # fmt: skip
    note(submission, Step.LINK_MADE, person, now)
    record(deed="editing.make_link", subject=link, after={"version": link.version, "asks_code": asks_code}, actor=person)
    send(
        to=link.email, purpose="editing.approval_link", template="editing/mail/approval_link",
        context={"submission": submission, "link": link, "until": polish_moment(link.expires_at)},
        button=(_("Read the text"), address_of(link)), dedup_key=f"editing-link:{link.pk}",
    )  # fmt: skip
    return link


def address_of(link: ApprovalLink) -> str:
    """The whole address of a link; whoever has it can answer."""
    token = sign_link(LINK, [str(link.pk), link.version], link.expires_at)
    return settings.PUBLIC_ADDRESS.rstrip("/") + reverse("editing:approval", args=[token])


def _find(token: str, at: Any, **lock: bool) -> ApprovalLink:
    number, version = read_link(LINK, token, at)
    links = ApprovalLink.objects.select_related("submission", "submission__unit")
    links = links.select_for_update(of=("self",)) if lock else links
    link = links.filter(pk=UUID(number), version=version).first()
    rules.check_link(link, at)
    assert link is not None
    return link


def look_at_link(*, token: str) -> ApprovalLink:
    """The link behind a token, for showing the page; opening answers nothing. Raises LinkRefused."""
    return _find(token, database_now())


@transaction.atomic
def answer_link(*, token: str, decision: str, name: str, comment: str = "") -> ApprovalAnswer:
    """Keeps an answer under the name given. A yes or a wish for changes is given once; remarks as often as one likes.

    The same answer in the same words is the one given before: a form sent twice. Raises LinkRefused, and NotNow when the answer
    lacks its name or its words, or another one was given before.
    """
    link = _find(token, database_now(), lock=True)
    now = database_now()
    given = link.answers.filter(decision=decision, signed_name=name.strip(), comment=comment.strip()).first()
    if given is not None:
        return given
    _check_answer(link, decision, name, comment)
    answer = ApprovalAnswer.objects.create(
        link=link, decision=decision, signed_name=name.strip(), comment=comment.strip(), answered_at=now
    )
    if decision != Decision.COMMENT:
        link.decided_at = now
        link.save(update_fields=["decided_at"])
    with acting(Actor(kind="link", id=str(link.pk), label=str(_("by a link of approval")))):
        note(link.submission, Step.LINK_ANSWERED, None, now, str(Decision(decision).label))
        record(deed="editing.answer_link", subject=link, after={"decision": decision, "version": link.version})
    return answer


def _check_answer(link: ApprovalLink, decision: str, name: str, comment: str) -> None:
    if decision not in Decision.values:
        raise rules.NotNow(_("Choose one of the answers."))
    if not name.strip():
        raise rules.NotNow(_("Give your first name and surname."))
    if decision != Decision.APPROVE and not comment.strip():
        raise rules.NotNow(_("Write what is to be changed, or your remark."))
    if decision != Decision.COMMENT and link.decided_at is not None:
        raise rules.NotNow(_("You have answered by this link already. You can still write a remark."))


@transaction.atomic
def revoke_link(*, link: ApprovalLink, person: Any) -> None:
    """From now on the link opens nothing."""
    submission = locked(link.submission)
    now = database_now()
    rules.check(person, "revoke_link", submission, now)
    if ApprovalLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=now):
        note(submission, Step.LINK_REVOKED, person, now)
        record(deed="editing.revoke_link", subject=link, actor=person)


@transaction.atomic
def erase_links(*, links: models.QuerySet[ApprovalLink]) -> int:
    """Forgets who was asked and who signed; that a version was read and what was answered stays. Returns how many links."""
    ApprovalAnswer.objects.filter(link__in=links).update(signed_name="", comment="–")
    return links.update(recipient="", email="nikt@ratusz.invalid", revoked_at=database_now())

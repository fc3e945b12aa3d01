"""Who may do what with a submission, and when; each refusal says in words what to do instead."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from ratusz.foundation.kit.links import LinkExpired, LinkRefused
from ratusz.foundation.kit.outgoing import Outgoing
from ratusz.foundation.units.rules import holds_department_role, holds_role
from ratusz.publishing.messages.models import Variant
from ratusz.publishing.messages.models.variant import SENT

from .models import ApprovalLink, LonePublication, ReleaseItem, ReleaseSet, Submission
from .models.submissions import DEPARTMENT
from .registries import duty_rosters, release_kinds

State = Submission.State
HEADS = ("head", "deputy_head")
BEING_READ = (State.SENT, State.APPROVED)
OPEN = (State.DRAFT, State.SENT, State.RETURNED, State.APPROVED)
WITH_UNIT = (State.DRAFT, State.RETURNED)


class NotNow(ValueError):
    """The deed does not fit the state of the thing; the message says why and what to do."""


class ChangedMeanwhile(NotNow):
    """Somebody saved a newer version while this person was writing; nothing was saved, and nothing is lost."""

    def __init__(self, submission: Submission):
        super().__init__(_("Somebody changed this text while you were writing. Compare both and decide what stays."))
        self.submission = submission


class NotComplete(NotNow):
    """Something is missing before it may go on; `findings` name what, with addresses where it is mended."""

    def __init__(self, findings: list[tuple[str, str]]):
        super().__init__(" ".join(words for words, _address in findings))
        self.findings = findings


class Held(NotComplete):
    """Nothing is missing, and all the same something keeps it in the house for now: `outgoing` is what tried to leave."""

    def __init__(self, findings: list[tuple[str, str]], outgoing: list[Outgoing]):
        super().__init__(findings)
        self.outgoing = outgoing


def is_department(person: Any, at: datetime) -> bool:
    """Whether the person reads, approves and publishes for the department."""
    return holds_department_role(person, *DEPARTMENT, at=at)


def writes_for(person: Any, unit: Any, at: datetime) -> bool:
    """Whether the person writes for this unit."""
    return holds_role(person, "unit_editor", at=at, unit=unit)


def may_write(person: Any, at: datetime) -> bool:
    """Whether the person may begin a submission at all: editors of units, and the department."""
    return is_department(person, at) or holds_role(person, "unit_editor", at=at)


def may_publish_alone(person: Any, at: datetime) -> bool:
    """Heads and deputies, and whoever is on duty by a registered roster."""
    if holds_department_role(person, *HEADS, at=at):
        return True
    return is_department(person, at) and any(is_on_duty(person, at) for is_on_duty in duty_rosters)


def may(person: Any, deed: str, submission: Submission, at: datetime) -> bool:
    """Whether the deed is open to the person now; `refusal` says why not."""
    return _belongs(person, deed, submission, at) and (refusal(person, deed, submission) or waits_in_a_set(deed, submission)) == ""


def check(person: Any, deed: str, submission: Submission, at: datetime) -> None:
    """Raises PermissionDenied for somebody else's work, NotNow with words when it is theirs but not now."""
    if not _belongs(person, deed, submission, at):
        raise PermissionDenied
    if words := refusal(person, deed, submission) or waits_in_a_set(deed, submission):
        raise NotNow(words)


OF_THE_DEPARTMENT = frozenset(
    {"claim", "release", "ask_back", "approve", "schedule", "unschedule", "publish", "make_link", "revoke_link"}
)
STATES = {
    "send": WITH_UNIT, "claim": BEING_READ, "release": BEING_READ, "ask_back": BEING_READ, "approve": (State.SENT,),
    "schedule": (State.APPROVED,), "unschedule": (State.APPROVED,), "publish": (State.APPROVED,), "publish_alone": (State.SENT,),
    "close": OPEN, "make_link": BEING_READ, "revoke_link": OPEN, "edit": OPEN, "see": tuple(State), "comment": tuple(State),
}  # fmt: skip


def _belongs(person: Any, deed: str, submission: Submission, at: datetime) -> bool:
    """Whether this kind of deed on this submission is the person's work, whatever its state."""
    is_theirs = writes_for(person, submission.unit, at)
    if deed == "publish_alone":
        return may_publish_alone(person, at)
    if deed in OF_THE_DEPARTMENT:
        return is_department(person, at)
    if deed in ("send", "edit") and submission.state in WITH_UNIT:
        return is_theirs or (is_department(person, at) and submission.author_id == person.pk)
    if deed == "edit":
        return is_department(person, at)
    if deed == "close" and submission.state not in WITH_UNIT:
        return is_department(person, at) or is_theirs
    if submission.state == State.DRAFT:
        return is_theirs or submission.author_id == getattr(person, "pk", None)
    return is_theirs or is_department(person, at)


def refusal(person: Any, deed: str, submission: Submission) -> str:
    """Why the deed does not fit the state, in words; "" when it does. Pure."""
    if submission.state not in STATES[deed]:
        return _wrong_state(submission)
    held_by_other = submission.claimed_by_id is not None and submission.claimed_by_id != person.pk
    if held_by_other and deed in ("claim", "edit", "ask_back", "approve", "publish", "publish_alone", "schedule", "unschedule"):
        return _("Somebody else has claimed this text. Ask them to give it back first.")
    if deed == "claim" and submission.claimed_by_id == person.pk:
        return _("You have claimed this text already.")
    if deed == "release" and submission.claimed_by_id is None:
        return _("Nobody has claimed this text.")
    if deed == "approve" and not is_second_pair(person, submission):
        return _("You wrote this text or changed it last. A second pair of eyes approves it: give it back for somebody else.")
    if deed == "unschedule" and submission.scheduled_for is None:
        return _("This text has no moment set.")
    return ""


GOES_OUT = frozenset({"publish", "publish_alone", "schedule"})


def waits_in_a_set(deed: str, submission: Submission) -> str:
    """Why a text that waits in a release set does not go out by itself, in words; "" when it may."""
    release = ReleaseSet.objects.holding("submission", str(submission.pk)).first() if deed in GOES_OUT else None
    if release is None:
        return ""
    return _waits_in(release)


def _waits_in(release: ReleaseSet) -> str:
    words = _(
        "This text waits in the release set “%(name)s” and goes out with it. To let it out alone, take it out of the set first."
    )
    return words % {"name": release.name}


def texts_in_sets(numbers: Collection[int]) -> dict[int, str]:
    """Texts of messages that wait in a release set: by number, why they do not leave by themselves."""
    keys = [str(number) for number in numbers]
    held = ReleaseItem.objects.filter(kind="message", is_held=True, key__in=keys).select_related("release_set")
    return {int(item.key): _waits_in(item.release_set) for item in held}


def page_in_a_set(page: int) -> str:
    """Why a page whose draft waits in a release set is not published by itself; "" when none does."""
    item = ReleaseItem.objects.filter(kind="page", is_held=True, key__startswith=f"{page}:").select_related("release_set").first()
    return _waits_in(item.release_set) if item else ""


def check_joining(submission: Submission) -> None:
    """Raises NotNow for a text that does not wait any more, and for one that has a moment of its own."""
    if submission.state not in OPEN:
        raise NotNow(_wrong_state(submission))
    if submission.scheduled_for is not None:
        raise NotNow(_("This text has a moment of its own. Take the moment back first."))


def check_text_joining(variant: Variant) -> None:
    """The same for a text of a message."""
    if variant.state in SENT:
        raise NotNow(_("This text has gone out already."))
    if variant.state == Variant.State.QUEUED:
        raise NotNow(_("This text has a moment of its own. Take the moment back first."))


def reads_as_second(person: int | None, written_by: Collection[int | None]) -> bool:
    """Four eyes, for submissions, pages and sets alike: a second pair are those of somebody who wrote nothing of it."""
    return person not in written_by


def is_second_pair(person: Any, submission: Submission) -> bool:
    """Neither the author nor whoever changed the text last."""
    return reads_as_second(person.pk, {submission.author_id, submission.last_edited_by_id})


def _wrong_state(submission: Submission) -> str:
    return {
        State.DRAFT: _("This text is still a draft of the unit."),
        State.SENT: _("This text is with the department now."),
        State.RETURNED: _("This text is with the unit now."),
        State.APPROVED: _("This text is approved already."),
        State.PUBLISHED: _("This text has gone out already. To change it, hand in a change of the page."),
        State.CLOSED: _("This text is closed."),
    }[State(submission.state)]


def check_review(person: Any, publication: LonePublication, at: datetime) -> None:
    """Raises PermissionDenied outside the department, NotNow for the publisher themself and when it was read already."""
    if not is_department(person, at):
        raise PermissionDenied
    if publication.reviewed_at is not None:
        raise NotNow(_("Somebody has read this publication already."))
    if publication.published_by_id == person.pk:
        raise NotNow(_("You published this text yourself. Somebody else reads it."))


class LinkVoid(LinkRefused):
    """The link was for an older version, was taken back, or has its answer."""


def _why_nobody_reads(submission: Submission) -> str:
    """The letter has promised a new link when the text changes; what has gone out or was dropped needs no answer."""
    if submission.state == State.PUBLISHED:
        return _("This text has gone out already, so there is nothing to answer any more. Thank you.")
    if submission.state == State.CLOSED:
        return _("This text does not go out, so there is nothing to answer any more. Thank you.")
    return _("The text is being changed. Whoever sent this link sends you a new one when it is ready.")


def check_link(link: ApprovalLink | None, at: datetime) -> None:
    """Raises LinkRefused when the link opens nothing (any more)."""
    if link is None:
        raise LinkRefused(_("This link is not valid. Ask whoever sent it for a new one."))
    if link.revoked_at is not None:
        raise LinkVoid(_("This link was withdrawn. Ask whoever sent it for a new one."))
    if link.submission.state not in BEING_READ:
        raise LinkVoid(_why_nobody_reads(link.submission))
    if link.version != link.submission.version:
        raise LinkVoid(_("The text has changed since, so this link is void. Whoever sent it sends you a new one when it is ready."))
    if at >= link.expires_at:
        raise LinkExpired(_("The time of this link is over. Ask whoever sent it for a new one."))


def written_in_set(person: int | None, release: ReleaseSet) -> list[str]:
    """Titles of the things whose words the person wrote and nobody else has approved: of them they are no second pair of eyes."""
    keys: dict[str, list[str]] = {}
    for item in release.items.all():
        keys.setdefault(item.kind, []).append(item.key)
    found = []
    for kind, its in ((release_kinds[name], its) for name, its in keys.items() if name in release_kinds):
        written = kind.writers(its) if kind.writers else {}
        found += [kind.label(key) for key in its if not reads_as_second(person, written.get(key, ()))]
    return found


def check_set(person: Any, deed: str, release: ReleaseSet, at: datetime) -> None:
    """Raises PermissionDenied outside the department and NotNow when the set's state does not allow the deed."""
    if not is_department(person, at):
        raise PermissionDenied
    if not release.is_open:
        raise NotNow(_("This set has gone out or is closed."))
    if deed == "approve":
        if release.state == ReleaseSet.State.APPROVED:
            raise NotNow(_("This set is approved already."))
        if person.pk in (release.made_by_id, release.last_edited_by_id):
            raise NotNow(_("You put this set together or changed it last. Somebody else approves it."))
        if written := written_in_set(person.pk, release):
            words = _("You wrote something in this set: %(things)s. Somebody else approves it.")
            raise NotNow(words % {"things": ", ".join(written)})
    if deed == "release" and release.state != ReleaseSet.State.APPROVED:
        raise NotNow(_("A second pair of eyes approves the set before it goes out."))

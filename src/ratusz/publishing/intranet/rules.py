"""Who may do what in the intranet, what stands in the way, until when people are left in peace: pure, the moment is an argument."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.kit.packs import packs_of
from ratusz.foundation.units.rules import HEADS, holds_department_role, holds_role
from ratusz.publishing.intranet.models import State

WARSAW = ZoneInfo("Europe/Warsaw")
WRITERS = ("editor", "press_officer", "head", "deputy_head")


class Refused(Exception):
    """A deed that may not happen; `message` says to the person what to do."""

    message: Any = ""

    def __str__(self) -> str:
        return str(self.message)


class NotOnView(Refused):
    """The notice is a draft, closed, or past its time."""

    message = _("This notice is no longer in force, so nothing can be confirmed or written under it.")


class NotAsked(Refused):
    """The notice asks nobody to confirm."""

    message = _("This notice does not ask for a confirmation.")


class NothingChanged(Refused):
    """A new version with the old words."""

    message = _("The text is the same as the one published. Change it first, or leave it as it is.")


class NoText(Refused):
    """Nothing to read."""

    message = _("Write the text of the notice before you publish it.")


class TermPassed(Refused):
    """Nobody can confirm until a moment that has passed."""

    message = _("The term for confirming has passed. Set a later one.")


class NotThere(Refused):
    """Somebody flags what is no longer shown, or their own words."""

    message = _("This comment is no longer shown, or it is your own. You can remove your own comment yourself.")


class CommentsClosed(Refused):
    """The author switched comments off."""

    message = _("Comments under this notice are switched off.")


class NotTheirUnit(Refused):
    """A head outside the department speaks to the own unit."""

    message = _("You may write to your own unit and those below it. For a wider circle ask the communication department.")


class NewerVersion(Refused):
    """Somebody confirms what is no longer asked."""

    message = _("A newer version came out while you were reading. Read what has changed, then confirm.")


class OldSheet(Refused):
    """What was signed asks for nothing any more, or never was."""

    message = _("People sign the newest version. Look at the foot of the sheet; if it is an older one, print a new sheet for them.")


class SignedTooEarly(Refused):
    """Signed before there was anything to sign."""

    message = _(
        "This version was published later. Look at the day beside the signatures and at the version at the foot of the sheet."
    )


class NotSignedYet(Refused):
    """Signed on a day that is still ahead."""

    message = _("This day has not come yet.")


class ChangedMeanwhile(Refused):
    """Somebody else saved the notice since the form was opened; `edition` is what stands there now."""

    message = _("Somebody has changed this notice while you were writing. Their text stands below: compare, then save yours again.")

    def __init__(self, edition: str):
        super().__init__(edition)
        self.edition = edition


class NotOnTheList(Refused):
    """Somebody entered whom the notice does not ask, or who confirmed already."""

    message = _("Somebody on the list has confirmed already, or is not asked by this notice. Look at the list again.")


class NoReasonForUrgency(Refused):
    """Quiet hours are broken for a reason or not at all."""

    message = _("Say why this cannot wait until the morning. It is recorded with your name.")


def is_staff(person: Any) -> bool:
    """Whether the intranet is open to the person: any active account of staff, whatever the role."""
    return bool(getattr(person, "is_active", False) and getattr(person, "is_staff", False))


def is_writer(person: Any, at: datetime) -> bool:
    """Whether the person writes for the whole Office."""
    return holds_department_role(person, *WRITERS, at=at)


def may(person: Any, deed: str, subject: Any, at: datetime) -> bool:
    """Whether the person may `read` or `comment` (any staff), `write` (subject: the unit that answers, or None), `change` a notice,
    `feature` it, see who is `missing` in a unit or `remove` a comment.

    Who is missing is for the heads of the unit and of those above it, for nobody else.
    """
    if not is_staff(person):
        return False
    if deed in ("read", "comment"):
        return True
    if deed == "feature":
        return is_writer(person, at)
    if deed == "missing":
        return holds_role(person, *HEADS, at=at, unit=subject)
    if deed == "remove":
        return subject.author_id == person.pk or may(person, "change", subject.notice, at)
    unit = subject.owner_unit if deed == "change" else subject
    return is_writer(person, at) or holds_role(person, *HEADS, at=at, unit=unit)


def check_facts(facts: dict[str, Any]) -> None:
    """Raises what the form says in other words: a required notice has a term, an urgent one a reason."""
    if facts.get("is_urgent") and not str(facts.get("urgent_reason") or "").strip():
        raise NoReasonForUrgency
    if facts.get("is_required") and not facts.get("due_at"):
        raise TermPassed


def check_publishing(notice: Any, at: datetime) -> None:
    """Raises NotOnView for a closed notice, NoText for an empty one, TermPassed."""
    if notice.state == State.CLOSED:
        raise NotOnView
    if not notice.body and not notice.lead:
        raise NoText
    if notice.is_required and notice.due_at <= at:
        raise TermPassed


def is_on_view(notice: Any, at: datetime) -> bool:
    """Published and still valid."""
    return notice.state == State.PUBLISHED and (notice.valid_until is None or notice.valid_until > at)


def check_answerable(notice: Any, at: datetime) -> None:
    """Raises NotOnView or NotAsked; after the term one may still confirm, better late than never."""
    if not is_on_view(notice, at):
        raise NotOnView
    if not notice.is_required:
        raise NotAsked


def check_comment(notice: Any, at: datetime) -> None:
    """Raises NotOnView or CommentsClosed."""
    if not is_on_view(notice, at):
        raise NotOnView
    if not notice.comments_open:
        raise CommentsClosed


def quiet_hours(at: datetime) -> tuple[int, int]:
    """From which hour to which staff are left in peace, by the pack of that day."""
    values = packs_of("ratusz.publishing.intranet")["quiet_hours"].at(local_day(at))
    return values["quiet_from"], values["quiet_to"]


def may_tell_at(at: datetime, is_urgent: bool) -> datetime:
    """The first moment from `at` on at which staff may be written to: in quiet hours the end of them, unless urgent."""
    begins, ends = quiet_hours(at)
    local = at.astimezone(WARSAW)
    if is_urgent or ends <= local.hour < begins:
        return at
    day = local.date() + timedelta(days=local.hour >= begins)
    return datetime.combine(day, time(ends), tzinfo=WARSAW).astimezone(at.tzinfo)


def check_targets(person: Any, units_and_below: Iterable[int] | None, own: set[int], at: datetime) -> None:
    """Raises NotTheirUnit when somebody outside the department speaks beyond the units they head; None means all staff."""
    if is_writer(person, at):
        return
    if units_and_below is None or set(units_and_below) - own:
        raise NotTheirUnit

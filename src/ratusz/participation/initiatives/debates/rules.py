"""What a resident's form for a debate needs (art. 28aa usg), what is refused in which words; pure, the moment is an argument."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ratusz.foundation.kit.dates import local_day, polish_date
from ratusz.foundation.kit.working_days import end_of_day
from ratusz.participation.initiatives.models import Debate, EntryState, Refusal
from ratusz.participation.initiatives.rules import InitiativeRefused

A_YEAR = timedelta(days=366)


def signatures_needed(people: int | None, small_up_to: int, small: int, big: int) -> int:
    """Signatures of one form: fewer in a municipality of up to 20,000; where the number of people is not known, more."""
    return small if people is not None and people <= small_up_to else big


def closes_at(session_at: datetime) -> datetime:
    """The first moment of the day of the session: a form filed before it came by the day before."""
    return end_of_day(local_day(session_at) - timedelta(days=1))


def is_in_time(debate: Debate, received_at: datetime) -> bool:
    """Whether a form received at that moment came by the day before the session."""
    return received_at < closes_at(debate.session_at)


def why_closed(debate: Debate, at: datetime) -> str:
    """In words why no form is taken now; empty while it is."""
    if is_in_time(debate, at):
        return ""
    last = polish_date(closes_at(debate.session_at) - timedelta(seconds=1))
    return _("Forms were taken until %(day)s, the day before the session (art. 28aa of the municipal act).") % {"day": last}


def check_in_time(debate: Debate, at: datetime) -> None:
    """Raises InitiativeRefused."""
    if words := why_closed(debate, at):
        raise InitiativeRefused(words)


def check_received(received_at: datetime, session_at: datetime, at: datetime) -> None:
    """Raises InitiativeRefused for a moment that is still ahead, or a slip in the year, which would put the person first."""
    if received_at > at:
        raise InitiativeRefused(_("This moment is still ahead. Write when the form came."))
    if session_at - received_at > A_YEAR:
        raise InitiativeRefused(_("This moment is more than a year before the session. Check the year."))


def check_year(year: int, session_at: datetime) -> None:
    """Raises InitiativeRefused for a session that is not in the year after the one the report is about."""
    if local_day(session_at).year != year + 1:
        raise InitiativeRefused(
            _("The report for %(year)s is debated in %(next)s. Check the year.") % {"year": year, "next": year + 1}
        )


def check_numbers(most_speakers: int, by_law: int, raised_by: str) -> None:
    """Raises InitiativeRefused: the Council may raise the number of speakers, by a resolution, never lower it."""
    if most_speakers < by_law:
        raise InitiativeRefused(
            _("The law gives the floor to %(count)s residents. The Council may only raise it.") % {"count": by_law}
        )
    if most_speakers > by_law and not raised_by.strip():
        raise InitiativeRefused(_("Write the number of the resolution by which the Council raised the number of speakers."))


def check_report(report_on: date | None, session_at: datetime) -> None:
    """Raises InitiativeRefused for a report presented after its debate."""
    if report_on is not None and report_on > local_day(session_at):
        raise InitiativeRefused(_("The report comes before the debate. Mend one of the two days."))


def report_warning(report_on: date | None, year: int, last_day: str) -> str:
    """What to say of a report that came after 31 May; empty for one in time or not presented yet."""
    due = date.fromisoformat(f"{year + 1}-{last_day}")
    if report_on is None or report_on <= due:
        return ""
    return _("The law wants the report by %(day)s (art. 28aa of the municipal act).") % {"day": polish_date(due)}


def check_state(state: str, *states: str) -> None:
    """Raises InitiativeRefused when the form has moved on."""
    if state not in states:
        raise InitiativeRefused(_("This form has been settled a moment ago. Look where it stands now."))


def check_listing(debate: Debate, signatures: int, received_at: datetime, *, is_resident: bool, is_doubled: bool) -> None:
    """Raises InitiativeRefused, naming which refusal fits instead."""
    if not is_in_time(debate, received_at):
        raise InitiativeRefused(why_closed(debate, received_at))
    if not is_resident:
        raise InitiativeRefused(_("Only residents of the city speak in this debate. Tick that the person lives here, or refuse."))
    if is_doubled:
        raise InitiativeRefused(_("This person is on the list already. Refuse this form as doubled."))
    if signatures < debate.signatures_needed:
        words = ngettext(
            "%(count)s signature of %(needed)s counts. Refuse the form for too few signatures.",
            "%(count)s signatures of %(needed)s count. Refuse the form for too few signatures.",
            signatures,
        )
        raise InitiativeRefused(words % {"count": signatures, "needed": debate.signatures_needed})


def refusal_words(debate: Debate, refusal: str, signatures: int | None) -> str:
    """What the person reads: the reason with the words of the law."""
    said = {"count": signatures or 0, "needed": debate.signatures_needed, "day": polish_date(debate.session_at)}
    words = {
        Refusal.FEW_SIGNATURES: _(
            "%(count)s of %(needed)s signatures count. The law wants a form supported by the signatures of at least"
            " %(needed)s people."
        ),
        Refusal.LATE: _("The form came too late. The law takes forms until the day before the day of the session, %(day)s."),
        Refusal.DOUBLED: _("You have a form in this debate already. One person speaks once, by the form that came first."),
        Refusal.NOT_RESIDENT: _("By the law residents of the municipality speak in this debate, and the address is outside it."),
    }
    return words[Refusal(refusal)] % said + " " + _("Basis: art. 28aa of the municipal act.")


def may_be_withdrawn(state: str) -> bool:
    """Whether the person may still take the form back."""
    return state in (EntryState.RECEIVED, EntryState.LISTED)

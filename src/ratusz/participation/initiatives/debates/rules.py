"""What a resident's form for a debate needs (art. 28aa usg), what is refused in which words; pure, the moment is an argument."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ratusz.foundation.kit import page_dates
from ratusz.foundation.kit.dates import local_day, polish_date, polish_moment
from ratusz.foundation.kit.working_days import end_of_day
from ratusz.participation.initiatives.models import Debate, DebateEntry, EntryState, Refusal
from ratusz.participation.initiatives.rules import InitiativeRefused, check_fields

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
    last = page_dates.day(closes_at(debate.session_at) - timedelta(seconds=1))
    return _("Forms were taken until %(day)s, the day before the session (art. 28aa of the municipal act).") % {"day": last}


def check_in_time(debate: Debate, at: datetime) -> None:
    """Raises InitiativeRefused."""
    if words := why_closed(debate, at):
        raise InitiativeRefused(words)


def check_received(received_at: datetime, session_at: datetime, at: datetime) -> None:
    """Raises InitiativeRefused for a moment that is still ahead, or a slip in the year, which would put the person first."""
    if received_at > at:
        raise InitiativeRefused(fields={"received_at": _("This moment is still ahead. Write when the form came.")})
    if session_at - received_at > A_YEAR:
        words = _("This moment is more than a year before the session. Check the year.")
        raise InitiativeRefused(fields={"received_at": words})


def debate_problems(facts: Mapping[str, Any], by_law: int) -> dict[str, str]:
    """What is wrong with the facts of a debate, each under the name of its field; facts that are not known yet are left out.

    The session is in the year after the one of the report, the report comes first, and the Council may raise the number of
    speakers (`by_law`), by a resolution, never lower it.
    """
    found, session_at, year = {}, facts.get("session_at"), facts.get("year")
    most, report_on = facts.get("most_speakers"), facts.get("report_on")
    if session_at and year and local_day(session_at).year != year + 1:
        found["year"] = _("The report for %(year)s is debated in %(next)s. Check the year.") % {"year": year, "next": year + 1}
    if most is not None and most < by_law:
        words = _("The law gives the floor to %(count)s residents. The Council may only raise it.")
        found["most_speakers"] = words % {"count": by_law}
    if most is not None and most > by_law and not (facts.get("raised_by") or "").strip():
        found["raised_by"] = _("Write the number of the resolution by which the Council raised the number of speakers.")
    if session_at and report_on and report_on > local_day(session_at):
        found["report_on"] = _("The report comes before the debate. Mend one of the two days.")
    return found


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


def _came(entry: DebateEntry) -> tuple[datetime, int]:
    return entry.received_at, entry.order


def _said_of(other: DebateEntry) -> dict[str, str]:
    return {"receipt": other.receipt, "moment": polish_moment(other.received_at)}


def check_first(entry: DebateEntry, doubles: Iterable[DebateEntry]) -> None:
    """Raises InitiativeRefused while another live form of the same person stands in the way: the one that came first counts."""
    others = sorted(doubles, key=_came)
    listed = next((each for each in others if each.state == EntryState.LISTED), None)
    if listed and _came(listed) < _came(entry):
        raise InitiativeRefused(_("This person is on the list already. Refuse this form as doubled."))
    if listed:
        words = _(
            "This person is on the list by a form that came later: %(receipt)s, %(moment)s. Take that one back to checking"
            " first and refuse it as doubled: the form that came first counts."
        )
        raise InitiativeRefused(words % _said_of(listed))
    if others and _came(others[0]) < _came(entry):
        words = _(
            "A form of this person came earlier: %(receipt)s, %(moment)s. Check that one first: the form that came first counts."
        )
        raise InitiativeRefused(words % _said_of(others[0]))


def check_doubled(entry: DebateEntry, doubles: Iterable[DebateEntry]) -> None:
    """Raises InitiativeRefused when the other forms of this person came later: then this is the one that counts.

    A clerk may know a double that is not found by name and address: without any found one it is theirs to say.
    """
    others = sorted(doubles, key=_came)
    if others and _came(entry) < _came(others[0]):
        words = _("This form came first, so it counts: check it, and refuse as doubled the later one, %(receipt)s, %(moment)s.")
        raise InitiativeRefused(fields={"refusal": words % _said_of(others[0])})


def check_reopened(state: str, session_at: datetime, at: datetime) -> None:
    """Raises InitiativeRefused for a form that waits to be checked anyway, and from the session on."""
    if state == EntryState.RECEIVED:
        raise InitiativeRefused(_("This form waits to be checked already."))
    if session_at <= at:
        raise InitiativeRefused(_("The session has begun. What became of this form does not change any more."))


def check_listing(debate: Debate, signatures: int, received_at: datetime, *, is_resident: bool) -> None:
    """Raises InitiativeRefused, naming which refusal fits instead."""
    if not is_in_time(debate, received_at):
        raise InitiativeRefused(why_closed(debate, received_at))
    wrong = {}
    if not is_resident:
        wrong["is_resident"] = _("Only residents of the city speak in this debate. Tick that the person lives here, or refuse.")
    if signatures < debate.signatures_needed:
        words = ngettext(
            "%(count)s signature of %(needed)s counts. Refuse the form for too few signatures.",
            "%(count)s signatures of %(needed)s count. Refuse the form for too few signatures.",
            signatures,
        )
        wrong["signatures"] = words % {"count": signatures, "needed": debate.signatures_needed}
    check_fields(wrong)


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

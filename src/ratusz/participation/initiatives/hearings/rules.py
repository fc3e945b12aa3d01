"""What a public hearing needs at each step, and what is refused in which words; pure, the moment is an argument."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ratusz.casework.meetings import signing_up
from ratusz.casework.meetings.registries import public_words_checks
from ratusz.foundation.kit import page_dates
from ratusz.foundation.kit.dates import local_day, polish_date
from ratusz.foundation.kit.working_days import is_working_day
from ratusz.participation.initiatives.models import Hearing, HearingOpinion, OpinionPosition
from ratusz.participation.initiatives.rules import InitiativeRefused, check_fields

REASONS_LEAST = 20
"""Signs of the reasons of a position: one word is no answer."""


def slot_warnings(starts_at: datetime, from_hour: int) -> list[str]:
    """What is unusual about the hour: a hearing is held on the afternoon of a working day. Warns, never stops."""
    day, warnings = local_day(starts_at), []
    if not is_working_day(day):
        warnings.append(_("%(day)s is not a working day. A hearing is held on a working day.") % {"day": polish_date(day)})
    if localtime(starts_at).hour < from_hour:
        words = _("The hearing begins before %(hour)s.00, when many people are at work. Choose the afternoon.")
        warnings.append(words % {"hour": from_hour})
    return warnings


def day_problems(ordered_on: date | None, opinions_until: date | None, day: date | None) -> dict[str, str]:
    """What is wrong with the days, each under the name of its field; `day` is the one of the hearing, None is not known yet.

    The resolution comes first, and opinions are taken until the day of the hearing at the latest.
    """
    found = {}
    if day and ordered_on and ordered_on > day:
        found["ordered_on"] = _("The Council orders a hearing before it is held. Mend one of the two days.")
    if day and opinions_until and opinions_until > day:
        found["opinions_until"] = _("Opinions are taken until the day of the hearing at the latest. Write an earlier day.")
    return found


def why_no_opinions(hearing: Hearing, at: datetime) -> str:
    """In words why nobody may write an opinion now; empty while they may. The last day counts whole."""
    if hearing.meeting.state == "cancelled":
        return _("This hearing is cancelled.")
    if hearing.meeting.state == "draft":
        return _("This hearing is not announced yet.")
    if hearing.handed_at is not None:
        return _("Councillors have the opinions already. Write to the councillors of your constituency.")
    if local_day(at) > hearing.opinions_until:
        return _("Opinions were taken until %(day)s.") % {"day": page_dates.day(hearing.opinions_until)}
    return ""


def check_came(day: date, at: datetime) -> None:
    """Raises InitiativeRefused for an opinion of a day that is still ahead."""
    if day > local_day(at):
        raise InitiativeRefused(fields={"received_on": _("This day is still ahead. Write the day on which the opinion came.")})


def check_takes_opinions(hearing: Hearing, at: datetime) -> None:
    """Raises InitiativeRefused."""
    if words := why_no_opinions(hearing, at):
        raise InitiativeRefused(words)


def check_open_dossier(hearing: Hearing) -> None:
    """Raises InitiativeRefused once councillors have the dossier."""
    if hearing.handed_at is not None:
        raise InitiativeRefused(_("Councillors have this dossier already. It does not change any more."))


def check_may_list(hearing: Hearing, waiting: int, at: datetime) -> None:
    """Raises InitiativeRefused while people may still come on the list of speakers, or when all stand in order already.

    `waiting`: people who asked to speak and stand in no line.
    """
    closes_at = signing_up.list_closes_at(hearing.meeting)
    if hearing.meeting.state != "announced" or (hearing.listed_at is not None and not waiting):
        raise InitiativeRefused(_("The speakers stand in order already, or the hearing is not announced."))
    if closes_at is not None and at < closes_at:
        words = _("People may still ask to speak, until the end of the day before. Put the speakers in order on %(day)s.")
        raise InitiativeRefused(words % {"day": polish_date(hearing.meeting.starts_at)})


def check_not_gone(opinion: HearingOpinion) -> None:
    """Raises InitiativeRefused for an opinion erased without a position: its words do not come back from an old page."""
    if opinion.is_gone:
        raise InitiativeRefused(_("This opinion was erased before it was answered. It needs no position."))


def check_position(position: str, reasons: str, shown_text: str, at: datetime, organisation: str = "") -> None:
    """Raises InitiativeRefused for a position without reasons, or words for everybody that hold personal data."""
    wrong = {}
    if position not in OpinionPosition.values:
        wrong["position"] = _("Choose the position of the author.")
    if len(reasons.strip()) < REASONS_LEAST:
        wrong["reasons"] = _("Write the reasons in a sentence: councillors and whoever wrote the opinion read them.")
    if not shown_text.strip():
        wrong["shown_text"] = _("Leave the words of the opinion: everybody reads them. Take out only personal data.")
    for name, text in (("shown_text", shown_text), ("reasons", reasons), ("organisation", organisation)):
        for found in (words for check in public_words_checks for words in check([text], at)):
            wrong.setdefault(name, found.words)
    check_fields(wrong)


def gaps(hearing: Hearing, opinions: Iterable[HearingOpinion], at: datetime) -> list[str]:
    """What the dossier of councillors still lacks, in words, all at once."""
    missing = []
    if hearing.meeting.ends_at > at or hearing.meeting.state != "held":
        missing.append(_("The hearing is not closed as held."))
    if waits := [str(each.number) for each in opinions if not each.position and not each.is_gone]:
        words = ngettext(
            "%(count)s opinion lacks the position of the author: no. %(numbers)s.",
            "%(count)s opinions lack the position of the author: no. %(numbers)s.",
            len(waits),
        )
        missing.append(words % {"count": len(waits), "numbers": ", ".join(waits)})
    return missing


def check_complete(missing: list[str]) -> None:
    """Raises InitiativeRefused with every gap."""
    if missing:
        raise InitiativeRefused(" ".join(missing))


def check_vote(hearing: Hearing, session_on: date, is_adopted: bool, resolution: str, at: datetime) -> None:
    """Raises InitiativeRefused for a vote before councillors had the dossier, one still ahead, or one without its number."""
    if hearing.handed_at is None:
        raise InitiativeRefused(_("Hand the dossier to councillors first: they read it before the vote."))
    wrong = {}
    if not local_day(hearing.handed_at) <= session_on <= local_day(at):
        wrong["session_on"] = _("The vote is after councillors got the dossier, and not later than today. Mend the day.")
    if is_adopted and not resolution.strip():
        wrong["resolution"] = _("Write the number of the Council's resolution.")
    check_fields(wrong)

"""Phases of an election, who may set one up, decide and override, and what each phase does: pure, the moment is an argument."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from ratusz.foundation.kit.packs import packs_of
from ratusz.foundation.units.rules import holds_department_role

WARSAW = ZoneInfo("Europe/Warsaw")
KEEPERS = ("head", "deputy_head", "press_officer")
MAY_OVERRIDE = ("head", "deputy_head")
SETUP, CAMPAIGN, SILENCE, AFTER = "setup", "campaign", "silence", "after"
PHASE_NAMES = {
    SETUP: _("before the campaign"),
    CAMPAIGN: _("campaign"),
    SILENCE: _("election silence"),
    AFTER: _("after the voting"),
}
FIRST_DAY = date(2011, 8, 1)
"""The Electoral Code's first day: packs/elections.toml knows no rule of an earlier one."""
FARTHEST, LONGEST_CAMPAIGN, LONGEST_TO_SECOND_ROUND = timedelta(days=3653), timedelta(days=366), timedelta(days=62)
CANDIDATES_KEPT_FOR = timedelta(days=183)
"""Protests and by-elections are over; the names have done their work."""


class Refused(Exception):
    """A deed that may not happen; `message` says to the person what to do."""

    message: Any = ""

    def __str__(self) -> str:
        return str(self.message)


class ReasonMissing(Refused):
    """An override without a reason."""

    message = _("Write why this cannot wait. It is recorded with your name.")


class AlreadyDecided(Refused):
    """Somebody was quicker."""

    message = _("This has been decided already.")


class TextChanged(Refused):
    """The decision was about another text than the one that is held now."""

    message = _("Somebody has changed the text since you opened this list. Read it anew and decide then.")


class StillSilent(Refused):
    """Fresh decisions come after the silence."""

    message = _("The silence still lasts. Decide after it, or let this one out with a reason, if you may.")


class CampaignRuns(Refused):
    """The past of a running election stays as it is."""

    message = _("The campaign has begun: its beginning, its name and its kind stay. Days and hours to come can be changed.")


class SilenceStays(Refused):
    """Changed days would end a silence that lasts."""

    message = _("This would end the silence that lasts now. Only a head or a deputy may do that.")


class DaysRefused(Refused):
    """A mistyped year or day."""

    def __init__(self, words: str):
        super().__init__(words)
        self.message = words


@dataclass(frozen=True)
class Phase:
    """One phase, [starts, ends); `round` 1 or 2. The first has no start, the last no end."""

    code: str
    starts: datetime | None
    ends: datetime | None
    round: int = 1

    def holds_at(self, at: datetime) -> bool:
        return (self.starts is None or self.starts <= at) and (self.ends is None or at < self.ends)


def may(person: Any, deed: str, subject: Any, at: datetime) -> bool:
    """Whether the person may `see` the elections mode (the department), `set_up` an election or `decide` about what was held
    (heads and the press officer), `override` a hold (heads and deputies)."""
    if deed == "see":
        return holds_department_role(person, *KEEPERS, "editor", "moderator", at=at)
    return holds_department_role(person, *(MAY_OVERRIDE if deed == "override" else KEEPERS), at=at)


def setting(name: str, day: date) -> Any:
    """The value of that day in packs/elections.toml: what the law or the house says may change."""
    return packs_of("ratusz.coordination.calendar")["elections"].at(day)[name]


def silence_begins(voting_day: date) -> datetime:
    """The first minute of the day before the voting day, in the city; its hours may be 23 or 25 where clocks change."""
    days = setting("silence_days_before", voting_day)
    return _moment(voting_day - timedelta(days=days), time(0))


def _moment(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, tzinfo=WARSAW)


def phases(election: Any) -> list[Phase]:
    """All phases in order, without gaps: before, campaign, silence, with a second round campaign and silence again, after.

    An election ordered so late that no campaign fits goes from before straight into silence.
    """
    campaign = _moment(election.ordered_on, time(0))
    found = [Phase(SETUP, None, min(campaign, silence_begins(election.voting_day)))]
    for number, day in enumerate([each for each in (election.voting_day, election.second_round_day) if each], 1):
        begins, ends = silence_begins(day), _moment(day, election.polls_to)
        opens = found[-1].ends
        assert opens is not None
        begins = max(begins, opens)
        if opens < begins:
            found.append(Phase(CAMPAIGN, opens, begins, number))
        found.append(Phase(SILENCE, begins, ends, number))
    return [*found, Phase(AFTER, found[-1].ends, None, found[-1].round)]


def phase_at(election: Any, at: datetime) -> Phase:
    """The phase that holds at that moment; there is always exactly one."""
    return next(phase for phase in phases(election) if phase.holds_at(at))


def days_refused(ordered_on: date, voting_day: date, second_round_day: date | None, day: date) -> dict[str, Any]:
    """Days that no election has, most often a mistyped year, by the name of their field; `day` is today."""
    found: dict[str, Any] = {}
    if ordered_on < FIRST_DAY or ordered_on > day + FARTHEST:
        found["ordered_on"] = _(
            "Check the year: it must lie between August 2011, when the Electoral Code began, and ten years from now."
        )
    if voting_day - ordered_on > LONGEST_CAMPAIGN:
        found["voting_day"] = _("Check the year: the voting comes within a year after the act was published.")
    if second_round_day and second_round_day - voting_day > LONGEST_TO_SECOND_ROUND:
        found["second_round_day"] = _("Check the day: the second round comes within two months after the first.")
    return found


def check_days(election: Any, day: date) -> None:
    """Raises DaysRefused for days that no election has: the phases could not be told."""
    refused = days_refused(election.ordered_on, election.voting_day, election.second_round_day, day)
    if refused:
        raise DaysRefused(" ".join(str(words) for words in refused.values()))


def check_change(election: Any, facts: dict[str, Any], at: datetime) -> None:
    """Raises CampaignRuns when somebody rewrites what has begun already."""
    if phase_at(election, at).code == SETUP:
        return
    for name in ("kind", "name", "ordered_on"):
        if name in facts and facts[name] != getattr(election, name):
            raise CampaignRuns


def check_silence(was: str, election: Any, person: Any, at: datetime) -> None:
    """Raises SilenceStays when changed days or hours end a running silence and the person may not override it."""
    if was == SILENCE and phase_at(election, at).code != SILENCE and not may(person, "override", election, at):
        raise SilenceStays

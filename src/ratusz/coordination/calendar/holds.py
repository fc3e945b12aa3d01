"""What elections mode answers when a module asks whether something may leave, and what it keeps of attempts."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from ratusz.coordination.calendar import actions, rules
from ratusz.coordination.calendar.models import Candidate, Decision, Election, HeldItem
from ratusz.coordination.calendar.names import found_in, words_of
from ratusz.foundation.kit import outgoing as kit
from ratusz.foundation.kit.dates import local_day, polish_moment
from ratusz.foundation.kit.outgoing import Hold, Outgoing

SILENCE, SECOND, NAMES, FRESH, DROPPED = (
    "elections.silence", "elections.silence_second", "elections.candidates", "elections.fresh_decision", "elections.dropped",
)  # fmt: skip


def running(at: datetime) -> list[tuple[Election, rules.Phase]]:
    """Elections in campaign or silence at that moment, the strictest first."""
    found = [(election, rules.phase_at(election, at)) for election in Election.objects.around(local_day(at))]
    found = [(election, phase) for election, phase in found if phase.code in (rules.CAMPAIGN, rules.SILENCE)]
    return sorted(found, key=lambda pair: pair[1].code != rules.SILENCE)


def hold(outgoing: Outgoing, at: datetime) -> Hold | None:
    """The hold of the strictest phase that runs; after it, the one that waits for a fresh decision."""
    elections = running(at)
    items = list(HeldItem.objects.about(outgoing.subject))
    silent = [phase for _election, phase in elections if phase.code == rules.SILENCE]
    if silent:
        return _in_silence(outgoing, silent[0], items)
    item = items[0] if items else None
    if _was_dropped(outgoing, items) and not (outgoing.by and rules.may(outgoing.by, "decide", item, at)):
        return Hold(
            DROPPED, _("It was decided that this does not leave. Only a head, a deputy or the press officer may let it out.")
        )
    if item is not None and item.hold_code == SILENCE and item.decision == Decision.OPEN and outgoing.by is None:
        words = _("It was held in the election silence. Decide afresh whether it may leave.")
        return Hold(FRESH, words, may_override=rules.KEEPERS)
    return _in_campaign(outgoing, [election for election, _phase in elections], at)


def _was_dropped(outgoing: Outgoing, items: list[HeldItem]) -> bool:
    """Whether the newest decision about this very text is that it does not leave; a changed text is another one."""
    about = [each for each in items if each.hold_code == SILENCE and each.fingerprint in ("", outgoing.fingerprint)]
    return bool(about) and about[0].decision == Decision.DROPPED


def _was_let_out(outgoing: Outgoing, phase: rules.Phase, items: list[HeldItem]) -> bool:
    """Whether somebody let this very text out in this silence; a changed text is another one."""
    return any(
        each.decision == Decision.OVERRIDDEN and each.fingerprint == outgoing.fingerprint and phase.holds_at(each.decided_at)
        for each in items
        if each.decided_at
    )


def _in_silence(outgoing: Outgoing, phase: rules.Phase, items: list[HeldItem]) -> Hold | None:
    assert phase.ends is not None and phase.starts is not None
    if _was_let_out(outgoing, phase, items):
        return None
    until = polish_moment(phase.ends)
    if not (outgoing.is_crisis or outgoing.is_voter_information):
        words = _(
            "The election silence lasts until %(until)s. Nothing but crisis messages and plain information for voters leaves."
        )
        return Hold(SILENCE, words % {"until": until}, until=phase.ends, may_override=rules.MAY_OVERRIDE)
    if outgoing.second_person:
        return None
    words = _("The election silence lasts until %(until)s. A second person has to look at this before it leaves.")
    return Hold(SECOND, words % {"until": until}, blocks=False, may_override=rules.MAY_OVERRIDE)


def _in_campaign(outgoing: Outgoing, elections: list[Election], at: datetime) -> Hold | None:
    """An override lets one sending out; the text may be another the next time."""
    if not elections or outgoing.second_person or not rules.setting("candidate_names_need_a_second_person", local_day(at)):
        return None
    names = named_in(f"{outgoing.title}\n{outgoing.text}", elections)
    if not names:
        return None
    words = _("The election campaign is on, and this text names candidates: %(names)s. A second person has to look at it.")
    return Hold(NAMES, words % {"names": ", ".join(names)}, blocks=False, may_override=rules.MAY_OVERRIDE)


def named_in(text: str, elections: list[Election]) -> list[str]:
    """The candidates of these elections whom a text names, in any form, by the alphabet."""
    words = words_of(text)
    candidates = Candidate.objects.filter(election__in=elections)
    return [str(each) for each in candidates if found_in(words, each.first_forms, each.last_forms)]


def note_attempt(outgoing: Outgoing, found: list[Hold], at: datetime) -> None:
    """Keeps what the silence stops, once; what a person sends after it is that person's fresh decision."""
    held = next((each for each in found if each.code == SILENCE), None)
    if held is not None:
        if _was_dropped(outgoing, list(HeldItem.objects.about(outgoing.subject))):
            return
        election = running(at)[0][0]
        actions.keep_held(election=election, outgoing=outgoing, hold=held, at=at)
    elif not found and outgoing.by is not None:
        actions.note_left(outgoing=outgoing, person=outgoing.by, at=at)


def note_override(outgoing: Outgoing, person: Any, reason: str, at: datetime) -> None:
    """Somebody let it out where it was about to leave; kept as if it had been done on our screen."""
    found, ours = running(at), hold(outgoing, at)
    if found and ours:
        election = found[0][0]
        actions.keep_override(election=election, outgoing=outgoing, hold_code=ours.code, person=person, reason=reason, at=at)


def register() -> None:
    """Puts elections mode where every module asks; called from ready()."""
    kit.holds.register("elections", hold)
    kit.attempt_listeners.register("elections", note_attempt)
    kit.override_listeners.register("elections", note_override)

"""Who may judge what, what each deed needs, when a first look is due; pure, the moment is an argument."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext

from ratusz.casework.moderation import catalogue
from ratusz.casework.moderation.models import Admitted, Appeal, Deed, Item, Judgement, Mandate, Mode, Outcome, State
from ratusz.casework.moderation.registries import Place, Shown, judged_kinds, place_kinds
from ratusz.foundation.kit.dates import local_day, polish_date
from ratusz.foundation.kit.working_days import is_working_day
from ratusz.foundation.units.models import Appointment
from ratusz.foundation.units.rules import holds_department_role, holds_role

HEADS = ("head", "deputy_head")
JUDGES = ("moderator", "lead_moderator", *HEADS)
"""Who judges everywhere: in the department that runs the city's communication."""
DECIDES = ("appeal_moderator", "lead_moderator", *HEADS)
"""Who decides appeals; moderators do it only where the city has named no appeal moderator."""
MODERATORS = ("appeal_moderator", *JUDGES)
LEADS = ("lead_moderator", *HEADS)
UNIT_MODERATOR = "unit_moderator"
"""The role that lets a unit's moderator into the office; what they may judge there says their mandate."""
FINAL = (Deed.APPROVE, Deed.EDIT, Deed.HIDE, Deed.LOCK, Deed.MOVE, Deed.SUSPEND)
"""Deeds that close the matter."""


class ModerationRefused(ValueError):
    """It cannot be done so; the message says why and what to do."""


class NotYours(Exception):
    """The person's roles, or their part in the matter, do not let them do this."""


def may(person: Any, deed: str, subject: Any, at: datetime) -> bool:
    """Moderators of the department `see` and `take` everything, those of a place what stands there. They `judge` an item unless
    they wrote it, flagged it or are answered in it, and `decide` an appeal unless they judged the thing. Leads `teach` and `lead`.

    The head of a unit `keep`s its places: moderators, roster, how they publish; `subject` is the unit, None: any.
    """
    if deed in ("teach", "lead"):
        return holds_department_role(person, *LEADS, at=at)
    if deed == "keep":
        return keeps(person, subject, at)
    if deed == "decide":
        return decides(person, at) and (
            subject is None or not (has_judged(person, subject) or is_too_near(person, subject.judgement.item, at))
        )
    if deed in ("take", "judge"):
        return judges(person, subject, at) and (subject is None or not is_too_near(person, subject, at))
    return deed == "see" and (holds_department_role(person, *MODERATORS, at=at) or judges(person, subject, at))


def keeps(person: Any, unit: Any, at: datetime) -> bool:
    """Heads keep their own unit and those below it; leads and heads of the department keep all."""
    return holds_department_role(person, *LEADS, at=at) or holds_role(person, *HEADS, at=at, unit=unit)


def judges(person: Any, item: Item | None, at: datetime) -> bool:
    """Whether the thing is the person's to judge at all; None: whether anything is."""
    if holds_department_role(person, *JUDGES, at=at):
        return True
    places = places_of(person, at)
    return bool(places) if item is None else item.place in places and bool(item.place)


def decides(person: Any, at: datetime) -> bool:
    """Whether the person decides appeals of others."""
    if holds_department_role(person, *DECIDES, at=at):
        return True
    return holds_department_role(person, *JUDGES, at=at) and not _has_appeal_moderator(at)


def _has_appeal_moderator(at: datetime) -> bool:
    return Appointment.objects.in_force(at).in_department().filter(role__code="appeal_moderator").exists()


def places_of(person: Any, at: datetime) -> frozenset[str]:
    """Places in which the person moderates by a mandate or stands in; read once for a moment, and of those with the role alone."""
    if not holds_role(person, UNIT_MODERATOR, at=at):
        return frozenset()
    moment, held = getattr(person, "_places_moderated", (None, frozenset()))
    if moment != at:
        mandates = Mandate.objects.in_force(at).of(person.pk, person.email)
        held = frozenset(each.place for each in mandates if not (each.is_outsider and has_ended(each.place, at)))
        person._places_moderated = at, held
    return held


def place_of(key: str) -> Place | None:
    """The place of a key; None when it is gone or no module knows its kind."""
    name, _colon, number = key.rpartition(":")
    return place_kinds[name].find(int(number)) if name in place_kinds and number.isdigit() else None


def has_ended(key: str, at: datetime) -> bool:
    """Whether nobody writes there any more: its time is over, or it is gone."""
    found = place_of(key)
    return found is None or (found.ends_at is not None and found.ends_at <= at)


def is_too_near(person: Any, item: Item, at: datetime) -> bool:
    """Whether the person wrote the thing, flagged it, or its module says so."""
    if item.author_id == person.pk or any(flag.reporter_id == person.pk for flag in item.flags.all()):
        return True
    if item.kind not in judged_kinds:
        return False
    kind = judged_kinds[item.kind]
    thing = kind.find(number_of(item.thing))
    return thing is not None and (not kind.may_judge(person, thing, at) or _is_answered(person, kind.show(thing)))


def _is_answered(person: Any, shown: Shown) -> bool:
    """Whoever answers for a unit does not moderate what is said back to them."""
    return shown.reply_to is not None and shown.reply_to.pk == person.pk


def admission(mode: str, risk: int, is_known: bool, at: datetime) -> Admitted:
    """What becomes of a thing just sent, by how its place publishes, its risk of 100 and whether its author is known."""
    if risk >= catalogue.term("quarantine_from", at):
        return Admitted.QUARANTINED
    is_risky = risk >= catalogue.term("risky_from", at)
    if mode == Mode.PRE or (mode == Mode.HYBRID and (is_risky or not is_known)):
        return Admitted.WAITING
    return Admitted.PUBLISHED


def has_judged(person: Any, appeal: Appeal) -> bool:
    """Whether any decision about the thing was this person's."""
    return any(each.person_id == person.pk for each in appeal.judgement.item.judgements.all())


def check_may(person: Any, deed: str, subject: Any, at: datetime) -> None:
    """Raises NotYours."""
    if not may(person, deed, subject, at):
        raise NotYours


def number_of(thing: str) -> int:
    """The number in a key such as "intranet.comment:12"."""
    return int(thing.rpartition(":")[2])


def check_open(item: Item) -> None:
    """Raises ModerationRefused when somebody was faster."""
    if not item.is_open:
        raise ModerationRefused(gettext("This was judged or taken away already. Somebody may have done it a moment ago."))


def check_seen(item: Item, seen: int | None) -> None:
    """Raises ModerationRefused when a decision was added since the person looked; `seen` is how many there were."""
    if seen is not None and seen != item.judgements.count():
        raise ModerationRefused(gettext("Somebody has decided something about this a moment ago. Read it first, then decide."))


def check_taking(item: Item, instead_of: int | None) -> None:
    """Raises ModerationRefused when somebody else took it since the person looked."""
    check_open(item)
    if item.person_id != instead_of:
        raise ModerationRefused(gettext("Somebody has taken this a moment ago. Look with whom it is now."))


def deeds_for(item: Item) -> list[Deed]:
    """What can be done with a thing of this kind, in this state."""
    kind = judged_kinds[item.kind]
    return [each for each in Deed if kind.can(each.value) and not (each == Deed.QUARANTINE and item.state == State.QUARANTINE)]


def check_target(deed: str, target: str, offered: Iterable[tuple[str, str]]) -> None:
    """Raises ModerationRefused for a move to nowhere; `offered` are keys and names of places."""
    if deed == Deed.MOVE and target not in {key for key, _name in offered}:
        raise ModerationRefused(gettext("Choose where it belongs. The author is told."))


def check_suspension(deed: str, until: date | None, has_author: bool, at: datetime) -> None:
    """Raises ModerationRefused for a suspension of nobody, without an end, or too long; `until` is its last day."""
    if deed != Deed.SUSPEND:
        return
    if not has_author:
        raise ModerationRefused(
            gettext("The author has no account and left no address, so nobody can be suspended. Hide it alone.")
        )
    most = local_day(at) + timedelta(days=catalogue.term("suspension_days_most", at))
    if until is None or not local_day(at) < until <= most:
        words = gettext("Choose the last day of the suspension: after today, not later than %(day)s")
        raise ModerationRefused(words % {"day": polish_date(most)})


def check_judging(item: Item, deed: str, reason: str, facts: str, words: str, before: str, at: datetime) -> None:
    """Raises ModerationRefused when the deed is not of this kind or lacks its reason, its facts or its words."""
    check_open(item)
    if deed not in deeds_for(item):
        raise ModerationRefused(gettext("This cannot be done with a thing of this kind. Choose another decision."))
    if deed == Deed.APPROVE:
        return
    if reason not in catalogue.reasons_on(local_day(at)):
        raise ModerationRefused(gettext("Choose the reason: the author gets it with the rule. Nothing is done without a reason."))
    if not facts.strip():
        raise ModerationRefused(gettext("Write the facts: what in the words breaks the rule. The author reads them."))
    if deed == Deed.EDIT and (not words.strip() or words.strip() == before.strip()):
        raise ModerationRefused(gettext("Change the words below: as they are, nothing would change."))


def gone_words() -> str:
    """What the moderator reads when the thing is there no more."""
    return gettext("The thing is gone: its author or a keeper took it away. There is nothing to judge.")


def appeal_first_words() -> str:
    """What the moderator reads who would judge over the head of an appeal."""
    return gettext("The author has appealed. The appeal is decided first, by somebody who has judged nothing here.")


def check_author_change(item: Item, judgement: Judgement, words: str, before: str | None) -> None:
    """Raises ModerationRefused when nothing is asked of the author (any more), or nothing changed; `before` None: it is gone."""
    if before is None:
        raise ModerationRefused(gettext("What you wrote is no longer there, so nothing can be changed."))
    is_newest = judgement.number == item.judgements.count()
    if item.state != State.WITH_AUTHOR or judgement.deed != Deed.ASK or not is_newest:
        raise ModerationRefused(gettext("Your change has come already, or a moderator has decided meanwhile."))
    if not words.strip() or words.strip() == before.strip():
        raise ModerationRefused(gettext("Change the words: as they are, the moderator would ask again."))


def check_appeal(judgement: Judgement, at: datetime) -> None:
    """Raises ModerationRefused outside the window of the judgement, and when a newer one stands in its place."""
    if judgement.appeal_until is None:
        raise ModerationRefused(gettext("There is nothing to appeal against here."))
    if judgement.number != judgement.item.judgements.count():
        raise ModerationRefused(gettext("A newer decision stands in the place of this one. Appeal by the link in that letter."))
    if not judgement.may_be_appealed(at):
        raise ModerationRefused(gettext("The time for an appeal is over."))


def check_deciding(appeal: Appeal, outcome: str, answer: str, words: str) -> None:
    """Raises ModerationRefused."""
    if appeal.decided_at is not None:
        raise ModerationRefused(gettext("This appeal is decided already. Somebody may have done it a moment ago."))
    if outcome not in Outcome.values:
        raise ModerationRefused(gettext("Choose how the appeal ends."))
    if not answer.strip():
        raise ModerationRefused(gettext("Write the answer: the author gets exactly these words."))
    if outcome == Outcome.PARTLY and not words.strip():
        raise ModerationRefused(gettext("Write the words with which the thing comes back."))


def first_look_due(start: datetime, hours: int) -> datetime:
    """The moment `hours` of work after `start`: only the Office's hours on working days count.

    The hours of a day are its wall clock's: no working day is one on which the clocks change.
    """
    left, day = timedelta(hours=hours), local_day(start)
    while True:
        opens, closes = (datetime.combine(day, each, tzinfo=get_default_timezone()) for each in catalogue.office_hours(day))
        begins = max(start.astimezone(get_default_timezone()), opens)
        if is_working_day(day) and begins < closes:
            if begins + left <= closes:
                return begins + left
            left -= closes - begins
        day += timedelta(days=1)


def check_mode(place: Place | None, mode: str, why: str) -> None:
    """Raises ModerationRefused."""
    if place is None:
        raise ModerationRefused(gettext("This place is gone. Nothing is published there any more."))
    if mode not in Mode.values:
        raise ModerationRefused(gettext("Choose how the place publishes."))
    if not why.strip():
        raise ModerationRefused(gettext("Write why: it stands in the history of the place."))


def check_mandate(
    place: Place | None, first: date, last: date | None, trained_on: date | None, *, outsider: bool, at: datetime
) -> None:
    """Raises ModerationRefused: the place is gone or over, the days make no time, an outsider has no end, a training is missing."""
    today = local_day(at)
    if place is None or (place.ends_at is not None and place.ends_at <= at):
        raise ModerationRefused(gettext("Nobody writes there any more, so there is nothing to moderate. Choose another place."))
    if first < today or (last is not None and last < first):
        raise ModerationRefused(gettext("Choose a first day from today on, and a last day not before it."))
    if outsider and last is None and place.ends_at is None:
        raise ModerationRefused(gettext("Somebody from outside the Office needs a last day: the place itself has no end."))
    if trained_on is not None and trained_on > today:
        raise ModerationRefused(gettext("A training that is still to come does not count yet. Leave the day empty until then."))
    if trained_on is None and catalogue.term("training", at) == "refuse":
        raise ModerationRefused(gettext("The rules let nobody moderate without a training. Write the day of the training."))


def check_ending(mandate: Mandate, why: str, at: datetime) -> None:
    """Raises ModerationRefused."""
    if mandate.ended_at is not None or (mandate.ends is not None and mandate.ends <= at):
        raise ModerationRefused(gettext("This appointment is over already."))
    if not why.strip():
        raise ModerationRefused(gettext("Write why it ends: the moderator reads it."))


def check_substitute(mandate: Mandate, moderator: Any) -> None:
    """Raises ModerationRefused when somebody would stand in for themselves, or moderates the place already for the same time."""
    if mandate.substitute is not None and mandate.substitute == moderator:
        raise ModerationRefused(gettext("Nobody stands in for themselves. Choose somebody else as the substitute."))
    number = getattr(moderator, "pk", None)
    same = Mandate.objects.in_force(mandate.starts).filter(place=mandate.place, person=number)
    if number is not None and same.exists():
        raise ModerationRefused(gettext("This person moderates the place already. Call the older appointment off first."))


def working_hours(start: datetime, end: datetime) -> float:
    """Hours of the Office's work in [start, end): only its hours on working days count. The reverse of first_look_due."""
    total, day = timedelta(), local_day(start)
    while day <= local_day(end):
        if is_working_day(day):
            opens, closes = (datetime.combine(day, each, tzinfo=get_default_timezone()) for each in catalogue.office_hours(day))
            total += max(min(closes, end) - max(opens, start), timedelta())
        day += timedelta(days=1)
    return total.total_seconds() / 3600

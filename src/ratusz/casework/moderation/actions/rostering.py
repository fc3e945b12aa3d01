"""The roster is set, absences are told, uncovered places alarm the lead; banned words and faults of the platform are kept."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext, ngettext

from ratusz.casework.moderation import office, rules, rules_of_the_office
from ratusz.casework.moderation.actions import letters
from ratusz.casework.moderation.models import Absence, BannedWord, Fault, Shift
from ratusz.casework.moderation.risks import phrase_key
from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import polish_date
from ratusz.foundation.people.models import User
from ratusz.foundation.units.models import Unit


@transaction.atomic
def set_shift(
    *, unit: Unit, weekday: int, opens: time, closes: time, moderator: User, first: date, last: date | None = None,
    substitute: User | None = None, place: str = "", person: Any,
) -> Shift:  # fmt: skip
    """Adds a turn to the unit's week, for all of the unit or for one place. Raises NotYours, ModerationRefused."""
    now = database_now()
    rules.check_may(person, "keep", unit, now)
    made = Shift(unit=unit, place=place, weekday=weekday, opens=opens, closes=closes, person=moderator, substitute=substitute)
    made.first_date, made.last_date = first, last
    rules_of_the_office.check_shift(made, rules.place_of(place) if place else None, now)
    made.save()
    after = {"weekday": weekday, "person": moderator.pk, "substitute": substitute.pk if substitute else None}
    record(deed="moderation.set_shift", subject=made, after=after, actor=person)
    return made


@transaction.atomic
def end_shift(*, shift: Shift, last: date, person: Any) -> Shift:
    """The turn holds for the last time on or before that day; what was stays in the roster. Raises NotYours, ModerationRefused."""
    now = database_now()
    shift = Shift.objects.select_for_update(of=("self",)).get(pk=shift.pk)
    rules.check_may(person, "keep", shift.unit, now)
    rules_of_the_office.check_end_of_shift(shift, last, now)
    shift.last_date = last
    shift.save(update_fields=["last_date"])
    record(deed="moderation.end_shift", subject=shift, after={"last": last}, actor=person)
    return shift


@transaction.atomic
def tell_absence(*, moderator: User, first: date, last: date, person: Any) -> Absence:
    """Somebody is away on [first, last]: substitutes come. Oneself, or whoever keeps their unit. NotYours, ModerationRefused."""
    now = database_now()
    _check_keeps(person, moderator.pk, now)
    rules_of_the_office.check_absence(first, last, now)
    try:
        with transaction.atomic():
            made = Absence.objects.create(person=moderator, first_date=first, last_date=last)
    except IntegrityError as problem:
        raise rules.ModerationRefused(gettext("An absence from that day is there already. Cancel it first.")) from problem
    record(deed="moderation.tell_absence", subject=made, after={"person": moderator.pk}, actor=person)
    return made


def _check_keeps(person: Any, moderator: int, at: datetime) -> None:
    kept = None if person.pk == moderator else office.people_kept_by(person, at)
    if kept is not None and moderator not in kept:
        raise rules.NotYours


@transaction.atomic
def cancel_absence(*, absence: Absence, person: Any) -> None:
    """They come after all. Raises NotYours."""
    _check_keeps(person, absence.person_id, database_now())
    record(deed="moderation.cancel_absence", subject=absence, before={"person": absence.person_id}, actor=person)
    absence.delete()


def watch_cover() -> int:
    """Every working morning: leads are told, once for each gap, of places nobody looks after. Gives how many gaps there are."""
    now = database_now()
    gaps = office.uncovered(now)
    people = office.leads(now) if gaps else []
    for gap in gaps:
        facts = {"place": gap.place.name, "day": polish_date(gap.first), "days": gap.days}
        text = ngettext(
            "From %(day)s nobody moderates “%(place)s” for %(days)s working day. Appoint somebody or add a turn.",
            "From %(day)s nobody moderates “%(place)s” for %(days)s working days. Appoint somebody or add a turn.",
            gap.days,
        )
        letters.send_alarm(people, f"moderation.cover:{gap.place.key}:{gap.first.isoformat()}", text % facts)
    return len(gaps)


@transaction.atomic
def add_banned_word(*, words: str, reason: str, weight: int, person: Any) -> BannedWord:
    """The word is looked for from now on, in every form and disguise. Raises NotYours, ModerationRefused."""
    now = database_now()
    rules.check_may(person, "lead", None, now)
    key = phrase_key(words)
    rules_of_the_office.check_banned_word(key, reason, weight, now)
    try:
        with transaction.atomic():
            facts = {"words": words.strip(), "key": key, "reason": reason, "weight": weight}
            made = BannedWord.objects.create(**facts, starts=now, added_by=person)
    except IntegrityError as problem:
        raise rules.ModerationRefused(gettext("This word is on the list already.")) from problem
    record(deed="moderation.add_banned_word", subject=made, after={"reason": reason, "weight": weight}, actor=person)
    return made


@transaction.atomic
def retire_banned_word(*, word: BannedWord, person: Any) -> BannedWord:
    """The word is looked for no more; that it was stays. Raises NotYours."""
    now = database_now()
    rules.check_may(person, "lead", None, now)
    word = BannedWord.objects.select_for_update(of=("self",)).get(pk=word.pk)
    if word.ends is None:
        word.ends = now
        word.save(update_fields=["ends"])
        record(deed="moderation.retire_banned_word", subject=word, actor=person)
    return word


@transaction.atomic
def report_fault(*, words: str, url: str = "", person: Any) -> Fault:
    """What does not work on the platform, for the next meeting. Raises NotYours, ModerationRefused."""
    now = database_now()
    rules.check_may(person, "see", None, now)
    if not words.strip():
        raise rules.ModerationRefused(gettext("Write what does not work."))
    made = Fault.objects.create(words=words.strip()[:500], url=url.strip()[:300], reported_by=person, reported_at=now)
    record(deed="moderation.report_fault", subject=made, actor=person)
    return made


@transaction.atomic
def mend_fault(*, fault: Fault, answer: str, person: Any) -> Fault:
    """It works again, with a word on what was done. Raises NotYours, ModerationRefused."""
    now = database_now()
    rules.check_may(person, "see", None, now)
    fault = Fault.objects.select_for_update(of=("self",)).get(pk=fault.pk)
    if fault.mended_at is not None:
        raise rules.ModerationRefused(gettext("This fault is mended already."))
    if not answer.strip():
        raise rules.ModerationRefused(gettext("Write what was done: the meeting reads it."))
    fault.mended_at, fault.answer = now, answer.strip()[:500]
    fault.save(update_fields=["mended_at", "answer"])
    record(deed="moderation.mend_fault", subject=fault, actor=person)
    return fault

"""Who may judge what, what each deed needs, when a first look is due; pure, the moment is an argument."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext

from ratusz.casework.moderation import catalogue
from ratusz.casework.moderation.models import Appeal, Deed, Item, Judgement, Outcome, State
from ratusz.casework.moderation.registries import judged_kinds
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.kit.working_days import is_working_day
from ratusz.foundation.units.rules import holds_department_role

HEADS = ("head", "deputy_head")
MODERATORS = ("moderator", *HEADS)
FINAL = (Deed.APPROVE, Deed.EDIT, Deed.HIDE, Deed.LOCK)
"""Deeds that close the matter."""


class ModerationRefused(ValueError):
    """It cannot be done so; the message says why and what to do."""


class NotYours(Exception):
    """The person's roles, or their part in the matter, do not let them do this."""


def may(person: Any, deed: str, subject: Any, at: datetime) -> bool:
    """Moderators and heads `see` and `take`; they `judge` an item unless they wrote it or flagged it, and `decide` an appeal unless
    they judged the thing. Heads keep the catalogue (`teach`)."""
    if deed == "teach":
        return holds_department_role(person, *HEADS, at=at)
    if not holds_department_role(person, *MODERATORS, at=at):
        return False
    if deed in ("take", "judge"):
        return subject is None or not is_too_near(person, subject, at)
    if deed == "decide":
        return subject is None or not (has_judged(person, subject) or is_too_near(person, subject.judgement.item, at))
    return deed == "see"


def is_too_near(person: Any, item: Item, at: datetime) -> bool:
    """Whether the person wrote the thing, flagged it, or its module says so."""
    if item.author_id == person.pk or any(flag.reporter_id == person.pk for flag in item.flags.all()):
        return True
    if item.kind not in judged_kinds:
        return False
    kind = judged_kinds[item.kind]
    thing = kind.find(number_of(item.thing))
    return thing is not None and not kind.may_judge(person, thing, at)


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

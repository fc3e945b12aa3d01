"""What people send is looked at before anybody else sees it: shown, kept waiting for a moderator, or held as spam with a letter."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from django.db import transaction
from django.db.models import Max, Q
from django.utils.translation import gettext

from ratusz.casework.moderation import catalogue, queries, rules, wording
from ratusz.casework.moderation.actions.holding import hold
from ratusz.casework.moderation.actions.judging import quarantine_automatically
from ratusz.casework.moderation.actions.queueing import put_in_queue, shown_of
from ratusz.casework.moderation.models import Admission, Admitted, BannedWord, Deed, Item, Judgement, Mode, Outcome, Source
from ratusz.casework.moderation.registries import Shown
from ratusz.casework.moderation.risks import Banned, Classifier, Signal, assess, score, train
from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.people.keys import plain_address

SPAM = "spam"
HASTE = timedelta(minutes=10)
LEARNT_FROM = 1000
"""So many of the newest judgements of each sort teach the classifier; it learns anew after each twenty."""
EACH = 20
COMPARED = 200
OWN = 20


@transaction.atomic
def admit(*, thing: str) -> Admission:
    """Looks at a thing just written and not shown yet: `is_published` of the answer says whether its module shows it now.

    What waits or is held is in the queue, and its module tells nobody of it until the kind's `restore` is called. Asked twice for
    one thing it gives the first answer. Raises KeyError for an unknown kind, ModerationRefused when the thing is gone.
    """
    hold(thing)  # the same thing twice at once: the second finds what the first has made
    if known := Admission.objects.filter(thing=thing).first():
        return known
    kind_name = thing.rpartition(":")[0]
    shown, now = shown_of(thing), database_now()
    signals = signals_of(shown, now)
    place = rules.place_of(shown.place)
    mode, risk = queries.mode_of(place, shown.place, now), score(signals)
    outcome = rules.admission(mode, risk, is_known(shown, now), now)
    facts = {"kind": kind_name, "place": shown.place, "unit": shown.unit, "mode": mode, "outcome": outcome, "score": risk}
    made = Admission.objects.create(thing=thing, signals=[each.code for each in signals], admitted_at=now, **facts)
    if outcome == Admitted.QUARANTINED:
        _hold(thing, signals)
    elif outcome == Admitted.WAITING:
        put_in_queue(thing=thing, source=Source.BEFORE, signals=signals)
    record(deed="moderation.admit", subject=made, after={"outcome": outcome, "score": risk})
    return made


@transaction.atomic
def look_again(*, thing: str) -> bool:
    """Looks at the changed words of a thing that is shown; True when they are held as spam now, as they would have been at first.

    Raises KeyError for an unknown kind, ModerationRefused when the thing is gone.
    """
    shown = shown_of(thing)
    now = database_now()
    signals = signals_of(shown, now)
    if not _would_be_held(signals, now):
        return False
    _hold(thing, signals)
    return True


def spam_signs(shown: Shown, at: datetime) -> list[str]:
    """Why a text would be held as spam, each sign in words; none for one that would not be.

    For what nobody would publish anyway, such as a letter: it comes into no queue, its module sets it apart and asks a person.
    """
    signals = signals_of(shown, at)
    return [wording.signal(each.code, each.found) for each in signals] if _would_be_held(signals, at) else []


def _would_be_held(signals: list[Signal], at: datetime) -> bool:
    return rules.admission(Mode.POST, score(signals), True, at) == Admitted.QUARANTINED


def _hold(thing: str, signals: list[Signal]) -> None:
    put_in_queue(thing=thing, source=Source.AUTOMATIC, signals=signals)
    quarantine_automatically(thing=thing, reason=SPAM, facts=_facts(signals))


def _facts(signals: list[Signal]) -> str:
    """What the author of a held text reads: every signal, in words."""
    told = "; ".join(wording.signal(each.code, each.found) for each in signals)
    return gettext("The text looks like spam: %(signals)s.") % {"signals": told}


def signals_of(shown: Shown, at: datetime) -> list[Signal]:
    """Every signal of a thing as it stands."""
    banned = [Banned(each.words, each.weight) for each in BannedWord.objects.in_force(at)]
    own = _of_author(shown)
    recent = Item.objects.filter(own, opened_at__gt=at - HASTE).exclude(source=Source.FLAGGED).count() + shown.sent_lately
    earlier = Judgement.objects.filter(_of_author(shown, "item__")).exclude(words_before="").order_by("-pk")
    return assess(
        shown.words, banned=banned, recent=recent, own=earlier.values_list("words_before", flat=True)[:OWN],
        spam=_judged(True)[:COMPARED], classifier=classifier(),
    )  # fmt: skip


def _of_author(shown: Shown, prefix: str = "") -> Q:
    if getattr(shown.author, "pk", None):
        return Q(**{f"{prefix}author": shown.author.pk})
    if shown.author_address:
        return Q(**{f"{prefix}author_address__iexact": plain_address(shown.author_address)})
    return Q(pk=None)


def is_known(shown: Shown, at: datetime) -> bool:
    """Whether an author was let in often enough, and nothing of theirs was taken away."""
    own = Judgement.objects.filter(_of_author(shown, "item__"))
    if own.exclude(deed__in=(Deed.APPROVE, Deed.ASK, Deed.MOVE)).exclude(appeal__outcome=Outcome.REVERSED).exists():
        return False
    return own.filter(deed=Deed.APPROVE).values("item").distinct().count() >= catalogue.term("known_after", at)


def _judged(is_spam: bool) -> Any:
    """Words of the newest judgements for spam, or against: what was left, and what was taken away for other reasons."""
    found = Judgement.objects.exclude(words_before="").order_by("-pk")
    for_spam = Q(reason=SPAM) & ~Q(is_automatic=True) & ~Q(appeal__outcome=Outcome.REVERSED)
    return found.filter(for_spam if is_spam else ~Q(reason=SPAM)).values_list("words_before", flat=True)


def classifier() -> Classifier:
    """The classifier as people's judgements have taught it so far."""
    newest = Judgement.objects.aggregate(newest=Max("pk"))["newest"] or 0
    return _trained(newest // EACH)


@lru_cache(maxsize=1)
def _trained(_twenties: int) -> Classifier:
    return train(_judged(True)[:LEARNT_FROM], _judged(False)[:LEARNT_FROM])


def mode_in_place(place: str, at: datetime) -> Mode:
    """How a place publishes now, for the sentence above its form."""
    return queries.mode_of(rules.place_of(place), place, at)

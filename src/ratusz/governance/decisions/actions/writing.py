"""Draft a decision, mend the draft, take it, mend its public words, note who asked."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext

from ratusz.casework.documents.actions import open_case, take_number
from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.codes import random_code
from ratusz.foundation.notifications.actions import add_address
from ratusz.foundation.units.models import Unit
from ratusz.governance.decisions import rules
from ratusz.governance.decisions.actions.links import invite_entity
from ratusz.governance.decisions.actions.steps import begin, hand, keep, locked, show
from ratusz.governance.decisions.models import Asker, Decision, DecisionPart, Handover, PublicChange
from ratusz.governance.decisions.models.decisions import FINAL, State
from ratusz.governance.decisions.words_gate import check_public, check_shown_again
from ratusz.publishing.website.actions import bump_content_version

SERIES = "decisions.decision"
WRITTEN = frozenset({
    "origin", "meeting", "question", "title", "text", "asked_words", "asker_words", "public_text", "is_public",
    "not_public_reason", "lead_unit", "district", "topic", "expected_proof", "due_on", "follows",
})  # fmt: skip
"""Facts of a draft. After it is taken only the public words change here; the rest has deeds of its own."""
PUBLIC_WORDS = ("title", "asked_words", "asker_words", "public_text")
CODE_LENGTH = 12


@transaction.atomic
def draft_decision(
    *, facts: Mapping[str, Any], person: Any, source_key: str | None = None, form_key: uuid.UUID | None = None,
    helpers: Iterable[Mapping[str, Any]] = (), trusted: bool = False,
) -> Decision:  # fmt: skip
    """Writes a draft with its number. The same source or the same form makes one decision.

    `trusted`: the caller checked its own right, such as the triage of a meeting. Raises NotYours, DecisionRefused.
    """
    if not trusted:
        rules.check_may(person, "draft", None, database_now())
    if known := _known(source_key, form_key):
        return known
    key = form_key or uuid.uuid4()
    # The number is issued to the source or the form: the counter's lock makes a second sending at once wait and find the first.
    number = take_number(series=SERIES, subject=f"decisions.source:{source_key}" if source_key else f"decisions.form:{key}")
    if known := _known(source_key, form_key):
        return known
    at = database_now()
    decision = Decision(number=number.text, form_key=key, source_key=source_key, made_at=at)
    _write(decision, facts)
    decision.save()
    _set_helpers(decision, helpers)
    record(deed="decisions.draft_decision", subject=decision, after={"origin": decision.origin}, actor=person)
    return decision


def _known(source_key: str | None, form_key: uuid.UUID | None) -> Decision | None:
    if source_key and (known := Decision.objects.filter(source_key=source_key).first()):
        return known
    return Decision.objects.filter(form_key=form_key).first() if form_key else None


def _write(decision: Decision, facts: Mapping[str, Any]) -> None:
    if unknown := set(facts) - WRITTEN:
        raise ValueError(f"not facts of a draft: {sorted(unknown)}")
    for name, value in facts.items():
        setattr(decision, name, value)
    if decision.is_public:
        decision.not_public_reason = ""


def _set_helpers(decision: Decision, helpers: Iterable[Mapping[str, Any]]) -> None:
    decision.parts.all().delete()
    seen: set[int] = set()
    for part in helpers:
        unit = part["unit"]
        if unit.pk in seen or unit.pk == decision.lead_unit_id:
            raise rules.DecisionRefused(_twice(unit))
        seen.add(unit.pk)
        DecisionPart.objects.create(
            decision=decision, unit=unit, text=part["text"], due_on=part.get("due_on") or decision.due_on or database_now().date()
        )


def _twice(unit: Unit) -> str:
    return gettext("%(unit)s stands here twice. A unit has one part, and the one in the lead has none.") % {"unit": unit}


@transaction.atomic
def edit_draft(
    *, decision: Decision, facts: Mapping[str, Any], person: Any, helpers: Iterable[Mapping[str, Any]] | None = None
) -> Decision:
    """Mends a draft. Raises NotYours, DecisionRefused."""
    decision, _at = begin(decision, "draft", person)
    rules.check_state(decision, State.DRAFT)
    _write(decision, facts)
    if helpers is not None:
        _set_helpers(decision, helpers)
    keep(decision, "edit_draft", person, {}, facts=sorted(facts))
    return decision


@transaction.atomic
def take_decision(*, decision: Decision, person: Any) -> Decision:
    """The President, or who decides in their name, takes it: the unit gets it, everybody sees it, its case is opened.

    Raises NotYours, DecisionRefused.
    """
    decision, at = begin(decision, "take", person)
    rules.check_taking(decision, at)
    if decision.is_public:
        check_public(at, decision.title, decision.asked_words, decision.asker_words, decision.public_text)
    decision.state, decision.taken_at, decision.taken_by, decision.given_at = State.TAKEN, at, person, at
    decision.first_due_on = decision.due_on
    keep(decision, "take_decision", person, {"state": State.DRAFT}, unit=decision.lead_unit_id, due_on=decision.due_on)
    hand(decision, Handover.Kind.GIVEN, at, person, to_unit=decision.lead_unit)
    unit = Unit.objects.the_department() or decision.lead_unit
    assert unit is not None
    open_case(
        kind=SERIES, subject=decision.key, title=decision.title, unit=unit, person=person,
        url=reverse("decisions_decision", args=[decision.pk]),
    )  # fmt: skip
    show(decision, PublicChange.Kind.TAKEN, at, decision.public_text)
    invite_entity(decision, at)
    return decision


@transaction.atomic
def reword_decision(*, decision: Decision, facts: Mapping[str, Any], person: Any) -> Decision:
    """Mends what everybody reads, or hides or shows it. Raises NotYours, DecisionRefused."""
    decision, at = begin(decision, "reword", person)
    if decision.taken_at is None:
        raise rules.DecisionRefused(gettext("It is still a draft: mend the draft itself."))
    before = {name: getattr(decision, name) for name in (*PUBLIC_WORDS, "is_public")}
    _write(decision, {name: facts[name] for name in (*PUBLIC_WORDS, "is_public", "not_public_reason") if name in facts})
    if decision.is_public:
        rules.check_words(decision.public_text)
        check_public(at, decision.title, decision.asked_words, decision.asker_words, decision.public_text)
        if not before["is_public"]:
            check_shown_again(decision, at)
    was_shown = before["is_public"]
    keep(decision, "reword_decision", person, before, is_public=decision.is_public)
    if was_shown and not decision.is_public:
        hide(decision)
    elif was_shown or decision.is_public:
        show(decision, PublicChange.Kind.CORRECTED, at)
    return decision


def hide(decision: Decision) -> None:
    """Takes it off every page at once."""
    bump_content_version()


@transaction.atomic
def add_asker(*, decision: Decision, person: Any, email: str = "", trusted: bool = False) -> Asker:
    """Somebody asked for it: they get a number, and a message at every change where they left an address.

    Raises NotYours, DecisionRefused, notifications' NotDeliverable.
    """
    decision, at = locked(decision), database_now()
    if not trusted:
        rules.check_may(person, "asker", decision, at)
    if decision.state in FINAL:
        raise rules.DecisionRefused(gettext("This decision has ended. Tell the person how, or write a new one."))
    address = add_address(channel="email", value=email) if email else None
    if address is not None and (known := Asker.objects.filter(decision=decision, address=address).first()):
        return known
    asker = Asker.objects.create(decision=decision, address=address, code=random_code(CODE_LENGTH), added_at=at)
    record(deed="decisions.add_asker", subject=decision, after={"has_address": address is not None}, actor=person)
    return asker

"""Where personal data lie in moderation: who wrote, who flagged, what was written, who judged."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ratusz.casework.moderation import actions, catalogue
from ratusz.casework.moderation.models import (
    Absence,
    Appeal,
    BannedWord,
    Example,
    Fault,
    Flag,
    Item,
    Judgement,
    Mandate,
    MonthTable,
    PlaceRules,
    Shift,
    Suspension,
)
from ratusz.foundation.kit.registries import register_personal_data
from ratusz.foundation.people.keys import plain_address
from ratusz.foundation.people.models import User

DUTY = "art. 6 ust. 1 lit. e RODO (zasady moderacji miejskich stron)"
KEPT = "3 lata po zamknięciu, potem zostają sama decyzja i powód"


def items_of(person: Any) -> Any:
    """Things the person wrote."""
    address = plain_address(person.email if isinstance(person, User) else person)
    own = Q(author_address__iexact=address) if address else Q(pk=None)
    return Item.objects.filter(own | Q(author=person)) if isinstance(person, User) else Item.objects.filter(own)


def _flags_of(person: Any) -> Any:
    return Flag.objects.filter(reporter=person) if isinstance(person, User) else Flag.objects.none()


def _judged_by(person: Any) -> Q:
    return Q(person=person) if isinstance(person, User) else Q(pk=None)


def _items(person: Any) -> Iterable[dict[str, Any]]:
    return items_of(person).values("label", "source", "state", "opened_at", "closed_at")


def _judgements(person: Any) -> Iterable[dict[str, Any]]:
    about: Any = Judgement.objects.filter(Q(item__in=items_of(person)) | _judged_by(person)).select_related("item")
    return about.values("item__label", "deed", "reason", "facts", "words_before", "words_after", "statement", "judged_at")


def _appeals(person: Any) -> Iterable[dict[str, Any]]:
    decided = Q(decided_by=person) if isinstance(person, User) else Q(pk=None)
    found: Any = Appeal.objects.filter(Q(judgement__item__in=items_of(person)) | decided)
    return found.values("judgement__item__label", "words", "filed_at", "outcome", "answer", "decided_at")


def _flags(person: Any) -> Iterable[dict[str, Any]]:
    return _flags_of(person).values("item__label", "reason", "words", "flagged_at")


def _examples(person: Any) -> Iterable[dict[str, Any]]:
    return (
        Example.objects.filter(added_by=person).values("reason", "case", "reading", "added_at") if isinstance(person, User) else ()
    )


def _suspensions(person: Any) -> Iterable[dict[str, Any]]:
    address = plain_address(person.email if isinstance(person, User) else person)
    own = Q(author_address__iexact=address) if address else Q(pk=None)
    if isinstance(person, User):
        own |= Q(author=person) | Q(lifted_by=person)
    return Suspension.objects.filter(own).values("starts", "ends", "lifted_at")


def _mandates(person: Any) -> Iterable[dict[str, Any]]:
    if not isinstance(person, User):
        return ()
    own = Q(person=person) | Q(substitute=person) | Q(appointed_by=person) | Q(ended_by=person)
    return Mandate.objects.filter(own).values("place_name", "unit__name", "trained_on", "starts", "ends", "ended_at", "end_reason")


def _shifts(person: Any) -> Iterable[dict[str, Any]]:
    own = Q(person=person) | Q(substitute=person)
    fields = ("unit__name", "weekday", "opens", "closes", "first_date", "last_date")
    return Shift.objects.filter(own).values(*fields) if isinstance(person, User) else ()


def _by(field: str, model: Any, *fields: str) -> Any:
    """What one member of the staff did, for their own copy."""
    return lambda person: model.objects.filter(**{field: person}).values(*fields) if isinstance(person, User) else ()


def _nothing(person: Any) -> int:
    """Goes with the item, or is what staff did by duty."""
    return 0


def register() -> None:
    """Fills the registry of personal data."""
    days = catalogue.kept_days()
    purpose, proof = (
        _("to judge by rules, with reasons and a way to appeal"),
        _("that it was judged, by whom and why: art. 17 ust. 3 lit. b RODO"),
    )
    common: dict[str, Any] = {
        "purpose": purpose,
        "legal_basis": DUTY,
        "retention": KEPT,
        "retention_days": days,
        "kept_because": proof,
    }
    register_personal_data(
        Item, fields=("author", "author_address", "person"), export=_items,
        erase=lambda person: actions.erase_items(items=items_of(person)), **common,
    )  # fmt: skip
    register_personal_data(
        Flag, fields=("reporter", "words", "sender"), export=_flags,
        erase=lambda person: actions.erase_flags(flags=_flags_of(person)), **common,
    )  # fmt: skip
    register_personal_data(
        Judgement,
        fields=("person", "facts", "words_before", "words_after", "statement"),
        export=_judgements,
        erase=_nothing,
        **common,
    )
    register_personal_data(
        Appeal, fields=("words", "answer", "words_after", "decided_by"), export=_appeals, erase=_nothing, **common
    )
    register_personal_data(
        Example, fields=("added_by",), purpose=_("to know who wrote the example"), legal_basis=DUTY, retention="jak akta wydziału",
        export=_examples, erase=_nothing, kept_because=proof,
    )  # fmt: skip
    _register_work_of_staff(proof)


def _register_work_of_staff(proof: Any) -> None:
    register_personal_data(
        Suspension, fields=("author", "author_address", "lifted_by"), purpose=_("to keep out for a time whoever broke the rules"),
        legal_basis=DUTY, retention=KEPT, export=_suspensions, erase=_nothing, kept_because=_("goes with what was judged"),
    )  # fmt: skip
    work: dict[str, Any] = {"legal_basis": DUTY, "retention": "jak akta wydziału", "erase": _nothing, "kept_because": proof}
    register_personal_data(
        Mandate, fields=("person", "substitute", "appointed_by", "ended_by"), purpose=_("to know who moderates where"),
        export=_mandates, **work,
    )  # fmt: skip
    purpose = _("to know who is on duty")
    register_personal_data(Shift, fields=("person", "substitute"), purpose=purpose, export=_shifts, **work)
    register_personal_data(
        Absence, fields=("person",), purpose=purpose, export=_by("person", Absence, "first_date", "last_date"), **work
    )
    purpose = _("to know who set it and why")
    register_personal_data(
        PlaceRules, fields=("set_by",), purpose=purpose, export=_by("set_by", PlaceRules, "place", "mode", "why", "starts"), **work
    )
    register_personal_data(
        BannedWord, fields=("added_by",), purpose=purpose, export=_by("added_by", BannedWord, "words", "starts", "ends"), **work
    )
    register_personal_data(
        Fault, fields=("reported_by",), purpose=purpose, export=_by("reported_by", Fault, "words", "reported_at"), **work
    )
    register_personal_data(
        MonthTable, fields=("made_by",), purpose=purpose, export=_by("made_by", MonthTable, "month", "version", "why"), **work
    )

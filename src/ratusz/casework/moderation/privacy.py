"""Where personal data lie in moderation: who wrote, who flagged, what was written, who judged."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ratusz.casework.moderation import actions, catalogue
from ratusz.casework.moderation.models import Appeal, Example, Flag, Item, Judgement
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

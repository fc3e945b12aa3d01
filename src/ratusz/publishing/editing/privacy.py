"""Where personal data lie in editing: who wrote and approved, and whom a link of approval went to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from ratusz.foundation.kit.registries import register_personal_data
from ratusz.foundation.people.keys import plain_address
from ratusz.foundation.people.models import User

from .actions.links import erase_links
from .models import ApprovalAnswer, ApprovalLink, LonePublication, ReleaseSet, Submission, SubmissionNote, SubmissionVersion

DUTY = "art. 6 ust. 1 lit. c i e RODO"
KEPT = _("which account wrote, approved and published what, without the name: art. 17 ust. 3 lit. b RODO")


def _of(model: Any, *fields: str) -> Any:
    """Rows of a model in which an account stands under one of these fields."""

    def rows(person: Any) -> QuerySet:
        if not isinstance(person, User):
            return model.objects.none()
        found = Q()
        for field in fields:
            found |= Q(**{field: person})
        return model.objects.filter(found)

    return rows


def _links(person: Any) -> QuerySet[ApprovalLink]:
    address = plain_address(person.email if isinstance(person, User) else person)
    mine = Q(email__iexact=address) if address else Q(pk=None)
    return ApprovalLink.objects.filter(mine | Q(made_by=person) if isinstance(person, User) else mine)


def _erase_links(person: Any) -> int:
    address = plain_address(person.email if isinstance(person, User) else person)
    return erase_links(links=ApprovalLink.objects.filter(email__iexact=address)) if address else 0


def _answers(person: Any) -> Iterable[dict[str, Any]]:
    address = plain_address(person.email if isinstance(person, User) else person)
    found = ApprovalAnswer.objects.filter(link__email__iexact=address) if address else ApprovalAnswer.objects.none()
    return found.values("signed_name", "decision", "comment", "answered_at")


def _register_staff(model: Any, fields: tuple[str, ...], shown: tuple[str, ...], **more: Any) -> None:
    rows = _of(model, *fields)
    register_personal_data(
        model, fields=fields, purpose=_("to know who wrote, read and let out what the city says"), legal_basis=DUTY,
        retention="jak akta wydziału; po usunięciu konta bez nazwiska", export=lambda person: rows(person).values(*shown),
        erase=lambda person: 0, kept_because=KEPT, **more,
    )  # fmt: skip


def register() -> None:
    """Fills the registry of personal data."""
    people = ("author", "last_edited_by", "claimed_by", "approved_by")
    _register_staff(Submission, people, ("title", "unit__name", "state", "made_at"), not_personal=("contact", "for_whom"))
    _register_staff(SubmissionVersion, ("made_by",), ("submission__title", "number", "made_at"))
    _register_staff(SubmissionNote, ("noted_by",), ("submission__title", "step", "words", "noted_at"))
    _register_staff(
        LonePublication, ("published_by", "reviewed_by"), ("submission__title", "title", "reason", "published_at", "review")
    )
    _register_staff(ReleaseSet, ("made_by", "last_edited_by", "approved_by"), ("name", "state", "made_at"))
    register_personal_data(
        ApprovalLink, fields=("recipient", "email", "made_by"), purpose=_("to ask somebody without an account about a text"),
        legal_basis=DUTY, retention="2 lata po wygaśnięciu odnośnika", retention_days=730,
        export=lambda person: _links(person).values("recipient", "email", "submission__title", "version", "made_at"),
        erase=_erase_links, past=ApprovalLink.objects.long_dead, kept_because=_("that a version was read before it went out"),
    )  # fmt: skip
    register_personal_data(
        ApprovalAnswer, fields=("signed_name", "comment"), purpose=_("to know who said yes to a text"), legal_basis=DUTY,
        retention="razem z odnośnikiem", export=_answers, erase=lambda person: 0,
    )  # fmt: skip

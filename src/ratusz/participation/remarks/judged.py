"""Remarks as things that moderators judge, before everybody reads them or after somebody flagged them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ratusz.casework.moderation.registries import JudgedKind, Place, PlaceKind, Shown, judged_kinds, place_kinds
from ratusz.casework.moderation.rules import ModerationRefused
from ratusz.participation.consultations.models import Consultation
from ratusz.participation.remarks import rules
from ratusz.participation.remarks.actions import showing
from ratusz.participation.remarks.boxes import default_mode, place_of
from ratusz.participation.remarks.models import Remark


def find(number: int) -> Remark | None:
    """A remark by its number in the database."""
    found = Remark.objects.filter(pk=number)
    return found.select_related("intake__contact", "intake__form", "consultation", "unit").first()


def show(remark: Remark) -> Shown:
    """The words as they would be shown, and where they stand."""
    consultation, contact = remark.consultation, remark.intake.contact
    context = tuple(filter(None, (remark.passage_words, remark.place_words, remark.intake.organisation)))
    return Shown(
        label=_("remark no. %(number)s in “%(title)s”") % {"number": remark.number, "title": consultation.title},
        where=consultation.title,
        words=remark.public_content or remark.content, written_at=remark.made_at,
        url=remark.get_absolute_url() if remark.is_public else "", unit=consultation.owner_unit,
        author_address=contact.value if contact is not None and contact.erased_at is None else "", context=context,
        is_hidden=not remark.is_public, place=place_of(consultation.pk),
    )  # fmt: skip


def _restore(remark: Remark, person: Any) -> None:
    try:
        showing.show_remark(remark=remark, person=person)
    except rules.RemarkRefused as refusal:
        raise ModerationRefused(str(refusal)) from refusal


def _edit(remark: Remark, person: Any, words: str) -> None:
    try:
        showing.edit_public_words(remark=remark, words=words, person=person)
    except rules.RemarkRefused as refusal:
        raise ModerationRefused(str(refusal)) from refusal


def _place(consultation: Consultation) -> Place:
    name = _("Remarks: %(title)s") % {"title": consultation.title}
    return Place(
        place_of(consultation.pk), name, consultation.owner_unit, ends_at=None, default_mode=default_mode(consultation),
        url=reverse("remarks:list", args=[consultation.slug]),
    )  # fmt: skip


def find_place(number: int) -> Place | None:
    """The remarks of one announced consultation."""
    found = Consultation.objects.public().select_related("owner_unit").filter(pk=number).first()
    return _place(found) if found else None


def current_places(at: datetime) -> Iterable[Place]:
    """Consultations whose report is not published yet."""
    found = Consultation.objects.public().filter(reported_at=None, cancelled_at=None).select_related("owner_unit")
    return [_place(each) for each in found.order_by("-starts_on", "-pk")[:100]]


def register() -> None:
    """Tells moderation of remarks."""
    place_kinds.register("remarks.register", PlaceKind(gettext_lazy("remarks of a consultation"), find_place, current_places))
    kind = JudgedKind(
        name=gettext_lazy("remark in a consultation"), find=find, show=show, restore=_restore, edit=_edit,
        hide=lambda remark, person: showing.hide_remark(remark=remark, person=person),
    )  # fmt: skip
    judged_kinds.register(showing.QUEUE, kind)

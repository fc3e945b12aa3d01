"""Remarks as things that moderators judge, before everybody reads them or after somebody flagged them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ratusz.casework.moderation.registries import JudgedKind, Shown, judged_kinds
from ratusz.casework.moderation.rules import ModerationRefused
from ratusz.participation.remarks import rules
from ratusz.participation.remarks.actions import showing
from ratusz.participation.remarks.models import Remark


def find(number: int) -> Remark | None:
    """A remark by its number in the database."""
    found = Remark.objects.filter(pk=number)
    return found.select_related("intake__contact", "intake__form", "consultation", "unit").first()


def show(remark: Remark) -> Shown:
    """The words as they would be shown, and where they stand."""
    consultation, contact = remark.consultation, remark.intake.contact
    context = tuple(filter(None, (remark.passage_words, remark.place_words)))
    return Shown(
        label=_("remark no. %(number)s") % {"number": remark.number}, where=consultation.title,
        words=remark.public_content or remark.content, written_at=remark.made_at,
        url=remark.get_absolute_url() if remark.is_public else "", unit=consultation.owner_unit,
        author_address=contact.value if contact is not None and contact.erased_at is None else "", context=context,
        is_hidden=not remark.is_public,
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


def register() -> None:
    """Tells moderation of remarks."""
    kind = JudgedKind(
        name=gettext_lazy("remark in a consultation"), find=find, show=show, restore=_restore, edit=_edit,
        hide=lambda remark, person: showing.hide_remark(remark=remark, person=person),
    )  # fmt: skip
    judged_kinds.register(showing.QUEUE, kind)

"""What consulted texts bring to a consultation: the form "document_review", a part of its page, what the report still lacks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ratusz.foundation.files.registry import FilePurpose, file_purposes
from ratusz.participation.consultations.registries import FormKind, Gap, Part, form_kinds, public_parts, thing_of
from ratusz.participation.remarks import plugged, rules
from ratusz.participation.remarks import queries_texts as queries
from ratusz.participation.remarks.actions import texts
from ratusz.participation.remarks.models import ConsultedText

KIND = "document_review"


def write_url(form: Any, at: datetime) -> str:
    """Where one writes on a passage of the text; "" when nobody may now. The passage follows as ?fragment=."""
    return plugged.take_part_url(form, at)


def _text_of(form: Any) -> Any:
    """The text with `is_published`; None before it is made."""
    return thing_of(form, lambda: queries.texts_of_forms([form]).get(form.pk))


def take_part_url(form: Any, at: datetime) -> str:
    """The page of the text, where each passage has its link; "" before it is published."""
    text = _text_of(form)
    return text_url(text, form.consultation) if text is not None and text.is_published else ""


def text_url(text: ConsultedText, consultation: Any) -> str:
    """The public page of a text."""
    return reverse("remarks_texts:text", args=[consultation.slug, text.pk])


def staff_url(form: Any) -> str:
    """Where its text is kept."""
    return reverse("remarks_texts_staff", args=[form.consultation_id])


def gaps(form: Any, at: datetime) -> Iterator[Gap]:
    """A review without a published text asked about nothing."""
    text = _text_of(form)
    if form.cancelled_at is None and (text is None or not text.is_published):
        yield Gap("remarks.no_text", _("“%(form)s” has no published text.") % {"form": form.title}, staff_url(form))


def prepare(form: Any, person: Any) -> str:
    """The text behind a planned form."""
    return f"remarks.text:{texts.make_text(form=form, person=person).pk}"


def part(consultation: Any, at: datetime) -> Part | None:
    """Links to the texts, with how many passages and remarks each has."""
    texts = [_text_of(form) for form in consultation.forms.all() if form.kind == KIND]
    shown = [{"text": text, "url": text_url(text, consultation)} for text in texts if text is not None and text.is_published]
    return Part("remarks/part_texts.html", {"texts": shown}, order=20) if shown else None


def register() -> None:
    """Fills the registries."""
    kind = FormKind(
        take_part_url=take_part_url,
        staff_url=staff_url,
        counts=plugged.counts,
        gaps=gaps,
        prepare=prepare,
        behind=queries.texts_of_forms,
    )
    form_kinds.register(KIND, kind)
    public_parts.register("remarks.texts", part)
    purpose = FilePurpose(
        name=gettext_lazy("Consulted texts"), kinds=("docx", "pdf"), keep_days=365 * 5, is_personal=False,
        may_read=lambda person, file, at: rules.may(person, "run", None, at),
    )  # fmt: skip
    file_purposes.register(texts.FILE, purpose)

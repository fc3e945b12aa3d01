"""Papers of a consultation: the notice on the portal as a document whose PDF is the evidence; files of its case."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from ratusz.casework.documents.blocks import Block, Document, Facts, Heading, Items, Notice, Text
from ratusz.casework.documents.registries import Paper
from ratusz.foundation.files.actions import storage
from ratusz.foundation.files.models import FileState
from ratusz.foundation.kit.dates import polish_date, polish_moment, polish_range
from ratusz.participation.consultations import wording
from ratusz.participation.consultations.models import Consultation, Extension
from ratusz.participation.consultations.models import Notice as NoticeRow


def address_of(consultation: Consultation) -> str:
    """The whole address of its public page."""
    return settings.PUBLIC_ADDRESS.rstrip("/") + consultation.get_absolute_url()


def notice(consultation: Consultation, occasion: str, at: datetime, extension: Extension | None = None) -> Document:
    """What the portal's page says at that moment, as a document to print and hang up too."""
    titles = {
        NoticeRow.Occasion.LAUNCH: _("Public consultation: %(title)s"),
        NoticeRow.Occasion.EXTENSION: _("Longer consultation: %(title)s"),
        NoticeRow.Occasion.CANCELLING: _("Consultation cancelled: %(title)s"),
    }  # fmt: skip
    blocks: list[Block] = []
    if extension is not None:
        blocks.append(Notice(_("Why it takes longer: %(reason)s") % {"reason": extension.reason}))
    if occasion == NoticeRow.Occasion.CANCELLING:
        blocks.append(Notice(_("Why it is cancelled: %(reason)s") % {"reason": consultation.cancel_reason}))
    return Document(
        titles[NoticeRow.Occasion(occasion)] % {"title": consultation.title}, (*blocks, *body(consultation)),
        subtitle=consultation.number or "", address=address_of(consultation), address_words=_("The consultation on the portal"),
        footer=_("Notice on the portal, %(moment)s") % {"moment": polish_moment(at)},
    )  # fmt: skip


def body(consultation: Consultation) -> Iterator[Block]:
    """Facts, what is asked, how to take part."""
    yield Facts(list(facts(consultation)))
    for title, text in wording.passages(consultation):
        yield Heading(title)
        yield Text(text)
    if forms := [wording.form_line(form) for form in consultation.forms.all() if form.cancelled_at is None]:
        yield Heading(_("How to take part"))
        yield Items(forms)


def facts(consultation: Consultation) -> Iterator[tuple[str, str]]:
    """The heading of a notice."""
    if consultation.starts_on and consultation.ends_on:
        yield _("From when until when"), polish_range(consultation.starts_on, consultation.ends_on)
    yield _("Whom it concerns"), consultation.target_group or ", ".join(area.name for area in consultation.areas.all())
    yield _("Where"), ", ".join(area.name for area in consultation.areas.all())
    yield _("Unit that answers"), str(consultation.owner_unit or "")
    if consultation.order_number and consultation.ordered_on:
        words = _("%(number)s of %(day)s")
        yield _("Ordinance"), words % {"number": consultation.order_number, "day": polish_date(consultation.ordered_on)}
    if consultation.contact:
        yield _("Contact"), consultation.contact


def papers_of(subject: str) -> Iterator[Paper]:
    """Files of the case: every notice's evidence and every opinion's scan that is still kept."""
    number = subject.rpartition(":")[2]
    consultation = Consultation.objects.filter(pk=number).first() if number.isdecimal() else None
    if consultation is None:
        return
    for row in consultation.notices.standing().filter(file__state=FileState.CLEAN).select_related("file"):
        yield _paper(row.file, _("Evidence of a notice: %(notice)s") % {"notice": row})
    for opinion in consultation.opinions.filter(file__state=FileState.CLEAN).select_related("file"):
        yield _paper(opinion.file, _("Opinion: %(body)s") % {"body": opinion})


def _paper(file: Any, title: str) -> Paper:
    with storage().open(file.storage_name or "") as kept:
        content = kept.read()
    return Paper(file.name, title, file.media_type, content, file.uploaded_at, is_public=True)

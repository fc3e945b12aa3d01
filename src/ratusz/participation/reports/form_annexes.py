"""Annexes that are drawn from a form's data: the report on a survey with its tables and its note on method."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from ratusz.casework.documents.blocks import Document, Text
from ratusz.casework.documents.typeset import pdf_of_document
from ratusz.participation.consultations.models import Consultation
from ratusz.participation.reports.annexes import Placed
from ratusz.participation.reports.gathering.results import kind_of


def annex_pdf(consultation: Consultation, placed: Placed, at: datetime) -> bytes:
    """The annex "form:12" as an accessible PDF, with its number in the tree."""
    form = consultation.forms.get(pk=int(placed.source.partition(":")[2]))
    blocks = kind_of(form).report_blocks(form, at) or [Text(form.result_summary or _("There are no results."))]
    subtitle = _("Annex no. %(number)s to the report of the consultation: %(title)s")
    facts = {"number": placed.number, "title": consultation.title}
    return pdf_of_document(Document(placed.title, blocks, subtitle=subtitle % facts))

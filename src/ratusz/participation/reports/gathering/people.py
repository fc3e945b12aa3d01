"""What staff write by themselves, and opinions beside residents' voices."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from ratusz.casework.documents.blocks import Block, Facts, Text
from ratusz.foundation.kit.plain_language import measure
from ratusz.foundation.kit.words import decimal_comma
from ratusz.participation.consultations.models import Consultation
from ratusz.participation.remarks.boxes import OPINION
from ratusz.participation.remarks.models import Intake
from ratusz.participation.reports.gathering.told import asked_opinions
from ratusz.participation.reports.models import Report

OPINIONS = (Intake.Channel.OPINION,)


def grade_words(text: str) -> str:
    """The FOG-PL index of a text in words: "FOG-PL 8,4"; "" for no text."""
    return f"FOG-PL {decimal_comma(measure(text).fog, 1)}" if text.strip() else ""


def in_short(report: Report) -> list[Block]:
    """The summary in plain language, with the measure of how plain it is."""
    text = report.in_short.strip()
    if not text:
        return []
    return [*(Text(part) for part in text.split("\n\n")), Facts([(_("How plain this summary is"), grade_words(text))])]


def opinions(consultation: Consultation, at: datetime) -> list[Block]:
    """Opinions of bodies that were asked, then those that came as opinions into the register."""
    came = consultation.intakes.filter(Q(channel__in=OPINIONS) | Q(form__kind=OPINION), state=Intake.State.ACCEPTED)
    listed = [
        Text(_("opinion in the register under the numbers: %(numbers)s") % {"numbers": numbers}, strong=f"{each.organisation}:")
        for each in came.order_by("received_at", "pk").prefetch_related("remarks")
        if each.organisation and (numbers := ", ".join(str(remark.number) for remark in each.remarks.all()))
    ]
    return [*asked_opinions(consultation, at), *listed]


def what_next(report: Report, consultation: Consultation) -> list[Block]:
    """The way of the decision, its days, whom to ask."""
    text = report.what_next.strip()
    blocks: list[Block] = [Text(part) for part in text.split("\n\n")] if text else []
    contact = [(_("Whom to ask"), report.contact)] if report.contact else []
    return [*blocks, *([Facts(contact)] if contact else [])]

"""Notices with their evidence, how the days were moved on, and opinions of bodies that were asked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from ratusz.casework.documents.blocks import Block, Table
from ratusz.foundation.kit.dates import local_day, polish_date
from ratusz.participation.consultations.models import Consultation, Notice, Opinion
from ratusz.participation.consultations.modes.terms import channel_name

SHOWN = 16
"""Signs of a checksum that are printed."""


def notices(consultation: Consultation) -> list[Block]:
    """Every notice that stands, with the checksum of its evidence."""
    rows = [_notice(each) for each in consultation.notices.standing()]
    headings = [_("Channel"), _("What it tells"), _("Published on"), _("Where"), _("Evidence (checksum, first signs)")]
    return [Table(headings, rows, _("Notices with their evidence"))] if rows else []


def _notice(notice: Notice) -> list[str]:
    where = "; ".join(filter(None, [notice.place, notice.url]))
    channel = channel_name(notice.channel, notice.published_on)
    proof = notice.sha256[:SHOWN] or _("none")
    return [channel, str(notice.get_occasion_display()), polish_date(notice.published_on), where or "–", proof]


def extensions(consultation: Consultation) -> list[Block]:
    """Each time the last day was moved on, with its reason and ordinance."""
    rows = [
        [polish_date(each.was_ends_on), polish_date(each.ends_on), each.order_number or "–", each.reason]
        for each in consultation.extensions.all()
    ]
    headings = [_("Last day before"), _("Last day"), _("Ordinance"), _("Reason")]
    return [Table(headings, rows, _("How the days were moved on"))] if rows else []


def asked_opinions(consultation: Consultation, at: datetime) -> Iterator[Block]:
    """Bodies that were asked: what they said, or that they kept silent past their day."""
    day = local_day(at)
    rows = [
        [each.body, polish_date(each.asked_on), _answer(each, day), each.text]
        for each in consultation.opinions.filter(taken_back_at=None)
    ]
    if rows:
        yield Table([_("Body"), _("Asked on"), _("Opinion"), _("In its words")], rows, _("Opinions that were asked for"))


def _answer(opinion: Opinion, day: object) -> str:
    if opinion.answered_on:
        number = f" ({opinion.answer_number})" if opinion.answer_number else ""
        return f"{opinion.get_stance_display()}, {polish_date(opinion.answered_on)}{number}"
    if opinion.is_waived(day):  # type: ignore[arg-type]
        return _("no answer until %(day)s: taken as none") % {"day": polish_date(opinion.due_on)}
    return _("waits until %(day)s") % {"day": polish_date(opinion.due_on)}

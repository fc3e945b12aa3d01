"""The list of consultations as a workbook."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from ratusz.casework.documents.xlsx import Column, Sheet, xlsx_of
from ratusz.foundation.kit.dates import local_day
from ratusz.participation.consultations import rules, wording
from ratusz.participation.consultations.models import Consultation


def workbook(rows: Iterable[Consultation], at: datetime) -> bytes:
    """One row a consultation; days as ISO, so that a spreadsheet sorts them."""
    head = (
        _("Number"), _("Title"), _("Kind of talk"), _("State"), _("First day"), _("Last day"), _("Modes"), _("Where"), _("Unit"),
        _("Ordinance"), _("Report by"), _("Report published"),
    )  # fmt: skip
    columns = [Column(label, 24) for label in head]
    return xlsx_of(_("Consultations"), [Sheet(_("Consultations"), columns, [_line(each, at) for each in rows])])


def _line(each: Consultation, at: datetime) -> list[str]:
    return [
        each.number or "", each.title, str(each.get_label_display()), rules.badge_of(each, local_day(at)).words,
        f"{each.starts_on or ''}", f"{each.ends_on or ''}", ", ".join(wording.mode_names(each.modes)),
        ", ".join(area.name for area in each.areas.all()), str(each.owner_unit or ""), each.order_number,
        f"{each.report_day or ''}", f"{local_day(each.reported_at)}" if each.reported_at else "",
    ]  # fmt: skip

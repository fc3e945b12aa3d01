"""What the number of a receipt tells: that an answer was taken, never which."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ratusz.foundation.kit.codes import CodeMistyped, read_code
from ratusz.foundation.kit.dates import polish_date
from ratusz.foundation.kit.registries import Receipt, ReceiptKind
from ratusz.participation.surveys.links import RECEIPT_LENGTH
from ratusz.participation.surveys.models import Submission


def find(text: str, at: datetime) -> Receipt | None:
    """The receipt behind a number as people type it."""
    try:
        code = read_code(text)
    except CodeMistyped:
        return None
    if len(code) != RECEIPT_LENGTH:
        return None
    found = Submission.objects.filter(receipt=code).select_related("survey").first()
    if found is None:
        return None
    survey = found.survey
    status = _("Your answer was taken. The survey is over.") if survey.is_over(at) else _("Your answer was taken.")
    return Receipt(survey.title, status, survey.get_absolute_url(), ((_("Day"), polish_date(found.day)),))


def kind() -> ReceiptKind:
    """For the one field that finds any number."""
    what: Any = gettext_lazy("number of a receipt of a survey")
    return ReceiptKind("K7QM-2X9D-4TRA-0HBN", what, find)

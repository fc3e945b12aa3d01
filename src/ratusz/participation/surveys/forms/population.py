"""A table of the population as it is brought: the file, its day, who made it; then its confirmation."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import FIRST_DAY, local_day

ENDINGS = (".xlsx", ".csv")
MOST_BYTES = 5 << 20


class _Facts(forms.Form):
    day = forms.DateField(label=gettext_lazy("State of the day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    source = forms.CharField(
        label=gettext_lazy("Source"), max_length=200,
        help_text=gettext_lazy("Who made the table and where it lies, such as: GUS, Bank Danych Lokalnych, ludność wg grup wieku."),
    )  # fmt: skip

    def clean_day(self) -> date:
        day = self.cleaned_data["day"]
        if not FIRST_DAY <= day <= local_day(database_now()):
            raise ValidationError(_("Write a day from 2000 on that is not ahead."))
        return day


class PopulationForm(_Facts):
    """The file with its day and source."""

    file = forms.FileField(label=gettext_lazy("Table (.xlsx or .csv)"))
    field_order = ("file", "day", "source")

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if not str(file.name).lower().endswith(ENDINGS):
            raise ValidationError(_("Choose a file that ends with .xlsx or .csv."))
        if file.size > MOST_BYTES:
            raise ValidationError(_("The file has more than 5 MB. A table of ages is much smaller: keep only its rows."))
        return file


class ConfirmForm(_Facts):
    """The same once more, with the file kept aside."""

    kept = forms.CharField(max_length=60)
    file_name = forms.CharField(max_length=130)

"""What is typed in elections mode: the election, the list of candidates, reasons, a text to try."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput, AdminTimeInput

from ratusz.coordination.calendar import rules
from ratusz.coordination.calendar.models import Election

MOST_ROWS = 3000
COLUMNS = 3


class ElectionForm(forms.ModelForm):
    """An election with its days and hours."""

    class Meta:
        model = Election
        fields = [
            "kind",
            "name",
            "ordering_act",
            "ordered_on",
            "voting_day",
            "polls_from",
            "polls_to",
            "second_round_day",
            "territory",
        ]
        widgets = {
            "ordered_on": AdminDateInput, "voting_day": AdminDateInput, "second_round_day": AdminDateInput,
            "polls_from": AdminTimeInput, "polls_to": AdminTimeInput,
        }  # fmt: skip

    def __init__(self, *args, day: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.day = day
        if self.instance.pk is None:
            for name in ("polls_from", "polls_to"):
                self.initial[name] = time(rules.setting(name, day))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        ordered, voting, second = (cleaned.get(name) for name in ("ordered_on", "voting_day", "second_round_day"))
        if ordered and voting and voting <= ordered:
            self.add_error("voting_day", _("The voting day comes after the day on which the act was published."))
        if voting and second and second <= voting:
            self.add_error("second_round_day", _("The second round comes after the first."))
        if ordered and voting:
            for name, words in rules.days_refused(ordered, voting, second, self.day).items():
                self.add_error(name, words)
        opens, closes = cleaned.get("polls_from") or time(0), cleaned.get("polls_to")
        if closes and closes <= opens:
            self.add_error("polls_to", _("The polls close after they open."))
        return cleaned


class CandidatesForm(forms.Form):
    """The public list, pasted: one candidate a line, columns by semicolons or tabs."""

    rows = forms.CharField(
        label=_("Candidates"), widget=forms.Textarea(attrs={"rows": 12}), max_length=400_000,
        help_text=_("One a line: first name; last name; committee. You can paste three columns from a sheet."),
    )  # fmt: skip

    def clean_rows(self) -> list[tuple[str, str, str]]:
        found = []
        for number, line in enumerate(self.cleaned_data["rows"].splitlines(), 1):
            if not line.strip():
                continue
            parts = [" ".join(part.split()) for part in line.replace("\t", ";").split(";")]
            first, last, committee = (*parts, "", "", "")[:COLUMNS]
            if not first or not last or len(parts) > COLUMNS or len(first) > 100 or len(last) > 100:
                problem = _("Line %(number)s is not understood. Write: first name; last name; committee.")
                raise forms.ValidationError(problem, params={"number": number})
            found.append((first, last, committee[:200]))
        if len(found) > MOST_ROWS:
            raise forms.ValidationError(_("At most %(most)s candidates at once."), params={"most": MOST_ROWS})
        return found


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=_("Reason"), max_length=500, required=False)


class TryForm(forms.Form):
    """A text to see what elections mode would say about it."""

    text = forms.CharField(label=_("Text to try"), widget=forms.Textarea(attrs={"rows": 5}), max_length=20_000)

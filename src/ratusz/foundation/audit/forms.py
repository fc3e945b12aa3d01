"""The filters of the record."""

from __future__ import annotations

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from ratusz.foundation.audit.models import Entry
from ratusz.foundation.audit.words import deed_words
from ratusz.foundation.kit.working_days import end_of_day, start_of_day


class RecordFilter(forms.Form):
    """Who, what, when, and only readings. What is wrong is left out of the filter and said beside its field."""

    kto = forms.CharField(label=_("Who"), required=False, max_length=100)
    co = forms.ChoiceField(label=_("What"), required=False)
    od = forms.DateField(label=_("From the day"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    do = forms.DateField(label=_("To the day"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    odczyty = forms.BooleanField(label=_("Only readings of personal data"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        ordered = sorted(deed_words().items(), key=lambda entry: entry[1])
        self.fields["co"].choices = [("", _("everything")), *ordered]

    def narrow(self, entries: QuerySet[Entry]) -> QuerySet[Entry]:
        """The entries that fit."""
        self.is_valid()
        chosen = self.cleaned_data
        if who := chosen.get("kto"):
            entries = entries.filter(actor_label__icontains=who)
        if deed := chosen.get("co"):
            entries = entries.filter(deed=deed)
        if since := chosen.get("od"):
            entries = entries.filter(happened_at__gte=start_of_day(since))
        if until := chosen.get("do"):
            entries = entries.filter(happened_at__lt=end_of_day(until))
        return entries.filter(is_read=True) if chosen.get("odczyty") else entries

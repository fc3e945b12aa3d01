"""What is typed of a turn of duty: who, what for, from when until when on the clocks of Warsaw."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from ratusz.coordination.desk.models import DutyTurn
from ratusz.coordination.desk.queries import people_for_duty
from ratusz.publishing.editing.moments import FIRST, moment_of
from ratusz.publishing.editing.rules import NotNow

HOURS = {"input_formats": ["%H:%M", "%H.%M"]}


class DutyForm(forms.Form):
    """A turn of duty. In the night when an hour comes twice the first one is meant."""

    kind = forms.ChoiceField(label=_("Kind of duty"), choices=DutyTurn.Kind.choices)
    person = forms.ModelChoiceField(label=_("Who has the duty"), queryset=None)
    first_day = forms.DateField(label=_("First day"), widget=AdminDateInput)
    first_hour = forms.TimeField(label=_("From what hour"), widget=forms.TimeInput(format="%H:%M"), **HOURS)
    last_day = forms.DateField(label=_("Last day"), widget=AdminDateInput)
    last_hour = forms.TimeField(label=_("Until what hour"), widget=forms.TimeInput(format="%H:%M"), **HOURS)

    def __init__(self, *args: Any, at: datetime, turn: DutyTurn | None = None, **kwargs: Any):
        initial: dict[str, Any] = {"first_hour": time(16), "last_hour": time(8)}
        if turn is not None:
            first, last = localtime(turn.starts), localtime(turn.ends)
            initial = {
                "kind": turn.kind, "person": turn.person_id, "first_day": first.date(), "first_hour": first.time(),
                "last_day": last.date(), "last_hour": last.time(),
            }  # fmt: skip
        super().__init__(*args, initial=initial, **kwargs)
        self.turn = turn
        self.fields["person"].queryset = people_for_duty(at)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["starts"], cleaned["ends"] = (self._moment(cleaned, end) for end in ("first", "last"))
        return cleaned

    def _moment(self, cleaned: dict[str, Any], end: str) -> datetime | None:
        day, hour = cleaned.get(f"{end}_day"), cleaned.get(f"{end}_hour")
        if day is None or hour is None:
            return None
        kept = self.turn and (self.turn.starts if end == "first" else self.turn.ends)
        if kept and f"{localtime(kept):%Y-%m-%d %H:%M}" == f"{day} {hour:%H:%M}":
            # Seconds of a turn that was ended at once are not typed, and stay.
            return kept
        try:
            return moment_of(day, hour, FIRST)
        except NotNow as refusal:
            self.add_error(f"{end}_hour", str(refusal))
            return None

"""One small form for each deed on a decision; each gives what its action takes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ratusz.foundation.people.models import User
from ratusz.foundation.units.models import Appointment, Unit
from ratusz.governance.decisions.forms.drafts import DAY, WarnsOfDay, _Rows, working_units
from ratusz.governance.decisions.models import Decision
from ratusz.governance.decisions.models.decisions import LONGEST_PUBLIC


def _words(label: Any, most: int = 500) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, widget=_Rows(3))


class DeedForm(forms.Form):
    """`at` and `decision` narrow what may be chosen."""

    def __init__(self, *args: Any, decision: Decision | None = None, at: Any = None, **named: Any):
        super().__init__(*args, **named)
        self.decision, self.at = decision, at
        for name in ("unit", "proposed"):
            if name in self.fields:
                self.fields[name].queryset = working_units()

    def facts(self) -> dict[str, Any]:
        """As the action takes it."""
        return {name: value for name, value in self.cleaned_data.items() if name != "keep_day"}


class AcceptForm(DeedForm):
    """The unit accepts."""

    first_step = _words(_("First step: what happens next and when"), 300)
    in_charge = forms.ModelChoiceField(
        label=_("Person in charge"), queryset=User.objects.none(), required=False, help_text=_("Empty: yourself.")
    )

    def __init__(self, *args: Any, **named: Any):
        super().__init__(*args, **named)
        if self.decision is None or self.at is None:
            del self.fields["in_charge"]
            return
        unit = self.decision.offered_to_id or self.decision.lead_unit_id
        appointed = Appointment.objects.in_force(self.at).filter(unit=unit).values("person")
        self.fields["in_charge"].queryset = User.objects.filter(pk__in=appointed, is_active=True).order_by(
            "last_name", "first_name"
        )


class ReturnForm(DeedForm):
    """Not ours."""

    reason = _words(_("Why it is not yours"))
    proposed = forms.ModelChoiceField(label=_("Whose it is, as you think"), queryset=Unit.objects.none(), required=False)


class GiveForm(DeedForm):
    """To another unit."""

    unit = forms.ModelChoiceField(label=_("Unit"), queryset=Unit.objects.none())


class DelegateForm(GiveForm):
    """Offered to another unit."""

    reason = _words(_("Why this unit"))


class ReasonForm(DeedForm):
    """A reason that stays in the Office."""

    reason = _words(_("Reason"))


class PublicReasonForm(DeedForm):
    """A reason that everybody reads."""

    reason = _words(_("Reason, in words for everybody"), LONGEST_PUBLIC)


class LaterForm(WarnsOfDay, DeedForm):
    """Ask for a later day."""

    wanted = forms.DateField(label=_("Day asked for"), widget=DAY)
    reason = _words(_("Why"), LONGEST_PUBLIC)

    def clean(self) -> dict[str, Any]:
        """A bad day is warned of."""
        typed = super().clean() or self.cleaned_data
        self.warn_of("wanted")
        return typed


class GrantForm(WarnsOfDay, DeedForm):
    """Grant or refuse a later day."""

    due_on = forms.DateField(label=_("New due day"), widget=DAY, required=False, help_text=_("Empty: the day that was asked for."))
    answer = _words(_("Reason; when you grant it, everybody reads it"), LONGEST_PUBLIC)

    def clean(self) -> dict[str, Any]:
        """A bad day is warned of."""
        typed = super().clean() or self.cleaned_data
        self.warn_of("due_on")
        return typed


class ResumeForm(WarnsOfDay, DeedForm):
    """Goes on, by this day."""

    due_on = forms.DateField(label=_("Due day from now on"), widget=DAY)

    def clean(self) -> dict[str, Any]:
        """A bad day is warned of."""
        typed = super().clean() or self.cleaned_data
        self.warn_of("due_on")
        return typed


class SettleForm(DeedForm):
    """A word to everybody on how it ended."""

    note = _words(_("Note to everybody on how it ended"), LONGEST_PUBLIC)


class BackForm(DeedForm):
    """What is missing."""

    note = _words(_("What is missing"), 1000)


class ExplainForm(DeedForm):
    """Why it is late."""

    text = _words(_("Why it is late and when it will be done, in words for everybody"), LONGEST_PUBLIC)


class PartForm(DeedForm):
    """What the helper did."""

    text = _words(_("What your unit did"), 1000)


class ReplaceForm(PublicReasonForm):
    """By which decision."""

    by = forms.ModelChoiceField(label=_("Decision that stands instead"), queryset=Decision.objects.none())

    def __init__(self, *args: Any, **named: Any):
        super().__init__(*args, **named)
        standing = Decision.objects.filter(taken_at__isnull=False).exclude(state__in=("replaced", "withdrawn"))
        self.fields["by"].queryset = standing.exclude(pk=self.decision.pk if self.decision else None).order_by("-pk")[:500]


class NothingForm(DeedForm):
    """A button alone."""


DEED_FORMS: dict[str, type[DeedForm]] = {
    "take": NothingForm, "accept": AcceptForm, "return": ReturnForm, "give": GiveForm, "delegate": DelegateForm,
    "take_over": AcceptForm, "decline": ReasonForm, "ask_later": LaterForm, "grant": GrantForm, "refuse": GrantForm,
    "suspend": PublicReasonForm, "resume": ResumeForm, "explain": ExplainForm, "settle": SettleForm, "send_back": BackForm,
    "withdraw": PublicReasonForm, "replace": ReplaceForm, "reopen": NothingForm, "send_link": NothingForm,
}  # fmt: skip
"""The name of a deed in addresses and forms -> its form."""

"""What staff type about cases."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from ratusz.casework.documents.registries import case_kinds


class RegisterFilter(forms.Form):
    """What the register shows."""

    q = forms.CharField(label=_("Case number, title or number in EZD"), max_length=200, required=False)
    kind = forms.ChoiceField(label=_("Kind of case"), required=False)
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("all")), ("open", _("open cases")), ("closed", _("closed cases"))]
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", _("all")), *((code, kind.name) for code, kind in case_kinds.items())]  # type: ignore[attr-defined]

    def chosen(self) -> dict[str, str]:
        """What was chosen; a value that is none of the choices chooses nothing."""
        self.is_valid()
        found = self.cleaned_data
        return {"words": found.get("q", ""), "kind": found.get("kind", ""), "state": found.get("state", "")}


class NumberForm(forms.Form):
    """The number pasted back from the document system."""

    number = forms.CharField(label=_("Number in the document system (EZD)"), max_length=120)

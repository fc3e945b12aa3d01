"""Forms of the screens of groups."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ratusz.participation.consultations.models import Consultation
from ratusz.participation.remarks import queries_grouping
from ratusz.participation.remarks.models import Cluster
from ratusz.participation.remarks.rules_grouping import LONGEST_NAME


class GroupField(forms.ModelChoiceField):
    """A group of one consultation with the number of its remarks."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name} ({obj.remarks_in})"


class NameForm(forms.Form):
    """The name of a group."""

    name = forms.CharField(label=_("Name of the group"), max_length=LONGEST_NAME)


class AcceptForm(forms.Form):
    """What becomes of a proposal."""

    name = forms.CharField(label=_("Name of the new group"), max_length=LONGEST_NAME, required=False)
    into = GroupField(queryset=Cluster.objects.none(), label=_("Or add to the group"), required=False)
    take_grouped = forms.BooleanField(label=_("Take remarks out of their present groups as well"), required=False)

    def __init__(self, *args: Any, consultation: Consultation, **named: Any):
        super().__init__(*args, **named)
        self.fields["into"].queryset = queries_grouping.groups(consultation)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("name") and not given.get("into"):
            self.add_error("name", _("Give the new group a name, or choose a group that stands."))
        return given


class MoveForm(forms.Form):
    """Where chosen remarks go: a new group, a standing one, or none."""

    name = forms.CharField(label=_("Name of the new group"), max_length=LONGEST_NAME, required=False)
    to = GroupField(queryset=Cluster.objects.none(), label=_("Or the group"), required=False, empty_label=_("no group"))

    def __init__(self, *args: Any, consultation: Consultation, without: Cluster | None = None, **named: Any):
        super().__init__(*args, **named)
        standing = queries_grouping.groups(consultation)
        self.fields["to"].queryset = standing.exclude(pk=without.pk) if without else standing  # type: ignore[attr-defined]

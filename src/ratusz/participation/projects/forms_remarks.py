"""What a resident types of a project of somebody else."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from ratusz.foundation.notifications.forms import clean_mailbox
from ratusz.participation.projects.models import Remark


class RemarkForm(forms.Form):
    """Kind, words, and an e-mail for whoever wants to hear of a moderator's decision."""

    kind = forms.ChoiceField(
        label=_("What is it?"), choices=Remark.Kind.choices, initial=Remark.Kind.REMARK, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("What do you want to say?"), max_length=3000, widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Everybody will read it. Write of the project; do not write names, addresses or telephone numbers of people."),
    )  # fmt: skip
    email = forms.CharField(
        label=_("E-mail address"), max_length=254, required=False, widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("Only if you want to hear from us when your remark is changed or not shown. Nobody else sees it."),
    )  # fmt: skip

    def clean_email(self) -> str:
        return clean_mailbox(self.cleaned_data["email"])

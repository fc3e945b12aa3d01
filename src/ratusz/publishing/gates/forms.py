"""A text to measure, and a reason for letting a text through."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from .models import SHORTEST_REASON

LONGEST_TEXT = 40_000
"""Characters measured at once; some 6,000 words."""
TARGETS = (
    ("web", _("website, newsletter, bulletin: at most 10")),
    ("crisis", _("crisis message, SMS: at most 8")),
)


class TextForm(forms.Form):
    """A text to measure; nothing of it is kept."""

    text = forms.CharField(
        label=_("Your text"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 12, "class": "ratusz-text__input"}),
        error_messages={
            "required": _("Paste a text: without it there is nothing to measure."),
            "max_length": _("This text is too long for one measurement. Paste it in parts."),
        },
    )
    target = forms.ChoiceField(label=_("Where it goes"), choices=TARGETS, required=False, initial="web")

    def clean_target(self) -> str:
        return self.cleaned_data["target"] or "web"


class OverrideForm(forms.Form):
    """Why the text may pass one gate all the same."""

    gate = forms.CharField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Why the text may go out all the same"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("At least %(number)d characters. Your name, role and the reason are recorded.") % {"number": SHORTEST_REASON},
        error_messages={"required": _("Write in a sentence why the text may go out all the same.")},
    )

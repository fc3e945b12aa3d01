"""Forms of the screens of consulted texts."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from ratusz.participation.remarks.models import PlacedPassage
from ratusz.participation.remarks.rules_texts import LONGEST_CHANGES


class FileForm(forms.Form):
    """The file of a text."""

    file = forms.FileField(
        label=_("File of the text"), help_text=_("DOCX, or PDF saved by a program. A scan is refused: it holds no words."),
        widget=forms.FileInput(attrs={"accept": ".docx,.pdf"}),
    )  # fmt: skip


class PassageForm(forms.Form):
    """One passage of a draft."""

    kind = forms.ChoiceField(label=_("What it is"), choices=PlacedPassage.Kind)
    words = forms.CharField(
        label=_("Words of the passage"), help_text=_("An empty line splits it: the part above keeps the number."),
        widget=forms.Textarea(attrs={"rows": 8}), max_length=20_000, strip=False,
    )  # fmt: skip


class PublishForm(forms.Form):
    """What changes in the version."""

    what_changes = forms.CharField(
        label=_("What changes and why"), help_text=_("Everybody reads it above the text. The first version may go without."),
        widget=forms.Textarea(attrs={"rows": 3}), max_length=LONGEST_CHANGES, required=False,
    )  # fmt: skip

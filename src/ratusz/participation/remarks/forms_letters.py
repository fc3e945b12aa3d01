"""Forms of the screen with letters: narrowing the list, the form of a pasted e-mail filled in from the letter, other deeds."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from ratusz.foundation.incoming.models import Letter
from ratusz.participation.consultations.models import Consultation
from ratusz.participation.remarks.forms_staff import ANY, EnterForm, on_passages
from ratusz.participation.remarks.mail.queries import Wanted
from ratusz.participation.remarks.mail.writing import composed, language_of, marked
from ratusz.participation.remarks.models import Intake

LANGUAGES = [("pl", _("Polish")), ("uk", _("Ukrainian")), ("en", _("English"))]


class LetterFilter(forms.Form):
    """Narrowing the list of letters; what is not understood narrows nothing."""

    szukaj = forms.CharField(label=_("Words"), required=False, max_length=100)
    konsultacja = forms.ModelChoiceField(Consultation.objects.none(), label=_("Consultation"), required=False)
    pliki = forms.ChoiceField(
        label=_("Attachments"), required=False, choices=[ANY, ("yes", _("with attachments")), ("no", _("without attachments"))]
    )
    od = forms.DateField(label=_("Arrived from"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    do = forms.DateField(
        label=_("Arrived until"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, consultations: QuerySet[Consultation], **named: Any):
        super().__init__(*args, **named)
        self.fields["konsultacja"].queryset = consultations  # type: ignore[attr-defined]

    def wanted(self, state: str) -> Wanted:
        """What the list is narrowed to."""
        self.is_valid()
        clean = self.cleaned_data
        return Wanted(
            state=state, words=clean.get("szukaj") or "", consultation=clean.get("konsultacja"), files=clean.get("pliki") or "",
            first=clean.get("od"), last=clean.get("do"),
        )  # fmt: skip


class LetterForm(EnterForm):
    """The form of whatever a clerk enters, filled in from a letter: how and when it came is not for typing."""

    language = forms.ChoiceField(label=_("Language of our answers"), choices=LANGUAGES)

    def __init__(self, *args: Any, letter: Letter, consultation: Consultation, at: datetime, **named: Any):
        named["initial"] = {
            "channel": Intake.Channel.EMAIL, "received_at": letter.arrived_at, "content": composed(marked(letter.text), {}),
            "name": letter.sender_name, "email": _answered_at(letter), "language": language_of(letter.text),
            **named.get("initial", {}),
        }  # fmt: skip
        super().__init__(*args, consultation=consultation, at=at, **named)
        del self.fields["scan"], self.fields["form_key"]
        for name in ("channel", "received_at"):
            self.fields[name].disabled = True
        self.fields["received_at"].help_text = _("When our mail server had the letter; it decides whether it is in time.")
        self.fields["content"].help_text = (
            _("A line of three hyphens (---) parts one remark from the next: one for each point.") + f" {on_passages()}"
        )
        self.fields["address"].help_text = _("It tells the district.")


def _answered_at(letter: Letter) -> str:
    """Nothing is ever answered to a machine."""
    return letter.sender.value if letter.sender is not None and not letter.is_written_by_a_machine else ""


class AssignForm(forms.Form):
    """Which consultation a letter belongs to."""

    consultation = forms.ModelChoiceField(Consultation.objects.public(), label=_("Consultation"))


class AsideForm(forms.Form):
    """Why nothing is made of a letter."""

    reason = forms.CharField(label=_("Why it is no remark"), max_length=500)


class DuplicateForm(forms.Form):
    """What the letter repeats."""

    number = forms.CharField(label=_("Number of the intake or of the other letter"), max_length=30)

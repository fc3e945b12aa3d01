"""Forms around minutes: a reviewer's suggestion, invitations to read, a Word protocol, what changes in a new version."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class SuggestionForm(forms.Form):
    """Another wording of one place, or a remark."""

    place = forms.CharField(widget=forms.HiddenInput, required=False, max_length=120)
    proposed = forms.CharField(
        label=_("Wording that you suggest"), required=False, max_length=6000, widget=forms.Textarea(attrs={"rows": 6})
    )
    remark = forms.CharField(label=_("Remark"), required=False, max_length=3000, widget=forms.Textarea(attrs={"rows": 4}))


class VoiceForm(forms.Form):
    """One voice while people speak: three fields are enough."""

    who = forms.CharField(
        label=_("Who speaks"),
        required=False,
        max_length=120,
        help_text=_("Without a name: “resident, Ligota”."),
    )
    question = forms.CharField(label=_("What was said"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))
    answer = forms.CharField(label=_("Answer"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))
    answered_by = forms.CharField(label=_("Who answered"), required=False, max_length=120)


class InviteForm(forms.Form):
    """Somebody to read the minutes."""

    name = forms.CharField(label=_("Who is asked"), max_length=160, help_text=_("A person or an organisation."))
    email = forms.EmailField(label=_("E-mail address"))
    silence_agrees = forms.BooleanField(
        label=_("No answer within the time means no remarks; the letter will say so"), required=False
    )
    sees_all = forms.BooleanField(
        label=_("Reads the whole text, with names and notes of the Office"), required=False,
        help_text=_("Only for people of the Office."),
    )  # fmt: skip


class ProtocolForm(forms.Form):
    """A protocol written in Word."""

    document = forms.FileField(label=_("Document (DOCX)"), help_text=_("At most 15 MB, without macros."))

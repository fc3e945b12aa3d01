"""The form of an image-rights passport: alone, under Wagtail's own form of a picture, and for a whole batch."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput
from wagtail.images.forms import BaseImageForm

from ratusz.publishing.website.actions import bump_content_version
from ratusz.publishing.website.models import Basis, ImageConsent, ImagePassport, Minors, PicturePurpose
from ratusz.publishing.website.passports import actions
from ratusz.publishing.website.passports.incoming import clean_picture
from ratusz.publishing.website.passports.rules import ConsentWithdrawn, is_refused_for_minors
from ratusz.publishing.website.passports.uses import is_used_by_others
from ratusz.publishing.website.registries import outlets_of_pictures

PASSPORT_FIELDS = (
    "basis", "purpose", "outlets", "event_name", "event_date", "minors", "valid_from", "valid_until", "credit_line", "source",
    "further_basis", "further_reason",
)  # fmt: skip
CHOOSE = [("", _("Choose"))]


def outlet_choices() -> list[tuple[str, Any]]:
    """The outlets that a passport may name."""
    return list(outlets_of_pictures().items())


class PassportFields(forms.Form):
    """The fields of a passport. No outlet ticked means everywhere."""

    basis = forms.ChoiceField(
        label=_("On what basis may people in it be shown"), choices=[*CHOOSE, *Basis.choices],
        help_text=_("Consent and payment need the signed document: add it in the passport after saving."),
    )  # fmt: skip
    purpose = forms.ChoiceField(label=_("May serve"), choices=PicturePurpose.choices, initial=PicturePurpose.INFORMATION)
    outlets = forms.MultipleChoiceField(
        label=_("Only in these places"), choices=outlet_choices, required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick none when it may be shown everywhere."),
    )  # fmt: skip
    event_name = forms.CharField(
        label=_("Event in the picture"), max_length=160, required=False, help_text=_("Such a picture serves that event alone.")
    )
    event_date = forms.DateField(label=_("Day of the event"), required=False, widget=AdminDateInput)
    minors = forms.ChoiceField(
        label=_("People under age"), choices=Minors.choices, initial=Minors.NONE,
        help_text=_("Under 13 the parents sign; from 13 to 17 both the parents and the young person."),
    )  # fmt: skip
    valid_from = forms.DateField(label=_("May be used from"), required=False, widget=AdminDateInput)
    valid_until = forms.DateField(label=_("May be used until"), required=False, widget=AdminDateInput)
    credit_line = forms.CharField(
        label=_("Credit under the picture"), max_length=200, required=False, help_text=_("Empty: the author and the licence.")
    )
    source = forms.CharField(label=_("Where the picture comes from"), max_length=200, required=False)
    further_basis = forms.ChoiceField(label=_("Basis beyond the event"), choices=[*CHOOSE, *Basis.choices], required=False)
    further_reason = forms.CharField(label=_("Why it may be used beyond the event"), max_length=300, required=False)

    def clean(self) -> dict[str, Any]:
        """What the database would refuse, each at its field."""
        given = super().clean() or self.cleaned_data
        if given.get("valid_from") and given.get("valid_until") and given["valid_until"] < given["valid_from"]:
            self.add_error("valid_until", _("The last day comes before the first one."))
        if is_refused_for_minors(given.get("basis", ""), given.get("minors", Minors.NONE)):
            self.add_error("basis", _("A child who can be recognised needs another basis: consent, or a detail of a whole."))
        if given.get("further_basis") and not given.get("further_reason"):
            self.add_error("further_reason", _("Write why it may be used beyond the event."))
        return given

    def passport(self) -> dict[str, Any]:
        """The facts for the action."""
        facts = {name: self.cleaned_data[name] for name in PASSPORT_FIELDS}
        return facts | {"is_for_all_outlets": not facts["outlets"]}


def initial_of(passport: ImagePassport | None) -> dict[str, Any]:
    """What a form shows of a passport that is there."""
    return {name: getattr(passport, name) for name in PASSPORT_FIELDS} if passport else {}


class PassportForm(PassportFields):
    """The passport on its own page."""


class ConsentForm(forms.Form):
    """A signed consent to be added."""

    who_signed = forms.ChoiceField(label=_("Signed by"), choices=ImageConsent.Who.choices)
    signed_date = forms.DateField(label=_("Signed on"), required=False, widget=AdminDateInput)
    document = forms.FileField(label=_("Document: PDF, JPEG or PNG"))


class WithdrawalForm(forms.Form):
    """Why a consent is withdrawn."""

    reason = forms.CharField(
        label=_("Who asked for it and how"), max_length=300, help_text=_("Without a name: “the person in the picture, by e-mail”.")
    )
    sure = forms.BooleanField(
        label=_("I want to withdraw it: the picture disappears at once and does not come back"),
        error_messages={"required": _("Tick that you are sure: a withdrawal cannot be undone.")},
    )


class PictureForm(PassportFields, BaseImageForm):
    """Wagtail's form of a picture; it asks for the passport as well, so a picture never comes without one."""

    holds_for_new_file = forms.BooleanField(
        label=_("The passport is right for the new file too"), required=False,
        help_text=_(
            "Only when you replace the file: look whether the same people are in it and on the same basis. Not ticked, the picture "
            "is shown nowhere until somebody saves its passport anew."
        ),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.person = kwargs.get("user")
        super().__init__(*args, **kwargs)
        passport = ImagePassport.objects.filter(image=self.instance).first() if self.instance.pk else None
        for name, value in initial_of(passport).items():
            self.fields[name].initial = value
        self._written_for = (passport.file_hash or self.instance.file_hash) if passport else None
        if passport is None:
            del self.fields["holds_for_new_file"]

    def clean_file(self) -> Any:
        """Refused here with words rather than while it is kept."""
        upload = self.cleaned_data["file"]
        if upload and "file" in self.changed_data:
            upload.seek(0)
            clean_picture(upload.read(), upload.name)
            upload.seek(0)
        return upload

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if self.instance.pk and ImagePassport.objects.filter(image=self.instance, withdrawn_at__isnull=False).exists():
            self.add_error(None, str(ConsentWithdrawn()))
        if self.instance.pk and self._is_in_hands_of_others():
            self.add_error(None, _("This picture is used already. Add a new picture and hand in a change of the text with it."))
        return given

    def _is_in_hands_of_others(self) -> bool:
        """What the department shows or was given to show is not changed by whoever may change own pictures alone."""
        return not self.permission_policy.changes_all(self.person, self.instance) and is_used_by_others(self.instance, self.person)

    def save(self, commit: bool = True) -> Any:
        image = super().save(commit=commit)
        if commit:
            # The passport may stay unwritten, and a replaced file is shown nowhere until it is written again.
            bump_content_version()
            self._write_passport(image)
        return image

    def _write_passport(self, image: Any) -> None:
        try:
            actions.write_passport(image=image, person=self.person, holds_for=self._earlier_file(), **self.passport())
        except PermissionDenied:
            # Somebody who may change the picture but not its rights: what they typed of them is not taken.
            return

    def _earlier_file(self) -> str | None:
        """The file the passport was written for, where nobody has said that it is right for the picture's file of now.

        A file replaced before stays such a one: saving other fields says nothing of it.
        """
        return None if self.cleaned_data.get("holds_for_new_file") else self._written_for

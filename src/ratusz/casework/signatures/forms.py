"""Forms of people who sign (a name, an address, where to send the code; never a personal number) and of clerks who type."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ratusz.casework.signatures import rules, terms
from ratusz.casework.signatures.actions import Signer, Written
from ratusz.casework.signatures.models.sheets import MOST_LINES
from ratusz.casework.signatures.registries import Supported
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.people.contact_forms import ContactForm


class PersonForm(forms.Form):
    """Who supports the thing, as it stands on paper too."""

    name = forms.CharField(
        label=_("Name and surname"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )  # fmt: skip
    home = forms.CharField(
        label=_("Address in the city"), max_length=200,
        help_text=_("Street, number of the house and flat, for example: ul. Mariacka 12/3."),
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )  # fmt: skip
    is_child = forms.BooleanField(label=_("I sign for a child as a guardian"), required=False)
    guardian = forms.CharField(
        label=_("Name and surname of the guardian"), max_length=120, required=False, help_text=_("Only when you sign for a child.")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.fields["guardian"].is_conditional = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("name") and cleaned.get("home"):
            self._check_person(cleaned)
        return cleaned

    def _check_person(self, cleaned: dict[str, Any]) -> None:
        guardian = cleaned.get("guardian", "")
        checks = (
            ("name", cleaned["name"], "x 1", False),
            ("home", "x y", cleaned["home"], False),
            ("guardian", "x y", "x 1", bool(cleaned.get("is_child"))),
        )
        for field, name, home, is_child in checks:
            try:
                rules.check_person(name, home, is_child=is_child, guardian=guardian)
            except rules.SignatureRefused as refusal:
                self.add_error(field, str(refusal))


class SignForm(PersonForm, ContactForm):
    """The whole form of a signature online."""

    lives_here = forms.BooleanField(
        label=_("I live in this city with the intention to stay"),
        error_messages={"required": _("Only people who live in the city may sign.")},
    )
    field_order = ("name", "home", "lives_here", "is_child", "guardian", "by", "email", "phone")

    def __init__(self, *args, at: datetime, thing: Supported | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        age = terms.guardian_below(thing, at)
        self.fields["is_child"].help_text = _("For a child under %(age)s the guardian signs.") % {"age": age}

    def signer(self) -> Signer:
        """The clean form as the action takes it."""
        clean = self.cleaned_data
        return Signer(
            name=clean["name"].strip(), home=clean["home"].strip(), channel=clean["by"], contact=clean["contact"],
            is_child=clean["is_child"], guardian=clean["guardian"].strip(),
        )  # fmt: skip


class PrintForm(forms.Form):
    """How many sheets."""

    count = forms.IntegerField(label=_("How many sheets"), min_value=1, initial=1)

    def __init__(self, *args, most: int = rules.PUBLIC_SHEETS, **kwargs):
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.fields["count"].widget.attrs["max"] = most
        self.most = most

    def clean_count(self) -> int:
        count = self.cleaned_data["count"]
        if count > self.most:
            raise ValidationError(_("You may print from 1 to %(most)s sheets at once.") % {"most": self.most})
        return count


class ReceiveForm(forms.Form):
    """A sheet that came back."""

    number = forms.IntegerField(label=_("Number of the sheet"), min_value=1, max_value=1_000_000)
    filled = forms.IntegerField(
        label=_("How many lines are written on it"), min_value=1, max_value=MOST_LINES,
        help_text=_("Count crossed-out and unreadable lines too: they get a reason."),
    )  # fmt: skip
    scan = forms.FileField(
        label=_("Scan: PDF, JPEG or PNG"), required=False, help_text=_("Only the department reads it. You may add it later.")
    )


class ScanForm(forms.Form):
    """A scan added later, or a better one."""

    scan = forms.FileField(label=_("Scan: PDF, JPEG or PNG"))


class LineForm(PersonForm):
    """What a clerk reads in one line: a person, or a reason."""

    reason = forms.ChoiceField(
        label=_("Does not count, because"), required=False, help_text=_("With a reason the fields above stay empty."),
    )  # fmt: skip

    def __init__(self, *args, at: datetime, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["is_child"].label = pgettext_lazy("clerk", "A guardian signed for a child")
        self.fields["guardian"].help_text = ""
        for name in ("name", "home", "guardian"):
            self.fields[name].required = False
            self.fields[name].widget.attrs["autocomplete"] = "off"
        known = terms.reasons_on(local_day(at))
        typed = [(code, each.name) for code, each in known.items() if code not in terms.FOUND_BY_RATUSZ]
        self.fields["reason"].choices = [("", _("it counts")), *typed]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("reason"):
            for name in ("name", "home", "guardian"):
                self.errors.pop(name, None)
        elif not self.errors:
            for name in ("name", "home"):
                if not cleaned.get(name):
                    self.add_error(name, _("Type what stands on the sheet, or choose a reason below."))
        return cleaned

    def written(self) -> Written:
        """The clean form as the action takes it."""
        clean = self.cleaned_data
        if clean["reason"]:
            return Written(reason=clean["reason"])
        return Written(clean["name"].strip(), clean["home"].strip(), clean["is_child"], clean["guardian"].strip())


class RejectForm(forms.Form):
    """Why a signature that counts does not."""

    reason = forms.ChoiceField(label=_("Reason"))
    note = forms.CharField(label=_("Note"), max_length=300, required=False, help_text=_("Needed with “other reason”. No names."))

    def __init__(self, *args, at: datetime, **kwargs):
        super().__init__(*args, **kwargs)
        choices = [(code, each.name) for code, each in terms.reasons_on(local_day(at)).items()]
        self.fields["reason"].choices = choices  # type: ignore[attr-defined]


class CollectionFilter(forms.Form):
    """The list of collections narrowed."""

    stan = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("all")), ("open", _("open")), ("closed", _("closed"))]
    )
    szukaj = forms.CharField(label=_("Words of the title"), required=False, max_length=100)

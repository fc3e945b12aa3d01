"""Forms of the press office: filters of the photo bank, a batch of pictures, an order, an asset, a layout and its answer."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput

from ratusz.foundation.kit.dates import polish_date
from ratusz.foundation.kit.registries import dated_things
from ratusz.foundation.people.models import User
from ratusz.foundation.units.models import Unit
from ratusz.publishing.newsroom.actions.pictures import MOST_AT_ONCE
from ratusz.publishing.newsroom.models import BrandAsset, LayoutRequest, PhotoOrder, Verdict
from ratusz.publishing.newsroom.rules import brand_book, sends_for
from ratusz.publishing.website.models import Basis, ImageConsent, Minors
from ratusz.publishing.website.passports.forms import PassportFields, outlet_choices

ANY = [("", _("any"))]
CALENDAR_AHEAD = timedelta(days=90)


class BankFilter(forms.Form):
    """What to show of the photo bank."""

    words = forms.CharField(label=_("Words in the title, description, author or event"), max_length=100, required=False)
    event = forms.CharField(label=_("Event"), max_length=160, required=False)
    outlet = forms.ChoiceField(label=_("I may use it in"), required=False)
    basis = forms.ChoiceField(label=_("Basis"), choices=[*ANY, *Basis.choices], required=False)
    minors = forms.ChoiceField(label=_("People under age"), choices=[*ANY, *Minors.choices], required=False)
    state = forms.ChoiceField(
        label=_("Passport"), required=False,
        choices=[
            *ANY, ("usable", _("in order")), ("soon", _("ends within 30 days")), ("over", _("its time is over")),
            ("incomplete", _("not in order")), ("none", _("missing")), ("withdrawn", _("consent withdrawn")),
        ],
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outlet"].choices = [*ANY, *outlet_choices()]  # type: ignore[attr-defined]

    def chosen(self) -> dict[str, Any]:
        """What was asked for; what cannot be is left out."""
        self.is_valid()
        return {name: value.replace("\x00", "") for name, value in self.cleaned_data.items() if value}


class ManyFilesInput(forms.ClearableFileInput):
    """Takes many files at once, without any script."""

    allow_multiple_selected = True


class ManyFiles(forms.FileField):
    """A list of files; each is checked by itself later."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        files = data if isinstance(data, list | tuple) else [data] if data else []
        for each in files or [None]:
            if each is None or each.size:
                super().clean(each, initial)
        if len(files) > MOST_AT_ONCE:
            raise forms.ValidationError(_("Choose at most %(most)d files at once.") % {"most": MOST_AT_ONCE}, code="too_many")
        return list(files)


class BatchForm(PassportFields):
    """Many pictures with one passport."""

    files = ManyFiles(
        label=_("Pictures: JPEG, PNG or WebP, up to 15 MB each"),
        widget=ManyFilesInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        help_text=_("Choose many at once. The place where they were taken is removed; over 24 megapixels they are made smaller."),
    )
    author = forms.CharField(
        label=_("Author"), max_length=160, required=False, help_text=_("Empty: as the camera wrote it into each file.")
    )
    licence = forms.CharField(label=_("Licence"), max_length=160, required=False)
    consent = forms.FileField(label=_("One signed consent for all of them"), required=False)
    who_signed = forms.ChoiceField(label=_("Signed by"), choices=ImageConsent.Who.choices, required=False)

    field_order = ("files", "author", "licence")


class OrderForm(forms.ModelForm):
    """An order to the photographer; an entry of the calendar fills the day and the place it leads to."""

    entry = forms.ChoiceField(
        label=_("Entry of the calendar"),
        required=False,
        help_text=_("Choose one and leave the day empty: it is taken from the entry."),
    )

    class Meta:
        model = PhotoOrder
        fields = (
            "entry", "what_for", "starts_at", "ends_at", "place", "who_is_there", "shots", "consents", "due_at", "photographer",
            "firm", "unit",
        )  # fmt: skip
        widgets = dict.fromkeys(("starts_at", "ends_at", "due_at"), AdminDateTimeInput) | {
            name: forms.Textarea(attrs={"rows": 4}) for name in ("shots", "consents")
        }

    def __init__(self, *args: Any, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.entries = entries_of_calendar(at)
        self.fields["entry"].choices = [("", _("none, written by hand")), *((key, words) for key, words, _thing in self.entries)]  # type: ignore[attr-defined]
        for name in ("what_for", "starts_at"):
            self.fields[name].required = False
        self.fields["photographer"].queryset = User.objects.filter(is_staff=True, is_active=True).order_by(
            "last_name", "first_name"
        )  # type: ignore[attr-defined]
        self.fields["unit"].queryset = Unit.objects.working()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Takes from the entry what was left empty."""
        given = super().clean() or self.cleaned_data
        thing = {key: thing for key, _words, thing in self.entries}.get(given.get("entry", ""))
        if thing is not None:
            given["what_for"] = given.get("what_for") or thing.title[:160]
            given["starts_at"] = given.get("starts_at") or _moment(thing.starts)
            self.instance.entry_url = thing.url[:300]
        for name, words in (("what_for", _("Write what it is for.")), ("starts_at", _("Write when it begins."))):
            if not given.get(name) and name not in self.errors:
                self.add_error(name, words)
        return given

    def facts(self) -> dict[str, Any]:
        """For the action."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields if name != "entry"} | {
            "entry_url": self.instance.entry_url
        }


NOT_TO_PICTURE = ("photo-order", "deadlines", "election")
"""Kinds of dates at which nothing happens that could be pictured: other orders, terms, phases of an election."""


def entries_of_calendar(at: datetime) -> list[tuple[str, str, Any]]:
    """(key, words, thing) of what stands in the calendar in the next three months."""
    found = [thing for source in dated_things for thing in source(at, at + CALENDAR_AHEAD) if thing.kind not in NOT_TO_PICTURE]
    keyed = {f"{thing.kind}|{_moment(thing.starts).isoformat()}|{thing.title}"[:200]: thing for thing in found}
    ordered = sorted(keyed.items(), key=lambda pair: (_moment(pair[1].starts), pair[1].title))
    return [(key, f"{polish_date(thing.starts)}: {thing.title}", thing) for key, thing in ordered]


def _moment(when: Any) -> datetime:
    if isinstance(when, datetime):
        return when
    return timezone.make_aware(datetime.combine(when, datetime.min.time()).replace(hour=9))


class AssetForm(forms.ModelForm):
    """An asset of the brand."""

    class Meta:
        model = BrandAsset
        fields = (
            "kind", "name", "use_rules", "needs_consent", "is_law_unverified", "licence", "colour", "colour_notes", "is_public",
            "valid_from", "valid_until", "order",
        )  # fmt: skip
        widgets = {"valid_from": AdminDateInput, "valid_until": AdminDateInput, "use_rules": forms.Textarea(attrs={"rows": 4})}


class BrandFileForm(forms.Form):
    """A file of an asset."""

    label = forms.CharField(
        label=_("Which form of it"), max_length=80, help_text=_("A file with the same words takes the place of the old one.")
    )
    file = forms.FileField(label=_("File: SVG, PNG, PDF, DOCX and the like"))


class LayoutForm(forms.ModelForm):
    """A request to approve a layout, with its first file."""

    file = forms.FileField(label=_("Layout: PDF, PNG or JPEG"))

    class Meta:
        model = LayoutRequest
        fields = ("unit", "title", "purpose", "needed_date")
        widgets = {"needed_date": AdminDateInput}

    def __init__(self, *args: Any, person: Any, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = [unit.pk for unit in Unit.objects.working() if sends_for(person, unit, at)]
        self.fields["unit"].queryset = Unit.objects.filter(pk__in=own)  # type: ignore[attr-defined]
        if len(own) == 1:
            self.fields["unit"].initial = own[0]


class FileForm(forms.Form):
    """The next file of a layout, or the final one."""

    file = forms.FileField(label=_("File: PDF, PNG or JPEG"))


class AnswerForm(forms.Form):
    """The answer to a layout."""

    verdict = forms.ChoiceField(label=_("Answer"), choices=Verdict.choices, widget=forms.RadioSelect)
    unmet = forms.MultipleChoiceField(
        label=_("Points of the brand book that the layout misses"),
        choices=brand_book,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    reasons = forms.CharField(
        label=_("Reasons"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What to change and why; needed unless the layout is approved."),
    )  # fmt: skip
    marks = forms.ModelMultipleChoiceField(
        label=_("Marks that may be used"), queryset=BrandAsset.objects.all(), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("For an approved layout: exactly these, no others."),
    )  # fmt: skip

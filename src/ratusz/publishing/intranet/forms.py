"""What is typed in the intranet: notices and for whom, comments, sheets that came back."""

from __future__ import annotations

from datetime import datetime
from itertools import product
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.rich_text import DraftailRichTextArea
from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput

from ratusz.casework.moderation.catalogue import reasons_on
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.people.models import Role, User
from ratusz.foundation.units.models import Unit
from ratusz.publishing.intranet import rules
from ratusz.publishing.intranet.actions import edition_of
from ratusz.publishing.intranet.models import Building, Category, Notice, NoticeTarget
from ratusz.publishing.intranet.structure import from_html, to_html

FEATURES = ["h2", "h3", "bold", "ol", "ul", "link"]


class BuildingForm(forms.ModelForm):
    """A building with its units."""

    class Meta:
        model = Building
        fields = ["name", "address", "units"]
        widgets = {"units": forms.CheckboxSelectMultiple}


class StructureWidget(DraftailRichTextArea):
    """Wagtail's editor of text; what it could not have sent counts as no text."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        try:
            return super().value_from_datadict(data, files, name)
        except (ValueError, KeyError, TypeError, AttributeError):
            return ""


class StructureField(forms.CharField):
    """A text with headings, lists, weight and links; cleans to the plain structure of a notice."""

    def __init__(self, **kwargs: Any):
        super().__init__(widget=StructureWidget(features=FEATURES), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return str(to_html(value)) if isinstance(value, list) else value

    def clean(self, value: Any) -> list:
        return from_html(super().clean(value))


class NoticeForm(forms.Form):
    """A notice as its author fills it in; whoever writes to the own unit alone gets neither the lead story nor the top."""

    title = forms.CharField(label=_("Title"), max_length=140)
    lead = forms.CharField(
        label=_("In one sentence"),
        max_length=300,
        required=False,
        help_text=_("What is new and what to do. It stands on the list."),
    )
    body = StructureField(label=_("Text"), required=False)
    category = forms.ChoiceField(label=_("Category"), choices=Category.choices, initial=Category.WORK)
    owner_unit = forms.ModelChoiceField(label=_("Unit that answers for it"), queryset=Unit.objects.none())
    on_behalf_of = forms.CharField(
        label=_("On behalf of"),
        max_length=120,
        required=False,
        help_text=_("When you write for somebody else: the City Secretary."),
    )
    units = forms.ModelMultipleChoiceField(
        label=_("For these units and those below them"), queryset=Unit.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple, help_text=_("Nothing chosen here and under buildings: all staff."),
    )  # fmt: skip
    buildings = forms.ModelMultipleChoiceField(
        label=_("For whoever works in these buildings"), queryset=Building.objects.all(), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    roles = forms.ModelMultipleChoiceField(
        label=_("Only for these roles"), queryset=Role.objects.all(), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Nothing chosen: whatever the role."),
    )  # fmt: skip
    is_required = forms.BooleanField(label=_("Everybody must confirm that they have read it"), required=False)
    due_at = forms.DateTimeField(label=_("To be confirmed until"), required=False, widget=AdminDateTimeInput)
    is_urgent = forms.BooleanField(label=_("Urgent: tell staff at once, also in quiet hours and by text message"), required=False)
    urgent_reason = forms.CharField(label=_("Why it cannot wait"), max_length=300, required=False)
    valid_until = forms.DateTimeField(
        label=_("Valid until"),
        required=False,
        widget=AdminDateTimeInput,
        help_text=_("Then it leaves the list. Empty: until you close it."),
    )
    comments_open = forms.BooleanField(label=_("Colleagues may comment"), required=False)
    is_pinned = forms.BooleanField(label=_("Stays on top of the list"), required=False)
    is_lead_story = forms.BooleanField(
        label=_("Lead story"), required=False, help_text=_("The one large notice. It takes the place of the present one.")
    )
    opened = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)
    """What stood there when the form was opened."""

    def __init__(self, *args: Any, units: Any, features: bool, at: datetime, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.at = at
        fields: dict[str, Any] = self.fields
        for name in ("owner_unit", "units"):
            fields[name].queryset = units
        begins, ends = rules.quiet_hours(at)
        quiet = gettext(
            "From %(begins)s:00 to %(ends)s:00 everything else waits for the morning. Your name and your reason are recorded."
        )
        self.fields["is_urgent"].help_text = quiet % {"begins": begins, "ends": ends}
        self.is_for_all = features
        if not features:
            del self.fields["is_pinned"], self.fields["is_lead_story"]
            fields["units"].help_text = _("Choose at least one. To all staff the communication department writes.")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("is_required") and not cleaned.get("due_at"):
            self.add_error("due_at", _("Say until when everybody should confirm."))
        if cleaned.get("is_urgent") and not cleaned.get("urgent_reason"):
            self.add_error("urgent_reason", str(rules.NoReasonForUrgency()))
        if cleaned.get("valid_until") and cleaned.get("due_at") and cleaned["valid_until"] < cleaned["due_at"]:
            self.add_error("valid_until", _("The notice would end before the term for confirming. Choose a later day."))
        if not self.is_for_all and "units" not in self.errors and not cleaned.get("units"):
            self.add_error("units", str(rules.NotTheirUnit()))
        return cleaned

    def opened_anew(self, edition: str) -> None:
        """The person has now seen what somebody else saved: the next press saves over it."""
        self.data = self.data.copy()
        self.data["opened"] = edition

    def facts(self) -> dict[str, Any]:
        """What the action wants: the fields of the notice, and the groups it is for."""
        chosen = {name: value for name, value in self.cleaned_data.items() if name not in ("units", "buildings", "roles", "opened")}
        return {**chosen, "targets": self._targets()}

    def _targets(self) -> list[NoticeTarget]:
        places = [{"unit": unit} for unit in self.cleaned_data["units"]]
        places += [{"building": building} for building in self.cleaned_data["buildings"]]
        roles = [{"role": role} for role in self.cleaned_data["roles"]]
        pairs = product(places or [{}], roles or [{}])
        return [NoticeTarget(**place, **role) for place, role in pairs if place or role]


def initial_of(notice: Notice) -> dict[str, Any]:
    """The notice as the form shows it."""
    targets = list(notice.targets.all())
    plain = {name: getattr(notice, name) for name in NoticeForm.base_fields if hasattr(notice, name)}
    chosen = {
        "units": {each.unit_id for each in targets if each.unit_id},
        "buildings": {each.building_id for each in targets if each.building_id},
        "roles": {each.role_id for each in targets if each.role_id},
    }
    return {
        **plain,
        "owner_unit": notice.owner_unit_id,
        "opened": edition_of(notice),
        **{name: sorted(numbers) for name, numbers in chosen.items()},
    }


class PublishForm(forms.Form):
    """What a new version means for those who read the one before."""

    is_major = forms.TypedChoiceField(
        label=_("What has changed?"), widget=forms.RadioSelect, initial="yes", coerce=lambda value: value == "yes",
        choices=[
            ("yes", _("Something that everybody must know: ask everybody to confirm again")),
            ("no", _("A trifle, such as a slip: ask nobody")),
        ],
    )  # fmt: skip
    what_changed = forms.CharField(
        label=_("In one sentence: what is different"), max_length=300, required=False, help_text=_("It stands above the notice.")
    )

    def __init__(self, *args: Any, notice: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if not notice.is_required:
            urgent = [
                ("yes", _("Something that everybody must know: write to everybody again")),
                ("no", _("A trifle, such as a slip: write to nobody")),
            ]
            plain = [("yes", _("Something that everybody must know")), ("no", _("A trifle, such as a slip"))]
            major: Any = self.fields["is_major"]
            major.choices = urgent if notice.is_urgent else plain


class CommentForm(forms.Form):
    """A comment under a notice."""

    text = forms.CharField(label=_("Your comment"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class FlagForm(forms.Form):
    """Why moderators should look at a comment."""

    reason = forms.ChoiceField(label=_("What is wrong with it?"), error_messages={"required": _("Choose what is wrong.")})
    words = forms.CharField(
        label=_("In your words"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only moderators read this. The author does not learn who flagged the comment."),
    )  # fmt: skip

    def __init__(self, *args: Any, at: datetime, **kwargs: Any):
        super().__init__(*args, **kwargs)
        reasons = reasons_on(local_day(at)).values()
        self.fields["reason"].choices = [("", _("– choose –")), *((each.code, each.name) for each in reasons)]  # type: ignore[attr-defined]


class SheetForm(forms.Form):
    """Who of a unit confirmed, and how the superior knows."""

    WAYS = [
        ("sheet", _("They signed the sheet; I add its picture")),
        ("superior", _("They told me that they have read it")),
    ]
    people = forms.ModelMultipleChoiceField(
        label=_("Who confirmed"), queryset=User.objects.none(), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick whoever signed.")},
    )  # fmt: skip
    number = forms.IntegerField(
        label=_("Version of the notice"), min_value=1, help_text=_("It stands at the foot of the sheet."),
    )  # fmt: skip
    way = forms.ChoiceField(label=_("How do you know?"), choices=WAYS, widget=forms.RadioSelect, initial="sheet")
    signed_on = forms.DateField(label=_("Day of the signatures"), required=False, widget=AdminDateInput)
    photo = forms.FileField(label=_("Picture of the sheet (photo or PDF)"), required=False)

    def __init__(self, *args: Any, people: Any, at: datetime, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.at = at
        chosen: Any = self.fields["people"]
        chosen.queryset, chosen.label_from_instance = people, lambda person: person.display_name

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("way") == "sheet":
            if not cleaned.get("photo"):
                self.add_error("photo", _("Add a photo or a scan of the signed sheet."))
            if not cleaned.get("signed_on"):
                self.add_error("signed_on", _("Enter the day on which they signed."))
            elif cleaned["signed_on"] > self.at.astimezone(rules.WARSAW).date():
                self.add_error("signed_on", str(rules.NotSignedYet()))
        return cleaned

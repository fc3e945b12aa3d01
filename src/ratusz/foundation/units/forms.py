"""Forms of units and appointments; days are typed, moments are kept."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminDateInput

from ratusz.foundation.people.models import Role, User
from ratusz.foundation.people.names import NameField
from ratusz.foundation.units import queries, rules
from ratusz.foundation.units.models import Appointment, Unit


def start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


class UnitForm(WagtailAdminModelForm):
    """One unit."""

    class Meta:
        model = Unit
        fields = ["name", "short_name", "kind", "parent", "email", "phone", "address", "is_department", "closed_date"]
        widgets = {"closed_date": AdminDateInput}

    def clean(self):
        cleaned = super().clean()
        self.instance.parent = cleaned.get("parent")
        try:
            rules.check_tree(self.instance)
        except rules.CircularUnit as refusal:
            self.add_error("parent", ValidationError(str(refusal)))
        return cleaned


class AppointmentForm(WagtailAdminModelForm):
    """A new appointment, or a new end of an old one: who was appointed to what stays as it was."""

    starts = forms.DateField(label=_("First day"), widget=AdminDateInput)
    ends = forms.DateField(label=_("Last day"), widget=AdminDateInput, required=False)

    class Meta:
        model = Appointment
        fields = ["person", "role", "unit", "standing_in_for"]
        field_classes = {"person": forms.ModelChoiceField}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = User.objects.active().order_by("last_name", "first_name")
        if self.instance.pk:
            self.fields["ends"].initial = self.instance.ends and timezone.localdate(self.instance.ends - timedelta(microseconds=1))
            self.fields["ends"].required = True
            for name in ("person", "role", "unit", "standing_in_for", "starts"):
                del self.fields[name]
        else:
            self.fields["role"].required = self.fields["unit"].required = False

    def clean(self):
        cleaned = super().clean()
        starts, ends = cleaned.get("starts") or (self.instance.pk and timezone.localdate(self.instance.starts)), cleaned.get("ends")
        if starts and ends and ends < starts:
            self.add_error("ends", _("The last day comes before the first day. Correct one of them."))
        if not self.instance.pk and not cleaned.get("standing_in_for") and not (cleaned.get("role") and cleaned.get("unit")):
            raise ValidationError(_("Choose a role and a unit, or the appointment of the person who is being stood in for."))
        if rules.counts_nowhere(cleaned.get("role"), cleaned.get("unit")):
            self.add_error("role", str(rules.RoleOfTheDepartment()))
        return cleaned

    def _post_clean(self):
        """The action checks and writes; the instance stays untouched."""

    @property
    def period(self) -> dict[str, datetime | None]:
        ends = self.cleaned_data.get("ends")
        starts = self.cleaned_data.get("starts")
        return {"starts": starts and start_of(starts), "ends": ends and start_of(ends + timedelta(days=1))}


class AccountInvitationForm(forms.Form):
    """Whom to invite, to do what and where, from which day to which."""

    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    first_name = NameField(label=_("First name"), max_length=150)
    last_name = NameField(label=_("Last name"), max_length=150)
    role = forms.ModelChoiceField(label=_("Role"), queryset=Role.objects.none())
    unit = forms.ModelChoiceField(label=_("Unit"), queryset=Unit.objects.none())
    starts = forms.DateField(label=_("First day"), widget=AdminDateInput)
    ends = forms.DateField(
        label=_("Last day"), widget=AdminDateInput, required=False, help_text=_("Leave it empty when it is for an indefinite time.")
    )

    def __init__(self, *args, person: User, at: datetime, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = queries.units_to_invite_into(person, at)
        self.fields["role"].queryset = queries.roles_to_invite_as(person, at)
        self.fields["starts"].initial = timezone.localdate(at)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("starts") and cleaned.get("ends") and cleaned["ends"] < cleaned["starts"]:
            self.add_error("ends", _("The last day comes before the first day. Correct one of them."))
        if rules.counts_nowhere(cleaned.get("role"), cleaned.get("unit")):
            self.add_error("role", str(rules.RoleOfTheDepartment()))
        return cleaned

    def facts(self) -> dict:
        """What the action wants: days as moments, the last one included."""
        ends = self.cleaned_data["ends"]
        period = {"starts": start_of(self.cleaned_data["starts"]), "ends": ends and start_of(ends + timedelta(days=1))}
        return {**self.cleaned_data, **period}


class OwnPasswordForm(forms.Form):
    """The password of a new account, typed twice because nobody can look it up later."""

    password = forms.CharField(
        label=_("Your password"), widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}), strip=False,
        help_text=_("At least 12 characters. Three or four unrelated words are easiest to remember."),
    )  # fmt: skip
    again = forms.CharField(
        label=_("Your password once more"), widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}), strip=False
    )

    def __init__(self, *args, email: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.email = email

    def clean_password(self) -> str:
        validate_password(self.cleaned_data["password"], User(email=self.email))
        return self.cleaned_data["password"]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("password") and cleaned.get("again") and cleaned["password"] != cleaned["again"]:
            self.add_error("again", _("These are two different passwords. Type the same one twice."))
        return cleaned

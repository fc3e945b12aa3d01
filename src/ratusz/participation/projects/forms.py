"""Forms of authors, made of the city's fields, and of the staff who enter papers."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ratusz.foundation.kit.dates import FIRST_DAY, LAST_DAY
from ratusz.foundation.kit.money import AmountNotUnderstood, parse_amount, zlotys
from ratusz.foundation.notifications.forms import clean_mailbox
from ratusz.foundation.notifications.rules import NotDeliverable, clean_address
from ratusz.foundation.territory.queries import find_district, lies_in_city
from ratusz.foundation.territory.rules import read_point
from ratusz.participation.budget.models import Edition, Pool
from ratusz.participation.projects.form_pack import OF_PERSON, Field, form_pack, price_list
from ratusz.participation.projects.models import Application, Attachment, Party
from ratusz.participation.projects.models.applications import Through
from ratusz.participation.projects.rules import ApplicationRefused
from ratusz.participation.projects.settings import setting
from ratusz.participation.projects.wording import place_of
from ratusz.ui.forms import NumberedForms

SPARE_LINES, MOST_LINES = 3, 60


def check_our_age(when: date) -> None:
    """Validator: refuses a day, or a moment, that nobody can mean, near the ends of what can be reckoned with."""
    if not FIRST_DAY <= (when.date() if isinstance(when, datetime) else when) <= LAST_DAY:
        raise ValidationError(_("Write a day from 2000 to 2099."))


class AmountField(forms.CharField):
    """Zlotys as people type them; cleans to whole grosze, None where nothing is typed."""

    def __init__(self, **named: Any):
        super().__init__(max_length=30, widget=forms.TextInput(attrs={"inputmode": "decimal"}), **named)

    def clean(self, value: Any) -> int | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            return parse_amount(text)
        except AmountNotUnderstood as refusal:
            raise ValidationError(str(refusal)) from refusal

    def prepare_value(self, value: Any) -> Any:
        return zlotys(value).removesuffix("zł").strip() if isinstance(value, int) else value


class PointField(forms.CharField):
    """A place on the map as any map gives it; cleans to (longitude, latitude) within the city."""

    def clean(self, value: Any) -> tuple[float, float] | None:
        text = super().clean(value)
        if not text:
            return None
        point = read_point(text)
        if point is None:
            raise ValidationError(_("We cannot read this point. Copy it from a map, for example 50.2649, 19.0238."))
        if not lies_in_city(point):
            raise ValidationError(_("This point lies outside the city. Check the numbers and their order."))
        return point


class PoolField(forms.ModelChoiceField):
    """The whole city or a district of one edition."""

    def label_from_instance(self, pool: Pool) -> str:
        return place_of(pool)


class ApplicationForm(forms.Form):
    """The form of one edition. A draft may have gaps; what is needed is asked for when it is submitted."""

    def __init__(self, *args: Any, edition: Edition, **named: Any):
        super().__init__(*args, **named)
        self.edition, self.label_suffix = edition, ""
        for field in form_pack().fields:
            self.fields[field.code] = self._made(field)
            # Needed to submit, not to save: "(optional)" beside it would be untrue.
            self.fields[field.code].is_conditional = (  # type: ignore[attr-defined]
                field.required or field.code in ("email", "phone")
            )

    def _made(self, field: Field) -> forms.Field:
        named: dict[str, Any] = {"label": field.label.format(guardian_age=setting(self.edition, "guardian_age"))}
        named |= {"help_text": field.hint, "required": False}
        attributes = {"autocomplete": field.autocomplete} if field.autocomplete else {}
        if field.kind == "pool":
            return PoolField(self.edition.pools.order_by("position"), empty_label=_("choose"), **named)
        if field.kind in ("category", "land"):
            return forms.ChoiceField(choices=[("", _("choose")), *form_pack().choices[field.kind]], **named)
        if field.kind == "years":
            return forms.TypedChoiceField(choices=[(1, _("one year")), (2, _("two years"))], coerce=int, empty_value=None, **named)
        if field.kind == "amount":
            return AmountField(**named)
        if field.kind == "point":
            return PointField(max_length=80, **named)
        if field.kind == "yes":
            return forms.BooleanField(**named)
        if field.kind == "long":
            return forms.CharField(max_length=field.most, widget=forms.Textarea(attrs={"rows": 6}), **named)
        kinds = {"email": forms.EmailInput, "phone": forms.TextInput}
        return forms.CharField(max_length=field.most, widget=kinds.get(field.kind, forms.TextInput)(attrs=attributes), **named)

    def sections(self) -> list[tuple[str, list[tuple[forms.BoundField, str]]]]:
        """Headings with their fields and the legal basis of each."""
        return [(name, [(self[each.code], each.basis) for each in fields]) for name, fields in form_pack().sections()]

    def _clean_contact(self, name: str, channel: str) -> str:
        typed = self.cleaned_data.get(name, "")
        if not typed:
            return ""
        try:
            return clean_address(channel, typed)
        except NotDeliverable as refusal:
            raise ValidationError(str(refusal)) from refusal

    def clean_email(self) -> str:
        return self._clean_contact("email", "email")

    def clean_phone(self) -> str:
        return self._clean_contact("phone", "sms")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        pool, point = cleaned.get("pool"), cleaned.get("point")
        if point and not pool and (lies := find_district(point=point)):
            # The place says which district it is; the author sees the choice and may change it.
            pool = cleaned["pool"] = self.edition.pools.filter(district=lies).first()
        if pool and point and pool.district_id and (found := find_district(point=point)) and found.pk != pool.district_id:
            words = _("This point lies in another district: %(district)s. Move the point, or choose that district.")
            self.add_error("point", ValidationError(words, params={"district": found.name}))
        return cleaned

    def facts(self) -> dict[str, Any]:
        """The clean fields as actions take them; a figure left empty is not yet known."""
        return {code: value for code, value in self.cleaned_data.items() if value is not None or code in ("pool", "point")}


class CostForm(forms.Form):
    """One line of costs; left empty it does not count."""

    name = forms.CharField(label=_("What"), max_length=200, required=False)
    unit = forms.CharField(label=_("Unit of measure"), max_length=20, required=False)
    quantity = forms.DecimalField(
        label=_("How many"), max_digits=10, decimal_places=2, min_value=0, required=False, localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )  # fmt: skip
    price = AmountField(label=_("Price of one (zł)"), required=False)

    def __init__(self, *args: Any, **named: Any):
        super().__init__(*args, **named)
        self.label_suffix = ""
        for field in self.fields.values():
            field.is_conditional = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("name") and "price" not in self.errors and "quantity" not in self.errors:
            if not cleaned.get("quantity"):
                self.add_error("quantity", _("Write how many."))
            if cleaned.get("price") is None:
                self.add_error("price", _("Write the price of one."))
        elif not cleaned.get("name") and (cleaned.get("quantity") or cleaned.get("price")):
            self.add_error("name", _("Write what it is."))
        return cleaned

    def line(self) -> dict[str, Any] | None:
        """The line with what it comes to, reckoned as the database does; None for an empty one."""
        told = self.cleaned_data
        if not told.get("name"):
            return None
        grosze = int((told["quantity"] * told["price"]).to_integral_value("ROUND_HALF_UP"))
        return {
            "name": told["name"], "unit": told["unit"], "quantity": told["quantity"], "price_grosze": told["price"],
            "grosze": grosze,
        }  # fmt: skip


class _CostForms(NumberedForms):
    numbered = _("Line %(number)s")


CostForms = forms.formset_factory(CostForm, formset=_CostForms, extra=SPARE_LINES, max_num=MOST_LINES, absolute_max=MOST_LINES)


def show_refusal(form: forms.Form, refusal: ApplicationRefused) -> None:
    """Says at the form, and at each field that it names, why an application is refused."""
    form.add_error(None, str(refusal))
    for code, words in refusal.fields.items():
        form.add_error(code if code in form.fields else None, words)


def lines_of(costs: Any) -> list[dict[str, Any]]:
    """The lines of a valid set of cost forms."""
    return [line for form in costs if (line := form.line())]


def initial_of(application: Application) -> dict[str, Any]:
    """What a draft holds, as its form shows it."""
    author = application.parties.filter(role=Party.Role.AUTHOR).first()
    initial = {each.code: getattr(author if each.code in OF_PERSON else application, each.code, "") for each in form_pack().fields}
    point = application.latitude, application.longitude
    initial["point"] = "" if point[0] is None else f"{point[0]}, {point[1]}"
    if not application.version:
        initial["running_grosze"] = ""
    return initial


def initial_costs(application: Application) -> list[dict[str, Any]]:
    """The kept cost lines, as their forms show them."""
    return [
        {"name": line.name, "unit": line.unit, "quantity": line.quantity.normalize(), "price": line.price_grosze}
        for line in application.cost_lines.all()
    ]


def prices() -> list[tuple[str, str, str]]:
    """The price list in words: what, price, unit."""
    return [(each.name, zlotys(each.grosze), each.unit) for each in price_list()]


class FileForm(forms.Form):
    """One file of an application."""

    what = forms.ChoiceField(label=_("What is it?"), choices=Attachment.What.choices)
    file = forms.FileField(label=_("File"), help_text=_("PDF, a photograph or a document. Only you and the Office see it."))


class InviteForm(forms.Form):
    """Whom to ask to be a co-author."""

    email = forms.CharField(label=_("E-mail address of the co-author"), max_length=254, widget=forms.EmailInput)

    def clean_email(self) -> str:
        return clean_mailbox(self.cleaned_data["email"])


class AcceptForm(forms.Form):
    """A co-author says yes."""

    name = forms.CharField(label=_("First name and surname"), max_length=160)
    address = forms.CharField(label=_("Address of residence"), max_length=300)


class PaperForm(forms.Form):
    """How and when a form reached the Office, and who brought it."""

    through = forms.ChoiceField(label=_("How did it come?"), choices=[each for each in Through.choices if each[0] != Through.FORM])
    received_at = forms.DateTimeField(
        label=_("When did it reach the Office?"), help_text=_("The stamp counts: in post and e-mail the moment of arrival."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local", "step": "1"}, format="%Y-%m-%dT%H:%M:%S"),
    )  # fmt: skip
    proxy = forms.CharField(
        label=_("First name and surname of the proxy"), max_length=160, required=False, help_text=_("If a proxy brought it.")
    )

    def __init__(self, *args: Any, at: datetime, **named: Any):
        super().__init__(*args, **named)
        self.fields["received_at"].initial = at


class AnswerForm(forms.Form):
    """What the author says to the Office's letter."""

    answer = forms.CharField(label=_("Your answer"), max_length=8000, required=False, widget=forms.Textarea(attrs={"rows": 6}))

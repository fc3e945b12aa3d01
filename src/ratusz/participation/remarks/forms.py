"""Forms of everybody: what the schema of a remark box asks for, one's own intake, narrowing the public list."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ratusz.foundation.notifications.forms import clean_mailbox
from ratusz.foundation.once.fields import FormKeyField
from ratusz.foundation.people.sending_guard import GuardedForm
from ratusz.foundation.territory.forms import DrawingField
from ratusz.participation.remarks import rules
from ratusz.participation.remarks.actions.intake import Author, Point
from ratusz.participation.remarks.models import Box, Intake, Position
from ratusz.participation.remarks.queries_texts import Named
from ratusz.participation.remarks.terms import Schema

Category = Intake.Category
CHOSEN = [each for each in Category.choices if each[0] != Category.UNKNOWN]
YES_NO = [("yes", _("yes")), ("no", _("no"))]
COLUMNS = ("name", "address", "email", "category", "organisation")
"""Fields of a schema that have a column of their own; the others are `answers`."""
ANSWERS = ("is_owner", "correspondence", "representative", "plots", "krs")
"""Those others."""


def _line(label: Any, most: int, hint: Any = "", **attributes: str) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, help_text=hint, widget=forms.TextInput(attrs=attributes))


def known_fields() -> dict[str, forms.Field]:
    """Every field a schema may name."""
    return {
        "category": forms.ChoiceField(
            label=_("Who speaks?"), choices=CHOSEN, widget=forms.RadioSelect, initial=Category.RESIDENT,
            help_text=_("Everybody sees this beside the remark."),
        ),
        "organisation": _line(_("In whose name?"), 250, _("Only if you speak for a firm or an organisation. Everybody sees this.")),
        "name": _line(_("First name and surname"), 200, _("It is not published."), autocomplete="name"),
        "address": _line(
            _("Address"), 300, _("Street, house and flat. It tells us the district; it is not published."),
            autocomplete="street-address",
        ),
        "email": forms.CharField(
            label=_("E-mail address"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"}),
            help_text=_("So that we tell you what becomes of your remark. It is not published."),
        ),
        "is_owner": forms.ChoiceField(
            label=_("Do you own, or use perpetually, a property in the area of the plan?"), choices=YES_NO, widget=forms.RadioSelect
        ),
        "correspondence": _line(_("Address for letters"), 300, _("Only if it is another one.")),
        "representative": _line(_("Who acts in this name"), 200, _("First name and surname of whoever signs.")),
        "plots": _line(_("Plots of land"), 300, _("Their numbers, if the remark concerns some.")),
        "krs": _line(_("Number in the National Court Register (KRS)"), 20),
    }  # fmt: skip


def answer_fields(schemas: Iterable[Schema]) -> dict[str, forms.Field]:
    """Fields of schemas that have no column of their own, for whoever types what others wrote: none of them is needed there."""
    known, names = known_fields(), {each.name for schema in schemas for each in schema.fields}
    found = {name: known[name] for name in ANSWERS if name in names}
    for each in found.values():
        each.required = False
    return found


class RemarkForm(GuardedForm):
    """The remark, then what the schema of its box asks for."""

    guard_purpose = "remarks.remark"

    content = forms.CharField(
        label=_("Your remark"), widget=forms.Textarea(attrs={"rows": 10}), strip=True,
        help_text=_("Say what should change and why. Everybody will read it: write no names, addresses or telephone numbers."),
        error_messages={"required": _("Write your remark.")},
    )  # fmt: skip
    place = DrawingField(
        label=_("Which place is it about?"), required=False, by_name=True,
        help_text=_(
            "Show a point, a line or an area on the map, or write the street. Everybody will see the place with the remark."
        ),
    )  # fmt: skip
    heard_from = forms.ChoiceField(
        label=_("How do you know of this consultation?"), required=False, choices=[("", _("I do not say")), *Intake.Heard.choices],
        help_text=_("So that next time we reach more people."),
    )  # fmt: skip
    form_key = FormKeyField(initial=uuid.uuid4, required=False)
    passage = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, schema: Schema, box: Box, **named: Any):
        super().__init__(*args, **named)
        self.label_suffix, self.schema = "", schema
        self.fields["content"].max_length = rules.LONGEST  # type: ignore[attr-defined]
        if not box.takes_places:
            del self.fields["place"]
        known = known_fields()
        for each in schema.fields:
            self.fields[each.name] = known[each.name]
            self.fields[each.name].required = each.is_needed or (each.name == "email" and box.proof == Intake.Proof.CODE)
        self.order_fields(["content", "place", *(each.name for each in schema.fields), "heard_from"])

    def clean_form_key(self) -> uuid.UUID:
        return self.cleaned_data["form_key"] or uuid.uuid4()

    def clean_content(self) -> str:
        # A browser counts the end of a line as one sign and sends two.
        content = self.cleaned_data["content"].replace("\r\n", "\n")
        try:
            rules.check_points([content])
        except rules.RemarkRefused as refusal:
            raise ValidationError(str(refusal)) from refusal
        return content

    def clean_email(self) -> str:
        return clean_mailbox(self.cleaned_data["email"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("category") == Category.RESIDENT and cleaned.get("organisation"):
            # Everybody reads this field, and whoever speaks for themselves writes their own name into it.
            cleaned["organisation"] = ""
        speaks_for = cleaned.get("category") not in (None, Category.RESIDENT, Category.OWNER, Category.OTHER)
        if speaks_for and "organisation" in self.fields and not cleaned.get("organisation") and "organisation" not in self.errors:
            self.add_error("organisation", _("Say in whose name you speak: everybody sees who speaks for whom."))
        return cleaned

    def author(self) -> Author:
        """Who says it, from the clean form."""
        return author_of(self.cleaned_data, self.schema)

    def point(self, passage: Named | None = None) -> Point:
        """What is said, from the clean form: of which place, and on which passage, which keeps its words of now."""
        clean = self.cleaned_data
        place, said = clean.get("place"), {"content": clean["content"]}
        where = {"place": place.geometry, "place_words": place.words[:300]} if place is not None else {}
        on = {"passage": passage.code, "passage_words": passage.words} if passage is not None else {}
        return Point(**said, **where, **on)


def author_of(clean: dict[str, Any], schema: Schema) -> Author:
    """Who says it: columns apart from the other answers of the schema."""
    default = Category.NGO if schema.code == "opinion" else Category.UNKNOWN
    answers = {each.name: clean[each.name] for each in schema.fields if each.name not in COLUMNS and clean.get(each.name)}
    return Author(
        clean.get("name", ""), clean.get("address", ""), clean.get("category") or default, clean.get("organisation", ""),
        clean.get("email", ""), answers,
    )  # fmt: skip


def lacking_words(intake: Intake) -> list[str]:
    """What an intake lacks, as its form calls it."""
    known = known_fields()
    return [_("code from the e-mail") if each == "code" else str(known[each].label) for each in intake.missing]


class CompleteForm(forms.Form):
    """What is still missing in one's own intake."""

    def __init__(self, *args: Any, intake: Intake, schema: Schema, **named: Any):
        super().__init__(*args, **named)
        self.label_suffix, self.intake, self.schema = "", intake, schema
        known = known_fields()
        for each in schema.fields:
            if each.name in intake.missing and each.name != "email":
                self.fields[each.name] = known[each.name]

    def author(self) -> Author:
        """What is known already with what was typed now."""
        intake = self.intake
        known = {"name": intake.author_name, "address": intake.author_address, "category": intake.category}
        known |= {"organisation": intake.organisation} | intake.answers
        return author_of(known | self.cleaned_data, self.schema)


class OwnWordsForm(forms.Form):
    """A complaint about a rejection."""

    words = forms.CharField(
        label=_("Why should it count?"), max_length=3000, widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Write why it should count.")},
    )  # fmt: skip

    def __init__(self, *args: Any, **named: Any):
        super().__init__(*args, **named)
        self.label_suffix = ""


class FileForm(forms.Form):
    """A file added to one's own intake."""

    file = forms.FileField(label=_("File"), help_text=_("PDF, DOCX, ODT, JPG or PNG, at most 25 MB."))

    def __init__(self, *args: Any, **named: Any):
        super().__init__(*args, **named)
        self.label_suffix = ""


class FollowForm(forms.Form):
    """Where to write about a remark of somebody else."""

    email = forms.CharField(
        label=_("E-mail address"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("We send a letter there with a link to confirm."),
    )  # fmt: skip

    def __init__(self, *args: Any, **named: Any):
        super().__init__(*args, **named)
        self.label_suffix = ""

    def clean_email(self) -> str:
        return clean_mailbox(self.cleaned_data["email"])


class PublicFilter(forms.Form):
    """Narrowing the public list; nothing is wrong in it, what is not understood narrows nothing."""

    q = forms.CharField(label=_("Words"), required=False, max_length=100)
    kto = forms.ChoiceField(label=_("Who speaks"), required=False, choices=[("", _("everybody")), *CHOSEN])
    stanowisko = forms.ChoiceField(
        label=_("Position of the city"),
        required=False,
        choices=[("", _("any")), ("none", _("none yet")), *Position.Verdict.choices],
    )

    fragment = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **named: Any):
        super().__init__(*args, **named)
        self.label_suffix = ""

    def value(self, name: str) -> str:
        """What was chosen; "" when it was not understood."""
        return self.cleaned_data.get(name, "") if self.is_valid() or name in self.cleaned_data else ""

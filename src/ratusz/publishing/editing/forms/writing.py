"""The plain form of a unit's text: what it says, pictures and tables described, and whom to ask."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput
from wagtail.models import Page

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.units.models import Unit
from ratusz.publishing.editing import about, pages, rules
from ratusz.publishing.editing.actions.pictures import bases_to_say
from ratusz.publishing.editing.content import Content
from ratusz.publishing.editing.models import Submission, SubmissionPicture
from ratusz.publishing.editing.models.submissions import units_written_for
from ratusz.publishing.editing.word.blocks import Block, Placed, marks_of, placed_in
from ratusz.publishing.editing.word.typed import text_of_blocks
from ratusz.publishing.messages.models import Message
from ratusz.publishing.messages.outlets import outlets_for
from ratusz.publishing.website.models import Basis

BASE = "editing.base"
HELP_TEXT = _(
    "Write it, or paste it from Word: headings, lists and pictures stay, fonts and colours go. An empty line begins a new "
    "paragraph, “##” a heading, “-” an item of a list, **two stars** make words bold. A mark like [[obrazek 1]] is where a "
    "picture stands: move it."
)


def outlet_choices() -> list[tuple[str, Any]]:
    """Places a message may go to, by their own names; the page itself needs no wish."""
    return [(outlet.code, outlet.name) for outlet in outlets_for(Message.Kind.INFORMATION)]


class ManyFilesInput(forms.ClearableFileInput):
    """A field for several files at once."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several files; the content of each is checked later, one by one."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        given = data if isinstance(data, list | tuple) else [data] if data else []
        # The name of a file may be of any length: it is cut where the file is kept.
        return [each for each in given if each]


class DocumentField(forms.FileField):
    """One file, whatever its name is like."""

    def to_python(self, data: Any) -> Any:
        return data or None


class StartForm(forms.Form):
    """For whom and what: the first step of a submission."""

    unit = forms.ModelChoiceField(label=_("Your unit"), queryset=Unit.objects.none(), empty_label=None)
    kind = forms.ChoiceField(label=_("What do you hand in?"), choices=Submission.Kind.choices, widget=forms.RadioSelect)
    page = forms.ModelChoiceField(
        label=_("Which page is to change?"), queryset=Page.objects.none(), required=False,
        help_text=_("Only for a change of a page. You get its text as it stands now and change it."),
    )  # fmt: skip

    def __init__(self, *args: Any, person: Any, at: datetime, **kwargs: Any):
        super().__init__(*args, **kwargs)
        units = Unit.objects.working()
        if not rules.is_department(person, at):
            units = units.filter(pk__in=units_written_for(person, at))
        self.fields["unit"].queryset = units
        self.fields["page"].queryset = pages.pages_of_units(units)
        self.fields["kind"].initial = Submission.Kind.NEWS

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("kind") == Submission.Kind.PAGE_CHANGE and not cleaned.get("page"):
            self.add_error("page", gettext("Choose the page that is to change."))
        return cleaned


class TextForm(forms.Form):
    """What a submission says. Nothing is required to save: a draft may be unfinished."""

    title = forms.CharField(
        label=_("Title"), max_length=160, required=False, help_text=_("What happens, with the verb first or the day.")
    )
    lead = forms.CharField(
        label=_("Introduction"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One or two sentences: what one learns or can do."),
    )  # fmt: skip
    text = forms.CharField(label=_("Text"), required=False, widget=forms.Textarea(attrs={"rows": 18}), help_text=HELP_TEXT)
    html = forms.CharField(required=False, widget=forms.HiddenInput)
    """Filled by the place for pasting (static/editing/paste.js); without scripts `text` counts."""
    document = DocumentField(
        label=_("or send the Word document"), required=False,
        help_text=_("A DOCX file, up to 15 MB. Its text replaces the one above."),
    )  # fmt: skip
    pictures = ManyFilesField(
        label=_("Add pictures"), required=False,
        help_text=_("JPG, PNG or WEBP, up to 15 MB each. They stand at the end until you move their marks."),
    )  # fmt: skip
    contact = forms.EmailField(
        label=_("Who answers questions"), required=False, help_text=_("The address of the unit, not of a person.")
    )
    since = forms.DateField(label=_("Since when"), required=False, widget=AdminDateInput)
    for_whom = forms.CharField(
        label=_("For whom"), max_length=200, required=False, help_text=_("For example: residents of Ligota, parents of pupils.")
    )
    topic_numbers = forms.TypedMultipleChoiceField(
        label=_("Topics"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("What it is about. Whoever follows one of them is told when it goes out, and its page lists it."),
    )  # fmt: skip
    district_numbers = forms.TypedMultipleChoiceField(
        label=_("Districts"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Where it is. Whoever follows one of them is told. None marked: the whole city."),
    )  # fmt: skip
    outlets = forms.MultipleChoiceField(
        label=_("Where it should also go"), required=False, choices=outlet_choices, widget=forms.CheckboxSelectMultiple,
        help_text=_("A wish: the department decides."),
    )  # fmt: skip
    base = forms.CharField(widget=forms.HiddenInput)
    """The blocks the text began from, signed: what its marks stand for."""
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    """The version the person began from, or has been shown since."""

    def __init__(
        self, *args: Any, submission: Submission, person: Any = None, content: Content | None = None, seen: int = 0, **kwargs: Any
    ):
        self.submission = submission
        self.content = content or Content.of(submission)
        super().__init__(*args, initial=_initial(self.content, seen or submission.version), **kwargs)
        self.blocks: list[Block] = self._began_from() if self.is_bound else list(self.content.body)
        self.images = {row.pk: row for row in submission.pictures.select_related("image__passport")}
        self._offer_about()
        self.bases_of = self._bases_of(person) if person is not None else {}
        self.extra = list(_extra_fields(self.blocks, self.images, self.bases_of))
        for name, field in self.extra:
            self.fields[name] = field

    def _offer_about(self) -> None:
        """Topics and districts, where what it becomes has them and the city has named some."""
        for name, choices in about.choices(self.content.topic_numbers).items():
            self.fields[name].choices = choices
            if not choices or not about.can_be_said(self.submission):
                del self.fields[name]

    def _bases_of(self, person: Any) -> dict[int, list[Basis]]:
        """What the person may say of the people in each picture; a picture of which they may say nothing is left out."""
        at, images = database_now(), {number: row.image for number, row in self.images.items() if row.image is not None}
        found = {
            number: bases_to_say(image=image, passport=getattr(image, "passport", None), person=person, at=at)
            for number, image in images.items()
        }
        return {number: bases for number, bases in found.items() if bases}

    def _began_from(self) -> list[Block]:
        try:
            return signing.loads(self.data.get("base", ""), salt=BASE)
        except signing.BadSignature:
            return list(self.submission.body)

    def placed(self) -> Placed:
        """What the marks in the text stand for, with the descriptions just typed."""
        placed = placed_in(self.blocks, list(self.submission.pictures.values_list("pk", flat=True)))
        for number, block in placed.pictures.items():
            placed.pictures[number] = self._described(block, number)
        for place, block in placed.others.items():
            placed.others[place] = self._captioned(block, place)
        return placed

    def _described(self, block: Block, number: int) -> Block:
        if f"alt_{number}" not in self.fields:
            return block
        get = self.cleaned_data.get
        value = block["value"] | {
            "alt": get(f"alt_{number}", ""), "decorative": get(f"decorative_{number}", False),
            "caption": get(f"caption_{number}", ""),
        }  # fmt: skip
        return {"type": "picture", "value": value}

    def _captioned(self, block: Block, place: int) -> Block:
        if f"table_{place}" not in self.fields:
            return block
        value = {
            "caption": self.cleaned_data.get(f"table_{place}", ""), "cells": self.cleaned_data.get(f"cells_{place}", ""),
            "first_column_is_heading": self.cleaned_data.get(f"first_{place}", False),
        }  # fmt: skip
        return {"type": "table", "value": value}

    def content_with(self, body: list[Block], title: str = "") -> Content:
        """What the person wrote, with these blocks."""
        names = ("lead", "contact", "since", "for_whom", "outlets")
        own = self.cleaned_data["title"] or title
        said: dict[str, Any] = {name: sorted(self.cleaned_data.get(name, getattr(self.content, name))) for name in about.ABOUT}
        return Content(title=own[:160], body=body, **said, **{name: self.cleaned_data[name] for name in names})

    def described(self) -> Iterable[dict[str, Any]]:
        """The rows of pictures and tables for the page: the picture itself and its fields."""
        for block in self.blocks:
            if block["type"] == "picture":
                number = block["value"]["picture"]
                names = [
                    f"{name}_{number}" for name in ("alt", "decorative", "caption", "basis") if f"{name}_{number}" in self.fields
                ]
                picture = self.images.get(number)
                yield {"mark": f"[[obrazek {number}]]", "picture": picture, "fields": [self[name] for name in names]}
        for place, mark in marks_of(self.blocks).items():
            if f"table_{place}" in self.fields:
                names = (f"table_{place}", f"cells_{place}", f"first_{place}")
                yield {"mark": mark, "picture": None, "fields": [self[name] for name in names]}

    def bases(self) -> Iterable[tuple[SubmissionPicture, str]]:
        """What was said of the people in each picture."""
        for number, picture in self.images.items():
            if basis := self.cleaned_data.get(f"basis_{number}"):
                yield picture, basis

    def plain_fields(self) -> list[forms.BoundField]:
        """What stands above and below the text."""
        return [self[name] for name in (*about.ABOUT, "contact", "since", "for_whom", "outlets") if name in self.fields]


def _basis_field(picture: SubmissionPicture, bases: list[Basis]) -> forms.ChoiceField:
    """Why people in the picture may be shown: the first fact of its passport."""
    known = getattr(picture.image, "passport", None)
    return forms.ChoiceField(
        label=_("People in the picture"), choices=[("", _("Choose")), *((basis.value, basis.label) for basis in bases)],
        required=False, initial=known.basis if known is not None else "",
        help_text=_("When they have signed a consent, add it in the passport of the picture instead."),
    )  # fmt: skip


def _initial(content: Content, seen: int) -> dict[str, Any]:
    """The fields as they stand now; the text in its plain form."""
    given = {name: getattr(content, name) for name in ("title", "lead", "contact", "since", "for_whom", "outlets", *about.ABOUT)}
    base = signing.dumps(content.body, salt=BASE, compress=True)
    return given | {"text": text_of_blocks(content.body), "base": base, "seen": seen}


def _extra_fields(
    blocks: list[Block], images: dict[int, SubmissionPicture], bases: dict[int, list[Basis]]
) -> Iterable[tuple[str, forms.Field]]:
    """For each picture its description, for each table its caption and cells."""
    for place, block in enumerate(blocks, 1):
        value = block["value"]
        if block["type"] == "picture":
            number = value["picture"]
            yield f"alt_{number}", forms.CharField(
                label=_("What the picture shows"), required=False, max_length=250, initial=value.get("alt", ""),
                help_text=_("One sentence for somebody who does not see it."),
            )  # fmt: skip
            yield (
                f"decorative_{number}",
                forms.BooleanField(
                    label=_("Only decoration: nothing is lost without it"), required=False, initial=value.get("decorative", False)
                ),
            )
            yield (
                f"caption_{number}",
                forms.CharField(
                    label=_("Words under the picture"), required=False, max_length=250, initial=value.get("caption", "")
                ),
            )
            if number in bases:
                yield f"basis_{number}", _basis_field(images[number], bases[number])
        elif block["type"] == "table":
            yield (
                f"table_{place}",
                forms.CharField(label=_("What the table shows"), required=False, max_length=200, initial=value.get("caption", "")),
            )
            yield f"cells_{place}", forms.CharField(
                label=_("Cells"), required=False, widget=forms.Textarea(attrs={"rows": 5}), initial=value.get("cells", ""),
                help_text=_("A line is a row; tabs or semicolons part the cells. The first row holds the headings."), strip=False,
            )  # fmt: skip
            yield (
                f"first_{place}",
                forms.BooleanField(
                    label=_("The first column names the rows"), required=False, initial=value.get("first_column_is_heading", False)
                ),
            )

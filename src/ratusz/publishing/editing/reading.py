"""A submission as the gates read it, and the gate that asks for a second pair of eyes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.kit.plain_numbers import plain_number
from ratusz.publishing.gates.findings import Missing
from ratusz.publishing.gates.markup import Parts, parts_of_html, parts_of_text
from ratusz.publishing.gates.reading import Passage, Picture, Reading, Table
from ratusz.publishing.gates.targets import Targets
from ratusz.publishing.website.models import NewsPage

from .models import Submission
from .pages import a_year_after

KIND = "editing.submission"


def read_submission(submission: Submission) -> Reading:
    """What the gates ask of a text of a unit; each finding leads to its field in the form."""
    form = reverse("editing_edit", args=[submission.pk])
    fields = {"title": "title", "lead": "lead", "contact": "contact", "text": "text"}
    reading = Reading(
        subject=submission.subject, kind=KIND, title=submission.title, lead=submission.lead, owner_unit=submission.unit,
        contact=submission.contact, review_date=a_year_after(local_day(database_now())),
        is_dated_on_leaving=True, edit_url=form,
        field_urls={name: f"{form}#id_{field}" for name, field in fields.items()},
        facts={
            "author": submission.author_id, "last_editor": submission.last_edited_by_id, "approver": submission.approved_by_id,
        },
    )  # fmt: skip
    images = {row.pk: row.image for row in submission.pictures.select_related("image")}
    parts = Parts()
    for place, block in enumerate(submission.body, 1):
        parts.add(_parts(block, place, form, images))
    return parts.on(reading)


def _parts(block: dict[str, Any], place: int, form: str, images: dict[int, Any]) -> Parts:
    value, text = block["value"], f"{form}#id_text"
    if block["type"] == "paragraph":
        return parts_of_html(value, url=text)
    if block["type"] == "heading":
        return Parts([Passage(value["text"], "heading", int(value["level"][1]), text)])
    if block["type"] == "picture":
        number, image = value["picture"], images.get(value["picture"])
        title = image.title if image is not None else ""
        picture = Picture(value.get("alt", ""), bool(value.get("decorative")), title, f"{form}#id_alt_{number}", image)
        caption = value.get("caption", "")
        return Parts([Passage(caption, url=f"{form}#id_caption_{number}")] if caption else [], pictures=[picture])
    if block["type"] == "table":
        cells = f"{form}#id_cells_{place}"
        headings = tuple(column.label for column in _table(value).columns)
        parts = parts_of_text(value["cells"], url=cells, kind="table")
        parts.tables.append(Table(value.get("caption", ""), headings, cells))
        return parts
    words = " ".join(each for each in value.values() if isinstance(each, str)) if isinstance(value, dict) else ""
    return parts_of_text(words, url=text, kind="contact" if block["type"] == "contact" else "paragraph")


def _table(value: dict[str, Any]) -> Any:
    """The portal's own reading of the cells, so that both see the same headings."""
    return NewsPage._meta.get_field("body").stream_block.child_blocks["table"].to_python(value)


def second_pair_of_eyes(reading: Reading, targets: Targets, at: datetime) -> Iterator[Missing]:
    """W14: whoever approves a text neither wrote it nor changed it last; asked of every text whose reader knows both."""
    approver = reading.facts.get("approver")
    if approver is not None and approver in (reading.facts.get("author"), reading.facts.get("last_editor")):
        yield Missing(_("Whoever wrote or last changed the text approved it. Somebody else reads and approves it."))


def load(number: str) -> Submission | None:
    """A submission by what stands after the colon of its key."""
    return Submission.objects.select_related("unit").filter(pk=plain_number(number)).first()

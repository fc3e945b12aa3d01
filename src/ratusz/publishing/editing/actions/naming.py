"""In the bank a picture of a submission is named by what the unit wrote: its description, and the text it came with."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from ratusz.publishing.editing.models import Submission, SubmissionPicture

LONGEST = 255


@transaction.atomic
def name_pictures(*, submission: Submission) -> int:
    """Says the title and description of its pictures anew; what somebody has named in the bank by hand stays. How many."""
    pictures = submission.pictures.filter(file__isnull=False, image__isnull=False).select_related("image")
    found = list(pictures.select_for_update(of=("self",)))
    earlier = list(submission.versions.values_list("content", flat=True)) if found else []
    return sum(_name(picture, submission, earlier) for picture in found)


def _name(picture: SubmissionPicture, submission: Submission, earlier: list[dict[str, Any]]) -> bool:
    image = picture.image
    assert image is not None
    title, description = _names(picture, submission.title, submission.body)
    given = [_names(picture, content["title"], content["body"]) for content in earlier]
    before = image.title, image.description
    if image.title in {stem_of(picture.name), *(each for each, _description in given)}:
        image.title = title
    if image.description in {"", *(each for _title, each in given)}:
        image.description = description
    if (image.title, image.description) == before:
        return False
    image.save(update_fields=["title", "description"])
    return True


def _names(picture: SubmissionPicture, title: str, body: list[dict[str, Any]]) -> tuple[str, str]:
    """What the picture is called in a version, and its description there."""
    values = (block["value"] for block in body if block["type"] == "picture" and block["value"]["picture"] == picture.pk)
    said = next(((value.get("alt") or value.get("caption") or "").strip() for value in values), "")
    named = ": ".join(part for part in (title.strip(), said) if part)
    return (named or stem_of(picture.name))[:LONGEST], said[:LONGEST]


def stem_of(name: str) -> str:
    """The name of a file without its ending."""
    return name.rsplit(".", 1)[0] or name

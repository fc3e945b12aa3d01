"""From a submission to the portal's page and back: its blocks with real pictures, the page it becomes, the page it changes."""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from wagtail.blocks import StreamValue
from wagtail.models import Page

from ratusz.foundation.kit.dates import local_day
from ratusz.publishing.website.models import NewsIndexPage, NewsPage, PageCare

from .about import put_on_page
from .models import Submission

LANGUAGE = "pl"


def list_of_news() -> NewsIndexPage | None:
    """Where news of units goes."""
    return NewsIndexPage.objects.filter(locale__language_code=LANGUAGE).first()


def pages_of_units(units: Any) -> Any:
    """Published Polish pages that these units look after, with a body of blocks."""
    cared = PageCare.objects.filter(owner_unit__in=units, page__live=True, page__locale__language_code=LANGUAGE)
    kinds = ["newspage", "articlepage", "sectionpage"]
    return Page.objects.filter(pk__in=cared.values("page"), content_type__model__in=kinds).order_by("title")


def blocks_of_page(page: Any, pictures: Mapping[int, int]) -> list[dict[str, Any]]:
    """The body of a page with each picture named by its number in the submission; everything else as it is."""
    return [_from_page(block, pictures) for block in _raw(page)]


def pictures_on_page(page: Any) -> list[int]:
    """Numbers of the portal's pictures in a page's body, each once, in order."""
    images = [block["value"]["image"]["image"] for block in _raw(page) if block["type"] == "picture"]
    return list(dict.fromkeys(image for image in images if image))


def _raw(page: Any) -> list[dict[str, Any]]:
    return copy.deepcopy([dict(block) for block in page.body.raw_data])


def _from_page(block: dict[str, Any], pictures: Mapping[int, int]) -> dict[str, Any]:
    block.pop("id", None)
    if block["type"] != "picture":
        return block
    image = block["value"]["image"]
    value = {
        "picture": pictures.get(image["image"], 0), "alt": image.get("alt_text") or "",
        "decorative": bool(image.get("decorative")), "caption": block["value"].get("caption", ""),
    }  # fmt: skip
    return {"type": "picture", "value": value}


def stream_of(submission: Submission) -> StreamValue:
    """The body as the portal shows it; a picture still in quarantine is left out."""
    images = dict(submission.pictures.exclude(image=None).values_list("pk", "image_id"))
    blocks = [_for_page(block, images) for block in submission.body]
    kept = [block for block in blocks if block is not None]
    return NewsPage._meta.get_field("body").to_python(json.dumps(kept))


def _for_page(block: dict[str, Any], images: Mapping[int, int]) -> dict[str, Any] | None:
    if block["type"] != "picture":
        return block
    value = block["value"]
    if value["picture"] not in images:
        return None
    decorative = bool(value.get("decorative"))
    image = {"image": images[value["picture"]], "decorative": decorative, "alt_text": "" if decorative else value.get("alt", "")}
    return {"type": "picture", "value": {"image": image, "caption": value.get("caption", "")}}


def page_as_it_will_be(submission: Submission, at: datetime) -> Any:
    """The page with the submission's words in it, not saved: new news, or the page that changes."""
    page = submission.page.specific if submission.page else NewsPage(day=local_day(at))
    page.title, page.lead, page.body = submission.title, submission.lead, stream_of(submission)
    put_on_page(submission, page)
    page.care = [_care(submission, page, at)]
    return page


def _care(submission: Submission, page: Any, at: datetime) -> PageCare:
    """Who looks after the page: its unit and contact, and a review in a year; a unit already named stays."""
    known = page.care.first() if page.pk else None
    unit = known.owner_unit if known is not None and known.owner_unit else submission.unit
    return PageCare(owner_unit=unit, contact=submission.contact, review_date=a_year_after(local_day(at)))


def a_year_after(day: date) -> date:
    """The same day of the next year; 28 February after a 29th."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)

"""What happened to a page since a change of it was begun, so that nobody's newer words are written over unseen."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from wagtail.models import Revision

from . import wording
from .about import about_page
from .content import Content
from .models import Submission
from .pages import blocks_of_page, pictures_on_page


@dataclass(frozen=True)
class PageChanges:
    """The newest version of the page, and where its words differ from those the submission began with."""

    revision: int
    is_draft: bool
    """Somebody works on it in the editor: these words are not published."""
    rows: list[dict[str, Any]] = field(default_factory=list)


def touched_since(submission: Submission) -> bool:
    """Whether the page has a newer version than the submission knows of."""
    page = submission.page if submission.kind == Submission.Kind.PAGE_CHANGE else None
    return page is not None and page.latest_revision_id != submission.page_revision


def changes_since(submission: Submission) -> PageChanges | None:
    """What changed, None when nothing did."""
    if not touched_since(submission):
        return None
    page = submission.page
    assert page is not None and page.latest_revision_id is not None
    now = page.latest_revision.as_object()
    known = Revision.objects.filter(pk=submission.page_revision).first() if submission.page_revision else None
    before = known.as_object() if known is not None else page.specific if page.live_revision_id is None else None
    rows = wording.compared(_content(now, submission), _content(before, submission)) if before is not None else []
    return PageChanges(page.latest_revision_id, page.latest_revision_id != page.live_revision_id, rows)


def _content(page: Any, submission: Submission) -> Content:
    numbers = dict(submission.pictures.exclude(image=None).values_list("image_id", "pk"))
    pictures = {image: numbers.get(image, 0) for image in pictures_on_page(page)}
    return Content(page.title, page.lead, blocks_of_page(page, pictures), **about_page(page))

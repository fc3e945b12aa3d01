"""What pages show of each other, so that a publication makes anew only what shows it: names of things and what changes them.

A kept page stands under the things it shows (`page_cache.shows`); a publication names the things it changes. What others may show
of a page is its outline: everything but its texts. Whatever is not sorted here changes every page.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page, ReferenceIndex

NEWS, DATES, WIRE, CARE = "news", "dates", "wire", "care"
"""Lists of news; public dates of pages; the open wire; which pages a unit looks after."""

Outline = dict[str, str]
"""Group of facts -> digest of them, "" when there are none."""

_BOOKKEEPING = {
    "comments", "wagtail_admin_comments", "draft_title", "expire_at", "expired", "first_published_at", "go_live_at",
    "has_unpublished_changes", "last_published_at", "latest_revision", "latest_revision_created_at", "live_revision", "locked",
    "locked_at", "locked_by", "numchild", "owner",
}  # fmt: skip
_INTRODUCTION = {"lead"}
_OF_NEWS = {"lead", "title", "day", "topics", "districts"}
_ROWS = ("dates", "care", "changes")


def page_thing(page_id: int) -> str:
    """One page with everything on it."""
    return f"page {page_id}"


def names_below(path: str) -> str:
    """Which pages stand right below another one, by their names; `path` is where it stands in the tree."""
    return f"names below {path}"


def introductions_below(path: str) -> str:
    """The same with their introductions."""
    return f"introductions below {path}"


def outline_of(page: Page) -> Outline:
    """Digests of what others may show of a page, of a fact nobody sorted too; the page comes with all its own fields."""
    facts = page.serializable_data()
    hidden = _BOOKKEEPING | getattr(page, "shown_here_only", frozenset()) | _texts(page)
    introduction = _OF_NEWS if _is_news(page) and not page.show_in_menus else _INTRODUCTION
    groups: dict[str, Any] = {name: [_bare(row) for row in facts.get(name) or []] for name in _ROWS}
    groups["introduction"] = {name: facts[name] for name in sorted(introduction) if name in facts}
    groups["address"] = {name: fact for name, fact in facts.items() if name not in hidden | introduction | {*_ROWS}}
    return {name: _digest(group) if group else "" for name, group in groups.items()}


def _texts(page: Page) -> set[str]:
    return {field.name for field in page._meta.get_fields() if isinstance(field, StreamField | RichTextField)}


def _bare(row: dict[str, Any]) -> dict[str, Any]:
    """A row without its number: publishing may write the same row anew."""
    return {name: fact for name, fact in row.items() if name not in ("pk", "page")}


def _digest(group: Any) -> str:
    return hashlib.sha256(json.dumps(group, sort_keys=True, default=str).encode()).hexdigest()[:16]


def _is_news(page: Page) -> bool:
    from .models import NewsPage

    return isinstance(page, NewsPage)


def changed_things(page: Page, former: Outline | None, now: Outline, is_new: bool) -> set[str] | None:
    """Things changed by a publication of a page; None when it may show anywhere. The wire says itself when it changes.

    `former` is what others showed of it until now, None when they showed nothing; `is_new`: nobody has ever spoken of it.
    """
    if not page.live or (former is None and not (is_new and _is_quietly_new(page))):
        return None
    before = former or dict.fromkeys(now, "")
    changed = {name for name in now if before.get(name) != now[name]} | (before.keys() - now.keys())
    if not is_new and "address" in changed:
        return None
    above = page.path[: -page.steplen]
    things = {page_thing(page.pk)}
    things |= {names_below(above)} if is_new else set()
    things |= {introductions_below(above)} if is_new or "introduction" in changed else set()
    things |= {CARE} if is_new or "care" in changed else set()
    # A date is shown with the page's name, its topics, districts and unit.
    things |= {DATES} if (before["dates"] or now["dates"]) and (is_new or changed - {"changes"}) else set()
    # The same page in another language leads here now; its dates are not shown for both.
    others = _translations(page) if is_new else set()
    things |= {DATES, *others} if others else set()
    return things | ({NEWS} if _is_news(page) else set())


def _is_quietly_new(page: Page) -> bool:
    """Published for the first time, in no menu and linked from nowhere: only lists and its translations can show it."""
    from .models import ArticlePage, GuidePage, NewsPage, SectionPage

    is_first = page.first_published_at == page.last_published_at
    if not is_first or page.show_in_menus or not isinstance(page, ArticlePage | GuidePage | NewsPage | SectionPage):
        return False
    return not ReferenceIndex.get_references_to(page).exists()


def _translations(page: Page) -> set[str]:
    others = Page.objects.filter(translation_key=page.translation_key).exclude(pk=page.pk)
    return {page_thing(number) for number in others.values_list("pk", flat=True)}

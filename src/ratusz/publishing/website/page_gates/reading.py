"""A Wagtail page as the gates read it: every part with the address of the very field of the editor."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db.models import Field
from django.urls import reverse
from wagtail.blocks import StreamValue
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from ratusz.foundation.kit.plain_numbers import plain_number
from ratusz.publishing.gates.markup import Parts, parts_of_html, parts_of_text
from ratusz.publishing.gates.reading import File, Link, Passage, Picture, Reading, Table, Video
from ratusz.publishing.gates.registries import Reader
from ratusz.publishing.website.models import AccessibilityDeclarationPage, EasyToReadPage
from ratusz.publishing.website.models.pages import PageWithBody, PublicPage

KIND = "page"
HEADING_LEVELS = {"h2": 2, "h3": 3}


def subject_of(page: Page) -> str:
    """The key of a page at the gates."""
    return f"{KIND}:{page.pk}"


def edit_address(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk]) if page.pk else ""


def reading_of_page(page: PublicPage) -> Reading:
    """The page as it stands in memory: the live one, or a revision's object for the saved draft."""
    address = edit_address(page)
    care = next(iter(page.care.all()), None)
    parts = Parts()
    files: list[File] = []
    for field in page._meta.get_fields():
        if isinstance(field, Field):
            _read_field(page, field, address, parts, files)
    unit = care.owner_unit if care else None
    reading = Reading(
        subject=subject_of(page), kind=KIND, title=page.title, target=_target(page), lead=_lead(page),
        language=_language(page), files=tuple(files), owner_unit=unit,
        contact=care.contact if care else "", review_date=care.review_date if care else None,
        known_phones=(unit.phone,) if unit and unit.phone else (), edit_url=address,
        field_urls=_field_addresses(address, is_cared_for=care is not None) | _where_text_begins(parts),
        around=_around(page, address),
        facts={"page": page},
    )  # fmt: skip
    return parts.on(reading)


def _around(page: PublicPage, address: str) -> tuple[Passage, ...]:
    """What is typed on the tab of search engines: the words of the address, the title and the description shown there."""
    typed = {"slug": page.slug.replace("-", " "), "seo_title": page.seo_title, "search_description": page.search_description}
    return tuple(Passage(text, "around", url=f"{address}#id_{name}-label") for name, text in typed.items() if text)


def _target(page: PublicPage) -> str:
    """Words of the declaration are the law's own; easy-to-read pages have a stricter target."""
    if isinstance(page, AccessibilityDeclarationPage):
        return "legal"
    return "etr" if isinstance(page, EasyToReadPage) else "web"


def _language(page: PublicPage) -> str:
    """The declaration stands in Polish under every language."""
    return "pl" if isinstance(page, AccessibilityDeclarationPage) else page.locale.language_code


def _lead(page: PublicPage) -> str | None:
    """News, guides and sections begin with an introduction; other pages may."""
    return page.lead if page.lead or isinstance(page, PageWithBody) else None


def _field_addresses(address: str, *, is_cared_for: bool) -> dict[str, str]:
    """The labels of fields have ids in Wagtail's editor; ids of its panels follow the language of the person."""
    places = {name: f"{address}#id_{name}-label" for name in ("title", "lead")}
    care = ("owner_unit", "contact", "review_date")
    if not is_cared_for:
        return places | dict.fromkeys(care, f"{address}#id_care-ADD")
    return places | {name: f"{address}#id_care-0-{name}-label" for name in care}


def _where_text_begins(parts: Parts) -> dict[str, str]:
    """What is found in the text as a whole leads to its first passage."""
    return {"text": parts.passages[0].url} if parts.passages else {}


def _read_field(page: PublicPage, field: Any, address: str, parts: Parts, files: list[File]) -> None:
    if isinstance(field, StreamField):
        stream: StreamValue = field.value_from_object(page)
        for child in stream:
            url = f"{address}#block-{child.id}-section" if child.id else address
            read_block(child.block_type, child.value, url, parts, files)
    elif isinstance(field, RichTextField):
        parts.add(parts_of_html(field.value_from_object(page) or "", url=f"{address}#id_{field.name}-label"))


def read_block(kind: str, value: Any, url: str, parts: Parts, files: list[File]) -> None:
    """Adds what one block says; a block nobody knows how to read says nothing."""
    if kind == "files":
        for file in value["files"]:
            files.append(File(file["title"], file["address"], has_page_twin=file["page_twin"] is not None, url=url))
            parts.links.append(Link(file["title"], file["address"], url))
    elif kind in _READERS:
        _READERS[kind](value, url, parts)


def _heading(value: Any, url: str, parts: Parts) -> None:
    parts.passages.append(Passage(value["text"], "heading", HEADING_LEVELS[value["level"]], url))


def _paragraph(value: Any, url: str, parts: Parts) -> None:
    parts.add(parts_of_html(value.source if value else "", url=url))


def _picture(value: Any, url: str, parts: Parts) -> None:
    _image(value["image"], url, parts)
    parts.add(parts_of_text(value["caption"], url=url))


def _image(image: Any, url: str, parts: Parts) -> None:
    if image is not None:
        parts.pictures.append(Picture(image.contextual_alt_text or "", bool(image.decorative), image.title, url, image))


def _table(value: Any, url: str, parts: Parts) -> None:
    parts.tables.append(Table(value["caption"], tuple(column.label for column in value.columns), url))
    parts.add(parts_of_text(f"{value['caption']}\n{value['cells']}", url=url, kind="table"))


def _quote(value: Any, url: str, parts: Parts) -> None:
    parts.add(parts_of_text(value["text"], url=url, kind="quote"))


def _call_to_action(value: Any, url: str, parts: Parts) -> None:
    page = value["page"]
    parts.links.append(Link(value["text"], f"page:{page.pk}" if page else value["address"] or "", url))
    parts.add(parts_of_text(value["text"], url=url, kind="button"))


def _contact(value: Any, url: str, parts: Parts) -> None:
    said = (value[name] for name in ("unit", "about", "phone", "email", "hours", "address"))
    parts.passages.append(Passage(" ; ".join(each for each in said if each), "contact", url=url))


def _steps(value: Any, url: str, parts: Parts) -> None:
    for step in value["steps"]:
        parts.add(parts_of_text(step["title"], url=url, kind="item"))
        _paragraph(step["text"], url, parts)


def _accordion(value: Any, url: str, parts: Parts) -> None:
    for question in value["questions"]:
        parts.add(parts_of_text(question["question"], url=url, kind="item"))
        _paragraph(question["answer"], url, parts)


def _sign_language(value: Any, url: str, parts: Parts) -> None:
    transcript = value["transcript"]
    parts.videos.append(Video(value["title"], has_transcript=bool(transcript and transcript.source.strip()), url=url))
    parts.links.append(Link(value["title"], value["address"], url))
    _paragraph(transcript, url, parts)


def _idea(value: Any, url: str, parts: Parts) -> None:
    parts.add(parts_of_text(value["text"], url=url))
    _image(value["image"], url, parts)


_READERS: dict[str, Callable[[Any, str, Parts], None]] = {
    "heading": _heading, "paragraph": _paragraph, "picture": _picture, "table": _table, "quote": _quote,
    "call_to_action": _call_to_action, "contact": _contact, "steps": _steps, "accordion": _accordion,
    "sign_language": _sign_language, "idea": _idea,
}  # fmt: skip


def saved_draft(number: str) -> PublicPage | None:
    """The newest saved state of a page by its number, published or not; None for what is no page of ours."""
    page = Page.objects.filter(pk=plain_number(number)).first()
    draft = page.get_latest_revision_as_object() if page is not None else None
    return draft if isinstance(draft, PublicPage) else None


def may_see(person: Any, page: PublicPage, at: datetime) -> bool:
    """Whoever may edit the page sees what it lacks."""
    return bool(page.permissions_for_user(person).can_edit())


reader = Reader(read=reading_of_page, load=saved_draft, may_see=may_see)

"""Pages of the tree as entries of the search."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.html import strip_tags
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from ratusz.foundation.kit.registries import SearchEntry
from ratusz.publishing.website.models import ArticlePage, GuidePage, HomePage, NewsPage, PageStanding, PublicPage
from ratusz.publishing.website.models.standing import set_aside

PAGES = "pages"
KINDS = {NewsPage: "news", ArticlePage: "guide", GuidePage: "guide"}


def page_entries() -> Iterator[SearchEntry]:
    """Every published page of the portal."""
    for page in Page.objects.live().filter(~set_aside()).type(PublicPage).specific().iterator():
        entry = entry_of_page(page)
        if entry is not None:
            yield entry


def entry_of_page(page: Page) -> SearchEntry | None:
    """A page as an entry; None when it must not be found (not published, set aside, restricted, the home page)."""
    if not page.live or PageStanding.objects.filter(page=page.pk).exists():
        return None
    page = page.specific
    if isinstance(page, HomePage) or not isinstance(page, PublicPage) or page.get_view_restrictions().exists():
        return None
    url = page.get_url()
    if url is None:
        return None
    return SearchEntry(
        key=str(page.pk),
        url=url,
        title=page.title,
        summary=page.lead,
        body=" ".join(_texts(page)),
        language=page.locale.language_code,
        kind=KINDS.get(type(page), "page"),
        day=getattr(page, "day", None),
    )


def _texts(page: Page) -> Iterator[str]:
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            block = field.stream_block
            yield from block.get_searchable_content(getattr(page, field.name))
        elif isinstance(field, RichTextField):
            yield strip_tags(getattr(page, field.name).replace("<", " <"))
    for clause in getattr(page, "clauses", _NOTHING).all():
        yield f"{clause.purpose} {clause.legal_basis} {strip_tags(clause.text)}"


class _Nothing:
    def all(self) -> tuple:
        return ()


_NOTHING = _Nothing()

"""Read the links of pages into rows: at each publication, and all of them again every night."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from wagtail.models import Page

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.plain_language import measure
from ratusz.publishing.ledger.addresses import asked_form, fingerprint, host_of, is_foreign, leads_somewhere, path_inside
from ratusz.publishing.ledger.models import ForeignAddress, PageLink, PageText, Unpublishing
from ratusz.publishing.ledger.page_links import FoundLink, links_of
from ratusz.publishing.website.models import PublicPage
from ratusz.publishing.website.search.page_entries import entry_of_page


@transaction.atomic
def read_links(*, page: Page) -> int:
    """The page's rows are those of its published text, none when it is not published; gives back how many."""
    PageLink.objects.filter(page=page.pk).delete()
    if not page.live:
        return 0
    found = [each for each in links_of(page.specific) if _leads_away(each)]
    addresses = _foreign_rows({each.address for each in found if is_foreign(each.address)})
    PageLink.objects.bulk_create([_row(page, each, addresses) for each in found])
    return len(found)


def _leads_away(link: FoundLink) -> bool:
    """Whether it leads to another page or website: mail, phone and places on the same page are not checked."""
    return link.page_number is not None or is_foreign(link.address) or path_inside(link.address) is not None


def _foreign_rows(addresses: set[str]) -> dict[str, ForeignAddress]:
    """A row for each address, by fingerprint; new ones are due at once."""
    now = database_now()
    rows = {
        fingerprint(each): ForeignAddress(
            fingerprint=fingerprint(each), address=asked_form(each), host=host_of(asked_form(each)), next_check_at=now
        )
        for each in sorted(addresses)
    }
    ForeignAddress.objects.bulk_create(rows.values(), ignore_conflicts=True)
    return {each.fingerprint: each for each in ForeignAddress.objects.filter(fingerprint__in=rows)}


def _row(page: Page, link: FoundLink, addresses: dict[str, ForeignAddress]) -> PageLink:
    row = PageLink(page_id=page.pk, address=link.address, text=link.text[:300], where=link.where[:120])
    if link.page_number is not None:
        target = Page.objects.filter(pk=link.page_number).first()
        row.target, row.address = target, (target.get_url() if target else "") or ""
        row.leads_nowhere = target is None or not (target.live or _leads_on(target))
    elif is_foreign(link.address):
        row.foreign = addresses[fingerprint(link.address)]
    else:
        row.leads_nowhere = not leads_somewhere(path_inside(link.address) or "")
    return row


def _leads_on(page: Page) -> bool:
    """Whether readers of a page taken down are led to another one."""
    return Unpublishing.objects.in_force().filter(page=page.pk, redirect_to__live=True).exists()


def page_went(page: Page, is_public: bool) -> None:
    """For the website's registry: a page went out, moved or was taken down, so its links change and so do links to it."""
    read_links(page=page)
    recheck_links_to(page=page)
    measure_text(page=page)


def measure_text(*, page: Page) -> PageText | None:
    """How hard the published text is to read; Polish pages only, for the rule is one of Polish."""
    entry = entry_of_page(page)
    if entry is None or entry.language != "pl":
        PageText.objects.filter(page=page.pk).delete()
        return None
    measured = measure(". ".join(part for part in (entry.title, entry.summary, entry.body) if part))
    facts = {"words": measured.words, "fog": str(measured.fog), "measured_at": database_now()}
    return PageText.objects.update_or_create(page_id=page.pk, defaults=facts)[0]


@transaction.atomic
def recheck_links_to(*, page: Page) -> int:
    """Says of links to a page whether they still lead anywhere; gives back how many there are."""
    address = page.get_url()
    links = PageLink.objects.filter(Q(target=page.pk) | (Q(foreign=None, address=address) if address else Q(target=page.pk)))
    return links.update(leads_nowhere=not (page.live or _leads_on(page)))


def rebuild_links() -> int:
    """Every published page's links anew, page by page; addresses that no page links to are forgotten."""
    PageLink.objects.filter(page__live=False).delete()
    pages = Page.objects.live().type(PublicPage)
    read = sum(read_links(page=page) for page in pages.iterator())
    ForeignAddress.objects.filter(~Exists(PageLink.objects.filter(foreign=OuterRef("pk")))).delete()
    return read

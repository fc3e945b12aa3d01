"""What is done with pages at the gates: check before they go out, stop a scheduled one, look at all of them at night."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from wagtail.models import Page, Revision

from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.publishing.gates.actions import check_gates, record_run
from ratusz.publishing.gates.findings import Finding, GatesShut
from ratusz.publishing.website.actions import bump_content_version
from ratusz.publishing.website.models import PublicPage, StoppedPublication

from .holding import check_holds, check_holds_of_published, waiting_with_others
from .reading import reading_of_page

SCHEDULED = "wagtail.publish.scheduled"
"""How Wagtail names the publication that the clock starts."""
BATCH = 100


def check_page(*, page: PublicPage, revision: Revision, user: Any, at: datetime, is_asked: bool = False) -> list[Finding]:
    """The findings of a page as it stands in memory. Raises GatesShut; PageHeld, NotReadYet for what lacks nothing.

    `is_asked`: whoever publishes has asked already whether something holds the page back or makes it wait.
    """
    reading = reading_of_page(page)
    found = check_gates(reading=reading, at=at)
    if not is_asked:
        if waits := waiting_with_others(int(revision.object_id), reading.edit_url):
            raise GatesShut(waits, reading.edit_url)
        check_holds(reading=reading, revision=revision, user=user, at=at)
    return found


def check_published_page(*, page: PublicPage, user: Any, at: datetime) -> None:
    """Asks for a page that is published and closed as for one that is to be published. Raises GatesShut, PageHeld."""
    reading = reading_of_page(page)
    check_gates(reading=reading, at=at)
    check_holds_of_published(reading=reading, page=page, user=user, at=at)


def let_out(*, revision: Revision, user: Any, log_action: bool | str, is_asked: bool = False) -> bool:
    """Whether this version may be published now; a person is refused with the list (GatesShut), the clock stops and tells editors.

    What the program itself publishes (the founding of a portal) is not asked.
    """
    is_scheduled = log_action == SCHEDULED
    if user is None and not is_scheduled:
        return True
    at = database_now()
    try:
        check_page(page=revision.as_object(), revision=revision, user=user, at=at, is_asked=is_asked)
    except GatesShut as shut:
        if not is_scheduled:
            raise
        _stop(revision, shut, at)
        return False
    return True


@transaction.atomic
def _stop(revision: Revision, shut: GatesShut, at: datetime) -> None:
    """The clock asks no more for this version; the draft stays as it is."""
    revision.approved_go_live_at = None
    revision.save(update_fields=["approved_go_live_at"])
    words = [finding.words for finding in shut.blocking]
    stopped, _is_new = StoppedPublication.objects.update_or_create(
        page_id=int(revision.object_id), defaults={"revision": revision, "stopped_at": at, "findings": words}
    )
    record(deed="website.stop_publication", subject=stopped, after={"page": stopped.page_id, "findings": words})


def keep_as_draft(*, page: Page) -> None:
    """Wagtail puts a new page into the tree as published before it asks whether it may be: one that never was is a draft again."""
    never_published = Page.objects.filter(pk=page.pk, live=True, last_published_at=None)
    if never_published.update(live=False, has_unpublished_changes=True):
        bump_content_version()


def settle_stopped(*, page_id: int) -> None:
    """A page that went out waits for nobody any more."""
    StoppedPublication.objects.filter(page=page_id).delete()


def run_gates() -> int:
    """Looks at every published page and keeps the counts for the ledger of units; returns how many pages."""
    at, seen = database_now(), 0
    for number in Page.objects.live().order_by("pk").values_list("pk", flat=True).iterator(chunk_size=BATCH):
        page = Page.objects.get(pk=number).specific
        if isinstance(page, PublicPage):
            record_run(reading=reading_of_page(page), at=at)
            seen += 1
    return seen

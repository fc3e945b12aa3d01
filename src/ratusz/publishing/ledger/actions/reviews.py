"""Reviews of pages: the clock follows the day written on the page, letters ask the unit, who confirms sets the next day, and what
nobody confirms goes to the archive."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from ratusz.casework.deadlines.actions import assign_clock, start_clock, stop_clock
from ratusz.casework.deadlines.models import Clock
from ratusz.casework.deadlines.rulebook import rule_of
from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day, polish_date
from ratusz.foundation.notifications.actions import send
from ratusz.foundation.notifications.rules import NotDeliverable
from ratusz.publishing.ledger import rules
from ratusz.publishing.ledger.reviewing import ARCHIVE, REVIEW, page_number_of, subject_of
from ratusz.publishing.website.actions import bring_back, put_aside
from ratusz.publishing.website.models import PageCare, PageStanding, PublicPage

PURPOSE = "ledger.review"


def page_care_changed(page: Page, is_public: bool) -> None:
    """For the website's registry: a page went out or was taken down, perhaps with another review day."""
    sync_review(page=page)


@transaction.atomic
def sync_review(*, page: Page) -> None:
    """Lets the clocks of a page say what the page says: none when it is not published or has no day."""
    page = Page.objects.select_for_update().filter(pk=page.pk).first() or page
    care = PageCare.objects.filter(page=page.pk).select_related("owner_unit").first()
    unit = care.owner_unit if care else None
    standing = PageStanding.objects.filter(page=page.pk).first()
    day = care.review_date if care and page.live and standing is None else None
    running = Clock.objects.running().filter(rule_code=REVIEW, subject=subject_of(page.pk)).select_related("unit").first()
    if running is not None and (day is None or local_day(_start_for(day)) != local_day(running.started_at)):
        event = "confirmed" if day else "unpublished"
        for rule in (REVIEW, ARCHIVE):
            stop_clock(rule=rule, subject=subject_of(page.pk), event=event)
        running = None
    if day is not None and running is None:
        start_clock(
            rule=REVIEW, subject=subject_of(page.pk), label=page.title, url=reverse("ledger_page", args=[page.pk]),
            started_at=_start_for(day), unit=unit,
        )  # fmt: skip
    elif running is not None and running.unit != unit:
        # Another unit looks after the page now: its terms are that unit's.
        for clock in Clock.objects.running().of(running.subject):
            assign_clock(rule=clock.rule_code, subject=clock.subject, unit=unit)


def _start_for(day: date) -> datetime:
    """The moment from which the review's clock ends on `day`: who wrote the day said when it was last confirmed.

    The first moment of that day, so that a page confirmed and taken down in one morning stops no clock before its start.
    """
    months = rule_of(REVIEW, day).length
    return timezone.make_aware(datetime.combine(rules.months_later(day, -months), time(0)))


def sync_reviews() -> int:
    """Mends what was missed because a process died after a publication; gives back how many pages were looked at."""
    pages = list(Page.objects.live().type(PublicPage))
    for page in pages:
        sync_review(page=page)
    return len(pages)


def hear_clock(clock: Clock, step: str) -> None:
    """For the registry of clocks: the review's day comes, is over, the archive comes nearer, is reached."""
    number = page_number_of(clock.subject)
    if clock.rule_code not in (REVIEW, ARCHIVE) or number is None:
        return
    page = Page.objects.live().filter(pk=number).first()
    if page is None:
        for rule in (REVIEW, ARCHIVE):
            stop_clock(rule=rule, subject=clock.subject, event="unpublished")
        return
    if step == "overdue" and clock.rule_code == ARCHIVE:
        archive_page(page=page)
    elif step == "overdue":
        archive = start_clock(rule=ARCHIVE, subject=clock.subject, label=page.title, url=clock.url, unit=clock.unit)
        _ask(page, clock, step, archive.due_at)
    else:
        _ask(page, clock, step, clock.due_at)


def _ask(page: Page, clock: Clock, step: str, term: datetime | None) -> None:
    """One letter to whoever looks after the page; a page without an address to write to stays on the desks alone."""
    care = PageCare.objects.filter(page=page.pk).select_related("owner_unit").first()
    address = (care.contact or (care.owner_unit.email if care.owner_unit else "")) if care else ""
    if not address:
        return
    url = f"{settings.PUBLIC_ADDRESS}{reverse('ledger_page', args=[page.pk])}"
    context = {
        "title": page.title,
        "address": f"{settings.PUBLIC_ADDRESS}{page.get_url() or ''}",
        "term": polish_date(term) if term else "",
        "is_before": clock.rule_code == REVIEW and step != "overdue",
        "is_archived": clock.rule_code == ARCHIVE and step == "overdue",
    }
    try:
        send(
            to=address, purpose=PURPOSE, dedup_key=f"{PURPOSE}:{clock.pk}:{step}", template="ledger/mail/review", context=context,
            button=(_("Look and confirm"), url),
        )  # fmt: skip
    except NotDeliverable:
        return


@transaction.atomic
def archive_page(*, page: Page) -> PageStanding:
    """The page stays at its address under a notice and leaves menus, lists and the search; one button brings it back."""
    # The page's row first, as confirming and taking down do: one order of locks, so they wait for each other.
    page = Page.objects.select_for_update().get(pk=page.pk)
    at = database_now()
    standing = put_aside(page=page, standing="archived", since_date=local_day(at))
    clock = Clock.objects.running().filter(rule_code=ARCHIVE, subject=subject_of(page.pk)).first()
    # The review's clock first, as everywhere: a publication stops both without holding the page's row.
    for rule, event in ((REVIEW, "unpublished"), (ARCHIVE, "archived")):
        stop_clock(rule=rule, subject=subject_of(page.pk), event=event)
    record(deed="ledger.archive_page", subject=page, after={"since_date": standing.since_date.isoformat()})
    if clock is not None:
        _ask(page, clock, "overdue", at)
    return standing


@transaction.atomic
def confirm_page(*, page: Page, person: Any) -> date:
    """ "It is right as it stands": the next review is a year ahead, an archived page comes back; gives the next day.

    Raises NobodyLooksAfter, PermissionDenied. A withdrawn page stays withdrawn.
    """
    page = Page.objects.select_for_update().get(pk=page.pk)
    at = database_now()
    care = PageCare.objects.select_related("owner_unit").filter(page=page.pk).first()
    if not rules.may(person, "confirm", care.owner_unit if care else None, at):
        raise PermissionDenied
    if care is None:
        raise rules.NobodyLooksAfter
    before, day = care.review_date, local_day(at)
    care.review_date = rules.months_later(day, rule_of(REVIEW, day).length)
    care.save(update_fields=["review_date"])
    _write_into_versions(page, care.review_date)
    if PageStanding.objects.filter(page=page.pk, standing="archived").exists():
        bring_back(page=page)
    sync_review(page=page)
    record(
        deed="ledger.confirm_page", subject=page, before={"review_date": before and before.isoformat()},
        after={"review_date": care.review_date.isoformat()}, actor=person,
    )  # fmt: skip
    return care.review_date


def _write_into_versions(page: Page, day: date) -> None:
    """The next publication of a draft must not bring the former day back."""
    for revision in page.revisions.filter(
        Q(pk__in=[page.latest_revision_id, page.live_revision_id]) | ~Q(approved_go_live_at=None)
    ):
        for care in revision.content.get("care", []):
            care["review_date"] = day.isoformat()
        revision.save(update_fields=["content"])

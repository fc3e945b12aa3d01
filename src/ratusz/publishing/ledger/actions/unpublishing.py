"""Take a page down with a reason, and bring it back."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import Page

from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.publishing.ledger import rules
from ratusz.publishing.ledger.actions.links import recheck_links_to
from ratusz.publishing.ledger.models import Unpublishing
from ratusz.publishing.website.actions import bring_back, put_aside


@transaction.atomic
def take_down_page(*, page: Page, reason: str, person: Any, public_note: str = "", redirect_to: Page | None = None) -> Unpublishing:
    """In error: the address answers 410, or leads to `redirect_to`. Merged: it leads there. Withdrawn: the page stays at its
    address under a dated notice and leaves menus, lists and the search. Raises UnpublishRefused, PermissionDenied."""
    page = Page.objects.select_for_update().get(pk=page.pk)
    at = database_now()
    if not rules.may(person, "take_down", page, at):
        raise PermissionDenied
    # A page published again by hand is up, whatever an older row says.
    Unpublishing.objects.filter(page=page, undone_at=None).exclude(pk__in=Unpublishing.objects.in_force()).update(undone_at=at)
    rules.check_taking_down(_asked(page, reason, public_note, redirect_to))
    rules.check_public_note(public_note, page.locale.language_code, at)
    down = Unpublishing.objects.create(
        page=page, title=page.title, address=page.get_url() or "", reason=reason, public_note=public_note.strip(),
        redirect_to=redirect_to, revision_number=page.live_revision_id or page.latest_revision_id, done_at=at,
    )  # fmt: skip
    if reason == Unpublishing.Reason.WITHDRAWN:
        put_aside(page=page, standing="withdrawn", since_date=local_day(at), public_note=down.public_note)
    else:
        UnpublishPageAction(page.specific, user=person).execute(skip_permission_checks=True)
        page.refresh_from_db()
        recheck_links_to(page=page)
    record(deed="ledger.take_down_page", subject=page, after=_told(down), actor=person)
    return down


def _asked(page: Page, reason: str, public_note: str, target: Page | None) -> rules.Taking:
    already = Unpublishing.objects.in_force().filter(page=page).exists()
    return rules.Taking(
        page_id=page.pk,
        is_live=page.live and not already,
        published_below=0 if reason == Unpublishing.Reason.WITHDRAWN else page.get_descendants().live().count(),
        reason=reason,
        public_note=public_note,
        target_id=target.pk if target else None,
        target_is_live=bool(target and Page.objects.live().filter(pk=target.pk).exists()),
        target_leads_to=_led_on_from(target),
    )


def _led_on_from(page: Page | None) -> tuple[int, ...]:
    """The pages to which readers of a page taken down are led, one after another."""
    way: list[int] = []
    while page is not None:
        down = Unpublishing.objects.in_force().select_related("redirect_to").filter(page=page.pk).first()
        page = down.redirect_to if down else None
        if page is None or page.pk in way:
            break
        way.append(page.pk)
    return tuple(way)


def _told(down: Unpublishing) -> dict[str, Any]:
    return {
        "reason": down.reason,
        "public_note": down.public_note,
        "address": down.address,
        "redirect_to": down.redirect_to.get_url() if down.redirect_to else "",
    }


@transaction.atomic
def bring_back_page(*, unpublishing: Unpublishing, person: Any) -> Page:
    """The page stands at its address again as it was published. Raises CannotBringBack, PermissionDenied."""
    # The page's row first, as taking down does.
    Page.objects.select_for_update().filter(pk=unpublishing.page_id).first()
    down = Unpublishing.objects.select_for_update().get(pk=unpublishing.pk)
    at = database_now()
    if not rules.may(person, "bring_back", down, at):
        raise PermissionDenied
    if down.page is None or not Unpublishing.objects.in_force().filter(pk=down.pk).exists():
        raise rules.CannotBringBack
    down.undone_at = at
    down.save(update_fields=["undone_at"])
    page = down.page
    if down.reason == Unpublishing.Reason.WITHDRAWN:
        bring_back(page=page)
    else:
        # Without its old version the program itself saves the words that stood there: nobody wrote anything.
        revision = page.revisions.filter(pk=down.revision_number).first() or page.specific.save_revision()
        revision.publish(user=person)
        page.refresh_from_db()
    record(deed="ledger.bring_back_page", subject=page, before=_told(down), actor=person)
    return page

"""The one place that listens to Wagtail: scheduled publishing and closing a page pass no hook, so there is no other way."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save  # noqa: TID251 - no hook tells of a page closed to the public
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from .actions import bump_content_version, index_page, note_change_of_page
from .page_gates.actions import settle_stopped
from .passports.actions import list_places_missed


def listen() -> None:
    """Connects the listeners; called once, from ready()."""
    page_published.connect(_page_changed, dispatch_uid="website.published")
    page_published.connect(_page_went_out, dispatch_uid="website.went_out")
    page_unpublished.connect(_page_left, dispatch_uid="website.unpublished")
    page_slug_changed.connect(_addresses_changed, dispatch_uid="website.slug_changed")
    post_save.connect(_restriction_changed, sender=PageViewRestriction, dispatch_uid="website.closed")
    post_delete.connect(_restriction_changed, sender=PageViewRestriction, dispatch_uid="website.opened")
    post_page_move.connect(_addresses_changed, dispatch_uid="website.moved")


def _page_changed(sender: Any, instance: Page, **kwargs: Any) -> None:
    note_change_of_page(page=instance)
    transaction.on_commit(lambda: _index(instance.pk))


def _page_left(sender: Any, instance: Page, **kwargs: Any) -> None:
    """Pages that link to it change with it."""
    bump_content_version()
    # Now: a page that is being deleted has no number any more when the transaction commits.
    transaction.on_commit(partial(_index, instance.pk))


def _page_went_out(sender: Any, instance: Page, **kwargs: Any) -> None:
    settle_stopped(page_id=instance.pk)
    transaction.on_commit(lambda: list_places_missed(page=instance))


def _index(page_id: int) -> None:
    """A page deleted since leaves its entry to be removed by its number."""
    index_page(page=Page.objects.filter(pk=page_id).first() or Page(pk=page_id, live=False))


def _addresses_changed(sender: Any, instance: Page, **kwargs: Any) -> None:
    """The addresses of all pages below change too."""
    bump_content_version()
    transaction.on_commit(lambda: _index_below(instance.pk))


def _restriction_changed(sender: Any, instance: PageViewRestriction, **kwargs: Any) -> None:
    """A page closed to the public leaves the kept pages and the search at once, and so do those below it."""
    bump_content_version()
    transaction.on_commit(lambda: _index_below(instance.page_id))


def _index_below(page_id: int) -> None:
    page = Page.objects.filter(pk=page_id).first()
    if page is not None:
        for each in page.get_descendants(inclusive=True):
            index_page(page=each)

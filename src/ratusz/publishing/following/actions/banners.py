"""Write, approve, take down and review the emergency banner: it shows with the next page and goes by the database's clock."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse

from ratusz.casework.deadlines.actions import start_clock, stop_clock
from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.outgoing import Outgoing, holds_on, stopping, tell_override
from ratusz.foundation.units.models import Unit
from ratusz.publishing.editing.clocks import REVIEW
from ratusz.publishing.following.banner_rules import BannerRefused, check_banner, may
from ratusz.publishing.following.models import Banner


@transaction.atomic
def write_banner(
    *, person: Any, text: str, expires_at: datetime, starts_at: datetime | None = None, level: str = Banner.Level.WARNING,
    text_in_english: str = "", url: str = "", alone_because: str = "",
) -> Banner:  # fmt: skip
    """A banner that waits for a second person, or shows at once when a head gives a reason.

    Raises BannerRefused and PermissionDenied.
    """
    at = database_now()
    if not may(person, "write", None, at):
        raise PermissionDenied
    starts_at = max(starts_at or at, at)
    check_banner(text, url, starts_at, expires_at, at, text_in_english)
    banner = Banner.objects.create(
        text=text.strip(), text_in_english=text_in_english.strip(), url=url, level=level,
        starts_at=starts_at, expires_at=expires_at, author=person, written_at=at,
    )  # fmt: skip
    record(deed="following.write_banner", subject=banner, after=_facts(banner), actor=person)
    if alone_because.strip():
        _show_alone(banner, person, alone_because.strip(), at)
    return banner


def _show_alone(banner: Banner, person: Any, reason: str, at: datetime) -> None:
    if not may(person, "show_alone", banner, at):
        raise PermissionDenied
    banner.alone_because = reason
    _approve(banner, person, at)
    record(deed="following.show_banner_alone", subject=banner, after=_facts(banner) | {"because": reason}, actor=person)
    start_clock(
        rule=REVIEW,
        subject=subject_of(banner),
        label=banner.text,
        url=reverse("following_banner"),
        unit=Unit.objects.the_department(),
    )


@transaction.atomic
def approve_banner(*, banner: Banner, person: Any) -> Banner:
    """The second person's yes: it shows from now on, or from the hour it is planned for. A second yes changes nothing."""
    banner = Banner.objects.select_for_update().get(pk=banner.pk)
    at = database_now()
    if not may(person, "approve", banner, at):
        raise PermissionDenied
    if banner.approved_at or banner.withdrawn_at:
        return banner
    check_banner(banner.text, banner.url, banner.starts_at, banner.expires_at, at, banner.text_in_english)
    _approve(banner, person, at)
    record(deed="following.approve_banner", subject=banner, after=_facts(banner), actor=person)
    return banner


def _approve(banner: Banner, person: Any, at: datetime) -> None:
    """Lets it show. A hold that asks for a second person lets a life-saving warning by one head through; it is told of the deed."""
    outgoing = Outgoing(
        subject_of(banner), "banner", banner.text, text=banner.text_in_english, is_crisis=True,
        second_person=not banner.alone_because, by=person, url=reverse("following_banner"),
    )  # fmt: skip
    found = stopping(holds_on(outgoing, at), outgoing)
    for hold in found:
        if hold.blocks:
            raise BannerRefused(str(hold.words))
    if found:
        tell_override(outgoing, person, banner.alone_because, at)
    banner.approved_by, banner.approved_at = person, at
    banner.save(update_fields=["approved_by", "approved_at", "alone_because"])


@transaction.atomic
def take_down_banner(*, banner: Banner, person: Any) -> Banner:
    """Gone from every page at once; a second time changes nothing. Raises PermissionDenied."""
    banner = Banner.objects.select_for_update().get(pk=banner.pk)
    at = database_now()
    if not may(person, "take_down", banner, at):
        raise PermissionDenied
    if banner.withdrawn_at is None:
        banner.withdrawn_by, banner.withdrawn_at = person, at
        banner.save(update_fields=["withdrawn_by", "withdrawn_at"])
        record(deed="following.take_down_banner", subject=banner, after=_facts(banner), actor=person)
    return banner


@transaction.atomic
def review_banner(*, banner: Banner, words: str, person: Any) -> Banner:
    """Somebody else says what they think of a banner that one person showed alone; once. Raises PermissionDenied."""
    banner = Banner.objects.select_for_update().get(pk=banner.pk)
    at = database_now()
    if not may(person, "review", banner, at):
        raise PermissionDenied
    if banner.reviewed_at is None and banner.alone_because:
        banner.reviewed_by, banner.reviewed_at, banner.review = person, at, words.strip()
        banner.save(update_fields=["reviewed_by", "reviewed_at", "review"])
        stop_clock(rule=REVIEW, subject=subject_of(banner), event="reviewed", at=at)
        record(deed="following.review_banner", subject=banner, after={"review": banner.review}, actor=person)
    return banner


def subject_of(banner: Banner) -> str:
    """The key under which holds and clocks know a banner."""
    return f"following.banner:{banner.pk}"


def _facts(banner: Banner) -> dict[str, Any]:
    return {
        "text": banner.text, "level": banner.level, "starts_at": banner.starts_at.isoformat(),
        "expires_at": banner.expires_at.isoformat(),
    }  # fmt: skip

"""What changes about topics and pages of units: an editor names a topic, says what a unit is for."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from ratusz.foundation.audit.actions import record
from ratusz.publishing.website.actions import bump_content_version
from ratusz.publishing.website.models import Topic, UnitProfile

FIELDS = {Topic: ("name", "slug", "description", "is_given_up"), UnitProfile: ("slug", "purpose")}


@transaction.atomic
def save_topic(*, topic: Topic, person: Any = None) -> Topic:
    """Makes or changes a topic; pages show it at once."""
    return _save(topic, person, "website.save_topic")


@transaction.atomic
def save_unit_page(*, profile: UnitProfile, person: Any = None) -> UnitProfile:
    """Makes or changes the page of a unit; pages show it at once."""
    return _save(profile, person, "website.save_unit_page")


def _save(row: Any, person: Any, deed: str) -> Any:
    former = type(row).objects.filter(pk=row.pk).first()
    row.save()
    bump_content_version()
    record(deed=deed, subject=row, before=_facts(former) if former else None, after=_facts(row), actor=person)
    return row


def _facts(row: Any) -> dict[str, Any]:
    return {name: getattr(row, name) for name in FIELDS[type(row)]}

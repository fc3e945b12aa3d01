"""Notices are written, changed, published version by version, and closed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from ratusz.foundation.audit.actions import record
from ratusz.foundation.jobs.actions import plan
from ratusz.foundation.kit.clock import database_now
from ratusz.publishing.intranet import audience, rules
from ratusz.publishing.intranet.differences import has_changed
from ratusz.publishing.intranet.models import Notice, NoticeTarget, NoticeVersion, State
from ratusz.publishing.intranet.queries import newest_version, words_for_search
from ratusz.publishing.intranet.tree import read_tree

FIELDS = (
    "title", "lead", "body", "category", "owner_unit", "on_behalf_of", "is_pinned", "is_lead_story", "comments_open",
    "is_required", "due_at", "is_urgent", "urgent_reason", "valid_until",
)  # fmt: skip
FEATURED = ("is_pinned", "is_lead_story")


@transaction.atomic
def write_notice(*, person: Any, targets: Iterable[NoticeTarget] = (), **facts: Any) -> Notice:
    """A new draft; `facts` are those in FIELDS, `targets` unsaved rows (none: all staff).

    Raises PermissionDenied, rules.NotTheirUnit and the refusals of rules.check_facts.
    """
    now = database_now()
    notice = Notice(author=person)
    _set(notice, facts)
    if not rules.may(person, "change", notice, now):
        raise PermissionDenied
    targets = list(targets)
    _check(notice, targets, person, now)
    notice.save(force_insert=True)
    _aim(notice, targets)
    record(deed="intranet.write_notice", subject=notice, after=facts_of(notice), actor=person)
    return notice


@transaction.atomic
def change_notice(
    *, notice: Notice, person: Any, targets: Iterable[NoticeTarget] | None = None, opened: str = "", **facts: Any
) -> Notice:
    """Changes the working text and the settings; readers see new words only with the next version. Closed ones stay as they are.

    `opened` is the edition the person had before their eyes. Raises PermissionDenied, rules.NotOnView, rules.ChangedMeanwhile,
    rules.NotTheirUnit and the refusals of rules.check_facts.
    """
    now = database_now()
    notice = _locked(notice, person, now)
    if notice.state == State.CLOSED:
        raise rules.NotOnView
    if opened and opened != (edition := edition_of(notice)):
        raise rules.ChangedMeanwhile(edition)
    before = facts_of(notice)
    _set(notice, facts)
    if not rules.may(person, "change", notice, now):
        raise PermissionDenied
    aimed = list(notice.targets.all()) if targets is None else list(targets)
    _check(notice, aimed, person, now, were_featured=(before["is_pinned"], before["is_lead_story"]))
    _take_the_lead(notice)
    notice.save()
    if targets is not None:
        _aim(notice, aimed)
    record(deed="intranet.change_notice", subject=notice, before=before, after=facts_of(notice), actor=person)
    return notice


@transaction.atomic
def publish_notice(*, notice: Notice, person: Any, is_major: bool = True, what_changed: str = "") -> NoticeVersion:
    """Readers see the working text from now on. A major version asks everybody to confirm again; the first one is major.

    Staff are told after the commit when the notice is required or urgent. Raises PermissionDenied, rules.NotOnView, NoText,
    TermPassed, NothingChanged.
    """
    now = database_now()
    notice = _locked(notice, person, now)
    rules.check_publishing(notice, now)
    newest = newest_version(notice)
    if newest and not has_changed(newest, notice):
        raise rules.NothingChanged
    return put_out(notice, person, now, is_major=is_major, what_changed=what_changed)


def put_out(notice: Notice, person: Any, now: datetime, *, is_major: bool = True, what_changed: str = "") -> NoticeVersion:
    """The working text becomes the next version; the caller holds the lock and has checked."""
    number = notice.current_version + 1
    version = NoticeVersion(notice=notice, number=number, is_major=is_major or number == 1, what_changed=what_changed)
    version.title, version.lead, version.body, version.written_by, version.written_at = (
        notice.title, notice.lead, notice.body, person, now,
    )  # fmt: skip
    version.save(force_insert=True)
    notice.state, notice.current_version, notice.changed_at = State.PUBLISHED, number, now
    notice.published_at = notice.published_at or now
    notice.words = words_for_search(notice.title, notice.lead, notice.body)
    _take_the_lead(notice)
    notice.save()
    after = {"version": number, "is_major": version.is_major, "what_changed": what_changed}
    record(deed="intranet.publish_notice", subject=notice, after=after, actor=person)
    if version.is_major and (notice.is_required or notice.is_urgent):
        _tell(notice, version, person, now)
    return version


def _tell(notice: Notice, version: NoticeVersion, person: Any, now: datetime) -> None:
    """Who broke the quiet hours and why stands in the record of its own, because somebody may ask about it."""
    if notice.is_urgent and rules.may_tell_at(now, is_urgent=False) > now:
        after = {"reason": notice.urgent_reason, "version": version.number}
        record(deed="intranet.override_quiet_hours", subject=notice, after=after, actor=person)
    plan(action="intranet.tell_staff", arguments={"version": version.pk}, key=f"intranet.tell_staff:{version.pk}")


@transaction.atomic
def close_notice(*, notice: Notice, person: Any) -> Notice:
    """Takes the notice off the view and out of everybody's duties; confirmations stay. PermissionDenied, rules.NotOnView."""
    now = database_now()
    notice = _locked(notice, person, now)
    if notice.state != State.PUBLISHED:
        raise rules.NotOnView
    take_off(notice, now, person)
    return notice


def take_off(notice: Notice, now: datetime, person: Any = None) -> None:
    """Closes it; the caller holds the lock and has checked."""
    notice.state, notice.closed_at = State.CLOSED, now
    notice.save(update_fields=["state", "closed_at"])
    record(deed="intranet.close_notice", subject=notice, before={"state": "published"}, after={"state": "closed"}, actor=person)


def _locked(notice: Notice, person: Any, now: datetime) -> Notice:
    notice = Notice.objects.select_for_update(of=("self",)).select_related("owner_unit").get(pk=notice.pk)
    if not rules.may(person, "change", notice, now):
        raise PermissionDenied
    return notice


def _set(notice: Notice, facts: dict[str, Any]) -> None:
    if unknown := set(facts) - set(FIELDS):
        raise TypeError(f"a notice has no {', '.join(sorted(unknown))}")
    for name, value in facts.items():
        setattr(notice, name, value)


def _check(
    notice: Notice, targets: list[NoticeTarget], person: Any, now: datetime, were_featured: tuple[bool, bool] = (False, False)
) -> None:
    rules.check_facts({name: getattr(notice, name) for name in FIELDS if name != "owner_unit"})
    if (notice.is_pinned, notice.is_lead_story) != were_featured and not rules.may(person, "feature", notice, now):
        raise PermissionDenied
    tree = read_tree()
    rules.check_targets(person, audience.units_of_targets(targets, tree), audience.headed_units(person, now, tree), now)


def _aim(notice: Notice, targets: list[NoticeTarget]) -> None:
    notice.targets.all().delete()
    for target in targets:
        target.pk, target.notice = None, notice
    NoticeTarget.objects.bulk_create(targets)


def _take_the_lead(notice: Notice) -> None:
    """There is one lead story; the newer one takes the place."""
    if notice.is_lead_story and notice.state == State.PUBLISHED:
        Notice.objects.filter(is_lead_story=True, state=State.PUBLISHED).exclude(pk=notice.pk).update(is_lead_story=False)


def facts_of(notice: Notice) -> dict[str, Any]:
    """The settings and the title as the record keeps them."""
    targets = [] if notice.pk is None else [f"{each.unit_id}/{each.building_id}/{each.role_id}" for each in notice.targets.all()]
    plain = {name: getattr(notice, name) for name in FIELDS if name not in ("owner_unit", "body")}
    return {**plain, "owner_unit": notice.owner_unit.short_name, "targets": sorted(targets)}


def edition_of(notice: Notice) -> str:
    """A mark of everything that the form changes: another one as soon as somebody has saved anything."""
    content = json.dumps([facts_of(notice), notice.body], sort_keys=True, default=str)
    return hashlib.sha256(content.encode()).hexdigest()

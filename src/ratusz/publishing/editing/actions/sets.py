"""Release sets: put together, approved by somebody else, checked a day and an hour before, let out whole or not at all."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from ratusz.foundation.audit.acting import acting, system
from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.outgoing import Outgoing, holds_on, stopping
from ratusz.publishing.editing import rules
from ratusz.publishing.editing.models import ReleaseItem, ReleaseSet
from ratusz.publishing.editing.registries import ReleaseKind, release_kinds

from .letting_out import letting_out
from .set_letters import tell_maker

DAY, HOUR = timedelta(hours=24), timedelta(hours=1)
Troubles = list[tuple[str, str]]


def _locked(release: ReleaseSet, person: Any, deed: str, at: datetime) -> ReleaseSet:
    row = ReleaseSet.objects.select_for_update(of=("self",)).get(pk=release.pk)
    rules.check_set(person, deed, row, at)
    return row


def _save(release: ReleaseSet, deed: str, person: Any, **after: Any) -> None:
    release.save()
    record(deed=deed, subject=release, after={"state": release.state, **after}, actor=person)


@transaction.atomic
def make_set(*, name: str, person: Any, goes_out_at: datetime | None = None) -> ReleaseSet:
    """An empty set. Raises PermissionDenied outside the department."""
    now = database_now()
    release = ReleaseSet(name=name, goes_out_at=goes_out_at, made_by=person, last_edited_by=person, made_at=now)
    rules.check_set(person, "edit", release, now)
    _save(release, "editing.make_set", person, goes_out_at=goes_out_at)
    return release


def _changed(release: ReleaseSet, person: Any) -> None:
    """A changed set is a draft again: what was approved was something else."""
    release.last_edited_by, release.state = person, ReleaseSet.State.DRAFT
    release.approved_by = release.approved_at = release.day_check_at = release.hour_check_at = release.stopped_at = None
    release.troubles = []


@transaction.atomic
def change_set(*, release: ReleaseSet, name: str, goes_out_at: datetime | None, person: Any) -> ReleaseSet:
    """Another name or moment; the set needs a new approval."""
    release = _locked(release, person, "edit", database_now())
    release.name, release.goes_out_at = name, goes_out_at
    _changed(release, person)
    _save(release, "editing.change_set", person, goes_out_at=goes_out_at)
    return release


@transaction.atomic
def add_item(*, release: ReleaseSet, kind: str, key: str, person: Any) -> ReleaseItem:
    """Puts one more thing into a set. Raises NotNow when it is gone or waits in a set already, KeyError for an unknown kind."""
    release = _locked(release, person, "edit", database_now())
    try:
        label = release_kinds[kind].label(key)
    except LookupError:
        raise rules.NotNow(_("There is no such thing to add.")) from None
    if (joins := release_kinds[kind].joins) is not None:
        joins(key)
    try:
        with transaction.atomic():
            item = ReleaseItem.objects.create(release_set=release, kind=kind, key=key)
    except IntegrityError:
        raise rules.NotNow(_("%(thing)s waits in a set already. Take it out there first.") % {"thing": label}) from None
    _changed(release, person)
    _save(release, "editing.add_item", person, item=f"{kind} {key}")
    return item


@transaction.atomic
def remove_item(*, item: ReleaseItem, person: Any) -> None:
    """Takes one thing out of its set."""
    release = _locked(item.release_set, person, "edit", database_now())
    ReleaseItem.objects.filter(pk=item.pk).delete()
    _changed(release, person)
    _save(release, "editing.remove_item", person, item=str(item))


@transaction.atomic
def approve_set(*, release: ReleaseSet, person: Any) -> ReleaseSet:
    """The second pair of eyes says yes to the whole. Raises NotComplete with what would stand in the way at its moment."""
    now = database_now()
    release = _locked(release, person, "approve", now)
    release.approved_by = person
    by = None if release.goes_out_at else person
    if troubles := troubles_of_set(release, max(now, release.goes_out_at or now), by=by):
        raise rules.NotComplete(troubles)
    for item in release.items.all():
        item.approved_as = _version(release_kinds[item.kind], item)
        item.save(update_fields=["approved_as"])
    release.state, release.approved_by, release.approved_at = ReleaseSet.State.APPROVED, person, now
    _save(release, "editing.approve_set", person)
    return release


@transaction.atomic
def close_set(*, release: ReleaseSet, person: Any) -> None:
    """Nothing goes out by this set; its things are free for another one."""
    release = _locked(release, person, "edit", database_now())
    release.state, release.approved_by, release.approved_at = ReleaseSet.State.CLOSED, None, None
    release.items.update(is_held=False)
    _save(release, "editing.close_set", person)


def troubles_of_set(release: ReleaseSet, at: datetime, by: Any = None) -> Troubles:
    """What stands in the way of each thing at that moment; an empty set is a trouble too.

    `by` would let it out then, None: the program.
    """
    items = list(release.items.all())
    if not items:
        return [(_("There is nothing in this set yet."), "")]
    troubles = [trouble for item in items for trouble in _troubles(item, at, by, release)]
    if release.approved_by_id is not None and (written := rules.written_in_set(release.approved_by_id, release)):
        words = _("Whoever approved the set wrote something in it: %(things)s. Somebody else approves it.")
        troubles.append((words % {"things": ", ".join(written)}, ""))
    return troubles


def _version(kind: ReleaseKind, item: ReleaseItem) -> str:
    return kind.version(item.key) if kind.version is not None else ""


def _changed_since(kind: ReleaseKind, item: ReleaseItem, release: ReleaseSet) -> Troubles:
    """What the set's approver never saw does not go out in their name."""
    if release.state != ReleaseSet.State.APPROVED or item.approved_as == _version(kind, item):
        return []
    words = _("it has changed since the set was approved. Take it out, put it in anew, and somebody else approves the set again")
    return [(words, kind.address(item.key))]


def _troubles(item: ReleaseItem, at: datetime, by: Any, release: ReleaseSet) -> Troubles:
    if item.kind not in release_kinds:
        return [(_("The program does not know things of this kind any more: %(thing)s.") % {"thing": item}, "")]
    kind = release_kinds[item.kind]
    try:
        label = kind.label(item.key)
        lacks = kind.troubles(item.key, at) or _changed_since(kind, item, release)
        found = [*lacks, *_holds(kind, item, at, by, release.approved_by_id)]
        return [(f"{label}: {words}", address) for words, address in found]
    except LookupError:
        return [(_("Something in this set is gone: %(thing)s. Take it out.") % {"thing": item}, "")]


def _holds(kind: ReleaseKind, item: ReleaseItem, at: datetime, by: Any, approved_by: int | None) -> Troubles:
    if kind.outgoing is None:
        return []
    outgoing = kind.outgoing(item.key, by, approved_by)
    return [(str(hold.words), kind.address(item.key)) for hold in stopping(holds_on(outgoing, at), outgoing)]


def _outgoing(release: ReleaseSet, by: Any) -> list[Outgoing]:
    """Everything in the set that may be held and is still there."""
    found = []
    for item in release.items.all():
        with suppress(LookupError):
            outgoing = release_kinds[item.kind].outgoing
            if outgoing is not None:
                found.append(outgoing(item.key, by, release.approved_by_id))
    return found


def release_set(*, release: ReleaseSet, person: Any, is_due: bool = False) -> ReleaseSet:
    """Lets a whole set out now, in one transaction; of two at once one does. `is_due`: the program does, in that person's name.

    Whatever may not go, or fails on its way, keeps everything back: raises NotComplete with each reason and where it is
    mended, and the set stays with these words until somebody lets it go again.
    """
    try:
        with letting_out():
            return _release(release, person, None if is_due else person)
    except rules.NotComplete as refusal:
        _stop(release, refusal.findings)
        raise


def _release(release: ReleaseSet, person: Any, by: Any) -> ReleaseSet:
    release = ReleaseSet.objects.select_for_update(of=("self",)).get(pk=release.pk)
    now = database_now()
    rules.check_set(person, "release", release, now)
    if troubles := troubles_of_set(release, now, by):
        raise rules.Held(troubles, _outgoing(release, by))
    for item in release.items.all():
        _let_out(item, person, now)
    release.items.update(is_held=False)
    release.state, release.released_at, release.stopped_at, release.troubles = ReleaseSet.State.RELEASED, now, None, []
    _save(release, "editing.release_set", person, items=release.items.count())
    return release


def _let_out(item: ReleaseItem, person: Any, at: datetime) -> None:
    kind = release_kinds[item.kind]
    try:
        kind.release(item.key, person, at)
    except Exception as problem:
        words = _("%(thing)s did not go out: %(why)s") % {"thing": kind.label(item.key), "why": problem}
        raise rules.NotComplete([(words, kind.address(item.key))]) from problem


@transaction.atomic
def _stop(release: ReleaseSet, troubles: Troubles) -> None:
    row = ReleaseSet.objects.select_for_update(of=("self",)).get(pk=release.pk)
    if row.state != ReleaseSet.State.APPROVED:
        return
    row.stopped_at, row.troubles = database_now(), [list(trouble) for trouble in troubles]
    _save(row, "editing.stop_set", None, troubles=[words for words, _address in troubles])
    tell_maker(row, "stopped")


def release_due_sets() -> int:
    """For the schedule: lets out the sets whose moment has come; gives back how many went out. Two schedulers release once."""
    count = 0
    for release in list(ReleaseSet.objects.due(database_now()).select_related("approved_by")):
        with acting(system("editing")):
            try:
                release_set(release=release, person=release.approved_by, is_due=True)
                count += 1
            except rules.NotNow:
                continue
            except PermissionDenied:
                words = _("Whoever approved the set may not let it out any more. Look through it and let it go.")
                _stop(release, [(words, "")])
    return count


def check_sets() -> int:
    """For the schedule: looks at each waiting set a day and an hour before its moment, and tells its maker what is wrong."""
    now, count = database_now(), 0
    waiting = ReleaseSet.objects.waiting().filter(goes_out_at__gt=now, goes_out_at__lte=now + DAY)
    for pk in list(waiting.values_list("pk", flat=True)):
        count += _check_one(pk, now)
    return count


@transaction.atomic
def _check_one(pk: int, at: datetime) -> bool:
    release = ReleaseSet.objects.select_for_update(of=("self",)).get(pk=pk)
    is_hour = release.goes_out_at is not None and release.goes_out_at <= at + HOUR
    done = release.hour_check_at if is_hour else release.day_check_at
    if release.state != ReleaseSet.State.APPROVED or done is not None:
        return False
    release.day_check_at = release.day_check_at or at
    release.hour_check_at = at if is_hour else None
    release.troubles = [list(trouble) for trouble in troubles_of_set(release, release.goes_out_at or at)]
    with acting(system("editing")):
        _save(release, "editing.check_set", None, troubles=len(release.troubles))
    if release.troubles:
        tell_maker(release, "hour" if is_hour else "day")
    return True

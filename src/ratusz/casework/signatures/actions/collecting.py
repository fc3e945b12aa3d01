"""A collection opens for a thing, follows what the thing says, closes, and runs out when the thing has ended."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext

from ratusz.casework.signatures import rules, terms
from ratusz.casework.signatures.models import Collection
from ratusz.casework.signatures.registries import Supported, thing_of
from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now

FOLLOWED = ("title", "url", "needed", "until")
"""What a collection copies of its thing."""


@transaction.atomic
def open_collection(*, subject: str, person: Any = None) -> Collection:
    """Opens the collection of a thing; the same thing has one, however often it is asked for.

    Without `person` it is the thing's own module that opens it. Raises SignatureRefused for a thing that does not exist, NotYours.
    """
    now = database_now()
    if person is not None:
        rules.check_may(person, "manage", None, now)
    facts = _facts(_thing(subject))
    collection, is_new = Collection.objects.get_or_create(subject=subject, defaults={**facts, "opened_at": now})
    if is_new:
        record(deed="signatures.open_collection", subject=collection, after=facts, actor=person)
    return collection


def _thing(subject: str) -> Supported:
    thing = thing_of(subject)
    if thing is None:
        raise rules.SignatureRefused(gettext("There is nothing here that people could support."))
    return thing


def _facts(thing: Supported) -> dict[str, Any]:
    return {name: getattr(thing, name) for name in FOLLOWED}


@transaction.atomic
def renew_collection(*, subject: str) -> Collection | None:
    """Copies anew what the thing says (title, needed, until): its module calls it after a change. None without a collection."""
    collection = Collection.objects.select_for_update().filter(subject=subject).first()
    thing = thing_of(subject)
    if collection is None or thing is None:
        return collection
    before, after = {name: getattr(collection, name) for name in FOLLOWED}, _facts(thing)
    if before != after:
        Collection.objects.filter(pk=collection.pk).update(**after)
        record(deed="signatures.renew_collection", subject=collection, before=before, after=after)
        collection.refresh_from_db()
    return collection


@transaction.atomic
def close_collection(*, collection: Collection, person: Any = None) -> Collection:
    """No signature is taken from now; closed twice it is closed once. Raises NotYours."""
    now = database_now()
    if person is not None:
        rules.check_may(person, "manage", collection, now)
    collection = Collection.objects.select_for_update().get(pk=collection.pk)
    if collection.closed_at is None:
        collection.closed_at = now
        collection.save(update_fields=["closed_at"])
        record(deed="signatures.close_collection", subject=collection, after={"closed_at": now}, actor=person)
    return collection


@transaction.atomic
def reopen_collection(*, collection: Collection, person: Any = None) -> Collection:
    """Takes signatures again, such as after a call to complete the list. Raises NotYours, SignatureRefused once it ran out."""
    now = database_now()
    if person is not None:
        rules.check_may(person, "manage", collection, now)
    collection = Collection.objects.select_for_update().get(pk=collection.pk)
    if collection.keep_until is not None:
        raise rules.SignatureRefused(gettext("The thing has ended. Its collection cannot be opened again."))
    if collection.closed_at is not None:
        collection.closed_at = None
        collection.save(update_fields=["closed_at"])
        record(deed="signatures.reopen_collection", subject=collection, actor=person)
    return collection


@transaction.atomic
def end_collection(*, subject: str, ended_at: datetime | None = None, kept_days: int | None = None) -> Collection | None:
    """The thing has ended: its collection closes and its days of keeping run from then. Called again, the day is moved.

    `kept_days`: fewer than the thing or the pack says, such as 0 for a thing that was given up.
    """
    collection = Collection.objects.select_for_update().filter(subject=subject).first()
    if collection is None or collection.erased_at is not None:
        return collection
    now, thing = database_now(), thing_of(subject)
    ended = ended_at or now
    said = kept_days if kept_days is not None else thing.kept_days if thing is not None else None
    days = terms.term("kept_days", now) if said is None else said
    collection.closed_at, collection.keep_until = collection.closed_at or now, ended + timedelta(days=days)
    collection.save(update_fields=["closed_at", "keep_until"])
    record(deed="signatures.end_collection", subject=collection, after={"keep_until": collection.keep_until})
    return collection

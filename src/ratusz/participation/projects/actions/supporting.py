"""Supporters of a project: a collection is begun by the author or the Office, follows the project, ends with its check."""

from __future__ import annotations

from typing import Any, BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from ratusz.casework.signatures import actions as signatures
from ratusz.casework.signatures.models import Collection, Sheet
from ratusz.casework.signatures.rules import SignatureRefused
from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.participation.projects import rules, supporting
from ratusz.participation.projects.models import Application
from ratusz.participation.projects.settings import setting


@transaction.atomic
def start_collecting(*, application: Application, person: Any = None) -> Collection:
    """Opens the collection; begun twice it is one. Without `person` it is the author, by their link.

    Raises NotYours, ApplicationRefused while the project has no title or no pool, and once it is past its formal check.
    """
    application = Application.objects.select_for_update(of=("self",)).select_related("edition", "pool").get(pk=application.pk)
    if person is not None:
        rules.check_may(person, "enter", application, database_now())
    rules.check_state(application, *supporting.COLLECTING)
    try:
        collection = signatures.open_collection(subject=application.key)
    except SignatureRefused as refusal:
        raise rules.ApplicationRefused(
            _("Write the title, choose the whole city or a district, and save: people must know what they sign.")
        ) from refusal
    record(deed="projects.start_collecting", subject=application, after={"needed": collection.needed}, actor=person)
    return collection


@transaction.atomic
def hand_in_scan(*, application: Application, number: int, upload: BinaryIO, name: str) -> Sheet:
    """The author sends the scan of a signed sheet, while signatures are collected. Raises ApplicationRefused."""
    collection = supporting.collection(application)
    if collection is None:
        raise rules.ApplicationRefused(_("No signatures are collected for this project yet."))
    try:
        return signatures.hand_in_scan(collection=collection, number=number, scan=(upload, name))
    except SignatureRefused as refusal:
        raise rules.ApplicationRefused(str(refusal)) from refusal


def follow(application: Application) -> None:
    """The collection takes over the title, the pool's number and the last moment; within the caller's transaction."""
    signatures.renew_collection(subject=application.key)


def end_supporting(application: Application) -> None:
    """The check is over: nobody signs any more, and the days run in which it may be contested; within the caller's transaction."""
    signatures.end_collection(subject=application.key)


def drop_supporters(application: Application) -> None:
    """A draft nobody submitted needs its supporters no more: who they were goes the next night; within the caller's transaction."""
    signatures.end_collection(subject=application.key, kept_days=0)


def check_pool_stays(application: Application, facts: dict[str, Any]) -> None:
    """Raises ApplicationRefused when people have signed and the project would move to another pool."""
    if "pool" not in facts or facts["pool"] == application.pool or application.pool is None:
        return
    collection = supporting.collection(application)
    if collection is not None and (collection.signatures.exists() or collection.sheets.exists()):
        words = _("People sign for a project in: %(pool)s. For another place begin a new draft.") % {"pool": application.pool.name}
        raise rules.ApplicationRefused(words, {"pool": words})


def check_supporters(application: Application) -> None:
    """Raises ApplicationRefused where the city takes in no application that is short of signatures.

    Paper that came and is not read yet speaks for the author.
    """
    if setting(application.edition, "short_of_signatures") != "refuse":
        return
    found = supporting.standing(application)
    needed = supporting.needed(application)
    if needed and (found is None or (found.valid < needed and not (found.lines or found.sheets))):
        raise rules.ApplicationRefused(
            _("Signatures that count: %(valid)s of %(needed)s. Collect the rest, or send scans of the sheets, and submit then.")
            % {"valid": found.valid if found else 0, "needed": needed}
        )


def check_enough(application: Application) -> None:
    """Raises ApplicationRefused when what was counted does not let a verifier say that there are enough supporters."""
    found = supporting.standing(application)
    if found is not None and not found.is_enough:
        words = _("The list of supporters cannot be marked as met. %(standing)s") % {"standing": supporting.words_of(found)}
        raise rules.ApplicationRefused(words)

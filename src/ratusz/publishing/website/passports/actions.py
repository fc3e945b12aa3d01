"""What is done with rights to pictures: write a passport, add a consent, withdraw it, settle the places where the picture was."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from wagtail.models import Page

from ratusz.foundation.audit.actions import record
from ratusz.foundation.files.actions import accept_upload
from ratusz.foundation.files.models import StoredFile
from ratusz.foundation.kit.clock import database_now
from ratusz.publishing.website.actions import bump_content_version
from ratusz.publishing.website.models import ImageConsent, ImagePassport, PortalImage, PortalRendition, WithdrawalTask
from ratusz.publishing.website.passports import rules
from ratusz.publishing.website.passports.uses import pictures_of, uses_of

CONSENT_PURPOSE = "website.image_consent"


@transaction.atomic
def write_passport(*, image: PortalImage, person: Any, holds_for: str | None = None, **facts: Any) -> ImagePassport:
    """Writes the picture's passport or changes it; `facts` are its fields. It holds for the file the picture has now.

    `holds_for`: the hash of an earlier file, whose passport it stays: nobody has said that it is right for the new one.
    Raises PermissionDenied, ConsentWithdrawn, ValidationError in words.
    """
    image = PortalImage.objects.select_for_update(of=("self",)).get(pk=image.pk)
    _check(person, "write_passport", image)
    passport = ImagePassport.objects.filter(image=image).first() or ImagePassport(image=image)
    if passport.withdrawn_at is not None:
        raise rules.ConsentWithdrawn
    before = passport.facts() if passport.pk else None
    for name, value in facts.items():
        setattr(passport, name, value)
    passport.file_hash = image.get_file_hash() if holds_for is None else holds_for
    passport.full_clean()
    passport.save()
    bump_content_version()
    record(deed="website.write_passport", subject=passport, before=before, after=passport.facts(), actor=person)
    return passport


@transaction.atomic
def add_consent(
    *, passport: ImagePassport, who_signed: str, person: Any, upload: Any = None, file: StoredFile | None = None,
    signed_date: date | None = None,
) -> ImageConsent:  # fmt: skip
    """Adds a signed consent, uploaded or kept already (`file`); raises FileRefused for a document that cannot be taken."""
    _check(person, "write_passport", passport.image)
    if passport.withdrawn_at is not None:
        raise rules.ConsentWithdrawn
    # The Office's document, not the clerk's: it stays when the clerk's account goes.
    kept = file or accept_upload(
        upload=upload, name=upload.name, purpose=CONSENT_PURPOSE, subject=f"{passport._meta.label}:{passport.pk}"
    )
    consent = ImageConsent.objects.create(passport=passport, who_signed=who_signed, file=kept, signed_date=signed_date)
    record(deed="website.add_image_consent", subject=passport, after={"signed by": who_signed}, actor=person)
    return consent


@transaction.atomic
def withdraw_consent(*, image: PortalImage, reason: str, person: Any) -> list[WithdrawalTask]:
    """The consent is taken back: from now the picture is shown nowhere on the portal, and every place of use becomes a task.

    Raises PermissionDenied, ValidationError (no passport, no reason), ConsentWithdrawn.
    """
    passport = ImagePassport.objects.select_for_update().filter(image=image).first()
    _check(person, "withdraw", passport)
    reason = " ".join(reason.split())
    if passport is None or not reason:
        raise ValidationError(rules.words_why_not_withdrawn(has_passport=passport is not None))
    if passport.withdrawn_at is not None:
        raise rules.ConsentWithdrawn
    passport.withdrawn_at, passport.withdrawal_reason = database_now(), reason[:300]
    passport.save()
    tasks = _write_tasks(passport)
    _remove_renditions(image)
    bump_content_version()
    record(deed="website.withdraw_image_consent", subject=passport, after={"places": len(tasks)}, actor=person)
    return tasks


@transaction.atomic
def list_places_again(*, passport: ImagePassport, person: Any) -> list[WithdrawalTask]:
    """Looks once more where a withdrawn picture is used; new places become tasks. Gives back the new ones."""
    _check(person, "withdraw", passport)
    passport = ImagePassport.objects.select_for_update().get(pk=passport.pk)
    tasks = _write_tasks(passport) if passport.withdrawn_at else []
    record(deed="website.list_places_again", subject=passport, after={"new places": len(tasks)}, actor=person)
    return tasks


@transaction.atomic
def list_places_missed(*, page: Page) -> int:
    """After a publication: consents withdrawn while the page was on its way out, whose places were listed without it.

    Waits for a withdrawal that is just being written; a later one sees the page. Gives back how many places it found.
    """
    withdrawn = ImagePassport.objects.select_for_update().filter(image__in=pictures_of(page)).order_by("pk")
    missed = [(passport, tasks) for passport in withdrawn if passport.withdrawn_at and (tasks := _write_tasks(passport))]
    for passport, tasks in missed:
        record(deed="website.list_places_again", subject=passport, after={"new places": len(tasks)})
    return sum(len(tasks) for _passport, tasks in missed)


@transaction.atomic
def finish_withdrawal_task(*, task: WithdrawalTask, note: str, person: Any) -> WithdrawalTask:
    """The picture is gone from the place (or, where nothing can be recalled, what was done instead).

    Raises PermissionDenied, ValidationError without a note, StillInUse while the place shows it. Done once; again changes nothing.
    """
    task = WithdrawalTask.objects.select_for_update(of=("self",)).select_related("passport__image").get(pk=task.pk)
    _check(person, "finish_task", task.passport)
    note = " ".join(note.split())
    if task.done_at is not None:
        return task
    if not note:
        raise ValidationError(rules.words_for_a_note())
    if not task.is_beyond_recall and _is_still_there(task):
        raise rules.StillInUse
    task.done_at, task.done_by, task.note = database_now(), person, note[:300]
    task.save()
    record(
        deed="website.finish_withdrawal_task", subject=task.passport, after={"where": task.where, "note": task.note}, actor=person
    )
    return task


def _check(person: Any, deed: str, subject: Any) -> None:
    if not rules.may(person, deed, subject, database_now()):
        raise PermissionDenied


def _write_tasks(passport: ImagePassport) -> list[WithdrawalTask]:
    at, made = database_now(), []
    for source, use in uses_of(passport.image):
        words = {
            "where": use.where[:300],
            "outlet": use.outlet[:40],
            "url": use.url[:500],
            "is_beyond_recall": use.is_beyond_recall,
        }
        task, is_new = WithdrawalTask.objects.get_or_create(
            passport=passport, source=source, key=use.lasting_key, defaults=words | {"found_at": at}
        )
        if is_new:
            made.append(task)
    return made


def _is_still_there(task: WithdrawalTask) -> bool:
    """A task of a page stands for the page and for its drafts one by one, so the same place is meant by the same key."""
    return any(source == task.source and use.lasting_key == task.key for source, use in uses_of(task.passport.image))


def _remove_renditions(image: PortalImage) -> None:
    """The sizes that pages showed; their files go after the commit. The original stays, as proof, where no address leads."""
    files = [rendition.file for rendition in PortalRendition.objects.filter(image=image)]
    PortalRendition.objects.filter(image=image).delete()
    for file in files:
        transaction.on_commit(partial(file.storage.delete, file.name))

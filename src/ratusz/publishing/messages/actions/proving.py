"""What people bring back: the link and the proof of what they published elsewhere, and where posters hang."""

from __future__ import annotations

from datetime import datetime
from typing import Any, BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from ratusz.foundation.audit.actions import record
from ratusz.foundation.files.actions import accept_upload
from ratusz.foundation.files.models import StoredFile
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.links import is_safe_url
from ratusz.publishing.messages import rules
from ratusz.publishing.messages.actions.correcting import settle_task
from ratusz.publishing.messages.actions.locking import check_may, locked_variant
from ratusz.publishing.messages.models import Correction, CorrectionTask, Hanging, Proof, Variant
from ratusz.publishing.messages.models.variant import SENT, State
from ratusz.publishing.messages.outlets import outlet_of

WEB = ("https://", "http://")


@transaction.atomic
def record_by_hand(
    *, variant: Variant, person: Any, published_by: str, published_at: datetime, url: str = "", upload: BinaryIO | None = None,
    name: str = "",
) -> Proof:  # fmt: skip
    """Writes down that a text was published elsewhere: where, by whom there, when, with a proof; a correction due there is done."""
    variant = locked_variant(variant)
    check_may(person, "write", variant.message)
    if variant.state not in SENT or variant.release is None:
        raise rules.Refused(_("This text has not been sent there yet."))
    if published_at > database_now():
        raise rules.Refused(_("This moment has not come yet. Write when it was published."))
    if not url and upload is None:
        raise rules.Refused(_("Paste the link or add a file that shows it published."))
    if url and not (url.startswith(WEB) and is_safe_url(url)):
        raise rules.Refused(_("Paste the whole address, beginning with https://."))
    file = _kept(upload, name, variant, person)
    now = database_now()
    proof = Proof.objects.create(
        variant=variant, release=variant.release, url=url, published_by=published_by.strip(), published_at=published_at, file=file,
        recorded_by=person, recorded_at=now,
    )  # fmt: skip
    due = _due_task(variant)
    variant.state, variant.outside_url = State.CONFIRMED, url or variant.outside_url
    variant.save()
    if due is not None:
        settle_task(task=due, person=person)
    record(deed="messages.record_by_hand", subject=variant, after={"url": url, "published_by": published_by}, actor=person)
    variant.refresh_from_db()
    return proof


def _kept(upload: BinaryIO | None, name: str, variant: Variant, person: Any) -> StoredFile | None:
    """Raises files.rules.FileRefused for what is no picture and no document."""
    if upload is None:
        return None
    subject = f"{variant._meta.label}:{variant.pk}"
    return accept_upload(upload=upload, name=name, purpose="messages.proof", uploaded_by=person, subject=subject)


def _due_task(variant: Variant) -> CorrectionTask | None:
    """The published correction that this publication carries: the text out is the one after it."""
    due = variant.correction_tasks.filter(state=CorrectionTask.State.DUE, correction__published_at__isnull=False)
    found = due.exclude(correction__nature=Correction.Nature.WITHDRAWAL).select_related("correction__facts").first()
    is_newer = found is not None and variant.release is not None and variant.release.facts_id == found.correction.facts_id
    return found if is_newer else None


@transaction.atomic
def hang_poster(
    *, variant: Variant, person: Any, place: str, hung_by: str, hung_at: datetime, upload: BinaryIO | None = None, name: str = ""
) -> Hanging:
    """Writes down a hung poster: by whom, where, when, with its photograph."""
    variant = locked_variant(variant)
    check_may(person, "write", variant.message)
    if not outlet_of(variant.outlet).hangs or variant.state not in SENT or variant.release is None:
        raise rules.Refused(_("Send the poster first: then it can be printed and hung."))
    if variant.message.withdrawn_at:
        raise rules.Refused(_("The message has been withdrawn."))
    if hung_at > database_now():
        raise rules.Refused(_("This moment has not come yet. Write when it was hung."))
    hanging = Hanging.objects.create(
        variant=variant, release=variant.release, place=place.strip(), hung_by=hung_by.strip(), hung_at=hung_at,
        photo=_kept(upload, name, variant, person), recorded_by=person,
    )  # fmt: skip
    if variant.state == State.BY_HAND:
        variant.state = State.CONFIRMED
        variant.save()
    record(deed="messages.hang_poster", subject=variant, after={"place": place, "at": hung_at.isoformat()}, actor=person)
    return hanging


@transaction.atomic
def take_poster_down(*, hanging: Hanging, person: Any, taken_down_at: datetime | None = None) -> Hanging:
    """Writes down when a poster was taken down; twice changes nothing."""
    locked_variant(hanging.variant)
    hanging = Hanging.objects.select_for_update(of=("self",)).select_related("variant__message").get(pk=hanging.pk)
    check_may(person, "write", hanging.variant.message)
    if hanging.taken_down_at:
        return hanging
    at = taken_down_at or database_now()
    if not hanging.hung_at <= at <= database_now():
        raise rules.Refused(_("It can be taken down only after it was hung, and not in the future."))
    hanging.taken_down_at = at
    hanging.save()
    record(deed="messages.take_poster_down", subject=hanging.variant, after={"place": hanging.place}, actor=person)
    return hanging

"""What registered people are to be told: noted in the transaction of the deed, written and handed to the outbox by a worker."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

import segno
from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import translation

from ratusz.casework.meetings import letters, links
from ratusz.casework.meetings.ics import calendar_of
from ratusz.casework.meetings.models import Meeting, Notice, Registration, Standing
from ratusz.casework.meetings.models.meetings import State
from ratusz.casework.meetings.reminding import DAYS, HOURS, is_in_time
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.notifications.actions import send
from ratusz.foundation.notifications.composing import Attachment
from ratusz.foundation.notifications.rules import LimitReached

PURPOSE, CODE_PURPOSE = "meetings.registration", "meetings.code"
BATCH = 50


def note(registration: Registration, event: str) -> None:
    """The person is to be told of one thing that happened to their registration."""
    registration.sequence += 1
    registration.save(update_fields=["sequence"])
    _keep_notice(registration, event, database_now())


def note_first(registration: Registration, event: str) -> None:
    """The same for a registration that is stored only now: as made, with its first notice."""
    registration.sequence = 1
    registration.save(force_insert=True)
    _keep_notice(registration, event, registration.made_at)


def _keep_notice(registration: Registration, event: str, at: datetime) -> None:
    Notice.objects.create(registration=registration, event=event, sequence=registration.sequence, made_at=at)


def note_all(registrations: Iterable[Registration], event: str, sequence: int) -> int:
    """Everybody is to be told of a change of their meeting, once for its sequence number; gives back how many were noted."""
    now = database_now()
    rows = [Notice(registration=each, event=event, sequence=sequence, made_at=now) for each in registrations]
    Notice.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1000)
    return len(rows)


@transaction.atomic
def tell_registered() -> int:
    """One batch of notices, the oldest first, to the outbox; gives back how many. Workers call it in turn, side by side as well."""
    waiting = Notice.objects.filter(told_at=None).order_by("pk")
    related = ("registration__meeting__place", "registration__address", "registration__second_address")
    batch = list(waiting.select_related(*related).select_for_update(of=("self",), skip_locked=True)[:BATCH])
    now = database_now()
    for notice in batch:
        _write(notice, now)
    Notice.objects.filter(pk__in=[notice.pk for notice in batch]).update(told_at=now)
    return len(batch)


def _write(notice: Notice, now: datetime) -> None:
    mine = notice.registration
    if mine.address is None or mine.erased_at is not None:
        return
    is_sms = mine.address.channel == "sms"
    with translation.override(mine.language):
        letter = letters.letter_of(mine, notice.event, _facts(notice, is_sms), now)
    if letter is None:
        return
    url = links.place_url(mine)
    is_code = is_sms and notice.event == "confirm"
    # The limit guards against many letters to one address; what it stops is asked for again on the page.
    with contextlib.suppress(LimitReached):
        send(
            to=mine.address, purpose=CODE_PURPOSE if is_code else PURPOSE, subject=letter.subject,
            text=_sms_text(letter, "" if is_code else url) if is_sms else "\n\n".join(filter(None, letter.paragraphs)),
            button=(letter.button, url) if letter.button and not is_sms else None,
            dedup_key=f"{mine.key}:{notice.event}:{notice.sequence}",
            attachments=[] if is_sms else _attachments(mine, letter, now), language=mine.language,
        )  # fmt: skip


def _facts(notice: Notice, is_sms: bool) -> dict[str, Any]:
    mine, facts = notice.registration, {"sms_code": "", "position": 0, "move": None}
    if notice.event == "confirm" and is_sms:
        facts["sms_code"] = links.sms_code(mine)
    elif notice.event == "waiting":
        facts["position"] = position_of(mine)
    elif notice.event == "moved":
        facts["move"] = mine.meeting.moves.order_by("-pk").first()
    return facts


def position_of(registration: Registration) -> int:
    """Which in the line it is, from 1; 0 when it does not wait."""
    line = Registration.objects.filter(meeting=registration.meeting_id).in_line().values_list("pk", flat=True)
    return next((number for number, pk in enumerate(line, 1) if pk == registration.pk), 0)


def _sms_text(letter: letters.Letter, url: str) -> str:
    return f"{letter.subject}. {url}".strip() if url else letter.subject


def _attachments(mine: Registration, letter: letters.Letter, now: datetime) -> list[Attachment]:
    found = []
    if letter.has_calendar:
        method = "CANCEL" if mine.meeting.state == State.CANCELLED else "PUBLISH"
        body = calendar_of([mine.meeting], stamp=now, address=settings.PUBLIC_ADDRESS, url=links.place_url(mine))
        found.append(Attachment("spotkanie.ics", f"text/calendar; charset=utf-8; method={method}", body))
    if letter.has_door_code:
        found.append(Attachment(f"wejscie-{mine.door_code}.png", "image/png", door_picture(mine)))
    return found


def door_picture(registration: Registration, kind: str = "png") -> bytes:
    """The QR a phone at the door reads: the meeting's number and the code, nothing of the person and no link."""
    target = io.BytesIO()
    options = {"scale": 8} if kind == "png" else {"xmldecl": False, "scale": 6, "unit": "px"}
    segno.make(links.door_text(registration), error="m").save(target, kind=kind, border=2, **options)
    return target.getvalue()


@transaction.atomic
def remind() -> int:
    """Every few minutes: notes the reminders due, 3 days and 3 hours before the start, by day; once for each day set."""
    now, count = database_now(), 0
    coming = Meeting.objects.filter(state=State.ANNOUNCED, starts_at__gt=now, starts_at__lte=now + DAYS + timedelta(days=1))
    for meeting in coming.annotate(moved_at=Max("moves__moved_at")):
        known_since = max(filter(None, (meeting.announced_at, meeting.moved_at)), default=None)
        for event, before in (("in_days", DAYS), ("in_hours", HOURS)):
            if is_in_time(meeting.starts_at, known_since, before, now):
                seated = meeting.registrations.filter(standing=Standing.CONFIRMED, address__isnull=False)
                fresh = seated.exclude(notices__event=event, notices__sequence=meeting.sequence)
                # Who registered after that hour has just read everything.
                count += note_all(fresh.filter(confirmed_at__lte=meeting.starts_at - before), event, meeting.sequence)
    return count

"""Booking a time without an account: held while a code is typed, booked, kept, missed or called off."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ratusz.casework.advice import links, queries, rules
from ratusz.casework.advice.actions.forgetting import delete_unconfirmed
from ratusz.casework.advice.models import Appointment, Point, State
from ratusz.casework.advice.openings import FreeTime, holds
from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day, polish_moment
from ratusz.foundation.notifications.actions import add_address, send
from ratusz.foundation.notifications.models import Address
from ratusz.foundation.people.actions import check_code, send_code, through_outbox
from ratusz.foundation.people.keys import digest_of_token
from ratusz.foundation.people.rules import CodeRefused, TooManyCodes

CODES, PURPOSE = "advice.code", "advice.appointment"
"""Purposes: of one-time codes, and of messages about an appointment."""
Wanted = tuple[datetime, int | None]
"""When, and the number of the mobile point; at one hour the room and a mobile point may both be free."""


@dataclass(frozen=True)
class Guest:
    """What somebody says who books. `channel` ("email" or "sms") and `contact` are only for the code and changes."""

    name: str
    words: str = ""
    needs: str = ""
    channel: str = "email"
    contact: str = ""


def book_online(*, point: Point, starts_at: datetime, guest: Guest, outing_id: int | None = None) -> Appointment:
    """Holds the time, at the point or at a mobile one, and sends the code. Call it outside a transaction. Raises AdviceRefused."""
    held = _hold(point, (starts_at, outing_id), guest)
    try:
        return send_code_again(appointment=held)
    except rules.AdviceRefused:
        _let_go(held)
        raise


@transaction.atomic
def _hold(point: Point, wanted: Wanted, guest: Guest) -> Appointment:
    point = Point.objects.select_for_update().get(pk=point.pk)
    now = database_now()
    _drop_stale(point, now)
    contact = add_address(channel=guest.channel, value=guest.contact)
    # What it has booked is told after the code, to whoever reads its messages.
    rules.check_contact(queries.held_by(contact, now), now)
    made = _take(point, wanted, guest, State.HELD, contact, now)
    record(deed="advice.hold_appointment", subject=made, after={"starts_at": made.starts_at})
    return made


@transaction.atomic
def _let_go(held: Appointment) -> None:
    """No code goes out for this time: somebody else may have it at once."""
    delete_unconfirmed(Appointment.objects.filter(pk=held.pk))


def _drop_stale(point: Point, now: datetime) -> None:
    """A time whose code nobody typed is free again; whoever comes next clears it away."""
    delete_unconfirmed(point.appointments.filter(queries.is_stale(now)))


def _take(point: Point, wanted: Wanted, guest: Guest, state: str, contact: Any, now: datetime) -> Appointment:
    """Takes the lowest free seat of that time; within the lock of the point."""
    free = next((each for each in queries.free_times_of(point, now) if (each.starts_at, each.outing_id) == wanted), None)
    rules.check_free(free is not None)
    return _written(point, free, guest, state, contact, now)  # type: ignore[arg-type]


def _written(point: Point, free: FreeTime, guest: Guest, state: str, contact: Any, now: datetime) -> Appointment:
    taken = queries.seats_taken(point, free.starts_at)
    made = Appointment(
        public_id=uuid.uuid4(), point=point, outing=free.outing, starts_at=free.starts_at, ends_at=free.ends_at,
        seat=next(number for number in range(1, point.desks + len(taken) + 2) if number not in taken), state=state,
        name=guest.name.strip(), words=guest.words.strip(), needs=guest.needs.strip(), contact=contact, made_at=now,
    )  # fmt: skip
    made.token_digest = digest_of_token(links.token_of(made))
    made.save(force_insert=True)
    return made


def send_code_again(*, appointment: Appointment) -> Appointment:
    """A new code, which voids the older one. Call it outside a transaction. Raises AdviceRefused."""
    contact = appointment.contact
    if appointment.state != State.HELD or contact is None:
        raise rules.AdviceRefused(_("This appointment needs no code."))
    what = _("Code to book a conversation: %(moment)s. Type it here: %(link)s") % {
        "moment": polish_moment(appointment.starts_at), "link": links.my_appointment_url(appointment),
    }  # fmt: skip
    try:
        appointment.code_handle = send_code(
            purpose=CODES, address=contact.value, bound_to=appointment.public_id.hex,
            deliver=through_outbox(channel=contact.channel, what=what),
        )  # fmt: skip
    except TooManyCodes as refusal:
        raise rules.AdviceRefused(
            _("We have sent three codes to this address within an hour. Wait an hour, or call us.")
        ) from refusal
    Appointment.objects.filter(pk=appointment.pk).update(code_handle=appointment.code_handle)
    return appointment


def confirm_appointment(*, appointment: Appointment, digits: str) -> Appointment:
    """The mailbox or telephone is theirs: the time is booked. Confirmed twice it is booked once. Raises AdviceRefused.

    Call it outside a transaction.
    """
    if appointment.state != State.HELD or appointment.code_handle is None:
        return appointment
    try:
        check_code(handle=appointment.code_handle, purpose=CODES, bound_to=appointment.public_id.hex, digits=digits)
    except CodeRefused as refusal:
        raise rules.AdviceRefused(
            _("This code is wrong or its time is over. Check the digits, or ask for a new code.")
        ) from refusal
    return _booked(appointment)


@transaction.atomic
def _booked(appointment: Appointment) -> Appointment:
    # The address first, as erasing does: of two confirmed at once the second one is counted after the first.
    if appointment.contact is not None:
        Address.objects.select_for_update(no_key=True).get(pk=appointment.contact.pk)
    mine, now = locked(appointment), database_now()
    if mine.state != State.HELD:
        return mine
    rules.check_contact(queries.booked_by(mine.contact, now), now)
    mine.state = State.BOOKED
    mine.save(update_fields=["state"])
    record(deed="advice.confirm_appointment", subject=mine, after={"state": mine.state})
    tell_booked(mine)
    return mine


@transaction.atomic
def book_for_somebody(*, point: Point, starts_at: datetime, guest: Guest, outing_id: int | None = None, person: Any) -> Appointment:
    """A time for whoever telephoned or stands at the desk; no contact is demanded. Raises NotYours, AdviceRefused."""
    now = database_now()
    rules.check_may(person, "serve", point, now)
    point = Point.objects.select_for_update().get(pk=point.pk)
    _drop_stale(point, now)
    contact = add_address(channel=guest.channel, value=guest.contact) if guest.contact else None
    made = _take(point, (starts_at, outing_id), guest, State.BOOKED, contact, now)
    record(deed="advice.book_for_somebody", subject=made, after={"starts_at": starts_at}, actor=person)
    tell_booked(made)
    return made


def tell_booked(mine: Appointment) -> None:
    """Writes when and where, with the link to cancel; within the caller's transaction."""
    text = _("Your conversation: %(moment)s, %(where)s. To cancel it or add it to a calendar, open: %(link)s")
    _write(mine, _("Your conversation is booked"), text, {"link": links.my_appointment_url(mine)}, "booked")


def _write(mine: Appointment, subject: str, text: str, facts: dict[str, str], dedup: str) -> None:
    if mine.contact is None:
        return
    words = text % ({"moment": polish_moment(mine.starts_at, with_weekday=True), "where": mine.where} | facts)
    send(to=mine.contact, purpose=PURPOSE, subject=subject, text=words, dedup_key=f"{mine.key}:{dedup}")


@transaction.atomic
def cancel_appointment(*, appointment: Appointment, why: str = "", person: Any = None) -> Appointment:
    """Called off: by the person's link, or by the point with a reason that is written to them. Raises NotYours, AdviceRefused."""
    mine, now = locked(appointment), database_now()
    if person is not None:
        rules.check_may(person, "serve", mine, now)
        if not why.strip():
            raise rules.AdviceRefused(_("Write in a few words why: the person gets exactly these words."))
    if not rules.is_cancellable(mine, now):
        raise rules.AdviceRefused(_("This appointment has ended already."))
    _cancel(mine, why.strip()[:200], now)
    record(deed="advice.cancel_appointment", subject=mine, after={"state": mine.state}, actor=person)
    if person is not None:
        tell_cancelled(mine)
    return mine


def call_off_what_fell_out(point: Point, why: str, person: Any) -> int:
    """After the hours changed: appointments at which nobody will be there any more end, and the people are told.

    Within the caller's transaction; gives how many there were.
    """
    now, ended = database_now(), 0
    live = Appointment.objects.select_for_update(of=("self",)).live().filter(point=point, starts_at__gt=now)
    ahead = list(live.select_related("point", "outing", "contact").order_by("pk"))
    last = max((local_day(each.starts_at) for each in ahead), default=local_day(now))
    found = queries.openings_of(point, local_day(now), last)
    for mine in ahead:
        if holds(found, mine.starts_at, mine.ends_at, mine.outing_id):
            continue
        _cancel(mine, why[:200], now)
        record(deed="advice.cancel_appointment", subject=mine, after={"state": mine.state}, actor=person)
        tell_cancelled(mine)
        ended += 1
    return ended


def _cancel(mine: Appointment, why: str, now: datetime) -> None:
    mine.state, mine.why, mine.ended_at = State.CANCELLED, why, now
    mine.save(update_fields=["state", "why", "ended_at"])


def tell_cancelled(mine: Appointment) -> None:
    """Writes that it does not take place; within the caller's transaction."""
    text = _("Your conversation on %(moment)s does not take place: %(why)s. Book another time at any hour, or call us.")
    _write(mine, _("Your conversation does not take place"), text, {"why": mine.why}, "cancelled")


@transaction.atomic
def note_visit(*, appointment: Appointment, has_come: bool, person: Any) -> Appointment:
    """The person came, or did not; a wrong note is put right the same way. Raises NotYours, AdviceRefused."""
    mine, now = locked(appointment), database_now()
    rules.check_may(person, "serve", mine, now)
    rules.check_state(mine, State.BOOKED, State.CAME, State.MISSED)
    if not has_come and now < mine.starts_at:
        raise rules.AdviceRefused(_("This time is still ahead. Whoever does not come is noted after it began."))
    before, mine.state = mine.state, State.CAME if has_come else State.MISSED
    mine.ended_at = now
    mine.save(update_fields=["state", "ended_at"])
    record(deed="advice.note_visit", subject=mine, before={"state": before}, after={"state": mine.state}, actor=person)
    return mine


def locked(appointment: Appointment) -> Appointment:
    """The appointment, nobody else's until the caller's transaction ends. Raises AdviceRefused for one that is cleared away."""
    found = Appointment.objects.select_for_update(of=("self",)).select_related("point", "outing", "contact")
    mine = found.filter(pk=appointment.pk).first()
    if mine is None:
        raise rules.AdviceRefused(_("The time for the code ran out and the hour is free again. Choose a time anew."))
    return mine

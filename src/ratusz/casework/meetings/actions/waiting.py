"""Seats and the waiting list: one lock on the meeting, then the clock, then the count, then the writing."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.db import transaction
from django.db.models import Count, F, Q, Sum
from django.utils.translation import gettext as _

from ratusz.casework.meetings import seats, signing_up
from ratusz.casework.meetings.actions.telling import note
from ratusz.casework.meetings.models import Meeting, Registration, SeatGroup, Standing
from ratusz.casework.meetings.models.meetings import State
from ratusz.casework.meetings.models.registrations import Through, holding_a_seat
from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.kept_queries import KeptQuery


class TooLate(signing_up.SignUpRefused):
    """The offer ran out and the place went to the next person; the way back to the list is offered."""


def lock_meeting(meeting: Meeting | int) -> Meeting:
    """The meeting's row, locked until the end of the transaction: whoever takes or frees a seat comes by here, one at a time.

    NO KEY, so that rows which only name the meeting (a check-in, a voice) do not wait for it.
    """
    pk = meeting if isinstance(meeting, int) else meeting.pk
    for locked_row in Meeting.objects.raw("SELECT * FROM ratusz_meetings_meeting WHERE id = %s FOR NO KEY UPDATE", [pk]):
        return locked_row
    raise Meeting.DoesNotExist


def _seated_and_waiting(meeting: int, at: datetime) -> Any:
    sums = {"seated": Sum("persons", filter=holding_a_seat(at)), "waiting": Count("pk", filter=Q(standing=Standing.WAITING))}
    return Registration.objects.filter(meeting=meeting).order_by().values_list("group").annotate(**sums)


# Asked under the lock by everybody who registers, fifty times a second when a popular meeting opens.
A_MEETING, A_MOMENT = -101, datetime(1900, 1, 1, tzinfo=UTC)
SEATED_AND_WAITING = KeptQuery(_seated_and_waiting, A_MEETING, A_MOMENT)
GROUPS = KeptQuery(lambda meeting: SeatGroup.objects.filter(meeting=meeting), A_MEETING)


def count_of(meeting: Meeting, at: datetime) -> seats.Count:
    """The seats of a meeting at that moment. Inside a lock it is what the deed may rely on; elsewhere it is for reading."""
    return _count_and_waiting(meeting, at)[0]


def _count_and_waiting(meeting: Meeting, at: datetime) -> tuple[seats.Count, int]:
    """The count, and how many registrations wait in the line."""
    by_group, waiting = {}, 0
    for group, seated, in_line in SEATED_AND_WAITING.rows(meeting.pk, at):
        waiting += in_line
        if seated:
            by_group[group] = seated
    kind = meeting.rules_of_kind
    by_newsroom: dict[str, int] = {}
    if kind.per_group:
        rows = (
            meeting.registrations.taking_seats(at)
            .exclude(newsroom_key="")
            .order_by()
            .values_list("newsroom_key")
            .annotate(Sum("persons"))
        )
        by_newsroom = dict(rows)
    groups = {
        each.pk: seats.Group(each.capacity, each.quota_until is not None and at < each.quota_until)
        for each in GROUPS.instances(meeting.pk)
    }
    return seats.Count(meeting.capacity, by_group, groups, kind.per_group, by_newsroom), waiting


def party_of(registration: Registration) -> seats.Party:
    """Its persons, as the count takes them."""
    return seats.Party(registration.pk or 0, registration.persons, registration.group_id, registration.newsroom_key)


def let_go_lapsed(meeting: Meeting, now: datetime) -> bool:
    """Holds and offers whose time is over end; the caller holds the lock. Whether anything changed."""
    unconfirmed = meeting.registrations.filter(standing=Standing.UNCONFIRMED, hold_expires_at__lte=now)
    count = unconfirmed.update(standing=Standing.EXPIRED, ended_at=now)
    for each in meeting.registrations.filter(standing=Standing.OFFERED, offer_expires_at__lte=now).order_by("pk"):
        each.standing, each.ended_at = Standing.EXPIRED, now
        each.save(update_fields=["standing", "ended_at"])
        record(deed="meetings.end_offer", subject=each, after={"standing": each.standing})
        note(each, "offer_over")
        count += 1
    return bool(count)


def refill(meeting: Meeting, now: datetime) -> int:
    """Gives seats that are free to whoever is next in the line; the caller holds the lock. Gives back how many got one.

    An offer for some hours; in the last hours before the start the seat itself, or nothing when they are left for walk-ins.
    """
    if meeting.state != State.ANNOUNCED or now >= meeting.starts_at:
        return 0
    line = list(meeting.registrations.in_line().select_related("group"))
    if not line:
        return 0
    end = seats.offer_end(now, meeting.starts_at)
    if end is None and not meeting.late_places_given:
        return 0
    given = seats.who_gets(count_of(meeting, now), map(party_of, line), smaller_first=meeting.smaller_first)
    for each in line:
        if each.pk in given:
            _give(each, end, now)
    return len(given)


def _give(each: Registration, end: datetime | None, now: datetime) -> None:
    if end is None:
        each.standing, each.confirmed_at = Standing.CONFIRMED, now
    else:
        each.standing, each.offer_expires_at = Standing.OFFERED, end
    each.save(update_fields=["standing", "confirmed_at", "offer_expires_at"])
    record(deed="meetings.give_seat", subject=each, after={"standing": each.standing})
    note(each, "given" if end is None else "offer")


def seat_now(meeting: Meeting, registration: Registration, now: datetime) -> bool:
    """Whether somebody who comes last gets a seat at once: nobody in the line is passed. The caller holds the lock."""
    count, waiting = _count_and_waiting(meeting, now)
    facts = meeting.registrations.in_line().exclude(pk=registration.pk).values_list("pk", "persons", "group_id", "newsroom_key")
    line = [seats.Party(*each) for each in facts] if waiting else []
    newcomer = seats.Party(0, registration.persons, registration.group_id, registration.newsroom_key)
    return 0 in seats.who_gets(count, [*line, newcomer], smaller_first=meeting.smaller_first)


def locked(registration: Registration) -> tuple[Registration, datetime]:
    """The registration with its meeting locked, lapsed ones let go and their seats offered, and the moment of all that."""
    meeting = lock_meeting(registration.meeting_id)
    now = database_now()
    if let_go_lapsed(meeting, now):
        refill(meeting, now)
    # Its row as well: the door lets people in without waiting for the meeting, and whoever came in gives up no seat.
    rows = Registration.objects.select_for_update(no_key=True, of=("self",)).select_related("group", "address")
    fresh = rows.get(pk=registration.pk)
    fresh.meeting = meeting
    return fresh, now


def accept_offer(*, registration: Registration) -> Registration:
    """Takes the seat offered. Raises TooLate from the very moment of its end, SignUpRefused where the meeting was called off;
    accepted twice it is accepted.

    What ran out ends and is offered to the next even so: the refusal comes after that is stored.
    """
    with transaction.atomic():
        mine, now = locked(registration)
        is_in_time = signing_up.offer_holds(mine, now)
        if is_in_time:
            # A meeting that was called off, or moved so near that it has begun, gives no seats.
            signing_up.check_open(mine.meeting, now, Through.DESK)
        if is_in_time:
            mine.standing, mine.confirmed_at, mine.offer_expires_at = Standing.CONFIRMED, now, None
            mine.save(update_fields=["standing", "confirmed_at", "offer_expires_at"])
            record(deed="meetings.accept_offer", subject=mine, after={"standing": mine.standing})
            note(mine, "seat")
    if not is_in_time and mine.standing not in (Standing.CONFIRMED, Standing.CHECKED_IN):
        raise TooLate(_("The time for this place is over: it went to the next person. You may join the list again, at its end."))
    return mine


@transaction.atomic
def rejoin(*, registration: Registration) -> Registration:
    """Back to the end of the line after an offer ran out or a seat was given up; a free seat nobody waits for is given at once.

    Raises SignUpRefused.
    """
    mine, now = locked(registration)
    if mine.is_alive:
        return mine
    signing_up.check_open(mine.meeting, now, mine.through)
    _check_alone(mine)
    mine.waiting_since, mine.offer_expires_at, mine.hold_expires_at, mine.ended_at = now, None, None, None
    mine.group_since = now if mine.group_id else None
    has_seat = seat_now(mine.meeting, mine, now)
    mine.standing, mine.confirmed_at = (Standing.CONFIRMED, now) if has_seat else (Standing.WAITING, None)
    mine.save()
    record(deed="meetings.rejoin", subject=mine, after={"standing": mine.standing})
    note(mine, "seat" if has_seat else "waiting")
    return mine


def _check_alone(mine: Registration) -> None:
    if mine.address_id and mine.meeting.registrations.alive().filter(same_address(mine)).exclude(pk=mine.pk).exists():
        raise signing_up.SignUpRefused(_("You have another registration for this meeting. Its link is in your newest message."))


def same_address(registration: Registration) -> Q:
    """Registrations with one of its addresses."""
    own = [pk for pk in (registration.address_id, registration.second_address_id) if pk]
    return Q(address__in=own) | Q(second_address__in=own)


def end_registration(mine: Registration, standing: str, now: datetime) -> None:
    """Ends it and offers its seat to the next; the caller holds the lock."""
    mine.standing, mine.ended_at, mine.offer_expires_at = standing, now, None
    mine.save(update_fields=["standing", "ended_at", "offer_expires_at"])
    refill(mine.meeting, now)


@transaction.atomic
def give_up_seat(*, registration: Registration, person: Any = None) -> Registration:
    """The person does not come: the seat, the offer or the place in the line goes to the next. Given up twice it is given up."""
    mine, now = locked(registration)
    if not mine.is_alive or mine.standing == Standing.CHECKED_IN:
        return mine
    before = mine.standing
    # First, so that the letters go in the order in which things happened.
    note(mine, "gave_up")
    end_registration(mine, Standing.CANCELLED, now)
    record(deed="meetings.give_up_seat", subject=mine, before={"standing": before}, after={"standing": mine.standing}, actor=person)
    return mine


@transaction.atomic
def refill_meeting(*, meeting: Meeting) -> int:
    """After anything that may have freed seats: holds and offers that are over end, the next in the line get what is free."""
    fresh = lock_meeting(meeting)
    now = database_now()
    let_go_lapsed(fresh, now)
    return refill(fresh, now)


def sweep_seats() -> int:
    """Every minute: where a hold or an offer ran out, or the date of a quota passed. Two sweeps at once change nothing twice."""
    now = database_now()
    lapsed = Q(registrations__standing=Standing.UNCONFIRMED, registrations__hold_expires_at__lte=now)
    lapsed |= Q(registrations__standing=Standing.OFFERED, registrations__offer_expires_at__lte=now)
    lapsed |= Q(registrations__standing=Standing.WAITING) & (
        Q(seat_groups__quota_until__lte=now) | Q(starts_at__lte=now + seats.LAST_OFFER, starts_at__gt=now)
    )
    due = Meeting.objects.filter(lapsed, state=State.ANNOUNCED).order_by(F("starts_at")).values_list("pk", flat=True)
    meetings = list(dict.fromkeys(due))
    return sum(refill_meeting(meeting=Meeting(pk=pk)) for pk in meetings)

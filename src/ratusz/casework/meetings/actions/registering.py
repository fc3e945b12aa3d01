"""How people get on the list without an account: by the form and a confirmed address, by a clerk, by an invitation."""

from __future__ import annotations

import hmac
import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from ratusz.casework.meetings import links, rules, signing_up
from ratusz.casework.meetings.actions.telling import note, note_first
from ratusz.casework.meetings.actions.waiting import (
    count_of,
    end_registration,
    let_go_lapsed,
    lock_meeting,
    locked,
    refill,
    same_address,
    seat_now,
)
from ratusz.casework.meetings.models import Meeting, Registration, SeatGroup, Standing
from ratusz.casework.meetings.models.meetings import State
from ratusz.casework.meetings.models.registrations import ALIVE, Through
from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.codes import random_code
from ratusz.foundation.kit.kept_queries import KeptQuery
from ratusz.foundation.kit.words import search_key
from ratusz.foundation.notifications.actions import add_address, confirm_address, give_consent
from ratusz.foundation.notifications.models import Address
from ratusz.foundation.people.keys import digest_of_token

CONSENT_PURPOSES = {"image": "meetings.image", "news": "meetings.news"}
CODE_LENGTH = 12


@dataclass(frozen=True)
class Person:
    """What somebody says of themselves. `contacts` are (channel, value): the first is where we write; a clerk may have none."""

    name: str
    contacts: tuple[tuple[str, str], ...] = ()
    persons: int = 1
    group: SeatGroup | None = None
    newsroom: str = ""
    district: Any = None
    needs: tuple[str, ...] = ()
    needs_words: str = ""
    question: str = ""
    consents: tuple[str, ...] = ()
    language: str = "pl"


def register(*, meeting: Meeting, person: Person, through: str = Through.WEB, by: Any = None) -> Registration:
    """Keeps a registration; from the website its seat is held for half an hour until the address is confirmed.

    An address that is registered already gets its own link by the same way, a few times an hour, and the caller sees no difference;
    staff get AlreadyRegistered. Raises SignUpRefused and, of staff, NotYours.
    """
    with transaction.atomic():
        if by is not None:
            rules.check_may(by, "register", meeting, database_now())
        # Addresses first: two who wait for one meeting must not wait for one another's address as well.
        addresses = [add_address(channel=channel, value=value, language=person.language) for channel, value in person.contacts]
        mine = _drafted(meeting, person, through, addresses, by)
        mine.meeting = fresh = lock_meeting(meeting)
        now = database_now()
        signing_up.check_open(fresh, now, through)
        signing_up.check_list_open(fresh, now)
        if known := _known(mine, now):
            return _again(known, through, now)
        _place(mine, now, is_known=through != Through.WEB)
        record(deed="meetings.register", subject=mine, after={"through": through, "standing": mine.standing}, actor=by)
        return mine


def _drafted(meeting: Meeting, person: Person, through: str, addresses: list[Address], by: Any) -> Registration:
    mine = Registration(
        meeting=meeting, group=person.group, public_id=uuid.uuid4(), code=random_code(CODE_LENGTH), through=through,
        name=person.name, persons=person.persons, newsroom=person.newsroom, newsroom_key=search_key(person.newsroom),
        district=person.district,
        needs=list(person.needs), needs_words=person.needs_words, question=person.question, consents=list(person.consents),
        language=person.language, registered_by=by,
    )  # fmt: skip
    mine.address, mine.second_address = [*addresses, None, None][:2]
    mine.token_digest = digest_of_token(links.token_of(mine))
    return mine


def _known(mine: Registration, now: datetime) -> Registration | None:
    """A live registration with one of its addresses; one whose half hour is over makes room for the new one."""
    mine.door_code, known = _free_code_and_known(mine)
    if known and known.standing == Standing.UNCONFIRMED and not signing_up.holds(known, now):
        let_go_lapsed(mine.meeting, now)
        refill(mine.meeting, now)
        return None
    return known


def _with_code_or_address(meeting: int, code: str, address: int, second: int) -> Any:
    """With no address there is 0, which nobody has."""
    is_same = Q(address=address) | Q(address=second) | Q(second_address=address) | Q(second_address=second)
    return Registration.objects.filter(Q(standing__in=ALIVE) & is_same | Q(door_code=code), meeting=meeting).order_by()


WITH_CODE_OR_ADDRESS = KeptQuery(_with_code_or_address, -101, "WITHCODE", -102, -103)


def _free_code_and_known(mine: Registration) -> tuple[str, Registration | None]:
    """In one question: a door code nobody of this meeting has (the lock keeps it free) and who is registered with its address."""
    code = links.door_code()
    found = list(WITH_CODE_OR_ADDRESS.instances(mine.meeting_id, code, mine.address_id or 0, mine.second_address_id or 0))
    if any(each.door_code == code for each in found):
        return _free_code_and_known(mine)
    return code, found[0] if found else None


def _again(known: Registration, through: str, now: datetime) -> Registration:
    if through != Through.WEB:
        raise signing_up.AlreadyRegistered(known)
    links_sent = known.notices.filter(event__in=("confirm", "again"), made_at__gt=now - signing_up.SENDS_WITHIN)
    # Over the limit nothing is sent and nobody sees a difference: no stranger's mailbox is filled.
    if links_sent.count() < signing_up.TO_ONE_ADDRESS:
        note(known, "confirm" if known.standing == Standing.UNCONFIRMED else "again")
    return known


def _place(mine: Registration, now: datetime, *, is_known: bool) -> None:
    """A seat, a place in the line, or the organiser's judgement; `is_known`: the address needs no confirming."""
    mine.made_at = now
    if signing_up.is_judged(mine.meeting):
        has_seat, settled = False, Standing.PENDING
    else:
        has_seat = seat_now(mine.meeting, mine, now)
        settled = Standing.CONFIRMED if has_seat else Standing.WAITING
    if not has_seat:
        mine.waiting_since = now
    if is_known:
        mine.standing, mine.confirmed_at = settled, now if has_seat else None
    else:
        mine.standing, mine.hold_expires_at = Standing.UNCONFIRMED, now + signing_up.HOLD
    if mine.address_id:
        note_first(mine, EVENT_OF[mine.standing])
    else:
        mine.save(force_insert=True)
    if is_known:
        _prove_consents(mine, mine.through)


EVENT_OF: dict[str, str] = {
    Standing.UNCONFIRMED: "confirm", Standing.PENDING: "pending", Standing.CONFIRMED: "seat", Standing.WAITING: "waiting",
}  # fmt: skip


def _prove_consents(mine: Registration, through: str) -> None:
    """Each consent ticked becomes one with its proof. Without an address there is none to keep it with: it stays with the seat."""
    channel = {"phone": "phone", "desk": "desk"}.get(through, "link")
    if mine.address:
        for name in mine.consents:
            give_consent(address=mine.address, purpose=CONSENT_PURPOSES[name], through=channel, asked_at=mine.made_at)


@transaction.atomic
def confirm_registration(*, registration: Registration) -> Registration:
    """The mailbox or the telephone is theirs: the seat held becomes their own; confirmed twice it is confirmed once.

    After the half hour the seat is gone to others: what is free is given, otherwise a place at the end of the line. Raises
    SignUpRefused.
    """
    mine, now = locked(registration)
    is_late = mine.standing == Standing.EXPIRED and mine.confirmed_at is None and mine.offer_expires_at is None
    if mine.standing != Standing.UNCONFIRMED and not is_late:
        return mine
    signing_up.check_open(mine.meeting, signing_up.came_at(mine, now), mine.through)
    if is_late and mine.address_id and mine.meeting.registrations.alive().filter(same_address(mine)).exists():
        raise signing_up.SignUpRefused(_("You have registered again since. Use the link in your newest message."))
    if mine.address:
        confirm_address(address=mine.address)
    _settle(mine, now, is_late=is_late)
    _prove_consents(mine, "link")
    record(deed="meetings.confirm_registration", subject=mine, after={"standing": mine.standing})
    note(mine, EVENT_OF[mine.standing])
    return mine


def _settle(mine: Registration, now: datetime, *, is_late: bool) -> None:
    if signing_up.is_judged(mine.meeting):
        mine.standing = Standing.PENDING
    elif mine.waiting_since is None and not is_late:
        mine.standing, mine.confirmed_at = Standing.CONFIRMED, now
    else:
        mine.waiting_since = now if is_late or mine.waiting_since is None else mine.waiting_since
        # A seat may have been freed since; nobody in the line is passed.
        has_seat = seat_now(mine.meeting, mine, now)
        mine.standing, mine.confirmed_at = (Standing.CONFIRMED, now) if has_seat else (Standing.WAITING, None)
    mine.hold_expires_at = mine.ended_at = None
    mine.save(update_fields=["standing", "confirmed_at", "hold_expires_at", "waiting_since", "ended_at"])


@transaction.atomic
def confirm_by_code(*, registration: Registration, typed: str) -> Registration | None:
    """The digits from the text message; None when they are wrong, or were tried too often."""
    # The meeting first, as everywhere: a lock on the row alone could wait for one who holds the meeting and wants the row.
    mine, _now = locked(registration)
    if mine.code_tries >= signing_up.CODE_TRIES or mine.standing not in (Standing.UNCONFIRMED, Standing.EXPIRED):
        return None
    digits = "".join(sign for sign in typed if sign.isdigit())
    if not hmac.compare_digest(digits.encode(), links.sms_code(mine).encode()):
        Registration.objects.filter(pk=mine.pk).update(code_tries=mine.code_tries + 1)
        return None
    return confirm_registration(registration=mine)


@transaction.atomic
def change_registration(
    *,
    registration: Registration,
    persons: int,
    needs: tuple[str, ...] = (),
    needs_words: str = "",
    question: str = "",
    speaks: bool | None = None,
    by: Any = None,
) -> Registration:
    """Changes what the person said. Fewer persons free seats at once; more need free seats that nobody in the line waits for.

    `speaks`: on the list of speakers from now on, or only to listen; None leaves it. Raises SignUpRefused.
    """
    mine, now = locked(registration)
    if not mine.is_alive or mine.standing == Standing.CHECKED_IN:
        raise signing_up.SignUpRefused(_("This registration has ended and cannot be changed."))
    before = {"persons": mine.persons, "group": mine.group_id}
    if mine.meeting.state != State.ANNOUNCED or mine.meeting.starts_at <= now:
        raise signing_up.SignUpRefused(_("This meeting has begun or is over, so the registration cannot be changed any more."))
    if speaks is not None:
        _change_speaking(mine, speaks, now)
    if persons > mine.persons and _holds_seats(mine):
        _check_room_for_more(mine, persons, now)
    mine.persons, mine.needs, mine.needs_words, mine.question = persons, list(needs), needs_words, question
    mine.save(update_fields=["persons", "needs", "needs_words", "question", "group", "group_since"])
    after = {"persons": persons, "group": mine.group_id}
    record(deed="meetings.change_registration", subject=mine, before=before, after=after, actor=by)
    refill(mine.meeting, now)
    if persons != before["persons"]:
        note(mine, "altered")
    return mine


def _change_speaking(mine: Registration, speaks: bool, now: datetime) -> None:
    """On the list of speakers at its end, or off it; until the list is closed."""
    speakers = signing_up.speakers_of(mine.meeting)
    wanted = speakers if speaks else None
    if speakers is None or mine.group_id == (wanted.pk if wanted else None):
        return
    signing_up.check_list_open(mine.meeting, now)
    others_wait = mine.meeting.registrations.in_line().filter(group=speakers).exclude(pk=mine.pk).exists()
    is_full = others_wait or count_of(mine.meeting, now).left_in_group(speakers.pk) < mine.persons
    if speaks and _holds_seats(mine) and is_full:
        raise signing_up.SignUpRefused(_("All turns to speak are taken. Your place to listen stays yours: choose that you listen."))
    mine.group, mine.group_since = wanted, now if wanted else None


def _holds_seats(mine: Registration) -> bool:
    """Its own, an offer's, or those that wait half an hour for its address to be confirmed."""
    is_held = mine.standing == Standing.UNCONFIRMED and mine.waiting_since is None
    return is_held or mine.standing in (Standing.CONFIRMED, Standing.OFFERED)


def _check_room_for_more(mine: Registration, persons: int, now: datetime) -> None:
    more = Registration(meeting=mine.meeting, group=mine.group, newsroom_key=mine.newsroom_key, persons=persons - mine.persons)
    if not seat_now(mine.meeting, more, now):
        raise signing_up.SignUpRefused(
            _("There are no more free places for further persons. Leave the number as it is, or register them separately.")
        )


@transaction.atomic
def judge_registration(*, registration: Registration, accepts: bool, by: Any) -> Registration:
    """The organiser's word on a registration that waits for it: a seat or a place in the line, or a refusal. Raises NotYours."""
    rules.check_may(by, "register", registration.meeting, database_now())
    mine, now = locked(registration)
    if mine.standing != Standing.PENDING:
        return mine
    if accepts:
        has_seat = seat_now(mine.meeting, mine, now)
        mine.standing, mine.confirmed_at = (Standing.CONFIRMED, now) if has_seat else (Standing.WAITING, None)
        mine.waiting_since = mine.waiting_since or mine.made_at
        mine.save(update_fields=["standing", "confirmed_at", "waiting_since"])
        note(mine, EVENT_OF[mine.standing])
    else:
        note(mine, "declined")
        end_registration(mine, Standing.DECLINED, now)
    record(deed="meetings.judge_registration", subject=mine, after={"standing": mine.standing}, actor=by)
    return mine


@transaction.atomic
def join_registrations(*, kept: Registration, other: Registration, by: Any) -> Registration:
    """Two registrations are one person who came by two channels: the better standing and both addresses stay on `kept`.

    The other one ends and its seat goes to the next. Raises NotYours, SignUpRefused.
    """
    rules.check_may(by, "register", kept.meeting, database_now())
    mine, now = locked(kept)
    twin, _now = locked(other)
    if mine.pk == twin.pk or mine.meeting_id != twin.meeting_id or not (mine.is_alive and twin.is_alive):
        raise signing_up.SignUpRefused(_("These two registrations cannot be joined: choose two live ones of this meeting."))
    if _seat_rank(twin) > _seat_rank(mine):
        mine, twin = twin, mine
    theirs = twin.address or twin.second_address
    twin.address = twin.second_address = None
    twin.save(update_fields=["address", "second_address"])
    if mine.second_address_id is None and theirs is not None:
        mine.second_address = theirs
        if mine.address_id is None:
            mine.address, mine.second_address = theirs, None
        mine.save(update_fields=["address", "second_address"])
    end_registration(twin, Standing.CANCELLED, now)
    record(deed="meetings.join_registrations", subject=mine, after={"joined": str(twin)}, actor=by)
    return mine


RANKS = (Standing.UNCONFIRMED, Standing.PENDING, Standing.WAITING, Standing.OFFERED, Standing.CONFIRMED, Standing.CHECKED_IN)


def _seat_rank(registration: Registration) -> int:
    return RANKS.index(Standing(registration.standing))


@transaction.atomic
def keep_seat_after_move(*, registration: Registration) -> Registration:
    """The meeting was moved and the person comes on the new day as well."""
    mine, _now = locked(registration)
    if mine.asked_again_at is not None:
        mine.asked_again_at = None
        mine.save(update_fields=["asked_again_at"])
        record(deed="meetings.keep_seat", subject=mine)
    return mine

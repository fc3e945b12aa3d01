"""People are invited by name, get a personal link, and accept, decline or name somebody who comes instead."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ratusz.casework.meetings import links, rules, signing_up
from ratusz.casework.meetings.actions.registering import Person, register
from ratusz.casework.meetings.actions.waiting import give_up_seat
from ratusz.casework.meetings.models import Invitation, Meeting, SeatGroup
from ratusz.casework.meetings.models.meetings import State
from ratusz.casework.meetings.models.registrations import Through
from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import polish_moment
from ratusz.foundation.notifications.actions import add_address, send
from ratusz.foundation.notifications.rules import NotDeliverable, clean_address
from ratusz.foundation.people.keys import digest_of_token

PURPOSE = "meetings.invitation"
MOST_AT_ONCE = 500


@dataclass(frozen=True)
class Guest:
    """One line of the list of invited people."""

    name: str
    email: str
    organisation: str = ""


def read_guests(text: str) -> list[Guest]:
    """Guests from lines "name; e-mail; organisation" (or tabs, as copied from a sheet). Raises Refused, naming the line."""
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        parts = [part.strip() for part in line.replace("\t", ";").split(";")]
        name, email, organisation = (*parts, "", "")[:3]
        try:
            found.append(Guest(name[:120], clean_address("email", email), organisation[:200]))
        except NotDeliverable as refusal:
            told = {"number": number, "why": refusal.messages[0]}
            raise rules.Refused(_("Line %(number)s: %(why)s Write: name; e-mail; organisation.") % told) from refusal
    if len(found) > MOST_AT_ONCE:
        raise rules.Refused(_("At most %(most)s people at once.") % {"most": MOST_AT_ONCE})
    return found


@transaction.atomic
def invite(*, meeting: Meeting, guests: Sequence[Guest], person: Any, group: SeatGroup | None = None) -> int:
    """Puts people on the list; an address that is there stays as it is. How many were added. Raises NotYours."""
    now = database_now()
    rules.check_may(person, "plan", meeting, now)
    count = 0
    for guest in guests:
        address = add_address(channel="email", value=guest.email)
        if Invitation.objects.filter(meeting=meeting, address=address).exists():
            continue
        count += bool(_put(meeting, group, guest.name, guest.organisation, address, now))
    record(deed="meetings.invite", subject=meeting, after={"added": count}, actor=person)
    return count


def _put(meeting: Meeting, group: SeatGroup | None, name: str, organisation: str, address: Any, now: Any) -> Invitation:
    made = Invitation(meeting=meeting, group=group, name=name, organisation=organisation, address=address, made_at=now)
    made.public_id = uuid.uuid4()
    made.token_digest = digest_of_token(links.token_of(made))
    made.save()
    return made


@transaction.atomic
def send_invitations(*, meeting: Meeting, person: Any) -> int:
    """Writes to everybody on the list who was not written to yet; how many. Raises NotYours, Refused."""
    now = database_now()
    rules.check_may(person, "announce", meeting, now)
    if meeting.state != State.ANNOUNCED:
        raise rules.Refused(_("Announce the meeting first: the invitation says when and where it is."))
    waiting = meeting.invitations.filter(state=Invitation.State.LISTED, address__isnull=False, erased_at=None)
    count = 0
    for each in waiting.select_related("address").select_for_update(of=("self",)):
        each.state, each.sent_at = Invitation.State.SENT, now
        each.save(update_fields=["state", "sent_at"])
        _write(each, meeting)
        count += 1
    record(deed="meetings.send_invitations", subject=meeting, after={"sent": count}, actor=person)
    return count


def _write(invitation: Invitation, meeting: Meeting) -> None:
    told = {"title": meeting.title, "moment": polish_moment(meeting.starts_at), "where": meeting.place or meeting.joining_link}
    greeting = _("Good morning, %(name)s,") % {"name": invitation.name} if invitation.name else _("Good morning,")
    paragraphs = [
        greeting, _("we invite you: %(title)s, %(moment)s, %(where)s.") % told, meeting.summary,
        _("Say on your page whether you come, or who comes instead of you."),
        _("Questions? %(contact)s") % {"contact": meeting.contact} if meeting.contact else "",
    ]  # fmt: skip
    send(
        to=invitation.address, purpose=PURPOSE, subject=_("Invitation: %(title)s, %(moment)s") % told,
        text="\n\n".join(filter(None, paragraphs)), button=(_("I come or I do not"), links.invitation_url(invitation)),
        dedup_key=f"{invitation.key}:sent",
    )  # fmt: skip


@transaction.atomic
def accept_invitation(*, invitation: Invitation, person: Person) -> Invitation:
    """The invited person comes: a seat of their group, or of the list. Accepted twice it is accepted once. Raises SignUpRefused."""
    mine = _locked(invitation)
    if mine.registration is not None and mine.registration.is_alive:
        return mine
    if mine.state == Invitation.State.SUBSTITUTED:
        raise signing_up.SignUpRefused(_("Somebody else comes instead of you already."))
    try:
        mine.registration = register(meeting=mine.meeting, person=person, through=Through.INVITATION)
    except signing_up.AlreadyRegistered as known:
        mine.registration = known.registration
    _answer(mine, Invitation.State.ACCEPTED)
    return mine


@transaction.atomic
def decline_invitation(*, invitation: Invitation) -> Invitation:
    """The invited person does not come; a seat they had goes to the next."""
    mine = _locked(invitation)
    if mine.registration is not None:
        give_up_seat(registration=mine.registration)
    if mine.state != Invitation.State.SUBSTITUTED:
        _answer(mine, Invitation.State.DECLINED)
    return mine


@transaction.atomic
def name_substitute(*, invitation: Invitation, name: str, email: str) -> Invitation:
    """Somebody else comes: they get an invitation of their own, once. Raises SignUpRefused."""
    mine = _locked(invitation)
    if mine.state == Invitation.State.SUBSTITUTED:
        raise signing_up.SignUpRefused(_("Somebody else comes instead of you already."))
    address = add_address(channel="email", value=email)
    if Invitation.objects.filter(meeting=mine.meeting, address=address).exists():
        raise signing_up.SignUpRefused(_("This address has an invitation of its own. Name somebody else."))
    now = database_now()
    made = _put(mine.meeting, mine.group, name.strip(), mine.organisation, address, now)
    made.state, made.sent_at = Invitation.State.SENT, now
    made.save(update_fields=["state", "sent_at"])
    decline_invitation(invitation=mine)
    mine.refresh_from_db()
    _answer(mine, Invitation.State.SUBSTITUTED)
    _write(made, mine.meeting)
    return made


def _locked(invitation: Invitation) -> Invitation:
    rows = Invitation.objects.select_for_update(no_key=True, of=("self",)).select_related("meeting", "group", "registration")
    mine = rows.get(pk=invitation.pk)
    if mine.meeting.state != State.ANNOUNCED or mine.meeting.starts_at <= database_now():
        raise signing_up.SignUpRefused(_("This invitation cannot be answered any more."))
    return mine


def _answer(mine: Invitation, state: str) -> None:
    before = mine.state
    mine.state, mine.answered_at = state, database_now()
    mine.save(update_fields=["state", "answered_at", "registration"])
    record(deed="meetings.answer_invitation", subject=mine, before={"state": before}, after={"state": state})

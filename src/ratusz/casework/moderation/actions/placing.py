"""How a place publishes, who moderates there and from when to when; moderators from outside lose their rights with the place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext as _

from ratusz.casework.moderation import rules
from ratusz.casework.moderation.actions import letters
from ratusz.casework.moderation.models import Mandate, Mode, PlaceRules
from ratusz.casework.moderation.registries import Place
from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.working_days import end_of_day
from ratusz.foundation.people.models import Role, User
from ratusz.foundation.units.actions import appoint, end_appointment, invite_account
from ratusz.foundation.units.models import Appointment, Unit


@dataclass(frozen=True)
class Outsider:
    """Somebody without an account of the Office, as the head writes them down."""

    email: str
    first_name: str
    last_name: str


@transaction.atomic
def set_mode(*, place: str, mode: str, why: str, person: Any) -> PlaceRules:
    """The place publishes so from now on; what held before stays in its history. Raises NotYours, ModerationRefused."""
    now, found = database_now(), rules.place_of(place)
    rules.check_may(person, "keep", (found.unit if found else None) or Unit.objects.the_department(), now)
    rules.check_mode(found, mode, why)
    made = PlaceRules.objects.create(place=place, mode=Mode(mode), why=why.strip()[:500], starts=now, set_by=person)
    record(deed="moderation.set_mode", subject=made, after={"mode": mode, "why": made.why}, actor=person)
    return made


@transaction.atomic
def appoint_moderator(
    *, place: str, moderator: User | Outsider, first: date, last: date | None = None, substitute: User | None = None,
    trained_on: date | None = None, is_outsider: bool = False, person: Any,
) -> Mandate:  # fmt: skip
    """Appoints a moderator of a place for the days [first, last]; whoever has no account is invited to one.

    From outside the Office the mandate ends with the place at the latest. The moderator gets a letter. Raises NotYours,
    ModerationRefused, PermissionDenied, AlreadyHasAccount, AlreadyInvited.
    """
    now, found = database_now(), rules.place_of(place)
    unit = (found.unit if found else None) or Unit.objects.the_department()
    is_outsider = is_outsider or isinstance(moderator, Outsider)
    rules.check_may(person, "keep", unit, now)
    rules.check_mandate(found, first, last, trained_on, outsider=is_outsider, at=now)
    assert found is not None and unit is not None
    made = Mandate(place=place, place_name=found.name[:200], unit=unit, is_outsider=is_outsider, trained_on=trained_on)
    made.substitute, made.appointed_by, made.appointed_at = substitute, person, now
    made.starts, made.ends = max(now, _begin(first)), _end(found, last, is_outsider)
    rules.check_substitute(made, moderator)
    if isinstance(moderator, Outsider):
        made.invitation = invite_account(
            email=moderator.email, first_name=moderator.first_name, last_name=moderator.last_name,
            role=_role(), unit=unit, starts=made.starts, ends=made.ends, person=person,
        )  # fmt: skip
    else:
        made.person = moderator
    made.save()
    for each in (made.person, substitute):
        if each is not None:
            _let_in(each, made, person)
    letters.send_appointment(made)
    after = {"person": made.person_id, "substitute": made.substitute_id, "is_outsider": is_outsider, "ends": made.ends}
    record(deed="moderation.appoint_moderator", subject=made, after=after, actor=person)
    return made


def _begin(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=get_default_timezone())


def _end(place: Place, last: date | None, is_outsider: bool) -> datetime | None:
    chosen = end_of_day(last) if last else None
    if is_outsider and place.ends_at is not None:
        return min(chosen, place.ends_at) if chosen else place.ends_at
    return chosen


def _role() -> Role:
    return Role.objects.get(code=rules.UNIT_MODERATOR)


def _let_in(who: User, mandate: Mandate, person: Any) -> None:
    """The role that opens the office for them, unless they have it for as long already."""
    lasting = Q(ends=None) | Q(ends__gte=mandate.ends) if mandate.ends else Q(ends=None)
    held = Appointment.objects.filter(lasting, person=who, role=_role(), unit=mandate.unit, starts__lte=mandate.starts)
    if not held.exists():
        appoint(person=who, role=_role(), unit=mandate.unit, starts=mandate.starts, ends=mandate.ends, actor=person)


@transaction.atomic
def end_mandate(*, mandate: Mandate, why: str, person: Any) -> Mandate:
    """Calls a moderator off, with a reason they read. Raises NotYours, ModerationRefused."""
    now = database_now()
    mandate = Mandate.objects.select_for_update(of=("self",)).get(pk=mandate.pk)
    rules.check_may(person, "keep", mandate.unit, now)
    rules.check_ending(mandate, why, now)
    return _end_now(mandate, why.strip()[:300], person, now)


def _end_now(mandate: Mandate, why: str, person: Any, now: datetime) -> Mandate:
    mandate.ended_at, mandate.ended_by, mandate.end_reason = now, person, why
    mandate.save(update_fields=["ended_at", "ended_by", "end_reason"])
    for who in holders_of(mandate):
        _let_out(who, mandate, now, person)
    letters.send_end_of_appointment(mandate)
    record(deed="moderation.end_mandate", subject=mandate, after={"why": why}, actor=person)
    return mandate


def holders_of(mandate: Mandate) -> list[User]:
    """The moderator, found by the invitation where they came by one, and the substitute."""
    found = [each for each in (mandate.person, mandate.substitute) if each is not None]
    invitation = mandate.invitation
    if mandate.person is None and invitation is not None and invitation.accepted_at is not None:
        found += list(User.objects.filter(email__iexact=invitation.email))
    return found


def _let_out(who: User, mandate: Mandate, now: datetime, person: Any) -> None:
    """The role ends, unless another mandate of theirs in the unit needs it."""
    others = Mandate.objects.in_force(now).of(who.pk, who.email).filter(unit=mandate.unit).exclude(pk=mandate.pk)
    if others.exists():
        return
    running = Appointment.objects.in_force(now).filter(person=who, role=_role(), unit=mandate.unit)
    for each in running:
        end_appointment(appointment=each, ends=now, actor=person)


@transaction.atomic
def follow_places() -> int:
    """Every hour: mandates of outsiders whose place is over or gone end by themselves. Gives how many did."""
    now = database_now()
    running = Mandate.objects.in_force(now).filter(is_outsider=True).select_for_update(of=("self",))
    over = [each for each in running if rules.has_ended(each.place, now)]
    for each in over:
        _end_now(each, _("the place is over"), None, now)
    return len(over)

"""What is done with initiatives: registered, filed, checked, put on the agenda, resolved, withdrawn, forgotten."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from ratusz.casework.deadlines.actions import start_clock, stop_clock
from ratusz.casework.deadlines.rulebook import NoSuchRule
from ratusz.casework.documents.actions import take_number
from ratusz.casework.signatures.actions import close_collection, end_collection, open_collection, renew_collection
from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.kit.working_days import end_of_day
from ratusz.foundation.notifications.actions import add_address, send
from ratusz.foundation.territory.models import District
from ratusz.foundation.units.models import Unit
from ratusz.participation.initiatives import rules, supporting, terms
from ratusz.participation.initiatives.councils import CONTACT, DUTY, FIELDS
from ratusz.participation.initiatives.letter_words import letter_text
from ratusz.participation.initiatives.models import CommitteeMember, DistrictCouncil, Initiative, InitiativeState, InitiativeStep
from ratusz.publishing.website.own_sites import full_address

SERIES, PURPOSE = "initiatives.initiative", "initiatives.initiative"
S = InitiativeState


@transaction.atomic
def register_initiative(
    *, title: str, draft: str, justification: str, members: str, email: str, form_key: uuid.UUID, person: Any
) -> Initiative:
    """The committee gave notice with its statement and draft: its page is public and its lists may be printed.

    `members`: one in a line, "name surname; address". Sent twice it is one. Raises NotYours, InitiativeRefused.
    """
    now = database_now()
    rules.check_may(person, "handle", None, now)
    if found := Initiative.objects.filter(form_key=form_key).first():
        return found
    people = rules.read_members(members)
    rules.check_committee(people, terms.term("committee_least", now))
    mine = Initiative(
        title=title, draft=draft, justification=justification, form_key=form_key, registered_at=now,
        contact=add_address(channel="email", value=email) if email else None, needed=terms.term("signatures_needed", now),
        number=take_number(series=SERIES, subject=f"{SERIES}:{form_key}", at=now).text,
    )  # fmt: skip
    mine.save()
    CommitteeMember.objects.bulk_create(CommitteeMember(initiative=mine, name=name, home=home) for name, home in people)
    _step(mine, S.COLLECTING, now, person)
    open_collection(subject=mine.key)
    return mine


def _locked(initiative: Initiative) -> Initiative:
    return Initiative.objects.select_for_update(of=("self",)).select_related("contact").get(pk=initiative.pk)


def _step(mine: Initiative, state: str, at: datetime, person: Any, words: str = "") -> None:
    mine.state = state
    mine.save()
    step = InitiativeStep.objects.create(initiative=mine, state=state, happened_at=at, words=words, person=person)
    record(deed="initiatives.step", subject=mine, after={"state": state, "session_on": mine.session_on}, actor=person)
    renew_collection(subject=mine.key)
    _tell(step)


def _tell(step: InitiativeStep) -> None:
    """Writes to the committee in the words of the letter; one without an address gets the letter itself."""
    mine = step.initiative
    if mine.contact is not None:
        subject = _("Your initiative %(number)s") % {"number": mine.number}
        button = (_("Page of the initiative"), full_address(mine.get_absolute_url()))
        text = f"{mine.title}\n\n{letter_text(step)}"
        send(to=mine.contact, purpose=PURPOSE, subject=subject, text=text, button=button, dedup_key=f"{mine.key}:{step.pk}")


@transaction.atomic
def file_draft(*, initiative: Initiative, received_on: date, person: Any) -> Initiative:
    """The signed lists came, or what was missing after a call: three months run from that day. Raises as others do."""
    mine, now = _locked(initiative), database_now()
    rules.check_may(person, "handle", mine, now)
    rules.check_state(mine, S.COLLECTING, S.CALLED)
    rules.check_past(received_on, now)
    mine.filed_at = now if received_on == local_day(now) else min(end_of_day(received_on) - timedelta(seconds=1), now)
    try:
        start_clock(
            rule=rules.AGENDA, subject=mine.key, label=str(mine), url=reverse("initiatives_initiative", args=[mine.pk]),
            unit=Unit.objects.the_department(), started_at=mine.filed_at,
        )  # fmt: skip
    except NoSuchRule as problem:
        raise rules.InitiativeRefused(_("On that day the city had no rules on initiatives yet. Check the year.")) from problem
    _step(mine, S.FILED, mine.filed_at, person)
    return mine


@transaction.atomic
def call_to_complete(*, initiative: Initiative, words: str, person: Any) -> Initiative:
    """Tells the committee what is missing; the three months run anew once it is there. Raises NotYours, InitiativeRefused."""
    mine, now = _locked(initiative), database_now()
    rules.check_may(person, "handle", mine, now)
    rules.check_state(mine, S.FILED)
    words = rules.check_words(words)
    stop_clock(rule=rules.AGENDA, subject=mine.key, event="called")
    _step(mine, S.CALLED, now, person, words)
    return mine


@transaction.atomic
def find_valid(*, initiative: Initiative, person: Any) -> Initiative:
    """The formal check is passed: enough signatures count. Raises NotYours, InitiativeRefused."""
    mine, now = _locked(initiative), database_now()
    rules.check_may(person, "handle", mine, now)
    rules.check_state(mine, S.FILED)
    found = supporting.standing(mine)
    rules.check_signatures(mine.needed, found.valid if found else 0, bool(found and found.waits))
    _step(mine, S.VALID, now, person)
    if found:
        close_collection(collection=found.collection)
    return mine


@transaction.atomic
def return_draft(*, initiative: Initiative, words: str, person: Any) -> Initiative:
    """The requirements are not met: the draft goes back with the reasons. Raises NotYours, InitiativeRefused."""
    mine, now = _locked(initiative), database_now()
    rules.check_may(person, "handle", mine, now)
    rules.check_state(mine, S.FILED, S.CALLED)
    words = rules.check_words(words)
    stop_clock(rule=rules.AGENDA, subject=mine.key, event="returned")
    _end(mine, S.RETURNED, now, person, words)
    return mine


def _end(mine: Initiative, state: str, now: datetime, person: Any, words: str = "") -> None:
    mine.ended_at = now
    _step(mine, state, now, person, words)
    end_collection(subject=mine.key, ended_at=now)


@transaction.atomic
def put_on_agenda(*, initiative: Initiative, session_on: date, person: Any) -> Initiative:
    """The draft is on the agenda of the session of that day: the clock stops. Raises NotYours, InitiativeRefused."""
    mine, now = _locked(initiative), database_now()
    rules.check_may(person, "handle", mine, now)
    rules.check_state(mine, S.VALID, S.AGENDA)
    rules.check_session(session_on, mine.filed_at)
    mine.session_on = session_on
    stop_clock(rule=rules.AGENDA, subject=mine.key, event="on_agenda")
    _step(mine, S.AGENDA, now, person)
    return mine


@transaction.atomic
def note_result(*, initiative: Initiative, is_adopted: bool, resolution: str, words: str, person: Any) -> Initiative:
    """What the City Council resolved. Raises NotYours, InitiativeRefused."""
    mine, now = _locked(initiative), database_now()
    rules.check_may(person, "handle", mine, now)
    rules.check_state(mine, S.AGENDA)
    if is_adopted and not resolution.strip():
        raise rules.InitiativeRefused(fields={"resolution": _("Write the number of the Council's resolution.")})
    mine.resolution = resolution.strip()
    _end(mine, S.ADOPTED if is_adopted else S.REJECTED, now, person, words.strip())
    return mine


@transaction.atomic
def withdraw_initiative(*, initiative: Initiative, person: Any) -> Initiative:
    """The committee took the draft back in writing. Raises NotYours, InitiativeRefused."""
    mine, now = _locked(initiative), database_now()
    rules.check_may(person, "handle", mine, now)
    if not rules.is_withdrawable(mine):
        raise rules.InitiativeRefused(_("This initiative has ended. It cannot be withdrawn any more."))
    stop_clock(rule=rules.AGENDA, subject=mine.key, event="withdrawn")
    _end(mine, S.WITHDRAWN, now, person)
    return mine


@transaction.atomic
def erase_initiatives(*, initiatives: Iterable[Initiative]) -> int:
    """Erases committees and where to write; drafts stay, they name nobody."""
    now, count = database_now(), 0
    for each in list(initiatives):
        mine = _locked(each)
        if mine.erased_at is None:
            mine.members.all().delete()
            Initiative.objects.filter(pk=mine.pk).update(contact=None, erased_at=now)
            record(deed="initiatives.erase", subject=mine)
            count += 1
    return count


def forget_committees(*, at: datetime | None = None) -> int:
    """Every night: committees of initiatives that ended longer ago than the pack keeps them."""
    now = at or database_now()
    old = now - timedelta(days=terms.term("kept_days", now))
    return erase_initiatives(initiatives=Initiative.objects.filter(ended_at__lt=old, erased_at=None))


@transaction.atomic
def save_council(*, district: District, facts: dict[str, Any], person: Any) -> DistrictCouncil:
    """Writes the whole contact anew; `facts` are FIELDS. A council's editor writes CONTACT and DUTY, which confirms them.

    Raises NotYours.
    """
    now = database_now()
    District.objects.select_for_update().get(pk=district.pk)
    kept = DistrictCouncil.objects.filter(district=district).select_related("unit").first()
    is_ours = rules.may(person, "handle", None, now)
    if not is_ours and not (kept and rules.keeps(person, kept, now)):
        raise rules.NotYours
    blank: dict[str, Any] = {
        **dict.fromkeys(CONTACT, ""),
        **dict.fromkeys(DUTY),
        "point_slug": "",
        "unit": None,
        "is_example": False,
    }
    if not is_ours and kept:
        blank |= {"point_slug": kept.point_slug, "unit": kept.unit}
    allowed = FIELDS if is_ours else (*CONTACT, *DUTY)
    values = blank | {name: value for name, value in facts.items() if name in allowed} | {"saved_at": now, "saved_by": person}
    made, _is_new = DistrictCouncil.objects.update_or_create(district=district, defaults=values)
    record(deed="initiatives.save_council", subject=made, after={"district": district.number}, actor=person)
    return made

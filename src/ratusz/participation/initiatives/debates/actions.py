"""What is done with debates: set up, residents' forms filed, listed, refused and withdrawn, the result noted, people forgotten."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from ratusz.casework.signatures.likeness import same_parts
from ratusz.foundation.audit.actions import record
from ratusz.foundation.files.actions import accept_upload, delete_file
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.codes import random_code
from ratusz.foundation.kit.dates import polish_date
from ratusz.foundation.notifications.actions import add_address, send
from ratusz.foundation.people.keys import keyed_digest
from ratusz.participation.initiatives import rules as ours
from ratusz.participation.initiatives import terms
from ratusz.participation.initiatives.debates import queries, rules
from ratusz.participation.initiatives.models import Debate, DebateEntry, EntryState, Refusal
from ratusz.publishing.website.actions import refresh_after_commit
from ratusz.publishing.website.own_sites import full_address

PURPOSE, SCAN, PERSON_KEY = "initiatives.debate", "initiatives.scan", "debate-person"
FACTS = ("year", "session_at", "place", "report_url", "report_on", "most_speakers", "raised_by")
CODE_LENGTH = 12
E = EntryState


@transaction.atomic
def save_debate(*, facts: dict[str, Any], person: Any, debate: Debate | None = None) -> Debate:
    """A new debate, or what changed of one; the number of signatures follows from the people of the city.

    When the Council raises the number of speakers, whoever waits in reserve moves up by itself. Raises NotYours, InitiativeRefused.
    """
    now = database_now()
    ours.check_may(person, "handle", None, now)
    mine = Debate.objects.select_for_update().get(pk=debate.pk) if debate else Debate(made_at=now)
    years = {mine.year, facts["year"]} - {None}
    for name in FACTS:
        setattr(mine, name, facts[name])
    ours.check_fields(rules.debate_problems(facts, terms.term("debate_speakers", mine.session_at)))
    mine.signatures_needed = mine.signatures_needed or _needed(mine.session_at)
    try:
        with transaction.atomic():
            mine.save()
    except IntegrityError as problem:
        words = _("There is a debate about this year already. Change that one.")
        raise ours.InitiativeRefused(fields={"year": words}) from problem
    record(deed="initiatives.save_debate", subject=mine, after={name: facts[name] for name in FACTS}, actor=person)
    for year in years:
        refresh_after_commit(source="debates", key=f"debate:{year}")
    return mine


def _needed(at: datetime) -> int:
    small, big = terms.term("debate_signatures_small", at), terms.term("debate_signatures", at)
    return rules.signatures_needed(queries.people_of_the_city(), terms.term("debate_small_people", at), small, big)


@transaction.atomic
def file_entry(*, debate: Debate, name: str, home: str, email: str, upload: Any, form_key: uuid.UUID) -> DebateEntry:
    """A resident files the signed form as a scan; its place is the moment it came by the database's clock. Sent twice it is one.

    Raises InitiativeRefused, files' FileRefused.
    """
    mine, now = Debate.objects.select_for_update().get(pk=debate.pk), database_now()
    if found := DebateEntry.objects.filter(form_key=form_key).first():
        return found
    rules.check_in_time(mine, now)
    made = _entry(mine, name, home, email, form_key, now)
    made.scan = accept_upload(upload=upload, name=upload.name, purpose=SCAN, subject=f"ratusz_initiatives.Debate:{mine.pk}")
    made.save()
    record(deed="initiatives.file_entry", subject=made, after={"channel": made.channel})
    _tell(made, "filed", _receipt_words(made))
    return made


@transaction.atomic
def enter_entry(
    *, debate: Debate, name: str, home: str, email: str, channel: str, received_at: datetime, form_key: uuid.UUID, person: Any,
    upload: Any = None,
) -> DebateEntry:  # fmt: skip
    """A form from paper with the moment it came; one that came too late is refused at once, with its letter.

    Raises NotYours, InitiativeRefused, files' FileRefused.
    """
    mine, now = Debate.objects.select_for_update().get(pk=debate.pk), database_now()
    ours.check_may(person, "handle", None, now)
    if found := DebateEntry.objects.filter(form_key=form_key).first():
        return found
    rules.check_received(received_at, mine.session_at, now)
    made = _entry(mine, name, home, email, form_key, received_at)
    made.channel, made.person = channel, person
    if upload is not None:
        subject = f"ratusz_initiatives.Debate:{mine.pk}"
        made.scan = accept_upload(upload=upload, name=upload.name, purpose=SCAN, uploaded_by=person, subject=subject)
    made.save()
    record(deed="initiatives.enter_entry", subject=made, after={"channel": channel, "received_at": received_at}, actor=person)
    _tell(made, "filed", _receipt_words(made))
    return made if rules.is_in_time(mine, received_at) else refuse_entry(entry=made, refusal=Refusal.LATE, person=person)


def _entry(debate: Debate, name: str, home: str, email: str, form_key: uuid.UUID, received_at: datetime) -> DebateEntry:
    return DebateEntry(
        debate=debate, name=name, home=home, form_key=form_key, received_at=received_at, code=random_code(CODE_LENGTH),
        contact=add_address(channel="email", value=email) if email else None,
        person_digest=keyed_digest(PERSON_KEY, str(debate.pk), *same_parts(name, home)).hex(),
        order=(debate.entries.aggregate(last=Max("order"))["last"] or 0) + 1,
    )  # fmt: skip


def _receipt_words(entry: DebateEntry) -> str:
    return _("We have your form. Number on the receipt: %(code)s. We write to you once we have checked it.") % {
        "code": entry.receipt
    }


def _locked(entry: DebateEntry, person: Any, now: datetime) -> DebateEntry:
    """The debate first, as everywhere."""
    ours.check_may(person, "handle", None, now)
    debate = Debate.objects.select_for_update().get(pk=entry.debate_id)
    mine = DebateEntry.objects.select_for_update(of=("self",)).select_related("contact").get(pk=entry.pk)
    mine.debate = debate
    return mine


@transaction.atomic
def list_entry(*, entry: DebateEntry, signatures: int, is_resident: bool, person: Any) -> DebateEntry:
    """The form meets the law: it is on the list, in the place of its receipt. Raises NotYours, InitiativeRefused."""
    now = database_now()
    mine = _locked(entry, person, now)
    rules.check_state(mine.state, E.RECEIVED)
    rules.check_listing(mine.debate, signatures, mine.received_at, is_resident=is_resident)
    rules.check_first(mine, queries.doubles(mine))
    _settle(mine, E.LISTED, now, person, signatures=signatures)
    place = next(each for each in queries.in_order(mine.debate) if each.entry.pk == mine.pk)
    said = {"place": place.place, "day": polish_date(mine.debate.session_at)}
    words = _("You speak in the debate of %(day)s. Your place on the list: %(place)s.")
    if not place.speaks:
        words = _("Your form is in order, but the places in the debate of %(day)s are taken. Your place in reserve: %(place)s.")
    _tell(mine, "listed", words % said)
    return mine


def _settle(mine: DebateEntry, state: str, now: datetime, person: Any, signatures: int | None = None, refusal: str = "") -> None:
    mine.state, mine.refusal, mine.judged_at, mine.person = state, refusal, now, person
    if signatures is not None:
        mine.signatures = signatures
    mine.save()
    record(
        deed="initiatives.settle_entry",
        subject=mine,
        after={"state": state, "refusal": refusal, "signatures": mine.signatures},
        actor=person,
    )


@transaction.atomic
def refuse_entry(*, entry: DebateEntry, refusal: str, person: Any, signatures: int | None = None) -> DebateEntry:
    """The form does not meet the law; the person reads which words of it. Raises NotYours, InitiativeRefused."""
    now = database_now()
    mine = _locked(entry, person, now)
    rules.check_state(mine.state, E.RECEIVED)
    if refusal == Refusal.FEW_SIGNATURES and (signatures is None or signatures >= mine.debate.signatures_needed):
        raise ours.InitiativeRefused(fields={"signatures": _("Write how many signatures count: fewer than are needed.")})
    if refusal == Refusal.DOUBLED:
        rules.check_doubled(mine, queries.doubles(mine))
    _settle(mine, E.REFUSED, now, person, signatures=signatures, refusal=refusal)
    _tell(mine, "refused", rules.refusal_words(mine.debate, refusal, mine.signatures))
    return mine


@transaction.atomic
def withdraw_entry(*, entry: DebateEntry, person: Any) -> DebateEntry:
    """The person does not want to speak; whoever waits in reserve moves up. Raises NotYours, InitiativeRefused."""
    now = database_now()
    mine = _locked(entry, person, now)
    if not rules.may_be_withdrawn(mine.state):
        raise ours.InitiativeRefused(_("This form has been settled a moment ago. Look where it stands now."))
    _settle(mine, E.WITHDRAWN, now, person)
    return mine


@transaction.atomic
def reopen_entry(*, entry: DebateEntry, person: Any) -> DebateEntry:
    """What was decided by mistake is taken back: the form waits to be checked anew. Raises NotYours, InitiativeRefused."""
    now = database_now()
    mine = _locked(entry, person, now)
    rules.check_reopened(mine.state, mine.debate.session_at, now)
    _settle(mine, E.RECEIVED, now, person)
    _tell(mine, "reopened", _("We check your form once more: what we wrote before no longer holds. We write to you again."))
    return mine


def _tell(entry: DebateEntry, event: str, text: str) -> None:
    """A form that was taken back to checking is decided anew, and told anew."""
    if entry.contact is not None:
        subject = _("Your form for the debate on the state of the municipality")
        key = f"initiatives.entry:{entry.pk}:{event}:{entry.judged_at.isoformat() if entry.judged_at else ''}"
        button = (_("Page of the debate"), full_address(entry.debate.get_absolute_url()))
        send(to=entry.contact, purpose=PURPOSE, subject=subject, text=text, button=button, dedup_key=key)


@transaction.atomic
def note_result(*, debate: Debate, resolution: str, words: str, person: Any) -> Debate:
    """How the debate went and the vote of confidence, for everybody. Raises NotYours, InitiativeRefused."""
    now = database_now()
    ours.check_may(person, "handle", None, now)
    mine = Debate.objects.select_for_update().get(pk=debate.pk)
    if mine.session_at > now:
        raise ours.InitiativeRefused(_("The session is still ahead."))
    mine.resolution, mine.words = resolution.strip(), words.strip()
    mine.save(update_fields=["resolution", "words"])
    record(deed="initiatives.note_debate", subject=mine, after={"resolution": mine.resolution}, actor=person)
    refresh_after_commit(source="debates", key=f"debate:{mine.year}")
    return mine


@transaction.atomic
def erase_entries(*, entries: Iterable[DebateEntry]) -> int:
    """Whoever filed them goes with the scan; the place, the moment and the numbers stay."""
    now, count = database_now(), 0
    theirs = DebateEntry.objects.filter(pk__in=[each.pk for each in entries], erased_at=None).select_related("scan")
    for mine in theirs.select_for_update(of=("self",)):
        if mine.scan is not None:
            delete_file(file=mine.scan, reason="retention")
        mine.name = mine.home = mine.person_digest = ""
        mine.contact, mine.scan, mine.erased_at = None, None, now
        mine.save()
        record(deed="initiatives.erase_entry", subject=mine)
        count += 1
    return count


def forget_entries(*, at: datetime | None = None) -> int:
    """Every night: residents of debates that were longer ago than the pack keeps them."""
    now = at or database_now()
    old = now - timedelta(days=terms.term("debate_kept_days", now))
    return erase_entries(entries=DebateEntry.objects.filter(debate__session_at__lt=old, erased_at=None))

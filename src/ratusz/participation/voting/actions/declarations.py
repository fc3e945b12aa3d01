"""Declarations of people who are in no register: taken in with one answer for everybody, decided by an officer with reasons."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.notifications.actions import send
from ratusz.participation.voting import entries
from ratusz.participation.voting.actions.letters import new_code
from ratusz.participation.voting.actions.logging import log
from ratusz.participation.voting.actions.register import require_room
from ratusz.participation.voting.actions.votes import require, shared
from ratusz.participation.voting.models import Declaration, RegisterEntry, RegisterLine, Vote, VoterCode
from ratusz.participation.voting.rules import VoteRefused
from ratusz.publishing.website.own_sites import full_address

PURPOSE = "voting.declaration"
State = Declaration.State
LET_IN = gettext_noop(
    "You may vote in the participatory budget {year}. Number: {number}, code: {code}. Vote at {address}. {reasons}"
)
NOT_LET_IN = gettext_noop("You are not let in to the vote in the participatory budget {year}. Reasons: {reasons}")
EMPTY = {"name": "", "street": "", "contact": "", "grounds": ""}
KEPT = timedelta(days=365)
"""How long after the vote names of declarations are kept: until nothing can be contested any more (verify with the archive)."""


@transaction.atomic
def declare(*, vote: Vote, voter_key: bytes, **facts: Any) -> Declaration:
    """Takes a declaration in. One that is open or granted already is given back as it is: the answer tells nothing of the register.

    Whoever declares waits for the closing alone and keeps nobody waiting: a unique constraint keeps the declaration one.
    """
    vote = shared(vote)
    require_room(vote)
    if database_now() >= vote.closes_at:
        raise VoteRefused(_("The vote is over; declarations are not taken any more."))
    made, is_new = Declaration.objects.exclude(state=State.REFUSED).get_or_create(
        vote=vote, voter_key=voter_key, defaults={**facts, "way": Declaration.Way.WEB, "made_at": database_now()}
    )
    if is_new:
        record(deed="voting.declare", subject=made)
    return made


@transaction.atomic
def declare_at_point(*, vote: Vote, voter_key: bytes, reasons: str, person: Any, **facts: Any) -> Declaration:
    """Somebody present declares before an officer who sees a document, and is let in at once.

    What the same person sent over the website is decided with it, by what the document says; its contact and words stay.
    """
    require(person, "serve_at_point", vote)
    vote = Vote.objects.select_for_update(no_key=True, of=("self",)).select_related("edition").get(pk=vote.pk)
    made = declare(vote=vote, voter_key=voter_key, **facts)
    made = Declaration.objects.select_for_update().get(pk=made.pk)
    if made.state != State.OPEN:
        return made
    seen = {name: value for name, value in facts.items() if value or name not in EMPTY}
    for name, value in {**seen, "way": Declaration.Way.POINT}.items():
        setattr(made, name, value)
    made.save()
    _decide(made, State.GRANTED, reasons, person)
    _enter(vote, made)
    return made


@transaction.atomic
def decide_declaration(*, declaration: Declaration, grant: bool, reasons: str, person: Any) -> Declaration:
    """Lets the person in, or does not, with reasons that they read; whoever is let in gets a number and a code.

    Whoever left no contact, or whose contact was erased, is told nothing: they are in the register, and vote at a point.
    """
    require(person, "decide_declaration", declaration.vote)
    vote = Vote.objects.select_for_update(no_key=True, of=("self",)).select_related("edition").get(pk=declaration.vote_id)
    declaration = Declaration.objects.select_for_update().get(pk=declaration.pk)
    if declaration.state != State.OPEN:
        raise VoteRefused(_("This declaration has been decided already."))
    if grant:
        require_room(vote)
    _decide(declaration, State.GRANTED if grant else State.REFUSED, reasons, person)
    if grant:
        _send_code(vote, declaration, _enter(vote, declaration))
    else:
        _tell(vote, declaration, NOT_LET_IN, {})
    return declaration


def _decide(declaration: Declaration, state: str, reasons: str, person: Any) -> None:
    if not reasons.strip():
        raise VoteRefused(_("Write the reasons: the person reads them."))
    declaration.state = state
    declaration.reasons, declaration.decided_by, declaration.decided_at = reasons.strip(), person, database_now()
    declaration.save(update_fields=["state", "reasons", "decided_by", "decided_at"])
    record(deed="voting.decide_declaration", subject=declaration, after={"state": declaration.state, "reasons": reasons.strip()})


def _enter(vote: Vote, declaration: Declaration) -> RegisterEntry:
    source = RegisterEntry.Source.DESK if declaration.way == Declaration.Way.POINT else RegisterEntry.Source.DECLARATION
    facts = {name: getattr(declaration, name) for name in ("district", "age_band", "needs_guardian")}
    entry, is_new = RegisterEntry.objects.get_or_create(
        vote=vote, voter_key=bytes(declaration.voter_key), defaults={**facts, "source": source}
    )
    if is_new:
        log(vote=vote, entry=entries.deed("declaration", people=RegisterEntry.objects.filter(vote=vote).count()))
    return entry


def _send_code(vote: Vote, declaration: Declaration, entry: RegisterEntry) -> None:
    if not declaration.contact:
        return
    VoterCode.objects.filter(vote=vote, entry=entry, voided_at=None).update(voided_at=database_now())
    made = new_code(vote, entry, "")
    address = full_address(reverse("ballot:letter", args=[vote.edition.slug, declaration.language]))
    _tell(vote, declaration, LET_IN, {"number": made.shown_number, "code": made.shown_code, "address": address})


def _tell(vote: Vote, declaration: Declaration, words: str, facts: dict[str, str]) -> None:
    if not declaration.contact:
        return
    with override(declaration.language):
        text = _(words).format(year=vote.edition.year, reasons=declaration.reasons, **facts)
        subject = _("Your declaration for the vote")
    channel = "email" if "@" in declaration.contact else "sms"
    send(
        to=declaration.contact,
        channel=channel,
        purpose=PURPOSE,
        dedup_key=f"declaration-{declaration.pk}",
        subject=subject,
        text=text,
        language=declaration.language,
    )


@transaction.atomic
def erase_declarations(*, declarations: Any) -> int:
    """Empties names, addresses and words; that somebody declared and what was decided stays, with the digest."""
    return declarations.exclude(**EMPTY).update(**EMPTY)


@transaction.atomic
def forget_register(*, vote: Vote) -> int:
    """Deletes register, codes and consents of a vote that is counted and past contesting; returns how many people it held."""
    vote = Vote.objects.select_for_update(no_key=True).get(pk=vote.pk)
    if vote.state != Vote.State.COUNTED or vote.closes_at + KEPT > database_now():
        raise VoteRefused(_("The register stays until the result is final and nothing can be contested."))
    vote.guardian_consents.all().delete()
    vote.voter_codes.all().delete()
    # Of files that nobody took the counts stay, as of the others.
    RegisterLine.objects.filter(brought__vote=vote).delete()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM ratusz_voting_registerentry WHERE vote_id = %s", [vote.pk])
        number = cursor.rowcount
    record(deed="voting.forget_register", subject=vote, after={"people": number})
    return number


def forget_due_registers() -> int:
    """Every register whose time is over; returns how many people they held."""
    held = Exists(RegisterEntry.objects.filter(vote=OuterRef("pk"))) | Exists(
        RegisterLine.objects.filter(brought__vote=OuterRef("pk"))
    )
    due = list(Vote.objects.filter(held, state=Vote.State.COUNTED, closes_at__lte=database_now() - KEPT))
    return sum(forget_register(vote=vote) for vote in due)

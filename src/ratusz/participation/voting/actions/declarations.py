"""Declarations of people who are in no register: taken in with one answer for everybody, decided by an officer with reasons."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
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
from ratusz.participation.voting.actions.votes import require
from ratusz.participation.voting.models import Declaration, RegisterEntry, Vote, VoterCode
from ratusz.participation.voting.rules import VoteRefused

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
def declare(*, vote: Vote, voter_key: bytes, person: Any = None, **facts: Any) -> Declaration:
    """Takes a declaration in. One that is open or granted already is given back as it is: the answer tells nothing of the register.

    `person`: the officer who writes it down for somebody present at a point.
    """
    if person is not None:
        require(person, "serve_at_point", vote)
    vote = Vote.objects.select_for_update().get(pk=vote.pk)
    require_room(vote)
    if database_now() >= vote.closes_at:
        raise VoteRefused(_("The vote is over; declarations are not taken any more."))
    known = Declaration.objects.filter(vote=vote, voter_key=voter_key).exclude(state=State.REFUSED).first()
    if known:
        return known
    way = Declaration.Way.POINT if person else Declaration.Way.WEB
    made = Declaration.objects.create(vote=vote, voter_key=voter_key, way=way, made_at=database_now(), **facts)
    record(deed="voting.declare", subject=made)
    return made


@transaction.atomic
def decide_declaration(*, declaration: Declaration, grant: bool, reasons: str, person: Any, tell: bool = True) -> Declaration:
    """Lets the person in, or does not, with reasons that they read; whoever is let in gets a number and a code.

    `tell` is False at a point, where the person stands by and votes at once.
    """
    at_desk = declaration.way == Declaration.Way.POINT
    require(person, "serve_at_point" if at_desk else "decide_declaration", declaration.vote)
    vote = Vote.objects.select_for_update(of=("self",)).select_related("edition").get(pk=declaration.vote_id)
    declaration = Declaration.objects.select_for_update().get(pk=declaration.pk)
    if declaration.state != State.OPEN:
        raise VoteRefused(_("This declaration has been decided already."))
    if grant:
        require_room(vote)
    if not reasons.strip():
        raise VoteRefused(_("Write the reasons: the person reads them."))
    declaration.state = State.GRANTED if grant else State.REFUSED
    declaration.reasons, declaration.decided_by, declaration.decided_at = reasons.strip(), person, database_now()
    declaration.save(update_fields=["state", "reasons", "decided_by", "decided_at"])
    record(deed="voting.decide_declaration", subject=declaration, after={"state": declaration.state, "reasons": reasons.strip()})
    if grant:
        _let_in(vote, declaration, tell)
    elif tell:
        _tell(vote, declaration, NOT_LET_IN, {})
    return declaration


def _let_in(vote: Vote, declaration: Declaration, tell: bool) -> None:
    source = RegisterEntry.Source.DESK if declaration.way == Declaration.Way.POINT else RegisterEntry.Source.DECLARATION
    facts = {name: getattr(declaration, name) for name in ("district", "age_band", "needs_guardian")}
    entry, is_new = RegisterEntry.objects.get_or_create(
        vote=vote, voter_key=bytes(declaration.voter_key), defaults={**facts, "source": source}
    )
    if is_new:
        log(vote=vote, entry=entries.deed("declaration", people=RegisterEntry.objects.filter(vote=vote).count()))
    if not tell:
        return
    VoterCode.objects.filter(vote=vote, entry=entry, voided_at=None).update(voided_at=database_now())
    made = new_code(vote, entry, "")
    address = settings.WAGTAILADMIN_BASE_URL.rstrip("/") + reverse("ballot:letter", args=[vote.edition.slug, declaration.language])
    _tell(vote, declaration, LET_IN, {"number": made.shown_number, "code": made.shown_code, "address": address})


def _tell(vote: Vote, declaration: Declaration, words: str, facts: dict[str, str]) -> None:
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
    )


@transaction.atomic
def erase_declarations(*, declarations: Any) -> int:
    """Empties names, addresses and words; that somebody declared and what was decided stays, with the digest."""
    return declarations.exclude(**EMPTY).update(**EMPTY)


@transaction.atomic
def forget_register(*, vote: Vote) -> int:
    """Deletes register, codes and consents of a vote that is counted and past contesting; returns how many people it held."""
    vote = Vote.objects.select_for_update().get(pk=vote.pk)
    if vote.state != Vote.State.COUNTED or vote.closes_at + KEPT > database_now():
        raise VoteRefused(_("The register stays until the result is final and nothing can be contested."))
    vote.guardian_consents.all().delete()
    vote.voter_codes.all().delete()
    number = vote.register.all().delete()[1].get("ratusz_voting.RegisterEntry", 0)
    record(deed="voting.forget_register", subject=vote, after={"people": number})
    return number


def forget_due_registers() -> int:
    """Every register whose time is over; returns how many people they held."""
    due = Vote.objects.filter(state=Vote.State.COUNTED, closes_at__lte=database_now() - KEPT, register__isnull=False).distinct()
    return sum(forget_register(vote=vote) for vote in due)

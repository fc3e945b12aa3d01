"""Signing online without an account: name and address, a code to a mailbox or telephone, and taking it back by a link."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from ratusz.casework.signatures import links, rules
from ratusz.casework.signatures.actions.forgetting import blank
from ratusz.casework.signatures.models import Channel, Collection, Signature, State
from ratusz.casework.signatures.registries import SignerFacts, thing_of
from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.notifications.actions import add_address, send
from ratusz.foundation.people.actions import check_code, send_code, through_outbox
from ratusz.foundation.people.keys import digest_of_token
from ratusz.foundation.people.rules import CodeRefused, TooManyCodes
from ratusz.foundation.territory.queries import find_district

CODES, MINE = "signatures.code", "signatures.mine"
"""Purposes: of one-time codes, and of the message that brings the link to take it back."""


@dataclass(frozen=True)
class Signer:
    """What somebody says of themselves. `channel` ("email" or "sms") and `contact` are only for the code and the link."""

    name: str
    home: str
    channel: str
    contact: str
    is_child: bool = False
    guardian: str = ""


def sign_online(*, collection: Collection, signer: Signer) -> Signature:
    """Keeps a signature that waits for its code and sends the code. Call it outside a transaction.

    Whether the person has signed before is never told: neither here nor after the code; how much the address has confirmed is told
    after the code, to whoever reads its messages. Raises SignatureRefused.
    """
    signature = _keep(collection, signer)
    send_code_again(signature=signature)
    return signature


@transaction.atomic
def _keep(collection: Collection, signer: Signer) -> Signature:
    now = database_now()
    collection = Collection.objects.get(pk=collection.pk)
    thing = rules.check_online(collection, thing_of(collection.subject), now)
    rules.check_person(signer.name, signer.home, is_child=signer.is_child, guardian=signer.guardian)
    facts = SignerFacts(signer.name, signer.home, find_district(address=signer.home), signer.is_child, Channel.ONLINE)
    rules.check_signer(thing, facts, now)
    contact = add_address(channel=signer.channel, value=signer.contact)
    signature = Signature(
        collection=collection, public_id=uuid.uuid4(), channel=Channel.ONLINE, state=State.UNCONFIRMED, name=signer.name,
        home=signer.home, district=facts.district, is_child=signer.is_child, guardian=signer.guardian if signer.is_child else "",
        contact=contact, made_at=now,
        digest=links.person_digest(collection, signer.name, signer.home, is_child=signer.is_child),
    )  # fmt: skip
    signature.token_digest = digest_of_token(links.token_of(signature))
    signature.save(force_insert=True)
    record(deed="signatures.sign_online", subject=signature, after={"state": signature.state})
    return signature


def send_code_again(*, signature: Signature) -> Signature:
    """A new code, which voids the older one; three in an hour to one address. Call it outside a transaction.

    Raises SignatureRefused.
    """
    contact = signature.contact
    if signature.state != State.UNCONFIRMED or contact is None:
        raise rules.SignatureRefused(_("This signature needs no code."))
    what = _("Code to support: %(title)s.") % {"title": signature.collection.title[:80]}
    try:
        handle = send_code(
            purpose=CODES, address=contact.value, bound_to=signature.public_id.hex,
            deliver=through_outbox(channel=contact.channel, what=what),
        )  # fmt: skip
    except TooManyCodes as refusal:
        raise rules.SignatureRefused(
            _("We have sent three codes to this address within an hour. Wait an hour, or sign on paper.")
        ) from refusal
    signature.code_handle = handle
    Signature.objects.filter(pk=signature.pk).update(code_handle=handle)
    return signature


def confirm_signature(*, signature: Signature, digits: str) -> Signature:
    """The mailbox or telephone is theirs: from now the signature counts, unless the person has signed before; the signer sees no
    difference. Confirmed twice it is confirmed once. Call it outside a transaction. Raises SignatureRefused for a wrong code."""
    if signature.state == State.UNCONFIRMED and signature.code_handle is not None:
        try:
            check_code(handle=signature.code_handle, purpose=CODES, bound_to=signature.public_id.hex, digits=digits)
        except CodeRefused as refusal:
            raise rules.SignatureRefused(
                _("This code is wrong or its time is over. Check the digits, or ask for a new code.")
            ) from refusal
        return _count(signature)
    return signature


@transaction.atomic
def _count(signature: Signature) -> Signature:
    # One after another: of twenty confirmed at once the first one counts.
    collection = Collection.objects.select_for_update().get(pk=signature.collection_id)
    mine = Signature.objects.select_for_update(of=("self",)).select_related("contact").get(pk=signature.pk)
    now = database_now()
    if mine.state != State.UNCONFIRMED:
        return mine
    rules.check_open(collection, now)
    rules.check_contact(collection.signatures.filter(contact=mine.contact, confirmed_at__isnull=False).count(), now)
    mine.confirmed_at = now
    make_valid_once(mine, now)
    record(deed="signatures.confirm_signature", subject=mine, after={"state": mine.state})
    if mine.contact is not None:
        text = _("Thank you for supporting: %(title)s. To take your signature back, open: %(link)s") % {
            "title": collection.title, "link": links.my_signature_url(mine),
        }  # fmt: skip
        send(to=mine.contact, purpose=MINE, subject=_("Your signature"), text=text, dedup_key=f"{mine.key}:mine")
    return mine


def make_valid_once(mine: Signature, now: datetime) -> None:
    """Counts a signature, or marks it as repeated where the person counts already; the constraint decides, not a look before."""
    mine.state = State.VALID
    try:
        with transaction.atomic():
            mine.save()
    except IntegrityError as problem:
        if "a_person_counts_once" not in str(problem):
            raise
        mine.state, mine.ended_at = State.REPEATED, now
        mine.save()


@transaction.atomic
def withdraw_signature(*, signature: Signature) -> Signature:
    """The signer takes it back: it counts no more, and who they were is erased at once. Raises SignatureRefused once it ended."""
    mine = Signature.objects.select_for_update().get(pk=signature.pk)
    if not rules.is_withdrawable(mine):
        raise rules.SignatureRefused(_("This signature has ended already."))
    before, now = mine.state, database_now()
    mine.state, mine.ended_at = State.WITHDRAWN, now
    blank(mine, now)
    mine.save()
    record(deed="signatures.withdraw_signature", subject=mine, before={"state": before}, after={"state": mine.state})
    return mine

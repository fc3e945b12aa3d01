"""The check: similar signatures are looked at, single ones rejected with a reason, and the numbers go into a protocol."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from ratusz.casework.signatures import queries, rules, terms
from ratusz.casework.signatures.models import CheckProtocol, Collection, LineState, LookedAtPair, SheetLine, Signature, State
from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now


@transaction.atomic
def look_at_pair(*, first: Signature, second: Signature, is_same: bool, person: Any) -> LookedAtPair:
    """A clerk says of two similar signatures whether one person wrote both; then the later one does not count.

    Raises NotYours, SignatureRefused.
    """
    one, other = sorted((first, second), key=lambda each: each.pk)
    if one.collection_id != other.collection_id or one.pk == other.pk:
        raise rules.SignatureRefused(_("These two cannot be compared."))
    collection = _locked(one.collection, "enter", person)
    pair, is_new = LookedAtPair.objects.get_or_create(
        first=one, second=other, defaults={"is_same": is_same, "person": person, "made_at": database_now()}
    )
    if not is_new:
        raise rules.SignatureRefused(_("Somebody has looked at this pair a moment ago."))
    record(deed="signatures.look_at_pair", subject=pair, after={"is_same": is_same}, actor=person)
    if is_same:
        later = max(one, other, key=lambda each: (each.confirmed_at or each.made_at, each.pk))
        _reject(Signature.objects.select_for_update(of=("self",)).get(pk=later.pk, collection=collection), terms.REPEATED, "")
    return pair


@transaction.atomic
def reject_signature(*, signature: Signature, reason: str, note: str = "", person: Any) -> Signature:
    """A signature that counts does not, for a reason of the catalogue. Raises NotYours, SignatureRefused."""
    now = database_now()
    _locked(signature.collection, "manage", person)
    rules.check_reason(reason, now, typed=False)
    if reason == terms.OTHER and not note.strip():
        raise rules.SignatureRefused(_("Write the reason in the note."))
    mine = Signature.objects.select_for_update(of=("self",)).get(pk=signature.pk)
    _reject(mine, reason, note.strip()[:300])
    record(deed="signatures.reject_signature", subject=mine, after={"reason": reason}, actor=person)
    return mine


def _reject(mine: Signature, reason: str, note: str) -> None:
    rules.check_ending(mine, State.VALID)
    now = database_now()
    mine.state, mine.reason, mine.note, mine.ended_at = State.REJECTED, reason, note, now
    mine.save()
    if mine.line_id:
        SheetLine.objects.filter(pk=mine.line_id).update(state=LineState.REJECTED, reason=reason, note=note, decided_at=now)


@transaction.atomic
def reinstate_signature(*, signature: Signature, person: Any) -> Signature:
    """A rejected signature counts again: the reason was wrong. Raises NotYours, SignatureRefused when the person counts already."""
    _locked(signature.collection, "manage", person)
    mine = Signature.objects.select_for_update(of=("self",)).get(pk=signature.pk)
    rules.check_ending(mine, State.REJECTED)
    before = {"reason": mine.reason}
    mine.state, mine.reason, mine.note, mine.ended_at = State.VALID, "", "", None
    if mine.line_id:
        now = database_now()
        SheetLine.objects.filter(pk=mine.line_id).update(state=LineState.COUNTED, reason="", note="", decided_at=now)
    try:
        with transaction.atomic():
            mine.save()
    except IntegrityError as problem:
        raise rules.SignatureRefused(_("Another signature of this person counts already.")) from problem
    record(deed="signatures.reinstate_signature", subject=mine, before=before, actor=person)
    return mine


@transaction.atomic
def finish_check(*, collection: Collection, person: Any) -> CheckProtocol:
    """Writes the numbers into a protocol that never changes. Raises NotYours, SignatureRefused while something waits."""
    collection = _locked(collection, "manage", person)
    if collection.erased_at is not None:
        raise rules.SignatureRefused(_("The personal data have been erased. Nothing can be checked any more."))
    rules.check_finishing(
        collection, open_lines=queries.open_lines(collection).count(), pairs=len(queries.similar_pairs(collection))
    )
    now, numbers = database_now(), queries.numbers(collection)
    made = CheckProtocol.objects.create(
        collection=collection, made_at=now, made_by=person, needed=collection.needed, valid=numbers["valid"], numbers=numbers
    )
    after = {"valid": made.valid, "needed": made.needed}
    record(deed="signatures.finish_check", subject=made, after=after, actor=person)
    return made


def _locked(collection: Collection, deed: str, person: Any) -> Collection:
    rules.check_may(person, deed, collection, database_now())
    return Collection.objects.select_for_update().get(pk=collection.pk)

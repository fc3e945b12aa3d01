"""The check: similar signatures are looked at, single ones rejected with a reason, and the numbers go into a protocol."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from ratusz.casework.signatures import queries, rules, terms
from ratusz.casework.signatures.likeness import who_of, why_alike
from ratusz.casework.signatures.models import CheckProtocol, Collection, LineState, LookedAtPair, SheetLine, Signature, State
from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now


@transaction.atomic
def look_at_pair(*, first: Signature, second: Signature, is_same: bool, person: Any) -> LookedAtPair:
    """A clerk says of two similar signatures whether one person wrote both; then the later one does not count.

    Raises NotYours, SignatureRefused: also when one of them counts no more, or they do not look alike.
    """
    one, other = sorted((first, second), key=lambda each: each.pk)
    if one.collection_id != other.collection_id or one.pk == other.pk:
        raise rules.SignatureRefused(_("These two cannot be compared."))
    _locked(one.collection, "enter", person)
    if LookedAtPair.objects.filter(first=one, second=other).exists():
        raise rules.SignatureRefused(_("Somebody has looked at this pair a moment ago."))
    one, other = Signature.objects.select_for_update(of=("self",)).filter(pk__in=(one.pk, other.pk)).order_by("pk")
    for each in (one, other):
        rules.check_ending(each, State.VALID)
    if not why_alike(who_of(one), who_of(other)):
        raise rules.SignatureRefused(_("These two cannot be compared."))
    made = {"is_same": is_same, "person": person, "made_at": database_now()}
    pair = LookedAtPair.objects.create(first=one, second=other, **made)
    record(deed="signatures.look_at_pair", subject=pair, after={"is_same": is_same}, actor=person)
    if is_same:
        _reject(max(one, other, key=lambda each: (each.confirmed_at or each.made_at, each.pk)), terms.REPEATED, "")
    return pair


@transaction.atomic
def reject_signature(*, signature: Signature, reason: str, note: str = "", person: Any) -> Signature:
    """A signature that counts does not, for a reason of the catalogue. Raises NotYours, SignatureRefused."""
    now = database_now()
    _locked(signature.collection, "manage", person)
    rules.check_reason(reason, now, typed=False)
    if reason == terms.OTHER and not note.strip():
        raise rules.SignatureRefused(_("Write the reason in the note."))
    rules.check_no_long_number(note)
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
    rules.check_kept(collection)
    rules.check_finishing(
        collection, open_lines=queries.open_lines(collection).count(), pairs=len(queries.similar_pairs(collection)),
        scans=queries.handed_in(collection).count(),
    )  # fmt: skip
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

"""Personal data in public words: covered, or let stand by a person; then all of a consultation's words are signed off."""

from __future__ import annotations

from itertools import islice
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.personal_marks import KINDS
from ratusz.participation.consultations.models import Consultation
from ratusz.participation.remarks import personal_data, rules
from ratusz.participation.remarks.actions.showing import edit_public_words
from ratusz.participation.remarks.models import LetMark, Remark, SignOff

NAMED = 10
"""Numbers of remarks that a refusal names."""


def _standing(remark: Remark, kind: str, digest: str) -> tuple[Remark, int, int]:
    """The remark under its lock, and where the marked words stand now. Raises RemarkRefused when they are gone."""
    held = Remark.objects.select_for_update(of=("self",)).select_related("consultation").get(pk=remark.pk)
    pieces = personal_data.pieces_of(held, personal_data.open_marks(held, ()))
    found = next((each for each in pieces if each.kind == kind and each.digest == digest), None)
    if kind not in KINDS or found is None:
        raise rules.RemarkRefused(_("These words have changed in the meantime. Look at the remark again."))
    return held, found.start, found.end


@transaction.atomic
def let_stand(*, remark: Remark, kind: str, digest: str, person: Any) -> None:
    """A person says that marked words are no personal data, or may stay. Raises NotYours, RemarkRefused."""
    now = database_now()
    rules.check_may(person, "run", remark, now)
    held, _start, _end = _standing(remark, kind, digest)
    _let, is_new = LetMark.objects.get_or_create(remark=held, kind=kind, digest=digest, defaults={"let_at": now, "let_by": person})
    if is_new:
        record(deed="remarks.let_mark", subject=held, after={"kind": kind}, actor=person)


@transaction.atomic
def cover(*, remark: Remark, kind: str, digest: str, person: Any) -> None:
    """Puts "[dane osobowe]" in place of marked words in what everybody reads; what was written stays for the Office.

    Raises NotYours, RemarkRefused.
    """
    rules.check_may(person, "run", remark, database_now())
    held, start, end = _standing(remark, kind, digest)
    words = held.public_content[:start] + personal_data.COVERED + held.public_content[end:]
    edit_public_words(remark=held, words=words, person=person)
    record(deed="remarks.cover_mark", subject=held, after={"kind": kind}, actor=person)


@transaction.atomic
def sign_off(*, consultation: Consultation, person: Any) -> SignOff:
    """Somebody vouches that the public words of all remarks hold no personal data. Raises NotYours, RemarkRefused with numbers.

    It holds until one of them changes, or another remark is let out.
    """
    now = database_now()
    rules.check_may(person, "run", None, now)
    held = Consultation.objects.select_for_update(no_key=True, of=("self",)).get(pk=consultation.pk)
    left = list(islice(personal_data.all_marked(held), NAMED + 1))
    if left:
        numbers = ", ".join(str(each) for each in left[:NAMED]) + (" …" if len(left) > NAMED else "")
        raise rules.RemarkRefused(_("Marks wait in remarks no. %(numbers)s. Cover each, or let it stand.") % {"numbers": numbers})
    digest, count = personal_data.digest_of_words(held)
    made = SignOff.objects.create(consultation=held, digest=digest, remarks=count, signed_at=now, signed_by=person)
    record(deed="remarks.sign_off_words", subject=made, after={"remarks": count, "digest": digest}, actor=person)
    return made

"""Letters that came by e-mail: proposed to a consultation, made into an intake by the same action as any other, or put aside."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ratusz.casework.moderation.actions.admitting import spam_signs
from ratusz.casework.moderation.registries import Shown
from ratusz.foundation.audit.actions import record
from ratusz.foundation.files.actions import hand_over
from ratusz.foundation.files.models import StoredFile
from ratusz.foundation.incoming.actions import settling
from ratusz.foundation.incoming.models import Letter
from ratusz.foundation.incoming.reading.quoting import WORDS, blocks_of
from ratusz.foundation.kit.codes import formatted, normalised
from ratusz.foundation.kit.plain_numbers import plain_number
from ratusz.participation.consultations.models import Consultation, Form
from ratusz.participation.remarks import rules
from ratusz.participation.remarks.actions.attaching import subject_of
from ratusz.participation.remarks.actions.intake import Arrival, Author, Point, take_in
from ratusz.participation.remarks.mail.guessing import whose
from ratusz.participation.remarks.mail.tags import MAILBOX
from ratusz.participation.remarks.models import Intake, RemarkLetter

HASTE = timedelta(minutes=10)


def hear(letter: Letter) -> None:
    """A letter came: whose consultation it may be is noted, and one that looks like spam is set apart, within its transaction."""
    consultation, form, found_by = whose(letter)
    RemarkLetter.objects.create(letter=letter, consultation=consultation, form=form, found_by=found_by)
    if letter.state == Letter.State.WAITING and (signs := _signs(letter)):
        settling.set_apart(letter=letter, problem="spam", signals=signs)


def _signs(letter: Letter) -> list[str]:
    """Of its own words: addresses in a signature are no sign of anything."""
    own = "\n".join(each.words for each in blocks_of(letter.text) if each.kind == WORDS)
    lately = (
        Letter.objects.filter(mailbox=MAILBOX, sender=letter.sender, arrived_at__gt=letter.arrived_at - HASTE)
        if letter.sender_id
        else None
    )
    shown = Shown(
        label="", where="", words=f"{letter.subject}\n{own}", written_at=letter.arrived_at,
        author_address=letter.sender.value if letter.sender else "", sent_lately=lately.count() - 1 if lately is not None else 0,
    )  # fmt: skip
    return spam_signs(shown, letter.kept_at)


@transaction.atomic
def assign(*, letter: Letter, consultation: Consultation, person: Any) -> None:
    """The letter belongs to that consultation, somebody says. Raises incoming's NotYours and LetterRefused."""
    letter, _now = settling.locked(letter, person)
    if letter.state == Letter.State.HANDLED:
        raise rules.RemarkRefused(_("An intake was made of this letter already. Put it right there."))
    ours = RemarkLetter.objects.get(letter=letter)
    before = {"consultation": ours.consultation_id}
    ours.consultation, ours.form, ours.found_by = consultation, None, RemarkLetter.FoundBy.PERSON
    ours.save(update_fields=["consultation", "form", "found_by"])
    record(deed="remarks.assign_letter", subject=ours, before=before, after={"consultation": consultation.pk}, actor=person)


@transaction.atomic
def enter_letter(
    *, letter: Letter, consultation: Consultation, points: Sequence[Point], author: Author, form: Form | None, language: str = "pl",
    person: Any,
) -> Intake:  # fmt: skip
    """An intake of the letter, received when the mail arrived, with its attachments; its sender gets the receipt like any author.

    Raises NotYours, RemarkRefused, and incoming's NotYours and LetterRefused, also when somebody has settled it meanwhile.
    """
    letter, _now = settling.locked(letter, person)
    arrival = Arrival(channel=Intake.Channel.EMAIL, received_at=letter.arrived_at, language=language)
    intake = take_in(consultation=consultation, points=points, author=author, arrival=arrival, form=form, person=person)
    settling.settle(letter=letter, outcome=intake.key, person=person)
    for file in StoredFile.objects.filter(pk__in=letter.attachments.exclude(file=None).values("file")).order_by("pk"):
        hand_over(file=file, subject=subject_of(intake), person=person)
    facts = {"consultation": consultation, "form": form, "found_by": RemarkLetter.FoundBy.PERSON, "intake": intake}
    RemarkLetter.objects.filter(letter=letter).update(**facts)
    return intake


def mark_duplicate(*, letter: Letter, number: str, person: Any) -> None:
    """It says what an intake (its receipt number) or another letter (its number here) says. Raises RemarkRefused and incoming's."""
    intake, other = _named(number)
    if intake is None and other is None:
        raise rules.RemarkRefused(_("There is no intake and no letter with this number. Copy it from the list of what was sent."))
    said = formatted(intake.receipt) if intake is not None else str(other.pk) if other is not None else ""
    with transaction.atomic():
        settling.put_aside(letter=letter, reason=_("Repeats no. %(number)s") % {"number": said}, person=person, duplicate_of=other)
        if intake is not None:
            RemarkLetter.objects.filter(letter=letter).update(intake=intake, consultation=intake.consultation_id)


def _named(number: str) -> tuple[Intake | None, Letter | None]:
    intake = Intake.objects.filter(receipt=normalised(number)).first() if number.strip() else None
    pk = plain_number(number.strip())
    return intake, Letter.objects.filter(mailbox=MAILBOX, pk=pk).first() if intake is None and pk else None

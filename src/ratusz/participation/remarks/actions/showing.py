"""What everybody reads: public words are let out, changed and taken out of sight; a moderator's deeds come through here."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.search import SearchVectorField
from django.db import transaction
from django.db.models import Func, Value

from ratusz.casework.moderation.actions import admit, hold, put_in_queue, withdraw_from_queue
from ratusz.casework.moderation.actions.admitting import mode_in_place
from ratusz.casework.moderation.models import Deed, Judgement, Mode, Source
from ratusz.casework.moderation.queries import decided
from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.lemmas import tsvector
from ratusz.foundation.kit.personal_marks import HOME, personal_marks, tells_contact
from ratusz.participation.remarks import rules
from ratusz.participation.remarks.actions.telling import note
from ratusz.participation.remarks.boxes import place_of
from ratusz.participation.remarks.models import NOT_SHOWN, Change, Intake, Remark
from ratusz.publishing.website.actions import bump_content_version

QUEUE = "remarks.remark"
HIDING = (Deed.HIDE, Deed.LOCK, Deed.QUARANTINE, Deed.SUSPEND)


def vector(text: str) -> Any:
    """The lemmas of a text as an expression for a column."""
    return Func(Value(tsvector(text)), template="(%(expressions)s)::tsvector", output_field=SearchVectorField())


def before_everybody(intake: Intake, remarks: Iterable[Remark]) -> None:
    """Lets remarks out, or puts them before a moderator: as the place says, or where words look like somebody's data.

    Whose name it is in and the place in words are public too: a telephone or a mailbox there waits as one in the remark does.
    What residents send online is also looked at for spam; what clerks enter is not.
    """
    if intake.state in NOT_SHOWN:
        return
    now = database_now()
    is_post = mode_in_place(place_of(intake.consultation_id), now) == Mode.POST
    is_online = intake.channel == Intake.Channel.ONLINE
    for remark in remarks:
        is_let_out = admit(thing=remark.key).is_published if is_online else is_post
        beside = f"{intake.organisation}\n{remark.place_words}"
        if is_let_out and not looks_personal(remark.content) and not tells_contact(beside):
            _show(remark, remark.content, None)
        else:
            put_in_queue(thing=remark.key, source=Source.BEFORE)


def looks_personal(text: str) -> bool:
    """Whether a text may hold somebody's data; an address alone may be the place the remark is about."""
    return any(mark.kind != HOME for mark in personal_marks(text))


@transaction.atomic
def show_remark(*, remark: Remark, person: Any, words: str = "") -> Remark:
    """Lets a remark out, in `words` without personal data where they are given. Within the transaction of whoever judges.

    Raises RemarkRefused for an intake that is invalid, in another form or waits for its author.
    """
    remark = _locked(remark)
    if remark.intake.state in NOT_SHOWN:
        raise rules.RemarkRefused(rules.not_shown_words())
    if not remark.is_public or words:
        _show(remark, words or remark.public_content or remark.content, person)
    return remark


def _show(remark: Remark, words: str, person: Any) -> None:
    now = database_now()
    is_first = remark.shown_at is None
    facts = {"is_public": True, "public_content": words, "public_words": vector(words), "shown_at": remark.shown_at or now}
    if person is not None:
        facts |= {"checked_at": now, "checked_by": person}
    Remark.objects.filter(pk=remark.pk).update(**facts)
    remark.is_public, remark.public_content, remark.shown_at = True, words, facts["shown_at"]
    if is_first:
        note(remark.intake, Change.Kind.SHOWN, remark=remark, at=now)
    record(deed="remarks.show", subject=remark, after={"is_public": True}, actor=person)
    bump_content_version()


@transaction.atomic
def hide_remark(*, remark: Remark, person: Any) -> None:
    """Takes a remark out of everybody's sight; its number stays. Within the transaction of whoever judges."""
    remark = _locked(remark)
    if not remark.is_public:
        return
    Remark.objects.filter(pk=remark.pk).update(is_public=False)
    note(remark.intake, Change.Kind.HIDDEN, remark=remark)
    record(deed="remarks.hide", subject=remark, after={"is_public": False}, actor=person)
    bump_content_version()


@transaction.atomic
def edit_public_words(*, remark: Remark, words: str, person: Any) -> None:
    """Changes what everybody reads, such as a name taken out; what was written stays for the Office. Raises RemarkRefused."""
    rules.check_points([words])
    remark = _locked(remark)
    facts = {"public_content": words, "public_words": vector(words), "checked_at": database_now(), "checked_by": person}
    Remark.objects.filter(pk=remark.pk).update(**facts)
    record(deed="remarks.edit_public_words", subject=remark, after={"length": len(words)}, actor=person)
    bump_content_version()


def hidden_by(remark: Remark) -> Judgement | None:
    """The moderator's decision that keeps a remark out of sight; None for one that is public or that staff hid."""
    made = None if remark.is_public else decided([remark.key]).get(remark.key)
    return made if made is not None and made.deed in HIDING else None


def show_by_staff(*, remark: Remark, person: Any, overrules: bool = False) -> Remark:
    """Whoever runs the register lets a remark out; what waited before a moderator is settled.

    One that a moderator hid is shown to whoever says so with `overrules`. Raises NotYours, RemarkRefused.
    """
    rules.check_may(person, "run", remark, database_now())
    with transaction.atomic():
        hold(remark.key)
        if not overrules:
            rules.check_not_hidden(hidden_by(_locked(remark)))
        shown = show_remark(remark=remark, person=person)
        withdraw_from_queue(thing=remark.key)
    return shown


def hide_by_staff(*, remark: Remark, person: Any) -> None:
    """Whoever runs the register takes it out of sight, such as one with personal data: a moderator judges it. Raises NotYours."""
    rules.check_may(person, "run", remark, database_now())
    with transaction.atomic():
        hold(remark.key)
        hide_remark(remark=remark, person=person)
        put_in_queue(thing=remark.key, source=Source.BEFORE)


def change_words_by_staff(*, remark: Remark, words: str, person: Any) -> None:
    """Whoever runs the register changes what everybody reads. Raises NotYours, RemarkRefused."""
    rules.check_may(person, "run", remark, database_now())
    edit_public_words(remark=remark, words=words.strip(), person=person)


def _locked(remark: Remark) -> Remark:
    found = Remark.objects.select_for_update(of=("self",)).select_related("intake__consultation", "intake__form", "consultation")
    return found.get(pk=remark.pk)

"""A file of typed ballots comes in whole or not at all: every row is an intake with its state; the same file is one file."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.codes import random_code
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.people.keys import digest_of_token
from ratusz.participation.consultations.models import Consultation
from ratusz.participation.polls import batches, rules
from ratusz.participation.polls.models import Ballot, Batch, Poll
from ratusz.participation.remarks import area, links, terms
from ratusz.participation.remarks import rules as register
from ratusz.participation.remarks.actions.intake import CODE_LENGTH
from ratusz.participation.remarks.actions.repeated import keeps_of, reject_repeated
from ratusz.participation.remarks.boxes import box_of
from ratusz.participation.remarks.models import COUNTED, Change, Intake
from ratusz.participation.remarks.rules import RemarkRefused
from ratusz.participation.remarks.sheets import Fault

State = Intake.State
CHUNK = 1000


@dataclass
class Brought:
    """What came, or would come, of a file: rows by state and reason, faults by line. `is_known`: it was brought in before."""

    rows: int = 0
    valid: int = 0
    wrong_form: int = 0
    invalid: dict[str, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    is_known: bool = False


def bring_in(
    *, poll: Poll, content: bytes, name: str, second: Any, person: Any, only_look: bool = False, is_judged: bool = False
) -> Brought:
    """Every row becomes an intake with its ballot. With one fault nothing is written. `second` looked at the papers, too.

    `only_look` tells what would come of it and writes nothing. `is_judged`: a committee has judged the papers, so only the reasons
    in the file hold, for ballots of before this program. Raises NotYours, RemarkRefused.
    """
    now = database_now()
    rules.check_may(person, "run", poll, now)
    rules.check_two(person, second)
    digest = hashlib.sha256(content).hexdigest()
    rows, faults = batches.read(poll, content, terms.reasons_on(local_day(now)))
    with transaction.atomic():
        consultation = Consultation.objects.select_for_update(no_key=True, of=("self",)).get(pk=poll.form.consultation_id)
        if Batch.objects.filter(poll=poll, sha256=digest).exists():
            return Brought(rows=len(rows), is_known=True)
        faults += _faults(rows, consultation, poll, now)
        intakes = _judged(poll, consultation, rows, digest, now, person, second, is_judged)
        older = [] if is_judged else _without_repeated(poll, intakes)
        if not only_look and not faults:
            _write(poll, rows, intakes, older, now)
            batch = Batch.objects.create(
                poll=poll, sha256=digest, name=name[:200], rows=len(rows), brought_at=now, brought_by=person, second_by=second
            )
            after = {"rows": len(rows), "sha256": digest, "judged_by_committee": is_judged}
            record(deed="polls.bring_in", subject=batch, after=after, actor=person)
    return _summed_up(intakes, sorted(faults, key=lambda each: each.line))


def _faults(rows: Iterable[batches.Row], consultation: Consultation, poll: Poll, now: datetime) -> list[Fault]:
    starts, _ends = register.period_of(consultation, poll.form)
    if consultation.announced_at is None or starts is None:
        raise RemarkRefused(_("Ballots are brought in once the consultation is announced."))
    found = []
    for row in rows:
        if row.received_at > now:
            found.append(Fault(row.line, _("This day is still ahead.")))
        elif row.received_at < starts:
            found.append(Fault(row.line, _("This day is before the first day of the consultation.")))
    return found


def _judged(
    poll: Poll, consultation: Consultation, rows: Sequence[batches.Row], digest: str, now: datetime, person: Any, second: Any,
    is_judged: bool,
) -> list[Intake]:  # fmt: skip
    @cache
    def where(address: str) -> tuple[Any, bool | None]:
        district = area.district_of(address, [])
        return district, area.is_inside(consultation, poll.form, district, [])

    made = []
    for row in rows:
        district, inside = where(row.address)
        is_late = register.is_late(consultation, poll.form, row.received_at)
        state, code = batches.proposed(poll, row, district=district, is_inside=inside, is_late=is_late, is_judged=is_judged)
        intake = Intake(
            consultation=consultation, form=poll.form, receipt=random_code(CODE_LENGTH),
            form_key=uuid.uuid5(uuid.NAMESPACE_OID, f"{poll.pk}:{digest}:{row.line}"), channel=row.channel,
            received_at=row.received_at, entered_at=now, state=state, reason_code=code, reason_note=row.note,
            author_name=row.name, author_address=row.address, district=district, is_in_area=inside, entered_by=person,
            judged_at=now, judged_by=person, second_by=second,
            author_digest=links.author_digest(consultation, row.name, row.address),
        )  # fmt: skip
        intake.proof = Intake.Proof.ADDRESS if district is not None else Intake.Proof.DECLARED
        intake.token_digest = digest_of_token(links.token_of(intake))
        made.append(intake)
    return made


def _without_repeated(poll: Poll, intakes: list[Intake]) -> list[tuple[Intake, Intake]]:
    """Marks repeated ones among the new, as declared; gives older ones that count no more, each with the newest."""
    rule = box_of(poll.form).uniqueness
    by_person: dict[str, list[Intake]] = {}
    for each in intakes:
        if each.author_digest and each.state in COUNTED:
            by_person.setdefault(each.author_digest, []).append(each)
    older = Intake.objects.filter(form=poll.form, author_digest__in=by_person)
    for each in older.filter(state__in=COUNTED):
        by_person[each.author_digest].append(each)
    voided = set(older.filter(reason_code=terms.REPEATED).values_list("author_digest", flat=True))
    rejected = []
    for person, mine in by_person.items():
        ordered = sorted(mine, key=lambda each: each.received_at)
        keeps = keeps_of(rule, ordered, was_voided=person in voided)
        for each in ordered:
            if each in keeps:
                continue
            if each.pk is None:
                each.state, each.reason_code = State.REJECTED, terms.REPEATED
            else:
                rejected.append((each, ordered[-1]))
    return rejected


def _write(
    poll: Poll, rows: Sequence[batches.Row], intakes: list[Intake], older: list[tuple[Intake, Intake]], now: datetime
) -> None:
    Intake.objects.bulk_create(intakes, batch_size=CHUNK)
    pairs = zip(intakes, rows, strict=True)
    Ballot.objects.bulk_create((Ballot(intake=each, poll=poll, choice=row.choice) for each, row in pairs), batch_size=CHUNK)
    kinds = {State.REJECTED: Change.Kind.REJECTED}
    Change.objects.bulk_create(
        (
            Change(intake=each, kind=kinds.get(State(each.state), Change.Kind.RECEIVED), happened_at=now, told_at=now)
            for each in intakes
        ),
        batch_size=CHUNK,
    )
    for each, other in older:
        reject_repeated(each, other, now)


def _summed_up(intakes: list[Intake], faults: list[Fault]) -> Brought:
    found = Brought(rows=len(intakes), faults=faults)
    for each in intakes:
        if each.state == State.REJECTED:
            found.invalid[each.reason_code] = found.invalid.get(each.reason_code, 0) + 1
        elif each.state == State.WRONG_FORM:
            found.wrong_form += 1
        else:
            found.valid += 1
    return found

"""Papers that came back get a number and a stub at once; two people type each, alike it is taken in, else a third settles it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, BinaryIO

from django.db import transaction
from django.db.models import Max

from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.codes import random_code
from ratusz.participation.consultations.models import Form
from ratusz.participation.remarks import rules
from ratusz.participation.remarks.actions.attaching import SCAN, keep
from ratusz.participation.remarks.actions.intake import CODE_LENGTH
from ratusz.participation.remarks.models import PaperReading, PaperReturn
from ratusz.participation.remarks.paper_kinds import paper_kinds

State = PaperReturn.State


def receive_paper(
    *, form: Form, channel: str, arrived_at: datetime, scan: tuple[BinaryIO, str] | None = None, person: Any
) -> PaperReturn:
    """A paper is in the house: it has its number and receipt, its words wait to be typed. Raises NotYours, RemarkRefused."""
    now = database_now()
    rules.check_may(person, "enter", form, now)
    rules.check_received(arrived_at, now)
    rules.check_takes(form.consultation, form, arrived_at, by_staff=True)
    stored = keep(scan, SCAN, f"ratusz_consultations.Form:{form.pk}", person) if scan else None
    with transaction.atomic():
        form = Form.objects.select_for_update(no_key=True, of=("self",)).get(pk=form.pk)
        last = form.paper_returns.aggregate(last=Max("number"))["last"] or 0
        paper = PaperReturn.objects.create(
            form=form, number=last + 1, receipt=random_code(CODE_LENGTH), channel=channel, arrived_at=arrived_at, made_at=now,
            made_by=person, scan=stored,
        )  # fmt: skip
        record(deed="remarks.receive_paper", subject=paper, after={"channel": channel, "scan": scan is not None}, actor=person)
    return paper


@transaction.atomic
def type_paper(*, paper: PaperReturn, facts: dict[str, str], person: Any) -> PaperReturn:
    """The first, second or settling typing. Two alike, or the third, make the intake. Raises NotYours, RemarkRefused."""
    now = database_now()
    rules.check_may(person, "enter", paper, now)
    found = PaperReturn.objects.select_for_update(of=("self",)).select_related("form__consultation", "scan")
    paper = found.get(pk=paper.pk)
    kind = paper_kinds[paper.form.kind]
    readings = list(paper.readings.select_related("clerk"))
    rules.check_typing(paper, [each.clerk_id for each in readings], person)
    typed = {name: str(facts.get(name) or "").strip() for name in kind.facts}
    kind.check(paper, typed)
    reading = PaperReading.objects.create(paper=paper, turn=len(readings) + 1, clerk=person, facts=typed, made_at=now)
    record(deed="remarks.type_paper", subject=paper, after={"turn": reading.turn}, actor=person)
    if reading.turn == 1:
        paper.state = State.ONCE
    elif reading.turn == 2 and kind.plain(readings[0].facts) != kind.plain(typed):
        paper.state = State.DIFFERS
    else:
        holds = typed if reading.turn == 3 else readings[0].facts
        paper.intake = kind.take_in(paper, holds, [*(each.clerk for each in readings), person])
        paper.state = State.TAKEN_IN
        # From now on the author stands in the intake alone.
        PaperReading.objects.filter(paper=paper).update(facts={})
    paper.save(update_fields=["state", "intake"])
    return paper

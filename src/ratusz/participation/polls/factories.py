"""Polls with their ballots for tests and the demo; ballots come in by the actions."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from ratusz.foundation.kit.spreadsheets import csv_lines
from ratusz.participation.consultations.models import Area, Consultation, Form
from ratusz.participation.polls import batches
from ratusz.participation.polls.actions.casting import cast
from ratusz.participation.polls.models import Poll
from ratusz.participation.polls.rules import BALLOT
from ratusz.participation.remarks.actions.intake import Author
from ratusz.participation.remarks.models import Box, Intake

YES_NO = ("za", "przeciw", "inna odpowiedź")


def make_poll(
    consultation: Consultation, *, area: Area | None = None, question: str = "Czy w nocy sklepy mają nie sprzedawać alkoholu?",
    answers: Sequence[str] = YES_NO, uniqueness: str = "first", **facts: Any,
) -> Poll:  # fmt: skip
    """A poll of a consultation, as it was declared; `facts` are further columns."""
    title = f"Formularz opinii: {area}" if area else "Formularz opinii"
    form = Form.objects.create(consultation=consultation, kind=BALLOT, title=title, area=area)
    Box.objects.create(form=form, schema="ballot", uniqueness=uniqueness)
    listed = [{"code": f"a{number}", "words": words} for number, words in enumerate(answers, 1)]
    return Poll.objects.create(form=form, question=question, answers=listed, **facts)


def cast_ballot(poll: Poll, choice: str, name: str, address: str, key: uuid.UUID | None = None) -> Intake:
    """One ballot online, now."""
    author = Author(name, address, Intake.Category.RESIDENT)
    return cast(poll=poll, choice=choice, author=author, form_key=key or uuid.uuid4())


def file_of(rows: Iterable[Sequence[str]]) -> bytes:
    """A CSV of typed ballots: channel, day, name, address, answer, reason, note."""
    return "".join(csv_lines([batches.empty_head(), *rows])).encode()

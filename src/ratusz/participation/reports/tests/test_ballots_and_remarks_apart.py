"""A consultation with a ballot and a remark box: each has numbers of its own in the report, each title stands once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ratusz.casework.documents.blocks import Heading, Table
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.participation.polls.factories import cast_ballot, make_poll
from ratusz.participation.remarks.models import Intake
from ratusz.participation.reports.actions import begin_report
from ratusz.participation.reports.factories import Staff, answer, ended_consultation
from ratusz.participation.reports.gate import look

pytestmark = pytest.mark.django_db


def test_ballots_are_not_counted_as_remarks_and_a_title_stands_once():
    staff = Staff()
    made = ended_consultation(staff)
    answer(made, 2)
    poll = make_poll(made, residence="anybody")
    ended = made.ends_on
    type(made).objects.filter(pk=made.pk).update(ends_on=local_day(database_now()) + timedelta(days=2))
    poll.form.consultation.refresh_from_db()
    for number, choice in enumerate(("a1", "a1", "a2")):
        cast_ballot(poll, choice, f"Zmyślona Osoba {number}", f"Próbna {number}")
    type(made).objects.filter(pk=made.pk).update(ends_on=ended)
    made.refresh_from_db()
    Intake.objects.filter(form=poll.form).update(state="accepted")
    sections = {
        each.code: each for each in look(begin_report(consultation=made, person=staff.editor), database_now()).draft.sections
    }
    titles = [block.text for block in sections["forms"].blocks if isinstance(block, Heading)]
    assert titles.count("Formularz opinii") == 1
    tables = {block.caption: block.rows for block in sections["numbers"].blocks if isinstance(block, Table)}
    assert [row[:2] for row in tables["Zgłoszenia według kanału"]] == [["formularz internetowy", "2"], ["Razem", "2"]]
    assert tables["Formularz opinii"] == [["formularz internetowy", "–", "3", "3", "0"]]

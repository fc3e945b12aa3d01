"""The log: what was asked and advised, nobody named, earlier answers found in any form of a word, figures, files."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from ratusz.casework.advice import actions, moves, papers, queries, rules
from ratusz.casework.advice.actions import Said
from ratusz.casework.advice.factories import make_appointment
from ratusz.casework.advice.models import Conversation
from ratusz.foundation.audit.models import Detail, Entry
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day

pytestmark = pytest.mark.django_db
SAID = Said("walk_in", "land", "Czy ławki mogą stanąć na terenie spółdzielni?", "Tak, za pisemną zgodą spółdzielni.", minutes=15)


def log(point, adviser, **facts):
    return actions.log_conversation(point=point, said=Said(**(vars(SAID) | facts)), person=adviser)


def test_an_earlier_answer_is_found_in_any_form_of_a_word(point, adviser):
    made = log(point, adviser)
    log(point, adviser, topic="voting", question="Kiedy jest głosowanie?", advice="We wrześniu.")
    for words in ("ławka", "spoldzielnia", "zgoda na ławki", "teren"):
        assert list(queries.conversations(words=words)) == [made], words
    assert list(queries.conversations(words="ławka głosowanie")) == []
    assert [each.topic for each in queries.conversations(topic="voting")] == ["voting"]


@pytest.mark.parametrize("text", ["pisać na jan@example.pl", "tel. 600 111 222", "PESEL 02070803628", "nr 600-111-222"])
def test_the_log_names_nobody(point, adviser, text):
    for field in ("question", "advice", "follow_up"):
        with pytest.raises(rules.AdviceRefused, match="nikogo nie wskazuje"):
            log(point, adviser, **{field: text})
    assert log(point, adviser, question="Koszt 12 325 000 zł, nabór 2026-11-29, uchwała 12/345/26?").pk


def test_what_cannot_be_written_down(point, adviser):
    for facts in ({"advice": " "}, {"question": ""}, {"topic": "nothing"}, {"happened_at": database_now() + timedelta(hours=1)}):
        with pytest.raises(rules.AdviceRefused):
            log(point, adviser, **facts)
    with pytest.raises(rules.NotYours):
        log(point, None)
    with pytest.raises(IntegrityError, match="a_conversation_has"), transaction.atomic():
        Conversation.objects.create(
            point=point, happened_at=database_now(), way="phone", topic="x", question="", advice="y", by=adviser
        )


def test_a_conversation_of_an_appointment_says_that_the_person_came(point, adviser):
    appointment = make_appointment(point, adviser)
    made = actions.log_conversation(point=point, said=SAID, appointment=appointment, person=adviser)
    appointment.refresh_from_db()
    assert (appointment.state, appointment.conversation) == ("came", made)
    with pytest.raises(rules.AdviceRefused, match="już zapisana"):
        actions.log_conversation(point=point, said=SAID, appointment=appointment, person=adviser)


def test_mending_leaves_a_trace_of_what_not_of_the_words(point, adviser):
    made = log(point, adviser, question="Pani Wzorcowa pyta o ławki")
    actions.correct_conversation(conversation=made, said=SAID, person=adviser)
    assert list(queries.conversations(words="Wzorcowa")) == []
    entry = Entry.objects.get(deed="advice.correct_conversation")
    assert "question" in str(list(Detail.objects.filter(entry=entry).values())) and "Wzorcowa" not in str(
        list(Detail.objects.values())
    )


def test_a_promise_stands_on_the_desk_until_it_is_kept(point, adviser):
    made = log(point, adviser, follow_up="wysłać wzór zgody")
    assert [move.what for move in moves.moves_of(adviser, database_now())] == ["Zrób, co obiecano w punkcie: wysłać wzór zgody"]
    actions.note_followed_up(conversation=made, person=adviser)
    actions.note_followed_up(conversation=made, person=adviser)
    assert list(moves.moves_of(adviser, database_now())) == [] and list(moves.moves_of(None, database_now())) == []
    with pytest.raises(rules.AdviceRefused, match="nic nie obiecano"):
        actions.note_followed_up(conversation=log(point, adviser), person=adviser)


def test_figures_and_files_say_numbers_and_nobody(point, adviser):
    log(point, adviser)
    log(point, adviser, way="phone", topic="costs")
    make_appointment(point, adviser)
    today = local_day(database_now())
    found = queries.figures(today, today + timedelta(days=9), point)
    assert (found["all"], found["minutes"], found["ways"]) == (2, 30, [("phone", 1), ("walk_in", 1)])
    assert found["states"] == [("booked", 1)]
    told = papers.in_words(found, today)
    assert told["districts"] == [("nie podano", 2)] and ("Teren i zgody", 1) in told["topics"]
    rows = list(papers.csv_rows(queries.conversations()))
    assert len(rows) == 3 and adviser.last_name not in str(rows)
    assert papers.workbook(queries.conversations(), found, today)[:2] == b"PK"

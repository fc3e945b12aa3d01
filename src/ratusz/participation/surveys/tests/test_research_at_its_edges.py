"""Research cards at their edges: nobody answered, a published card is emptied, others' cards stand before the own one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.units.factories import UnitFactory
from ratusz.participation.surveys.factories import content_of, make_survey
from ratusz.participation.surveys.factories import question as asked
from ratusz.participation.surveys.models import Answer, Channel, ResearchCard, Survey
from ratusz.participation.surveys.research import actions, moves, reading
from ratusz.participation.surveys.research.factories import make_card, make_editor


@pytest.fixture
def editor(db):
    return make_editor()


def published(editor, **facts):
    return actions.publish_card(card=make_card(editor, **facts), person=editor)


def test_a_question_that_nobody_answered_breaks_no_page(client, editor):
    survey = make_survey(content_of(asked("p1"), asked("p2")))
    version = survey.versions.get()
    Answer.objects.bulk_create(
        Answer(survey=survey, questionnaire=version, channel=Channel.ONLINE, content={"p1": "yes"}) for _each in range(6)
    )
    own = {"origin": "own", "agency": "", "survey": survey, "sample": "self_selected", "with_files": False}
    card = published(editor, **own)
    Survey.objects.filter(pk=survey.pk).update(closed_at=database_now() - timedelta(minutes=1), close_reason="Dość.")
    assert client.get(card.get_absolute_url()).status_code == 200
    assert [each.key for each in reading.questions(ResearchCard.objects.get(), database_now())] == ["p1"]


@pytest.mark.parametrize("emptied, words", [("summary", "co z badania wyszło"), ("agency", "która firma")])
def test_a_published_card_is_not_emptied_and_the_refusal_says_of_what(staff_client, emptied, words):
    client = staff_client("editor")
    card = published(client.person)
    sent = {name: getattr(card, name) for name in actions.cards.FACTS if name not in ("survey", "series")}
    sent |= {"unit": card.unit_id, "form_key": str(card.form_key), "new_series": "", emptied: ""}
    page = client.post(reverse("research_facts", args=[card.pk]), sent)
    assert page.status_code == 200 and words in page.content.decode()


def test_cards_of_other_units_do_not_crowd_the_own_one_off_the_desk(editor, monkeypatch):
    mine = UnitFactory()
    writer = make_editor("unit_editor", mine)
    published(editor, title="Starsze badanie innych")
    published(editor, unit=mine, title="Nasze")
    monkeypatch.setattr(moves, "MOST", 1)
    (move,) = moves.moves_of(writer, database_now())
    assert "Nasze" in move.what

"""A survey as a form of a consultation: made with the plan, open on its days, moved and closed with it, counted in the report."""

from datetime import timedelta

import pytest

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.working_days import end_of_day
from ratusz.foundation.units.factories import AppointmentFactory
from ratusz.participation.consultations.factories import ConsultationFactory
from ratusz.participation.consultations.models import Form
from ratusz.participation.consultations.registries import Count, form_kinds, tell
from ratusz.participation.surveys import actions
from ratusz.participation.surveys.factories import answer, published
from ratusz.participation.surveys.models import Survey

pytestmark = pytest.mark.django_db
DESK = {"place": "Filia 3", "cards": 1, "second_person": "kierowniczka filii"}


def _form(kind: str) -> tuple[Form, Survey]:
    consultation = ConsultationFactory(running=True)
    form = Form.objects.create(consultation=consultation, kind=kind, title="Jak ma wyglądać park?")
    form.subject = form_kinds[kind].prepare(form, AppointmentFactory(role_code="editor").person)
    form.save()
    return form, Survey.objects.get()


@pytest.mark.parametrize("kind", ["survey", "geo_survey"])
def test_it_is_made_with_the_plan_and_taken_part_in_once_published(kind):
    form, survey = _form(kind)
    of_kind, at = form_kinds[kind], database_now()
    assert (survey.closes_at, survey.unit) == (end_of_day(form.consultation.ends_on), form.consultation.owner_unit)
    assert of_kind.take_part_url(form, at) == "" and of_kind.paper(form, at) is None
    assert [gap.code for gap in of_kind.gaps(form, at)] == ["survey.published"]
    survey = published(survey)
    assert of_kind.take_part_url(form, at) == survey.get_absolute_url()
    assert [gap.code for gap in of_kind.gaps(form, at)] == ["survey.open"]


def test_its_numbers_stand_in_the_report_with_what_was_rejected():
    form, survey = _form("geo_survey")
    survey = published(survey)
    answer(survey, {"p2": "Więcej cienia"})
    clerks = [AppointmentFactory(role_code="desk_officer").person for _turn in range(2)]
    card = actions.count_batch(survey=survey, facts=DESK, person=clerks[0]).paper_cards.get()
    after = survey.closes_at + timedelta(days=1)
    assert [gap.code for gap in form_kinds["survey"].gaps(form, after)] == ["survey.cards"]
    for clerk in clerks:
        actions.type_card(card=card, given={}, reason="N05", person=clerk)
    assert form_kinds["survey"].counts(form) == [Count("online", 1, 1), Count("paper", 1, 0, {"N05": 1})]
    assert list(form_kinds["survey"].gaps(form, after)) == []


def test_an_extension_moves_its_end_and_a_cancellation_closes_it():
    form, survey = _form("survey")
    survey, consultation = published(survey), form.consultation
    consultation.ends_on += timedelta(days=7)
    tell(consultation, "extended")
    survey.refresh_from_db()
    assert survey.closes_at == end_of_day(consultation.ends_on)
    consultation.cancel_reason = "Zmiana planów miasta"
    tell(consultation, "cancelled")
    survey.refresh_from_db()
    assert survey.close_reason == "Zmiana planów miasta" and not survey.takes_answers(database_now())

"""The yearly plan: units write, heads approve, everybody reads what became of each subject."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.units.factories import AppointmentFactory, UnitFactory
from ratusz.participation.consultations.applications.factories import make_worker
from ratusz.participation.consultations.models import Consultation, PlannedSubject, YearPlan
from ratusz.participation.consultations.yearly import actions, presentation, rules

pytestmark = pytest.mark.django_db
PLAN_QUERIES = 6


def _facts(unit, **facts):
    start = {"title": "Zieleń na osiedlu", "why": "Nowy plan zieleni.", "unit": unit, "first_month": 3, "last_month": 5}
    return start | {"scope_words": "mieszkańcy osiedla", "forms": ["survey"]} | facts


@pytest.fixture
def head(db):
    return make_worker("head")


def test_a_unit_writes_a_head_approves_and_one_click_begins(head):
    unit = UnitFactory()
    clerk = AppointmentFactory(role_code="unit_editor", unit=unit).person
    subject = actions.propose_subject(year=2027, facts=_facts(unit), person=clerk)
    with pytest.raises(rules.NotYours):
        actions.propose_subject(year=2027, facts=_facts(UnitFactory()), person=clerk)
    with pytest.raises(rules.NotYours):
        actions.approve_subject(subject=subject, person=clerk)
    with pytest.raises(rules.PlanRefused, match="Najpierw zatwierdź"):
        actions.begin_from_plan(subject=subject, person=head)
    with pytest.raises(rules.PlanRefused, match="Żaden temat"):
        actions.publish_plan(plan=subject.plan, person=head)
    actions.approve_subject(subject=subject, person=head)
    with pytest.raises(rules.PlanRefused, match="jest zatwierdzony"):
        actions.change_subject(subject=subject, facts=_facts(unit, title="Inny"), person=clerk)
    with pytest.raises(rules.PlanRefused, match="miesiąc"):
        actions.change_subject(subject=subject, facts=_facts(unit, last_month=1), person=head)
    made = actions.begin_from_plan(subject=subject, person=head)
    assert actions.begin_from_plan(subject=subject, person=head) == made and Consultation.objects.count() == 1
    assert (made.title, made.purpose, made.target_group, made.owner_unit) == (
        "Zieleń na osiedlu", "Nowy plan zieleni.", "mieszkańcy osiedla", unit,
    )  # fmt: skip
    with pytest.raises(rules.PlanRefused, match="już się zaczęły"):
        actions.drop_subject(subject=subject, reason="Nie.", person=head)


def test_the_plan_says_what_became_of_each_subject(head):
    now, unit = database_now(), UnitFactory()
    day, subjects = now.date(), []
    for number in range(7):
        made = actions.propose_subject(
            year=day.year, facts=_facts(unit, title=f"Temat {number}", first_month=12, last_month=12), person=head
        )
        subjects.append(actions.approve_subject(subject=made, person=head))
    actions.drop_subject(subject=subjects[0], reason="Brak środków.", person=head)
    states = [
        {}, {"announced_at": now, "starts_on": day + timedelta(3), "ends_on": day + timedelta(9)},
        {"announced_at": now, "starts_on": day, "ends_on": day + timedelta(9)},
        {"announced_at": now, "starts_on": day - timedelta(9), "ends_on": day - timedelta(1)},
        {"announced_at": now, "starts_on": day - timedelta(9), "ends_on": day - timedelta(1), "reported_at": now},
    ]  # fmt: skip
    for number, (subject, facts) in enumerate(zip(subjects[1:6], states, strict=True)):
        made = actions.begin_from_plan(subject=subject, person=head)
        Consultation.objects.filter(pk=made.pk).update(**facts, number=f"KS/{number}", label="formal")
    plan = YearPlan.objects.get()
    words = [presentation.became(each, day).split(" do ")[0] for each in presentation.public_subjects(plan)]
    assert words == [
        "konsultacji nie będzie: Brak środków.", "w przygotowaniu", "ogłoszone, zaczną się później", "trwają",
        "zakończone, powstaje raport", "zrobione: jest raport", "zaplanowane na później",
    ]  # fmt: skip
    assert presentation.became(subjects[6], day.replace(year=day.year + 1)).startswith("nie zaczęte")


@pytest.mark.parametrize("number", [1, 3])
def test_everybody_reads_the_plan_and_takes_it_away(client, head, number, django_assert_num_queries):
    assert "Żaden plan" in client.get(reverse("consultation_plans:newest")).content.decode()
    unit = UnitFactory(name="Zakład Próbny")
    for each in range(number):
        made = actions.propose_subject(year=2027, facts=_facts(unit, title=f"Temat {each}"), person=head)
        actions.approve_subject(subject=made, person=head)
    hidden = actions.propose_subject(year=2027, facts=_facts(unit, title="Ukryty"), person=head)
    page = reverse("consultation_plans:year", args=[2027])
    assert client.get(page).status_code == 404
    actions.publish_plan(plan=YearPlan.objects.get(), person=head)
    client.get(page)
    with django_assert_num_queries(PLAN_QUERIES):
        html = client.get(page).content.decode()
    assert html.count("marzec–maj") == number and "Zakład Próbny" in html and "Ukryty" not in html
    actions.approve_subject(subject=hidden, person=head)
    assert "dopisane po publikacji planu" in client.get(page).content.decode()
    assert client.get(reverse("consultation_plans:download", args=[2027, "pdf"])).content[:5] == b"%PDF-"
    assert client.get(reverse("consultation_plans:download", args=[2027, "xlsx"])).content[:2] == b"PK"
    assert client.get(reverse("consultation_plans:newest")).url == page


@pytest.mark.slow
def test_staff_do_all_of_it_on_one_screen(staff_client):
    client = staff_client("head", unit=make_worker("editor").appointments.get().unit)
    unit, page = UnitFactory(), reverse("consultation_year_plan", args=[2027])
    assert "Jeszcze nie ma tematów" in client.get(page).content.decode()
    form = {"year": "2027", "title": "Zieleń", "unit": unit.pk, "first_month": "5", "last_month": "3", "why": "Bo tak."}
    wrong = client.post(reverse("consultation_new_subject"), form).content.decode()
    assert "Ostatni miesiąc" in wrong and "Bo tak." in wrong and not PlannedSubject.objects.exists()
    assert client.post(reverse("consultation_new_subject"), form | {"last_month": "6"}).url == page
    subject = PlannedSubject.objects.get()
    edit = reverse("consultation_subject", args=[subject.pk])
    assert client.get(edit).status_code == 200
    client.post(edit, form | {"last_month": "7"})
    for deed in ({"deed": "approve"}, {"deed": "drop", "reason": ""}, {"deed": "begin"}):
        client.post(page, deed | {"row": subject.pk})
    client.post(page, {"deed": "publish"})
    subject.refresh_from_db()
    assert subject.last_month == 7 and subject.consultation.title == "Zieleń" and subject.plan.published_at
    assert "w przygotowaniu" in client.get(page).content.decode()

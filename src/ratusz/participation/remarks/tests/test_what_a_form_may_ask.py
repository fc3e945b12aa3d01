"""A form asks of people no more than the modes of its consultation let it; organisations have a form of their own."""

from datetime import date

import pytest
from django.urls import reverse

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.people.factories import guard_fields
from ratusz.participation.consultations.factories import ConsultationFactory, FormFactory
from ratusz.participation.consultations.modes.pack import rules_for
from ratusz.participation.consultations.registries import form_kinds
from ratusz.participation.remarks import boxes
from ratusz.participation.remarks.models import Box

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def form_of(*modes, kind="remarks", schema=""):
    frozen = rules_for(modes, date(2026, 1, 1), {"intent_resolution": date(2024, 1, 10)}).content
    form = FormFactory(consultation=ConsultationFactory(running=True, modes=list(modes), rules=frozen), kind=kind)
    return form, Box.objects.create(form=form, schema=schema, is_read_before=False)


def asked(*modes, **facts):
    form, box = form_of(*modes, **facts)
    return {each.name for each in boxes.schema_of(form, box, database_now()).fields}


def test_of_several_modes_a_form_asks_what_all_of_them_allow():
    public = {"category", "organisation"}
    assert asked("environment", schema="statutory_plan") == public | {"name", "address", "email", "correspondence"}
    whole = {"name", "address", "email", "is_owner", "correspondence", "representative", "plots"}
    assert asked("plan") == public | whole
    # A plan with an environmental report: the strictest of both, whichever comes first.
    assert asked("plan", "environment") == asked("environment", "plan") == asked("environment", schema="statutory_plan")


def test_staff_read_what_is_left_out(staff_client):
    form, _box = form_of("environment", schema="statutory_plan")
    page = staff_client("editor").get(reverse("remarks_box", args=[form.pk])).content.decode()
    assert "nie pozwalają" in page and "wieczyst" in page
    assert {each.name for each in boxes.schema_of(form, boxes.box_of(form), database_now()).fields}.isdisjoint(
        {"is_owner", "plots"}
    )


def test_an_organisation_fills_in_its_own_form(client):
    form, _box = form_of("ngo_law", kind="opinion_form")
    url = form_kinds[form.kind].take_part_url(form, database_now())
    page = client.get(url)
    assert "KRS" in page.content.decode() and "Kto zabiera głos" not in page.content.decode()
    typed = {each.name: each.value() or "" for each in page.context["form"]} | guard_fields("remarks.remark", database_now())
    said = {
        "content": "Popieramy projekt.",
        "organisation": "Próbne Stowarzyszenie",
        "representative": "Prezeska (próbna)",
        "krs": "0",
    }
    assert client.post(url, typed | said).status_code == 302
    intake = form.intakes.get()
    assert (intake.category, intake.state, intake.answers["krs"]) == ("ngo", "accepted", "0")
    assert form_kinds[form.kind].paper(form, database_now()).content.startswith(b"%PDF")

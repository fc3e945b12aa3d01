"""The pages of reports: what everybody reads, the workspace of staff from the first button to the published version."""

from __future__ import annotations

import pytest
from django.urls import reverse

from ratusz.foundation.jobs.actions import run_due
from ratusz.foundation.kit.clock import database_now
from ratusz.participation.reports import actions, gate
from ratusz.participation.reports.factories import NEXT, SHORT, Staff, answer, ended_consultation, paper, published_report, sign_all
from ratusz.participation.reports.models import Effect, Report

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff():
    return Staff()


@pytest.mark.slow
def test_the_list_asks_the_same_of_one_report_and_of_three(staff, client, django_assert_num_queries):
    published_report(staff, 1)
    client.get("/konsultacje/raporty/")
    with django_assert_num_queries(5):
        page = client.get("/konsultacje/raporty/").content.decode()
    assert "Raport z konsultacji" in page
    for _each in range(2):
        published_report(staff, 1)
    with django_assert_num_queries(5):
        page = client.get("/konsultacje/raporty/?q=park").content.decode()
    assert page.count("/raport/") >= 3
    assert "Żaden raport nie pasuje" in client.get("/konsultacje/raporty/?q=xyz").content.decode()


@pytest.mark.slow
def test_staff_go_from_the_first_button_to_what_came_of_it(staff, staff_client):
    consultation = ended_consultation(staff)
    answer(consultation, 2)
    client = staff_client("editor", unit=staff.department)
    page = reverse("reports_list")
    assert consultation.title in client.get(page).content.decode()
    client.post(reverse("reports_begin", args=[consultation.pk]))
    report = Report.objects.get(consultation=consultation)
    home = reverse("reports_report", args=[report.pk])
    words = client.get(home).content.decode()
    assert "Nie ma streszczenia prostym językiem." in words and "Nie napisano, co będzie dalej." in words
    client.post(reverse("reports_texts", args=[report.pk]), {"in_short": SHORT, "what_next": NEXT})
    client.post(reverse("reports_add_annex", args=[report.pk]), {"kind": "other", "title": "Mapa", "upload": paper()})
    for deed in ("up", "down", "suggest", "renumber"):
        pk = report.annexes.get(title="Mapa").pk
        assert client.post(reverse("reports_annex", args=[report.pk]), {"deed": deed, "annex": pk}).status_code == 302
    assert "FOG-PL" in client.get(home).content.decode()
    assert client.get(reverse("reports_preview", args=[report.pk])).content.startswith(b"%PDF")
    assert client.post(reverse("reports_publish", args=[report.pk])).headers["Location"] == "/admin/"

    client = staff_client("head", unit=staff.department)
    refused = client.post(reverse("reports_publish", args=[report.pk])).content.decode()
    assert "Brak podpisu: sprawdzenie danych osobowych." in refused and "Brak podpisu: Prezydent." in refused
    report.refresh_from_db()
    sign_all(report, staff)
    client.post(reverse("reports_publish", args=[report.pk]))
    assert "Powstaje wersja 1" in client.get(home).content.decode()
    run_due()
    assert "Wersja 1" in client.get(home).content.decode()
    client.post(reverse("reports_evidence", args=[report.pk]), {"place": "unit", "done_on": "2026-01-02", "words": "pokój 7"})
    effects = reverse("reports_effects", args=[report.pk])
    facts = {"title": "Drzewa przy wejściu", "unit": staff.unit.pk, "due_on": "2090-05-01", "remarks": "1, 2"}
    refused = client.post(reverse("reports_add_effect", args=[report.pk]), facts | {"remarks": "1, 99"}, follow=True)
    assert "nie mają uwagi o numerze 99" in refused.content.decode() and not Effect.objects.exists()
    client.post(reverse("reports_add_effect", args=[report.pk]), facts)
    client.post(reverse("reports_outcome", args=[report.pk]), {"kind": "changed", "decided_on": "2026-01-02", "words": "Przyjęto."})
    effect = Effect.objects.get()
    assert client.post(reverse("reports_tell", args=[effect.pk]), {"state": "dropped", "words": ""}).status_code == 200
    assert effect.steps.count() == 0
    client.post(reverse("reports_tell", args=[effect.pk]), {"state": "dropped", "words": "Pod ziemią biegnie gazociąg."})
    assert "odstąpiono" in client.get(effects).content.decode()
    public = client.get(f"/konsultacje/{consultation.slug}/raport/").content.decode()
    for words in ("Drzewa przy wejściu", "Pod ziemią biegnie gazociąg.", "przyjęto ze zmianami", "pokój 7", "do wglądu w komórce"):
        assert words in public


def test_what_is_missing_leads_to_where_it_is_mended(staff, staff_client):
    consultation = ended_consultation(staff)
    report = actions.begin_report(consultation=consultation, person=staff.editor)
    actions.write_texts(report=report, person=staff.editor, in_short="", what_next="")
    report.refresh_from_db()
    gaps = {gap.code: gap.url for gap in gate.look(report, database_now()).refusing}
    assert gaps["in_short"].endswith("#teksty") and gaps["sign.unit"].endswith("#podpisy")
    page = staff_client("unit_editor", unit=staff.unit).get(reverse("reports_report", args=[report.pk])).content.decode()
    assert gaps["in_short"] in page and "Zapisz teksty" not in page

"""What changed thanks to remarks is one page over all consultations; the texts of a series are written once for all its reports."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.territory.factories import DistrictFactory
from ratusz.participation.consultations.models import Consultation
from ratusz.participation.consultations.series import actions as series_actions
from ratusz.participation.remarks.models import Remark
from ratusz.participation.reports import actions
from ratusz.participation.reports.factories import Staff, answer, ended_consultation, written_report
from ratusz.participation.reports.models import Effect, Report

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def one_more(staff, title):
    """An effect of a reported consultation that comes from two remarks, of which everybody reads one."""
    consultation = ended_consultation(staff)
    remarks = answer(consultation, 3)
    Remark.objects.filter(pk=remarks[2].pk).update(is_public=False)
    report = written_report(staff, consultation)
    Consultation.objects.filter(pk=consultation.pk).update(reported_at=database_now())
    report.consultation.refresh_from_db()
    due = local_day(database_now()) + timedelta(days=9)
    return actions.add_effect(report=report, title=title, unit=staff.unit, due_on=due, remarks=[1, 3], person=staff.head)


def test_effects_of_all_consultations_stand_together_with_the_remarks_everybody_reads(client):
    staff, page = Staff(), reverse("reports:changes")
    assert "Jeszcze nic tu nie ma" in client.get(page).content.decode()
    made = one_more(staff, "Dwadzieścia lip")
    client.get(page)
    with CaptureQueriesContext(connection) as one:
        html = client.get(page).content.decode()
    remark = reverse("remarks:remark", args=[made.report.consultation.slug, 1])
    assert "Dwadzieścia lip" in html and f'href="{remark}">nr 1</a>' in html and remark.replace("/1/", "/3/") not in html
    for title in ("Ławki", "Latarnie"):
        one_more(staff, title)
    actions.tell_effect(effect=Effect.objects.get(title="Ławki"), state="done", words="Stoją.", person=staff.head)
    with CaptureQueriesContext(connection) as three:
        html = client.get(page).content.decode()
    assert len(three) == len(one) and html.index("Ławki") < html.index("Dwadzieścia lip")
    done = client.get(page, {"stan": "done"}).content.decode()
    assert "Stoją." in done and "Dwadzieścia lip" not in done and client.get(page, {"stan": "x"}).status_code == 200
    assert page in client.get(reverse("reports:reports")).content.decode()


def test_texts_of_a_series_are_written_once_with_each_districts_name(staff_client):
    client, unit = staff_client("editor"), Staff().unit
    facts = {"title": "Statuty", "template": {"title": "Statut {dzielnica}"}, "forms": [], "label": "formal"}
    series = series_actions.begin_series(facts=facts, person=client.person)
    districts = [DistrictFactory() for _number in range(3)]
    made = series_actions.make_instances(series=series, districts=districts, person=client.person)
    rows, now = Consultation.objects.filter(in_series__in=made), database_now()
    last = local_day(now) - timedelta(days=3)
    rows.update(announced_at=now, starts_on=last - timedelta(days=20), ends_on=last, owner_unit=unit)
    first = actions.begin_report(consultation=made[0].consultation, person=client.person)
    Consultation.objects.filter(pk=made[2].consultation_id).update(reported_at=now)
    texts = {"in_short": "Pytaliśmy o statut: {dzielnica}.", "what_next": "Projekt nr {numer} idzie do Rady.", "deed": "series"}
    assert "wszystkich raportów serii" in client.get(reverse("reports_report", args=[first.pk])).content.decode()
    told = client.post(reverse("reports_texts", args=[first.pk]), texts, follow=True).content.decode()
    assert "Teksty stoją w 2 raportach serii." in told
    found = Report.objects.order_by("consultation__in_series__district__pk").values_list("in_short", "what_next")
    assert list(found) == [
        (f"Pytaliśmy o statut: {each.name}.", f"Projekt nr {each.number} idzie do Rady.") for each in districts[:2]
    ]  # fmt: skip

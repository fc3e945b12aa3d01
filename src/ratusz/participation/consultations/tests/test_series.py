"""A series: one template, a consultation for each district, a mistake mended once for those that follow it."""

from __future__ import annotations

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.territory.actions import load_districts
from ratusz.foundation.territory.models import District
from ratusz.participation.consultations.applications.factories import make_worker
from ratusz.participation.consultations.models import Consultation, Notice, Series
from ratusz.participation.consultations.registries import SeriesPaper, series_papers
from ratusz.participation.consultations.series import actions, rules
from ratusz.participation.consultations.tests.conftest import evidence, facts

pytestmark = pytest.mark.django_db
TEMPLATE = {
    "title": "Statut dzielnicy {dzielnica}",
    "subject": "Nowy statut Rady Dzielnicy nr {numer}.",
    "summary": "Powiedz, co zmienić w statusie.",
}


@pytest.fixture
def head(db):
    load_districts()
    return make_worker("head")


def _series(head, **facts):
    return actions.begin_series(facts={"title": "Statuty", "template": dict(TEMPLATE), "forms": ["remarks"]} | facts, person=head)


def test_one_template_makes_a_consultation_for_each_of_22_districts(head):
    series = _series(head)
    made = actions.make_instances(series=series, districts=District.objects.all(), person=head)
    assert len(made) == 22 and actions.make_instances(series=series, districts=District.objects.all(), person=head) == []
    koszutka = series.instances.get(district__number=12).consultation
    assert (koszutka.title, koszutka.subject) == ("Statut dzielnicy Koszutka", "Nowy statut Rady Dzielnicy nr 12.")
    assert [each.name for each in koszutka.areas.all()] == ["Koszutka"] and koszutka.forms.get().kind == "remarks"
    with pytest.raises(rules.SeriesRefused, match="odróżnić"):
        _series(head, template={"title": "Statut"})
    with pytest.raises(rules.NotYours):
        actions.make_instances(series=series, districts=[], person=make_worker("moderator"))


def test_a_mistake_in_the_template_is_mended_once(head):
    series = _series(head)
    actions.make_instances(series=series, districts=District.objects.filter(number__lte=4), person=head)
    first, second, third, fourth = (each.consultation for each in series.instances.order_by("district__number"))
    Consultation.objects.filter(pk=first.pk).update(summary="Własne słowa dzielnicy.")
    now = database_now()
    Consultation.objects.filter(pk=second.pk).update(
        announced_at=now, starts_on=now.date(), ends_on=now.date(), number="KS/1", label="formal", owner_unit=make_worker("editor").appointments.get().unit
    )  # fmt: skip
    mended = {"template": TEMPLATE | {"summary": "Powiedz, co zmienić w statucie."}}
    assert actions.mend_template(series=series, facts=mended, person=head) == 2
    found = [Consultation.objects.get(pk=each.pk).summary for each in (first, second, third, fourth)]
    assert found == ["Własne słowa dzielnicy.", TEMPLATE["summary"], *["Powiedz, co zmienić w statucie."] * 2]
    instance = series.instances.get(consultation=first)
    assert instance.overridden == ["summary"]
    actions.follow_again(instance=instance, person=head)
    first.refresh_from_db()
    assert first.summary == "Powiedz, co zmienić w statucie."


WORDS = st.sampled_from(["a {dzielnica}", "b {dzielnica}", "c {numer}"])
STEPS = st.lists(st.one_of(
    st.tuples(st.just("mend"), WORDS, WORDS), st.tuples(st.just("edit"), st.integers(1, 3), WORDS), st.tuples(st.just("announce"), st.integers(1, 3), WORDS),
), max_size=8)  # fmt: skip


@pytest.mark.slow
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None)
@given(steps=STEPS)
def test_mending_changes_only_what_nobody_overrode_and_nobody_announced(head, steps):
    series = _series(head)
    districts = {each.number: each for each in District.objects.filter(number__lte=3)}
    made = actions.make_instances(series=series, districts=districts.values(), person=head)
    rows = {each.district.number: each.consultation.pk for each in made}
    expected = {number: dict(rules.said_for(series, each)) for number, each in districts.items()}
    by_hand, announced, unit = set(), set(), make_worker("editor").appointments.get().unit
    for kind, first, second in steps:
        if kind == "mend":
            actions.mend_template(series=series, facts={"template": {"title": first, "summary": second}}, person=head)
            series.refresh_from_db()
            for number in set(rows) - announced:
                said = rules.said_for(series, districts[number])
                expected[number] |= {name: value for name, value in said.items() if (number, name) not in by_hand}
        elif kind == "edit" and first not in announced:
            words = second.replace("{dzielnica}", "własna")
            if words != expected[first]["summary"]:
                by_hand.add((first, "summary"))
            expected[first]["summary"] = words
            Consultation.objects.filter(pk=rows[first]).update(summary=words)
        elif kind == "announce" and first not in announced:
            announced.add(first)
            now = database_now()
            facts = {"starts_on": now.date(), "ends_on": now.date(), "owner_unit": unit, "number": f"KS/{rows[first]}"}
            Consultation.objects.filter(pk=rows[first]).update(announced_at=now, **facts)
            expected[first] |= {"starts_on": now.date(), "ends_on": now.date(), "owner_unit_id": unit.pk}
    for number, pk in rows.items():
        found = Consultation.objects.get(pk=pk)
        assert {name: getattr(found, name) for name in expected[number]} == expected[number]
    Consultation.objects.filter(in_series__series=series).update(announced_at=None)


@pytest.mark.slow
@pytest.mark.parametrize("number", [1, 3])
def test_staff_make_a_series_on_their_screens(staff_client, monkeypatch, number):
    load_districts()
    client = staff_client("editor", unit=make_worker("head").appointments.get().unit)
    assert "Jeszcze nie ma serii" in client.get(reverse("consultation_series")).content.decode()
    form = {"name": "Statuty", "label": "formal"} | TEMPLATE
    wrong = client.post(reverse("consultation_new_series"), form | {"title": "Statut"})
    assert "odróżnić" in wrong.content.decode() and "Nowy statut" in wrong.content.decode()
    page = client.post(reverse("consultation_new_series"), form).url
    chosen = [str(each) for each in range(1, number + 1)]
    client.post(page, {"deed": "make", "districts": list(District.objects.filter(number__in=chosen).values_list("pk", flat=True))})
    series = Series.objects.get()
    assert series.instances.count() == number
    Consultation.objects.filter(in_series__district__number=1).update(summary="Inne.")
    html = client.get(page).content.decode()
    assert "w skrócie" in html and "Śródmieście" in html
    edit = reverse("consultation_edit_series", args=[series.pk])
    assert client.get(edit).status_code == 200
    assert client.post(edit, form | {"summary": "Lepiej."}, follow=True).status_code == 200
    client.post(page, {"deed": "follow", "row": series.instances.get(district__number=1).pk})
    assert set(Consultation.objects.values_list("summary", flat=True)) == {"Lepiej."}
    assert "stoi na drodze" not in html and "Wybierz co najmniej jeden tryb." in html
    paper = SeriesPaper("Raporty (ZIP)", "raporty.zip", "application/zip", lambda title, rows, at: f"{title} {len(rows)}".encode())
    monkeypatch.setitem(series_papers._entries, "raporty", paper)
    assert "Raporty (ZIP)" in client.get(page).content.decode()
    made = client.get(reverse("consultation_series_paper", args=[series.pk, "raporty"]))
    assert made.content == f"Statuty {number}".encode()
    assert client.get(reverse("consultation_series_paper", args=[series.pk, "nic"])).status_code == 404


@pytest.mark.slow
def test_a_whole_template_is_launched_with_one_press_after_one_notice_for_all(staff_client):
    load_districts()
    owner = make_worker("head")
    client = staff_client("editor", unit=owner.appointments.get().unit)
    said = facts(
        title="Statut dzielnicy {dzielnica}", summary="Zmieniamy statut: {dzielnica}. Napisz do nas.", modes=["environment"]
    )
    del said["target_group"]
    whole = said | {"name": "Statuty", "owner_unit": owner.appointments.get().unit.pk, "owner_person": owner.pk}
    page = client.post(reverse("consultation_new_series"), whole | {"taking_part": ["remarks", "oral_remarks"]}).url
    two = District.objects.filter(number__lte=2).values_list("pk", flat=True)
    client.post(page, {"deed": "make", "districts": list(two)})
    assert "Napisz, kogo dotyczą konsultacje." in client.get(page).content.decode()
    series = Series.objects.get()
    edit, target = reverse("consultation_edit_series", args=[series.pk]), {"target_group": "mieszkańcy dzielnicy {dzielnica}"}
    client.post(edit, whole | target | {"taking_part": ["remarks", "oral_remarks"]})
    client.post(page, {"deed": "launch"})
    assert not Consultation.objects.public().exists()
    notice = reverse("consultation_series_notice", args=[series.pk])
    today = local_day(database_now())
    assert client.post(notice, {"channel": "bip"}).status_code == 200 and not Notice.objects.exists()
    for channel in ("bip", "office"):
        client.post(notice, {"channel": channel, "published_on": f"{today}", "evidence": evidence()})
    assert "Ogłoś 2 konsultacje" in client.get(page).content.decode()
    told = client.post(page, {"deed": "launch"}, follow=True).content.decode()
    assert "Ogłoszono 2 konsultacje" in told and Consultation.objects.public().count() == 2
    made = Consultation.objects.get(in_series__district__number=1)
    assert (made.target_group, made.owner_person, made.modes) == ("mieszkańcy dzielnicy Śródmieście", owner, ["environment"])
    assert sorted(made.notices.values_list("channel", flat=True)) == ["bip", "office", "website"]
    again = client.post(page, {"deed": "launch"}, follow=True).content.decode()
    assert "Ogłoszono 0 konsultacji" in again and Notice.objects.count() == 6

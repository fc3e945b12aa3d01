"""The coordinator's screens: check a file, bring it in, count, publish; everybody else is refused."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.harness.signing_in import sign_in_staff

from ratusz.foundation.audit.models import Entry
from ratusz.foundation.people.models import Role
from ratusz.foundation.units.factories import AppointmentFactory
from ratusz.participation.budget.factories import BallotFactory, PoolFactory, ProjectFactory
from ratusz.participation.budget.models import Pool, PoolResult
from ratusz.participation.budget.tests.test_importing_and_exporting import SMALL

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


def sign_in_as(client, code):
    person = sign_in_staff(client)
    AppointmentFactory(person=person, role=Role.objects.get(code=code))
    return person


@pytest.fixture
def coordinator(client):
    return sign_in_as(client, "budget_coordinator")


def upload(client, content):
    return client.post(reverse("budget_staff_import"), {"file": SimpleUploadedFile("dab.pb", content), "rules": ""})


def draft_of(pool):
    return pool.results.get(published_at=None).pk


def test_a_file_is_checked_shown_and_brought_in(client, coordinator, settings, tmp_path):
    settings.HOME = tmp_path
    checked = upload(client, SMALL.encode())
    assert "wszystko się zgadza" in checked.content.decode() and not Pool.objects.exists()
    response = client.post(reverse("budget_staff_import"), {"kept": checked.context["kept"], "rules": ""})
    pool = Pool.objects.get()
    assert response.url == reverse("budget_staff_pool", args=[pool.pk])
    assert Entry.objects.filter(deed="budget.import_contest", actor_id=str(coordinator.pk)).count() == 1
    assert not list((tmp_path / "uploads" / "budget").iterdir())


def test_a_faulty_file_is_refused_with_its_line_and_nothing_stays(client, coordinator, settings, tmp_path):
    settings.HOME = tmp_path
    text = upload(client, SMALL.replace("2,1;18-29", "3,1;18-29").encode()).content.decode()
    assert "Plik odrzucony.</strong> Wiersz 28: głos ma 4 pkt, a najwięcej może mieć 3." in text
    assert not Pool.objects.exists() and not list((tmp_path / "uploads" / "budget").iterdir())


@pytest.mark.parametrize("name", ["../../secrets/django", "0" * 32 + ".pb", ""])
def test_only_a_file_put_aside_can_be_confirmed(client, coordinator, name, settings, tmp_path):
    settings.HOME = tmp_path
    client.post(reverse("budget_staff_import"), {"kept": name, "rules": ""})
    assert not Pool.objects.exists()


def test_a_pool_is_counted_checked_and_published(client, coordinator):
    pool = PoolFactory(ballots_are_complete=False)
    ProjectFactory(pool=pool)
    BallotFactory.create_batch(20, pool=pool)
    Pool.objects.update(ballots_are_complete=True)
    address = reverse("budget_staff_pool", args=[pool.pk])
    client.post(address, {"deed": "count"})
    page = client.get(address).content.decode()
    assert "Policzono, jeszcze nie opublikowano" in page and "Opublikuj wynik" in page
    client.post(address, {"deed": "publish", "draft": draft_of(pool), "sure": "1"})
    assert PoolResult.objects.get().published_at
    client.post(
        address, {"deed": "change", "kind": "withdrawn", "project": pool.projects.get().pk, "ground": "", "day": "2026-10-01"}
    )
    assert not pool.changes.exists()
    client.post(
        address,
        {"deed": "change", "kind": "withdrawn", "project": pool.projects.get().pk, "ground": "Pismo 1", "day": "2026-10-01"},
    )
    client.post(address, {"deed": "count"})
    assert "sfinansowany → wycofany" in client.get(address).content.decode()
    client.post(address, {"deed": "publish", "draft": draft_of(pool), "sure": "1"})
    assert [entry.deed for entry in Entry.objects.filter(deed__startswith="budget.").order_by("pk")] == [
        "budget.count_pool", "budget.publish_result", "budget.record_change", "budget.count_pool", "budget.publish_result",
    ]  # fmt: skip


def test_publishing_is_asked_about_once_more(client, coordinator):
    pool = PoolFactory(ballots_are_complete=True, name="Koszutka", code="L12")
    ProjectFactory(pool=pool)
    address = reverse("budget_staff_pool", args=[pool.pk])
    client.post(address, {"deed": "count"})
    asked = client.post(address, {"deed": "publish", "draft": draft_of(pool)}).content.decode()
    said = ["Opublikować wynik: L12 Koszutka?", "Tego nie można cofnąć.", "Co stanie się publiczne", "Wróć bez publikowania"]
    assert [part for part in said if part not in asked] == []
    assert not PoolResult.objects.exclude(published_at=None).exists()
    edition = reverse("budget_staff_edition", args=[pool.edition_id])
    asked = client.post(edition, {"deed": "publish", "draft": draft_of(pool)}).content.decode()
    assert "Opublikować wyniki:" in asked and "L12 Koszutka" in asked and 'name="sure" value="1"' in asked
    assert not PoolResult.objects.exclude(published_at=None).exists()
    client.post(edition, {"deed": "publish", "draft": draft_of(pool), "sure": "1"})
    assert PoolResult.objects.get().published_at
    for gone, why in ((address, "Nie ma policzonego wyniku"), (edition, "W tym czasie wyniki się zmieniły")):
        assert why in client.post(gone, {"deed": "publish", "draft": "0"}, follow=True).content.decode()


@pytest.mark.parametrize("draft", ["²", "٣", "9" * 5000, "-1", "1.0", "x"])
def test_what_is_no_number_of_a_draft_publishes_nothing_and_breaks_nothing(client, coordinator, draft):
    pool = PoolFactory(ballots_are_complete=True)
    ProjectFactory(pool=pool)
    client.post(reverse("budget_staff_pool", args=[pool.pk]), {"deed": "count"})
    for address in (reverse("budget_staff_pool", args=[pool.pk]), reverse("budget_staff_edition", args=[pool.edition_id])):
        for sure in ("", "1"):
            assert client.post(address, {"deed": "publish", "draft": draft, "sure": sure}).status_code in (200, 302)
    assert not PoolResult.objects.exclude(published_at=None).exists()


def test_the_preview_names_the_rules_and_a_foreign_city_and_refuses_what_is_here(client, coordinator, settings, tmp_path):
    settings.HOME = tmp_path
    own = upload(client, SMALL.encode()).content.decode()
    assert "Katowice, od edycji VII (2020)" in own.split("Sprawdź plik")[0] and "Inne miasta" not in own
    foreign = SMALL.replace("unit;Katowice", "unit;Tychy").encode()
    choice = {"file": SimpleUploadedFile("t.pb", foreign), "rules": "katowice"}
    assert "Miasto w pliku to Tychy" in client.post(reverse("budget_staff_import"), choice).content.decode()
    kept = upload(client, SMALL.encode()).context["kept"]
    client.post(reverse("budget_staff_import"), {"kept": kept, "rules": ""})
    again = upload(client, SMALL.encode()).content.decode()
    assert "Plik odrzucony" in again and "wszystko się zgadza" not in again and "już" in again


def test_only_the_draft_that_was_looked_at_is_published(client, coordinator):
    pool = PoolFactory(ballots_are_complete=True)
    ProjectFactory(pool=pool)
    address = reverse("budget_staff_pool", args=[pool.pk])
    client.post(address, {"deed": "count"})
    seen = draft_of(pool)
    client.post(address, {"deed": "count"})
    for draft in (seen, ""):
        page = client.post(address, {"deed": "publish", "draft": draft, "sure": "1"}).content.decode()
        assert "Ktoś w tym czasie policzył tę pulę jeszcze raz" in page
    client.post(
        address, {"deed": "change", "kind": "withdrawn", "project": pool.projects.get().pk, "ground": "1", "day": "2026-10-01"}
    )
    page = client.post(address, {"deed": "publish", "draft": draft_of(pool), "sure": "1"}).content.decode()
    assert "Po tym liczeniu coś zapisano" in page
    assert not PoolResult.objects.exclude(published_at=None).exists()


@pytest.mark.parametrize("name", ["???", "Projekty"])
def test_every_pool_gets_an_address_of_its_own(client, coordinator, name, settings, tmp_path):
    settings.HOME = tmp_path
    kept = upload(client, SMALL.replace(";Dąb\n", f";{name}\n").encode()).context["kept"]
    client.post(reverse("budget_staff_import"), {"kept": kept, "rules": ""})
    assert Pool.objects.get().slug in ("pula", "pula-projekty")


@pytest.mark.parametrize("code", ["editor", "administrator", "press_officer"])
def test_other_roles_are_refused(client, code):
    sign_in_as(client, code)
    pool = PoolFactory()
    for address in (reverse("budget_staff_import"), reverse("budget_staff_pool", args=[pool.pk])):
        assert client.get(address).status_code in (302, 403)
        assert client.post(address, {"deed": "count"}).status_code in (302, 403)
    assert not PoolResult.objects.exists()


@pytest.mark.parametrize("name", ["budget-editions", "budget-pools", "budget-projects"])
def test_lists_cost_the_same_queries_with_1_and_3_rows(client, coordinator, name, django_assert_num_queries):
    ProjectFactory(pool=PoolFactory(position=0, code="L0"))
    client.get(f"/admin/{name}/")
    with CaptureQueriesContext(connection) as with_one:
        assert client.get(f"/admin/{name}/").status_code == 200
    for position in (1, 2):
        ProjectFactory(pool=PoolFactory(position=position, code=f"L{position}"))
    with django_assert_num_queries(len(with_one)):
        client.get(f"/admin/{name}/")


def test_an_exported_list_holds_no_formula(client, coordinator):
    ProjectFactory(pool=PoolFactory(name="=1+1", code="Pula spoza Katowic"), name="=HYPERLINK(1)", category="@SUM(1)")
    exported = b"".join(client.get("/admin/budget-projects/?export=csv").streaming_content).decode()
    assert "'=HYPERLINK(1)" in exported and ",'@SUM(1)" in exported and ",'=1+1" in exported

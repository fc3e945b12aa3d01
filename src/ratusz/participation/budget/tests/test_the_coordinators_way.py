"""The coordinator's way through an edition: made, filled, counted, looked at, published, corrected; and the ways back."""

import threading
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ratusz.foundation.audit.models import Entry
from ratusz.participation.budget.actions import count_pool, publish_result, record_change, remove_edition, remove_pool
from ratusz.participation.budget.factories import BallotFactory, EditionFactory, PoolFactory, ProjectFactory
from ratusz.participation.budget.models import Ballot, Edition, Pool, PoolResult
from ratusz.participation.budget.rules import NotPossible
from ratusz.participation.budget.tests.test_importing_and_exporting import SMALL
from ratusz.participation.budget.tests.test_staff_screens import sign_in_as

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
NEW = {
    "city": "Katowice", "kind": "budzet_obywatelski", "year": "2023", "number": "10", "rules_preset": "katowice",
    "voting_starts": "2023-09-11", "voting_ends": "2023-09-24",
}  # fmt: skip


@pytest.fixture
def coordinator(client):
    return sign_in_as(client, "budget_coordinator")


def made_pool(edition=None, **facts):
    pool = PoolFactory(**({"edition": edition} if edition else {}), **facts)
    for position, supporters in enumerate((30, 20)):
        ProjectFactory(pool=pool, position=position, number=f"{pool.code}/{position + 1:02}/X")
        BallotFactory.create_batch(supporters, pool=pool, choices=[position])
    pool.ballots_are_complete = True
    pool.save()
    return pool


def said(response):
    return [str(message) for message in response.context["messages"]]


def test_an_edition_is_made_filled_counted_looked_at_published_and_corrected(client, coordinator, settings, tmp_path):
    settings.HOME = tmp_path
    made = client.post(reverse("budget_staff_edition_new"), NEW, follow=True)
    edition = Edition.objects.get()
    address = reverse("budget_staff_edition", args=[edition.pk])
    assert (
        said(made) == ["Edycja X (2023) jest założona. Teraz ułóż kalendarz i wylicz pule albo wczytaj je z plików."]
        and "Nie ma jeszcze żadnej puli" in made.text
    )
    kept = client.post(reverse("budget_staff_import"), {"file": SimpleUploadedFile("a.pb", SMALL.encode()), "rules": ""})
    client.post(reverse("budget_staff_import"), {"kept": kept.context["kept"], "rules": ""})
    pool = Pool.objects.get()
    assert pool.edition == edition and "Karty są wczytane. Policz je." in client.get(address).text
    assert said(client.post(address, {"deed": "count"}, follow=True)) == [
        "Policzono 1 pulę. Obejrzyj wynik, zanim go opublikujesz."
    ]
    page = client.get(address)
    assert "u: koordynacja budżetu" in page.text and "Opublikuj 1 wynik" in page.text
    assert client.get(edition.get_absolute_url()).status_code == 404, "nothing is public before"
    done = client.post(address, {"deed": "publish", "draft": page.context["drafts"], "sure": "1"}, follow=True)
    assert said(done) == ["Opublikowano 1 wynik."] and "poszło" in done.text and "Opublikowano. Nic nie czeka." in done.text
    assert "poniżej progu" in client.get(pool.get_absolute_url()).text, "the public page follows at once"
    change = {
        "deed": "change",
        "kind": "withdrawn",
        "project": pool.projects.first().pk,
        "ground": "Pismo nr 5",
        "day": "2023-10-02",
    }
    pool_address = reverse("budget_staff_pool", args=[pool.pk])
    assert "Zapisano zmianę. Policz pulę jeszcze raz" in client.post(pool_address, change, follow=True).text
    client.post(pool_address, {"deed": "count"})
    assert "Publikacja zmieni:" in client.get(pool_address).text
    client.post(pool_address, {"deed": "publish", "draft": pool.results.get(published_at=None).pk, "sure": "1"})
    assert "Pismo nr 5" in client.get(pool.get_absolute_url()).text
    assert [entry.deed.removeprefix("budget.") for entry in Entry.objects.filter(deed__startswith="budget.").order_by("pk")] == [
        "make_edition", "import_contest", "count_pool", "publish_result", "record_change", "count_pool", "publish_result",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "wrong, reason",
    [
        ({"year": "99999"}, "2100"),
        ({"number": "0"}, "1"),
        ({"voting_ends": "2023-09-01"}, "Ostatni dzień głosowania jest przed pierwszym"),
        ({"kind": "x"}, "x"),
    ],
)
def test_a_wrong_edition_is_refused_and_keeps_what_was_typed(client, coordinator, wrong, reason):
    page = client.post(reverse("budget_staff_edition_new"), NEW | wrong).text
    assert reason in page and 'value="Katowice"' in page and not Edition.objects.exists()


def test_the_form_proposes_the_next_edition_and_refuses_the_same_twice(client, coordinator):
    address = reverse("budget_staff_edition_new")
    assert client.get(address).context["form"]["year"].value() >= 2026
    client.post(address, NEW)
    proposed = client.get(address).context["form"]
    assert [proposed[name].value() for name in ("city", "year", "number", "rules_preset")] == ["Katowice", 2024, 11, "katowice"]
    assert "Ta edycja już tu jest" in client.post(address, NEW).text
    client.post(address, NEW | {"kind": "zielony_budzet"})
    assert [edition.slug for edition in Edition.objects.order_by("pk")] == ["2023", "zielony-budzet-2023"]


def test_a_green_budget_has_nothing_to_count():
    pool = made_pool(EditionFactory(kind="zielony_budzet"))
    with pytest.raises(NotPossible, match="Zielony Budżet nie ma głosowania, wybiera Zespół Oceniający. Nie ma czego liczyć."):
        count_pool(pool=pool)


def test_an_empty_edition_and_an_unpublished_pool_can_be_taken_back(client, coordinator):
    pool = made_pool()
    count_pool(pool=pool)
    address, edition_address = reverse("budget_staff_pool", args=[pool.pk]), reverse("budget_staff_edition", args=[pool.edition_id])
    assert said(client.post(address, {"deed": "remove"}, follow=True))[0].startswith("Zaznacz pole")
    assert said(client.post(edition_address, {"deed": "remove"}, follow=True))[0].startswith("W tej edycji są pule.")
    assert said(client.post(address, {"deed": "remove", "sure": "1"}, follow=True))[0].startswith("Usunięto pulę")
    assert (Pool.objects.count(), Ballot.objects.count(), PoolResult.objects.count()) == (0, 0, 0)
    assert said(client.post(edition_address, {"deed": "remove"}, follow=True))[0].startswith("Usunięto pustą edycję")
    assert not Edition.objects.exists()
    assert [entry.deed for entry in Entry.objects.filter(actor_id=str(coordinator.pk), deed__startswith="budget.").order_by("pk")] == [
        "budget.remove_pool", "budget.remove_edition",
    ]  # fmt: skip


def test_what_is_published_or_decided_is_not_taken_back():
    published, decided = made_pool(), made_pool()
    publish_result(result=count_pool(pool=published))
    record_change(pool=decided, kind="corrected", ground="Protokół", day=date(2026, 9, 28))
    for pool, reason in ((published, "więc pula zostaje. Zamiast tego"), (decided, "Zapisano już decyzje")):
        with pytest.raises(NotPossible, match=reason):
            remove_pool(pool=pool)
    with pytest.raises(NotPossible, match="W tej edycji są pule"):
        remove_edition(edition=published.edition)


def test_a_change_recorded_before_the_first_publication_does_not_stay_pending(client, coordinator):
    pool = made_pool()
    record_change(pool=pool, kind="withdrawn", ground="Pismo", day=date(2026, 9, 1), project=pool.projects.first())
    publish_result(result=count_pool(pool=pool))
    page = client.get(reverse("budget_staff_pool", args=[pool.pk]))
    assert page.context["pending"] is None and page.context["state"].word == "poszło"
    pool.refresh_from_db()
    with pytest.raises(NotPossible, match="ma opublikowany wynik"):
        count_pool(pool=pool)
    first = record_change(pool=pool, kind="corrected", ground="Pismo 2", day=date(2026, 9, 2))
    record_change(pool=pool, kind="corrected", ground="Pismo 3", day=date(2026, 9, 3))
    count_pool(pool=pool)
    second = publish_result(result=count_pool(pool=pool))
    assert (second.version, second.change) == (2, first), "one count holds both changes, and a draft is counted over"
    assert client.get(reverse("budget_staff_pool", args=[pool.pk])).context["pending"] is None


def test_a_decision_on_a_tie_after_publication_leads_to_a_new_result():
    pool = PoolFactory()
    for position in (0, 1):
        ProjectFactory(pool=pool, position=position, number=f"L1/0{position + 1}/X", cost_grosze=300_000_00)
        BallotFactory.create_batch(20, pool=pool, choices=[position])
    Pool.objects.update(ballots_are_complete=True)
    order = ("L1/01/X", "L1/02/X")
    record_change(pool=pool, kind="decided", ground="Protokół 1", day=date(2026, 9, 28), order=order)
    publish_result(result=count_pool(pool=pool))
    record_change(pool=pool, kind="decided", ground="Protokół 2", day=date(2026, 10, 1), order=order[::-1])
    second = publish_result(result=count_pool(pool=pool))
    assert [end.project.number for end in second.projects.select_related("project") if end.is_funded] == ["L1/02/X"]


def test_a_tie_stops_publishing_the_edition_until_it_is_decided(client, coordinator):
    pool = PoolFactory()
    for position in (0, 1):
        ProjectFactory(pool=pool, position=position, cost_grosze=300_000_00)
        BallotFactory.create_batch(20, pool=pool, choices=[position])
    Pool.objects.update(ballots_are_complete=True)
    address = reverse("budget_staff_edition", args=[pool.edition_id])
    client.post(address, {"deed": "count"})
    page = client.get(address)
    assert "u: komisja" in page.text and 'value="publish"' not in page.text
    assert "u: komisja" in client.get(reverse("budget_staff_pool", args=[pool.pk])).text


def test_only_the_list_that_was_looked_at_is_published(client, coordinator):
    pool = made_pool()
    other = made_pool(pool.edition)
    address = reverse("budget_staff_edition", args=[pool.edition_id])
    assert said(client.post(address, {"deed": "publish"}, follow=True))[0].startswith("W tym czasie wyniki się zmieniły")
    seen = count_pool(pool=pool).pk
    count_pool(pool=other)
    assert said(client.post(address, {"deed": "publish", "draft": [seen]}, follow=True))[0].startswith("W tym czasie wyniki się")
    assert said(client.post(address, {"deed": "count"}, follow=True))[0].startswith("Nie ma czego liczyć")
    assert not PoolResult.objects.exclude(published_at=None).exists()


@pytest.mark.parametrize("code", ["editor", "administrator"])
def test_other_roles_do_not_get_in(client, code):
    sign_in_as(client, code)
    edition = EditionFactory()
    for address in (reverse("budget_staff_edition_new"), reverse("budget_staff_edition", args=[edition.pk])):
        assert client.get(address).status_code in (302, 403)
        assert client.post(address, NEW | {"deed": "remove"}).status_code in (302, 403)
    assert Edition.objects.get() == edition


def test_the_list_of_pools_costs_the_same_queries_with_1_and_3_rows(client, coordinator, django_assert_num_queries):
    pool = made_pool()
    publish_result(result=count_pool(pool=pool))
    address = reverse("budget_staff_edition", args=[pool.edition_id])
    client.get(address)
    with CaptureQueriesContext(connection) as with_one:
        client.get(address)
    for _ in range(2):
        publish_result(result=count_pool(pool=made_pool(pool.edition)))
    with django_assert_num_queries(len(with_one)):
        client.get(address)


def test_a_new_edition_is_a_step_from_the_list(client, coordinator):
    assert reverse("budget_staff_edition_new") in client.get("/admin/budget-editions/").text


def together(*deeds):
    """What each deed gave, or its refusal, when all run at the same moment on connections of their own."""
    barrier, found = threading.Barrier(len(deeds)), [None] * len(deeds)

    def run(index, deed):
        try:
            barrier.wait(timeout=20)
            found[index] = deed()
        except NotPossible as refusal:
            found[index] = str(refusal)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return found


@pytest.mark.django_db(transaction=True)
def test_two_coordinators_publish_at_once_and_one_result_stands():
    pool = made_pool()
    draft = count_pool(pool=pool)
    found = together(*[lambda: publish_result(result=draft).pk] * 4)
    assert sorted(map(str, found)) == sorted(
        [str(draft.pk)] + ["Ktoś już opublikował ten wynik. Niczego nie zmieniono. Obejrzyj opublikowany wynik."] * 3
    )
    assert (PoolResult.objects.count(), Entry.objects.filter(deed="budget.publish_result").count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_two_coordinators_count_at_once_and_one_draft_stands():
    pool = made_pool()
    found = together(*[lambda: count_pool(pool=pool).version] * 4)
    assert found == [1, 1, 1, 1] and PoolResult.objects.count() == 1

"""Accepted projects on the ballot: what is put, what stops it, what excludes what, two people, one final list in every form."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import threading
from datetime import date

import docx
import openpyxl
import pytest
from django.db import connections, transaction
from django.urls import reverse

from ratusz.foundation.audit.models import Entry
from ratusz.foundation.kit.clock import database_now
from ratusz.participation.budget import actions as budget
from ratusz.participation.budget.actions.ballot_list import ballot_content, drawn_key
from ratusz.participation.budget.edition_rules import sha256_of
from ratusz.participation.budget.models import EditionChange, ExclusionSet, Project
from ratusz.participation.budget.rules import NotPossible
from ratusz.participation.projects import actions, ballot, lists, rules
from ratusz.participation.projects.factories import make_application
from ratusz.participation.projects.models import ListKind, State
from ratusz.participation.projects.tests.test_assessment_and_lists import head, leader, publish

__all__ = ["head", "leader"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def opened(edition, pool, city_pool):
    """The edition as it stands in the summer: opened, with its calendar."""
    days = {
        "submission": (date(2027, 3, 11), date(2027, 4, 9)), "formal": (date(2027, 4, 12), date(2027, 5, 6)),
        "substantive": (date(2027, 5, 7), date(2027, 8, 19)), "ballot_list": (date(2027, 8, 26), date(2027, 8, 31)),
        "voting": (date(2027, 9, 10), date(2027, 9, 23)), "results": (date(2027, 9, 24), date(2027, 9, 30)),
    }  # fmt: skip
    budget.set_calendar(edition=edition, days=days)
    budget.set_rules(edition=edition, values={"ballot.order": "lot"})
    budget.open_edition(edition=edition)
    edition.refresh_from_db()
    return edition


def accepted(pool, leader, cost=5_000_000, **facts):
    """An accepted project, as the assessment leaves it (test_assessment_and_lists walks that way)."""
    made = make_application(pool, **facts)
    made.state, made.checked_grosze, made.checked_running_grosze = State.POSITIVE, cost, 0
    made.save()
    made.course.create(state=State.POSITIVE, happened_at=database_now())
    return made


def put(edition, leader):
    return actions.put_on_ballot(edition=edition, digest=ballot.digest_of(ballot.candidates(edition)), person=leader.person)


@pytest.mark.slow
def test_what_fits_goes_on_the_ballot_with_its_exclusions_and_what_does_not_says_why(opened, pool, city_pool, leader):
    bench, tree = accepted(pool, leader), accepted(pool, leader, title="Drzewa przy torach")
    far = accepted(city_pool, leader, title="Ścieżka przez całe miasto")
    dear = accepted(pool, leader, title="Pawilon")
    type(dear).objects.filter(pk=dear.pk).update(checked_grosze=pool.budget_grosze + 1)
    reason = {"kind": "exclusion", "reason": "To samo miejsce.", "person": leader.person}
    actions.tie_projects(one=bench, other=tree, **reason)
    actions.tie_projects(one=bench, other=far, **reason)
    make_application(pool, title="Jeszcze w ocenie")
    seen = leader.get(reverse("projects_ballot", args=[opened.pk])).text
    assert "Kosztuje więcej, niż ma cała pula" in seen and "Jeszcze w ocenie" in seen and "z różnych pul" in seen
    with pytest.raises(rules.ApplicationRefused, match="zmieniła się"):
        actions.put_on_ballot(edition=opened, digest="x", person=leader.person)
    assert put(opened, leader) == 3
    assert set(Project.objects.values_list("number", "cost_grosze")) == {
        (bench.number, 5_000_000), (tree.number, 5_000_000), (far.number, 5_000_000)
    }  # fmt: skip
    assert list(ExclusionSet.objects.values_list("numbers", "reason")) == [([bench.number, tree.number], "To samo miejsce.")]
    with pytest.raises(rules.ApplicationRefused, match="Żaden przyjęty projekt"):
        put(opened, leader)
    actions.tie_projects(one=bench, other=tree, kind="conflict", reason="Obok siebie.", person=leader.person)
    assert not ExclusionSet.objects.exists()
    assert [note.url for note in ballot.notes(opened)] == [reverse("projects_ballot", args=[opened.pk])] * 3


def test_until_it_is_frozen_a_project_may_leave_the_ballot(opened, pool, leader, head):
    bench, tree = accepted(pool, leader), accepted(pool, leader, title="Drzewa przy torach")
    actions.tie_projects(one=bench, other=tree, kind="exclusion", reason="To samo miejsce.", person=leader.person)
    put(opened, leader)
    bench.refresh_from_db()
    actions.withdraw(application=bench, reason="oświadczenie z 2 września", person=leader.person)
    assert list(Project.objects.values_list("number", flat=True)) == [tree.number]
    assert not ExclusionSet.objects.exists()
    assert Entry.objects.filter(deed="budget.take_off_ballot").count() == 1
    budget.freeze_ballot(edition=opened, person=leader.person)
    budget.freeze_ballot(edition=opened, person=head)
    tree.refresh_from_db()
    with pytest.raises(rules.ApplicationRefused, match="zamrożona"):
        actions.withdraw(application=tree, reason="za późno", person=leader.person)
    tree.refresh_from_db()
    assert tree.state == State.ON_BALLOT


def test_a_project_of_two_pairs_names_both_in_the_final_list(opened, pool, leader, head):
    bench, tree, pond = (accepted(pool, leader, title=title) for title in ("Ławka", "Drzewa", "Staw"))
    for other in (tree, pond):
        actions.tie_projects(one=bench, other=other, kind="exclusion", reason="To samo miejsce.", person=leader.person)
    put(opened, leader)
    budget.freeze_ballot(edition=opened, person=leader.person)
    budget.freeze_ballot(edition=opened, person=head)
    told = {row["number"]: row["reasons"] for row in lists.rows_of(opened, ListKind.BALLOT)}
    said = {each.number: f"Z tego projektu i: {each.number} powstanie tylko jeden." for each in (bench, tree, pond)}
    assert told == {
        bench.number: f"{said[tree.number]} {said[pond.number]}", tree.number: said[bench.number], pond.number: said[bench.number]
    }  # fmt: skip


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_nothing_slips_under_a_ballot_while_it_is_being_frozen(transactional_db, opened, pool, leader, head):
    numbers = [accepted(pool, leader, title=f"Projekt {n}").number for n in range(2)]
    put(opened, leader)
    budget.freeze_ballot(edition=opened, person=leader.person)
    said: list = []

    def exclude():
        try:
            said.append(budget.exclude_one_another(pool=pool, numbers=numbers, reason="To samo miejsce."))
        except NotPossible as refusal:
            said.append(str(refusal))
        finally:
            connections.close_all()

    late = threading.Thread(target=exclude)
    with transaction.atomic():
        frozen = budget.freeze_ballot(edition=opened, person=head)
        late.start()
        late.join(0.3)
        assert late.is_alive(), "it waits until the ballot is frozen"
    late.join(20)
    assert ["zamrożona" in each for each in said] == [True] and not ExclusionSet.objects.exists()
    assert sha256_of(ballot_content(frozen)) == frozen.ballot_hash


@pytest.mark.slow
def test_two_people_freeze_on_the_screen_and_the_final_list_is_the_same_in_every_form(
    client, opened, pool, city_pool, leader, staff_client
):
    made = [accepted(pool, leader, title=f"Projekt {n}") for n in range(3)] + [accepted(city_pool, leader, title="Dla miasta")]
    actions.tie_projects(one=made[0], other=made[1], kind="exclusion", reason="To samo miejsce.", person=leader.person)
    assert lists.rows_of(opened, ListKind.BALLOT) == []
    page = leader.get(reverse("projects_ballot", args=[opened.pk]))
    said = leader.post(reverse("projects_ballot", args=[opened.pk]), {"digest": page.context["digest"]}, follow=True)
    assert "4 projekty są na karcie" in said.text
    address, second = reverse("budget_staff_ballot", args=[opened.pk]), staff_client("deputy_head")
    shown = leader.get(address).context["sha256"]
    assert "Lista zmieniła się" in leader.post(address, {"deed": "freeze", "looked_at": "0" * 64}, follow=True).text
    assert "czeka na drugą osobę" in leader.post(address, {"deed": "freeze", "looked_at": shown}, follow=True).text
    assert "zamraża ją inna osoba" in leader.get(address).text
    assert "Karta jest zamrożona" in second.post(address, {"deed": "freeze", "looked_at": shown}, follow=True).text
    opened.refresh_from_db()
    final = publish(opened, "ballot", leader)
    drawn = sorted((each.number for each in made[:3]), key=lambda number: drawn_key(opened.ballot_seed, number))
    assert [(row["place"], row["number"]) for row in final.rows] == [(1, made[3].number), *enumerate(drawn, 1)]
    _the_same_everywhere(client, opened, final, made)


def _the_same_everywhere(client, opened, final, made):
    web = client.get(reverse("projects:published", args=[opened.slug, "ballot"])).text
    assert final.digest in web and opened.ballot_hash in web and opened.ballot_seed in web
    assert f"Z tego projektu i: {made[1].number} powstanie tylko jeden" in web
    got = {form: _file(client, opened, form) for form in ("json", "csv", "xlsx", "pdf", "docx")}
    assert hashlib.sha256(got["json"]).hexdigest() == final.digest
    numbers = [row["number"] for row in json.loads(got["json"])]
    assert [row["number"] for row in csv.DictReader(io.StringIO(got["csv"].decode("utf-8-sig")))] == numbers
    sheet = openpyxl.load_workbook(io.BytesIO(got["xlsx"])).active
    assert [row[1] for row in sheet.iter_rows(min_row=2, values_only=True)] == numbers
    local = client.get(reverse("projects:published", args=[opened.slug, "ballot"]), {"czesc": "lokalne"})
    part = _file(client, opened, "json", "?czesc=lokalne")
    assert hashlib.sha256(part).hexdigest() in local.text and made[3].number not in local.text
    words = "".join(docx.Document(io.BytesIO(_file(client, opened, "docx", "?czesc=lokalne"))).element.body.itertext())
    assert "/listy/ballot/wersja-1/?czesc=lokalne" in words, "a sheet leads to the page with its own SHA-256"
    for missing in (
        reverse("projects:published-version", args=[opened.slug, "ballot", 0]),
        f"{reverse('projects:published', args=[opened.slug, 'ballot'])}?czesc=zielone",
    ):
        assert client.get(missing).status_code == 404


def _file(client, edition, form, query=""):
    return client.get(reverse("projects:version-file", args=[edition.slug, "ballot", 1, form]) + query).content


def test_an_older_version_of_a_list_stays_where_the_sheet_on_the_wall_says(client, edition, pool, leader):
    make_application(pool)
    first = publish(edition, "submitted", leader)
    make_application(pool, title="Drugi projekt")
    publish(edition, "submitted", leader)
    old = client.get(reverse("projects:published-version", args=[edition.slug, "submitted", 1])).text
    assert first.digest in old and "Drugi projekt" not in old and "nowsza wersja" in old
    assert "Drugi projekt" in client.get(reverse("projects:published", args=[edition.slug, "submitted"])).text
    assert client.get(reverse("projects:published-version", args=[edition.slug, "submitted", 3])).status_code == 404


@pytest.mark.slow
def test_sets_that_exclude_are_kept_and_taken_back_on_the_screen_of_the_ballot(opened, pool, leader):
    numbers = [accepted(pool, leader, title=f"Projekt {n}").number for n in range(2)]
    put(opened, leader)
    address = reverse("budget_staff_ballot", args=[opened.pk])
    told = {"deed": "exclude", "pool": pool.pk, "numbers": ", ".join(numbers).lower(), "reason": "To samo miejsce."}
    assert "co najmniej dwa projekty" in leader.post(address, told | {"numbers": numbers[0]}).text
    assert "Zapisano: powstanie tylko jeden" in leader.post(address, told, follow=True).text
    assert "już się wykluczają" in leader.post(address, told).text
    made = ExclusionSet.objects.get()
    assert "już się nie wykluczają" in leader.post(address, {"deed": "drop", "set": made.pk}, follow=True).text
    assert not ExclusionSet.objects.exists()
    assert "Wybierz, co zrobić" in leader.post(address, {"deed": "sing"}, follow=True).text


@pytest.mark.slow
def test_a_stage_of_an_opened_edition_is_moved_by_two_people_on_the_screen(opened, leader, staff_client):
    address = reverse("budget_staff_stage", args=[opened.pk])
    told = {"code": "ballot_list", "first": "2027-08-27", "last": "2027-09-01", "reason": "Dzień dłużej na odwołania."}
    assert "czeka na drugą osobę" in leader.post(address, told, follow=True).text
    assert "Ostatni dzień" in leader.get(address).text
    change = EditionChange.objects.get()
    assert "czeka już" in leader.post(address, told).text
    say = {"deed": "approve", "change": change.pk}
    staff_client("deputy_head").post(reverse("budget_staff_rules", args=[opened.pk]), say)
    stage = opened.stages.get(code="ballot_list")
    assert (stage.starts_at.astimezone().date(), stage.change_id) == (date(2027, 8, 27), change.pk)
    assert staff_client("editor").get(address).status_code == 302

"""From a draft by a link to a number: saved with gaps, refused with what is missing, in time to the second, one number each."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.notifications.models import OutboxMessage
from ratusz.participation.budget import actions as budget_actions
from ratusz.participation.budget.factories import EditionFactory, PoolFactory
from ratusz.participation.projects import actions, calendar, queries, rules
from ratusz.participation.projects.factories import FACTS, LINES, make_application
from ratusz.participation.projects.models import Application, Party, State

pytestmark = pytest.mark.django_db
COSTS = {
    "costs-TOTAL_FORMS": "2", "costs-INITIAL_FORMS": "0", "costs-0-name": "ławka", "costs-0-unit": "szt.", "costs-0-quantity": "2,5",
    "costs-0-price": "3 500", "costs-1-name": "", "costs-1-quantity": "", "costs-1-price": "",
}  # fmt: skip


def typed(pool, **more):
    fields = {code: value for code, value in FACTS.items() if value not in (None, False)}
    return fields | COSTS | {"pool": pool.pk, "running_grosze": "500", "version": "0", "deed": "submit"} | more


def begin(client, edition):
    answer = client.post(f"/budzet-obywatelski/{edition.slug}/zglos/")
    assert answer.status_code == 302
    return answer.url


@pytest.mark.slow
def test_a_draft_by_a_link_becomes_a_numbered_project(client, pool):
    address = begin(client, pool.edition)
    token = address.rstrip("/").rsplit("/", 1)[1]
    assert len(token) == 22 and not Application.objects.filter(link_digest=token).exists()
    assert "Tytuł projektu" in client.get(address).text
    saved = client.post(address, typed(pool, deed="save", description="", land=""))
    assert saved.status_code == 302
    draft = Application.objects.get()
    assert (draft.state, draft.version, draft.cost_grosze, draft.number) == (State.DRAFT, 1, 875_000, "")
    assert 'value="3 500"' in client.get(address).text.replace("\u00a0", " ")
    answer = client.post(address, typed(pool, version="1"))
    page = client.get(answer.url).text
    made = Application.objects.get()
    assert (made.number, made.slug, made.state) == ("L12/01/XIV", "L12-01-XIV", State.SUBMITTED)
    assert "L12/01/XIV" in page and made.versions.count() == 2 and made.course.count() == 1
    message = OutboxMessage.objects.get()
    assert "L12/01/XIV" in message.content.subject and message.address.value == "autorka@example.pl"
    card = client.get(made.get_absolute_url()).text
    assert made.title in card and "Autorka" not in card and "autorka@" not in card
    assert client.post(address, typed(pool, version="2")).url == answer.url and Application.objects.count() == 1


def test_a_refused_submission_says_what_is_missing_and_keeps_what_was_typed(client, pool):
    address = begin(client, pool.edition)
    page = client.post(address, typed(pool, place="", email="", description="Opis zostaje"))
    assert page.status_code == 200 and "Opis zostaje" in page.text
    assert set(page.context["form"].errors) == {"__all__", "place", "email"}
    dear = client.post(address, typed(pool, **{"costs-0-quantity": "100"}))
    assert "240" in re.sub(r"\s|&nbsp;", "", dear.text) and Application.objects.get().state == State.DRAFT


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("point", "gdzieś"),
        ("point", "52.2, 21.0"),
        ("running_grosze", "1,248"),
        ("email", "nie-adres"),
        ("pool", "999999"),
        ("years", "3"),
    ],
)
def test_bad_input_is_told_at_its_field(client, pool, field, value):
    page = client.post(begin(client, pool.edition), typed(pool) | {field: value})
    assert page.status_code == 200 and field in page.context["form"].errors


def test_a_half_filled_line_of_costs_is_told(client, pool):
    page = client.post(begin(client, pool.edition), typed(pool, **{"costs-1-name": "kosz", "costs-0-name": ""}))
    assert [sorted(errors) for errors in page.context["costs"].errors] == [["name"], ["price", "quantity"]]
    summary = page.text.partition("<h1>")[0]
    assert "<title>Błąd: " in summary and 'href="#id_costs-0-name">Pozycja 1, Co: ' in summary
    assert 'href="#id_costs-1-price">Pozycja 2, Cena' in summary, "told on top of the page, with the line"


def test_two_who_write_one_draft_do_not_overwrite_each_other(pool):
    draft, _token = actions.start_draft(edition=pool.edition)
    actions.save_draft(application=draft, facts=FACTS | {"pool": pool}, lines=LINES, version=0)
    with pytest.raises(rules.ApplicationRefused):
        actions.save_draft(application=draft, facts=FACTS | {"pool": pool, "title": "Inny"}, lines=LINES, version=0)
    with pytest.raises(rules.ApplicationRefused):
        actions.submit(application=draft, facts=FACTS | {"pool": pool}, lines=LINES, version=0)


def test_numbers_run_within_each_pool_without_gaps_though_a_submission_fails(pool, city_pool):
    numbers = [make_application(pool).number, make_application(city_pool).number]
    with pytest.raises(rules.ApplicationRefused):
        make_application(pool, place="")
    assert [*numbers, make_application(pool).number] == ["L12/01/XIV", "M/01/XIV", "L12/02/XIV"]


def test_late_is_late_by_the_clock_of_the_database(pool, monkeypatch):
    end = database_now() + timedelta(hours=1)
    monkeypatch.setattr(calendar, "is_open", lambda edition, code, at: code == "submission" and at < end)
    monkeypatch.setattr(calendar, "ends_at", lambda edition, code: end)
    assert make_application(pool).number == "L12/01/XIV"
    from ratusz.participation.projects.actions import intake

    monkeypatch.setattr(intake, "database_now", lambda: end - timedelta(microseconds=1))
    assert make_application(pool).number == "L12/02/XIV"
    monkeypatch.setattr(intake, "database_now", lambda: end)
    with pytest.raises(rules.ApplicationRefused, match="zakończył"):
        make_application(pool)


def test_a_guardian_signs_for_a_child(pool):
    with pytest.raises(rules.ApplicationRefused) as refused:
        make_application(pool, is_minor=True)
    assert set(refused.value.fields) == {"guardian_name", "guardian_contact"}
    assert make_application(pool, is_minor=True, guardian_name="Opiekunka", guardian_contact="601").number


def test_the_database_keeps_numbers_and_what_was_told(pool):
    made = make_application(pool)
    for change in (
        lambda: Application.objects.filter(pk=made.pk).update(number="L12/99/XIV"),
        lambda: Application.objects.filter(pk=made.pk).delete(),
        lambda: made.versions.update(content={}),
        lambda: made.course.all().delete(),
        lambda: Application.objects.filter(pk=made.pk).update(state="draft"),
    ):
        with pytest.raises(Exception) as refused, transaction.atomic():
            change()
        assert isinstance(refused.value, IntegrityError) or "append-only" in str(refused.value) or "keeps" in str(refused.value)


def test_similar_projects_are_found_by_other_forms_of_the_words(client, pool):
    make_application(pool, title="Plac zabaw dla dzieci na Koszutce")
    page = client.get(f"/budzet-obywatelski/{pool.edition.slug}/zglos/podobne/", {"title": "nowe place zabaw dziecięcych"})
    assert "L12/01/XIV" in page.text
    assert "L12/01/XIV" not in client.get(f"/budzet-obywatelski/{pool.edition.slug}/zglos/podobne/", {"title": "tężnia"}).text


def test_a_co_author_is_invited_by_mail_and_says_yes(client, pool):
    address = begin(client, pool.edition)
    client.post(address + "wspolautor/", {"email": "wspolautor@example.pl"})
    link = re.search(r"/budzet-obywatelski/\S+/zaproszenie/[\w-]+/", OutboxMessage.objects.get().content.text)[0]
    client.post(link, {"name": "Współautor Przykładowy", "address": "ul. Przykładowa 2"})
    party = Party.objects.get(role="co_author")
    assert party.accepted_at is not None and "Współautor" in party.name
    assert client.get(link.replace("zaproszenie/", "zaproszenie/x")).status_code == 404


def test_a_number_is_checked_however_it_is_written(pool):
    made = make_application(pool)
    found = queries.find_receipt("l12-1-xiv", database_now())
    assert (found.url, found.title) == (made.get_absolute_url(), str(made))
    assert queries.find_receipt("L12/09/XIV", database_now()) is None


@pytest.mark.slow
def test_a_clerk_enters_paper_through_a_proxy_and_the_stamp_counts(staff_client, pool, monkeypatch):
    clerk = staff_client("budget_coordinator")
    address = f"/admin/projekty/edycja/{pool.edition.pk}/wpisz/"
    assert clerk.get(address).status_code == 200
    stamp = database_now() - timedelta(days=2)
    fields = typed(pool, through="proxy", received_at=stamp.strftime("%Y-%m-%dT%H:%M:%S"), proxy="Pełnomocniczka Przykładowa")
    answer = clerk.post(address, fields)
    made = Application.objects.get()
    assert answer.url == f"/admin/projekty/{made.pk}/"
    assert (made.through, made.entered_by, made.number) == ("proxy", clerk.person, "L12/01/XIV")
    assert made.parties.get(role="proxy").name == "Pełnomocniczka Przykładowa"
    assert "L12/01/XIV" in clerk.get("/admin/projekty/").text and "Autorka Przykładowa" in clerk.get(answer.url).text
    late = clerk.post(address, fields | {"received_at": (database_now() + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M:%S")})
    assert late.status_code == 200 and Application.objects.count() == 1
    assert staff_client("press_officer").get("/admin/projekty/").status_code in (302, 403)


def test_drafts_nobody_touches_go(pool):
    old, _token = actions.start_draft(edition=pool.edition)
    actions.start_draft(edition=pool.edition)
    Application.objects.filter(pk=old.pk).update(changed_at=database_now() - timedelta(days=500))
    made = make_application(pool)
    Application.objects.filter(pk=made.pk).update(changed_at=database_now() - timedelta(days=500))
    assert actions.forget_drafts() == 1 and not Application.objects.filter(pk=old.pk).exists()


def test_an_edition_that_is_over_takes_no_draft_but_papers_that_came_in_time(client, staff_client, pool, monkeypatch):
    end = database_now()
    monkeypatch.setattr(calendar, "ends_at", lambda edition, code: end)
    monkeypatch.setattr(calendar, "is_open", lambda edition, code, at: at < end)
    address = f"/budzet-obywatelski/{pool.edition.slug}/zglos/"
    assert "<form" not in client.get(address).text.split("<main", 1)[1]
    answer = client.post(address)
    assert answer.status_code == 200 and "następnej edycji" in answer.text and not Application.objects.exists()
    told = {"through": "letter", "received_at": end - timedelta(days=1), "proxy": ""}
    person = staff_client("budget_coordinator").person
    made = actions.enter_paper(edition=pool.edition, facts=FACTS | {"pool": pool}, lines=LINES, person=person, **told)
    assert made.number == "L12/01/XIV"


def test_a_paper_form_has_as_many_lines_of_costs_as_it_needs(staff_client, pool):
    clerk = staff_client("budget_coordinator")
    address = f"/admin/projekty/edycja/{pool.edition.pk}/wpisz/"
    page = clerk.post(address, typed(pool, through="letter", received_at="", deed="lines"))
    assert page.status_code == 200 and len(page.context["costs"].forms) == 5 and 'value="ławka"' in page.text
    assert not Application.objects.exists()


def test_an_opened_edition_takes_applications_until_the_midnight_after_its_last_day(db, client):
    today = local_day(database_now())
    edition = EditionFactory(number=15, year=today.year + 1)
    pool = PoolFactory(edition=edition, code="L12", name="Koszutka", budget_grosze=400_000_00, position=12)
    ahead = {"formal": (1, 5), "substantive": (6, 30), "ballot_list": (31, 33), "voting": (34, 47), "results": (48, 50)}
    days = {code: (today + timedelta(days=first), today + timedelta(days=last)) for code, (first, last) in ahead.items()}
    budget_actions.set_calendar(edition=edition, days={"submission": (today, today)} | days)
    with pytest.raises(rules.ApplicationRefused):
        make_application(pool)
    budget_actions.open_edition(edition=edition)
    edition.refresh_from_db()
    assert make_application(pool).number == "L12/01/XV"
    assert calendar.is_open(edition, "submission", database_now()) and not calendar.is_open(edition, "formal", database_now())
    assert local_day(calendar.ends_at(edition, "submission")) == today + timedelta(days=1)
    page = client.get(f"/budzet-obywatelski/{edition.slug}/zglos/").text
    assert "Największy koszt projektu lokalnego: <strong>60% puli</strong>" in page and "<strong>16 lat</strong>" in page
    assert f"/budzet-obywatelski/{edition.slug}/zglos/" in client.get(f"/budzet-obywatelski/{edition.slug}/zasady/").text

"""Opinions side by side, both estimates, reply before a refusal, mergers by consent, appeals and lists of one source."""

from __future__ import annotations

import io
import re
from datetime import timedelta

import openpyxl
import pytest
from django.db import IntegrityError, transaction
from hypothesis import given as for_all
from hypothesis import strategies as some

from ratusz.casework.deadlines.models import Clock
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.kit.working_days import add_working_days, end_of_day
from ratusz.foundation.notifications.models import OutboxMessage
from ratusz.foundation.units.factories import AppointmentFactory, UnitFactory
from ratusz.participation.projects import actions, lists, papers, queries, rules
from ratusz.participation.projects.criteria import criteria
from ratusz.participation.projects.factories import make_application
from ratusz.participation.projects.models import ListKind, Mark, ProjectList, State, Tie

pytestmark = pytest.mark.django_db
CARD = {each.code: ("yes", "") for each in criteria("substantive")}
BAD = CARD | {"legal": ("no", "teren objęty planem drogi")}


@pytest.fixture
def leader(staff_client):
    return staff_client("budget_coordinator")


@pytest.fixture
def head(staff_client):
    return staff_client("head").person


def passed(pool, leader, **facts):
    made = make_application(pool, **facts)
    actions.assign_check(application=made, verifier=leader.person, person=leader.person)
    answers = {each.code: ("yes", "") for each in criteria("formal")}
    actions.mark_formal(application=made, answers=answers, person=leader.person)
    return actions.pass_formal(application=made, person=leader.person)


def asked(made, leader, *, is_leading=True):
    unit = UnitFactory()
    verifier = AppointmentFactory(role_code="unit_verifier", unit=unit).person
    return actions.ask_unit(application=made, unit=unit, is_leading=is_leading, person=leader.person), verifier


def say(opinion, verifier, says="yes", cost=5_000_000, **more):
    told = {"reasons": "", "answers": CARD, "running": 100_000} | more
    return actions.give_opinion(opinion=opinion, says=says, cost=cost, person=verifier, **told)


def refused(pool, leader, head):
    return refuse(passed(pool, leader), leader, head)


def refuse(made, leader, head):
    opinion, verifier = asked(made, leader)
    say(opinion, verifier, "no", answers=BAD, reasons="Plan drogi.")
    call = actions.call_author(application=made, kind="reply", text="Teren pod drogę.", person=leader.person)
    actions.answer_call(call=call, answer="Proszę o inne miejsce.")
    return actions.decide_substantive(application=made, is_positive=False, reasons="Teren objęty planem drogi.", person=head)


def publish(edition, kind, leader):
    digest = lists.digest_of_rows(lists.rows_of(edition, kind))
    return actions.publish_list(edition=edition, kind=kind, digest=digest, person=leader.person)


def test_units_speak_side_by_side_and_both_estimates_stay(client, pool, leader):
    made = passed(pool, leader)
    (first, one), (second, two) = asked(made, leader), asked(made, leader, is_leading=False)
    with pytest.raises(rules.NotYours):
        say(first, two)
    say(second, two, cost=None, running=None)
    with pytest.raises(rules.ApplicationRefused):
        actions.decide_substantive(application=made, is_positive=True, reasons="", person=leader.person)
    say(first, one)
    actions.decide_substantive(application=made, is_positive=True, reasons="", person=leader.person)
    made.refresh_from_db()
    assert (made.state, made.cost_grosze, made.checked_grosze) == (State.POSITIVE, 4_600_000, 5_000_000)
    told = [lists.rows_of(made.edition, kind)[0]["cost"] for kind in (ListKind.SUBMITTED, ListKind.FORMAL, ListKind.SUBSTANTIVE)]
    assert told == [4_600_000, 4_600_000, 5_000_000], "a list from before the assessment tells no cost of a unit"
    assert list(made.estimates.values_list("grosze", flat=True)) == [4_600_000, 5_000_000]
    publish(pool.edition, "substantive", leader)
    page = client.get(made.get_absolute_url()).text.replace("\u00a0", " ").replace("&nbsp;", " ")
    assert "46 000 zł" in page and "50 000 zł" in page
    assert {clock.stop_event for clock in Clock.objects.filter(rule_code="project.opinion")} == {"given"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"says": ""}, {"answers": {}}, {"answers": BAD}, {"says": "no"}, {"says": "no", "answers": BAD}, {"cost": None}, {"running": None},
    ],
)  # fmt: skip
def test_an_opinion_that_is_not_whole_is_refused(pool, leader, wrong):
    opinion, verifier = asked(passed(pool, leader), leader)
    with pytest.raises(rules.ApplicationRefused):
        say(opinion, verifier, **wrong)
    assert not Mark.objects.filter(stage="substantive").exists()


def test_what_costs_too_much_or_has_a_unit_against_is_not_positive(pool, leader):
    made = passed(pool, leader)
    opinion, verifier = asked(made, leader)
    say(opinion, verifier, cost=240_000_01)
    with pytest.raises(rules.ApplicationRefused, match="pul"):
        actions.decide_substantive(application=made, is_positive=True, reasons="", person=leader.person)
    actions.reopen_opinion(opinion=opinion, person=leader.person)
    say(opinion, verifier, "no", answers=BAD, reasons="Plan drogi.")
    with pytest.raises(rules.ApplicationRefused):
        actions.decide_substantive(application=made, is_positive=True, reasons="", person=leader.person)
    assert made.estimates.count() == 3


def test_nobody_is_refused_before_they_could_reply(pool, leader, head):
    made = passed(pool, leader)
    opinion, verifier = asked(made, leader)
    say(opinion, verifier, "no", answers=BAD, reasons="Plan drogi.")
    with pytest.raises(rules.ApplicationRefused):
        actions.decide_substantive(application=made, is_positive=False, reasons="Plan drogi.", person=leader.person)
    call = actions.call_author(application=made, kind="reply", text="Teren pod drogę.", person=leader.person)
    with pytest.raises(rules.ApplicationRefused):
        actions.decide_substantive(application=made, is_positive=False, reasons="Plan drogi.", person=leader.person)
    actions.answer_call(call=call, answer="Proszę o inne miejsce.")
    with pytest.raises(rules.ApplicationRefused, match="inna osoba"):
        actions.decide_substantive(application=made, is_positive=False, reasons="Plan drogi.", person=leader.person)
    actions.decide_substantive(application=made, is_positive=False, reasons="Plan drogi.", person=head)
    with pytest.raises(IntegrityError), transaction.atomic():
        made.calls.update(refused_by=leader.person)
    made.refresh_from_db()
    assert made.state == State.NEGATIVE and "Plan drogi." in OutboxMessage.objects.latest("pk").content.text


@pytest.mark.slow
def test_two_projects_merge_when_both_authors_agree(client, pool, leader):
    kept, absorbed = passed(pool, leader), passed(pool, leader)
    actions.propose_merger(kept=kept, absorbed=absorbed, reason="To samo miejsce.", person=leader.person)
    letters = OutboxMessage.objects.order_by("-pk")[:2]
    links = [re.search(r"/budzet-obywatelski/\S+/laczenie/[\w-]+/", each.content.text)[0] for each in letters]
    assert "To samo miejsce." in client.get(links[0]).text
    client.post(links[0], {"says": "yes"})
    absorbed.refresh_from_db()
    assert absorbed.state == State.FORMAL_YES
    client.post(links[1], {"says": "yes"})
    kept.refresh_from_db(), absorbed.refresh_from_db()
    assert (kept.state, absorbed.state) == (State.FORMAL_YES, State.MERGED) and kept.number in absorbed.course.last().reason


@pytest.mark.slow
def test_projects_that_exclude_one_another_say_so_on_both_cards(client, pool, leader):
    one, other = passed(pool, leader), passed(pool, leader)
    actions.tie_projects(one=other, other=one, kind=Tie.Kind.EXCLUSION, reason="Jedno boisko.", person=leader.person)
    assert all("Jedno boisko." in client.get(each.get_absolute_url()).text for each in (one, other))
    with pytest.raises(rules.ApplicationRefused):
        actions.tie_projects(one=one, other=one, kind=Tie.Kind.CONFLICT, reason="x", person=leader.person)


def test_an_appeal_is_counted_from_the_list_and_brings_the_project_back(pool, leader, head):
    made, now = refused(pool, leader, head), database_now()
    with pytest.raises(rules.ApplicationRefused):
        actions.enter_appeal(application=made, reasons="Nie zgadzam się.", filed_at=now, person=leader.person)
    published = publish(pool.edition, "substantive", leader)
    appeal = actions.enter_appeal(application=made, reasons="Nie zgadzam się.", filed_at=database_now(), person=leader.person)
    assert not appeal.is_late
    assert rules.end_of_appeals(published.published_at, 3) == end_of_day(add_working_days(local_day(published.published_at), 3))
    actions.decide_appeal(appeal=appeal, is_upheld=True, grounds="Plan zmieniono.", person=leader.person)
    made.refresh_from_db()
    assert (made.state, made.checked_grosze) == (State.POSITIVE, 5_000_000)
    assert publish(pool.edition, "substantive", leader).version == 2
    with pytest.raises(rules.ApplicationRefused):
        actions.decide_appeal(appeal=appeal, is_upheld=False, grounds="x", person=leader.person)


def test_a_late_appeal_is_entered_and_said_to_be_late(pool, leader, monkeypatch, head):
    from ratusz.participation.projects.actions import appealing

    made = refused(pool, leader, head)
    end = rules.end_of_appeals(publish(pool.edition, "substantive", leader).published_at, 3)
    monkeypatch.setattr(appealing, "database_now", lambda: end + timedelta(days=1))
    assert actions.enter_appeal(application=made, reasons="Późno.", filed_at=end, person=leader.person).is_late


@pytest.mark.slow
def test_one_list_is_the_same_on_page_paper_and_in_data(client, pool, city_pool, leader, head):
    make_application(city_pool, title="Ścieżka przez całe miasto")
    refused(pool, leader, head)
    digest = lists.digest_of_rows(lists.rows_of(pool.edition, "substantive"))
    address = f"/admin/projekty/edycja/{pool.edition.pk}/listy/"
    assert digest[:12] in leader.get(address).text
    assert leader.post(address, {"kind": "substantive", "digest": "0" * 64}).status_code == 302 and not ProjectList.objects.exists()
    leader.post(address, {"kind": "substantive", "digest": digest})
    public = f"/budzet-obywatelski/{pool.edition.slug}/listy/substantive/"
    page = client.get(public).text
    assert (
        digest in page
        and "Projekty lokalne: wynik negatywny" in page
        and "L12/01/XIV" in page
        and "Teren objęty planem drogi." in page
        and "Autorka" not in page
    )
    assert client.get(public + "pobierz/pdf/").content[:4] == b"%PDF"
    assert client.get(public + "pobierz/docx/").content[:2] == b"PK"
    assert "L12/01/XIV,Ławki" in client.get(public + "pobierz/csv/").content.decode()
    sheet = openpyxl.load_workbook(io.BytesIO(client.get(public + "pobierz/xlsx/").content)).active
    assert [sheet[each].value for each in ("A2", "D2", "F2")] == ["L12/01/XIV", 46_000, "negatywny"]
    assert client.get(public + "pobierz/exe/").status_code == 404
    with pytest.raises(Exception, match="append-only"), transaction.atomic():
        ProjectList.objects.update(digest="x")


def test_a_withdrawn_project_leaves_the_lists(pool, leader):
    made = passed(pool, leader)
    actions.withdraw(application=made, reason="pismo z 3 marca", person=leader.person)
    assert [row["number"] for row in lists.rows_of(pool.edition, "submitted")] == [made.number]
    assert lists.rows_of(pool.edition, "formal") == []


@pytest.mark.slow
def test_the_screens_of_a_unit(staff_client, pool, leader):
    made = passed(pool, leader)
    unit_client = staff_client("unit_verifier")
    unit = unit_client.person.appointments.get().unit
    address = f"/admin/projekty/{made.pk}/ocena/"
    leader.post(address, {"deed": "ask", "unit": unit.pk, "leading": "1"})
    page = unit_client.get(f"/admin/projekty/{made.pk}/")
    assert "Projekt jest zadaniem własnym" in page.text and "Autorka Przykładowa" not in page.text
    card = {f"says-{code}": "yes" for code in CARD}
    answer = {"deed": "opine", "opinion": made.opinions.get().pk, "says": "yes", "cost": "41 000", "running": "1,248", **card}
    assert unit_client.post(address, answer).status_code == 200
    assert unit_client.post(address, answer | {"running": "1248"}).status_code == 302
    assert leader.post(address, {"deed": "decide", "result": "yes"}).status_code == 302
    made.refresh_from_db()
    assert (made.state, made.checked_grosze) == (State.POSITIVE, 4_100_000)


@pytest.mark.slow
@for_all(some.integers(0, 10**12), some.integers(0, 100))
def test_the_dearest_project_is_a_share_of_the_pool_in_whole_zlotys(grosze, percent):
    from ratusz.participation.budget.models import Pool

    most = rules.most_cost(Pool(budget_grosze=grosze, place=Pool.Place.DISTRICT), percent, 100)
    assert most % 100 == 0 and abs(most - grosze * percent / 100) <= 51


def plain(client, address):
    return client.get(address).text.replace("\u00a0", " ").replace("&nbsp;", " ")


@pytest.mark.slow
def test_nobody_learns_a_decision_before_its_list(client, pool, leader, head):
    made = passed(pool, leader)
    card, every = made.get_absolute_url(), f"/budzet-obywatelski/{pool.edition.slug}/zgloszenia/"
    said = [str(State(each).label).capitalize() for each in (State.SUBMITTED, State.FORMAL_YES, State.NEGATIVE)]
    number = made.number
    assert said[0] in plain(client, card) and said[1].lower() not in plain(client, card).lower()
    assert queries.find_receipt(number, database_now()).status == said[0]
    assert number in plain(client, every + "?stan=submitted") and number not in plain(client, every + "?stan=formal_yes")
    publish(pool.edition, "formal", leader)
    assert said[1] in plain(client, card) and queries.find_receipt(number, database_now()).status == said[1]
    refuse(made, leader, head)
    for page in (plain(client, card), plain(client, every)):
        assert "Plan drogi" not in page and "planem drogi" not in page and "50 000" not in page and said[1] in page
    publish(pool.edition, "substantive", leader)
    page = plain(client, card)
    assert said[2] in page and "Teren objęty planem drogi." in page and "50 000 zł" in page
    assert "Autor odpowiedział" not in page, "the step back from an intention to refuse tells that there was one"
    assert "Teren pod drogę." not in page, "a letter to the author is between them and the Office"


def test_a_statement_of_the_author_is_not_on_the_card(client, pool, leader):
    made = passed(pool, leader)
    actions.withdraw(application=made, reason="oświadczenie Autorki Przykładowej z 3 marca", person=leader.person)
    page = plain(client, made.get_absolute_url())
    assert "ycofany" in page and "Autorki" not in page
    assert "Autorki Przykładowej" in leader.get(f"/admin/projekty/{made.pk}/").text


@pytest.mark.slow
def test_a_project_that_leaves_leaves_no_clock_behind(pool, leader):
    withdrawn, kept, absorbed = passed(pool, leader), passed(pool, leader), passed(pool, leader)
    asked(withdrawn, leader), asked(absorbed, leader)
    actions.call_author(application=withdrawn, kind="reply", text="Teren pod drogę.", person=leader.person)
    actions.withdraw(application=withdrawn, reason="pismo z 3 marca", person=leader.person)
    merger = actions.propose_merger(kept=kept, absorbed=absorbed, reason="To samo miejsce.", person=leader.person)
    for digest in (merger.kept_link_digest, merger.absorbed_link_digest):
        actions.answer_merger(merger=merger, digest=digest, agrees=True)
    assert sorted(Clock.objects.values_list("rule_code", "stop_event")) == [
        ("project.opinion", "closed"), ("project.opinion", "closed"), ("project.reply", "closed"),
    ]  # fmt: skip
    assert withdrawn.calls.get().closed_at is not None


def test_a_new_opinion_has_its_clock_and_a_question_asked_by_mistake_goes(pool, leader):
    made = passed(pool, leader)
    (leading, verifier), (wrong, stranger) = asked(made, leader), asked(made, leader, is_leading=False)
    say(leading, verifier)
    actions.reopen_opinion(opinion=leading, person=leader.person)
    running = Clock.objects.running().get(subject=f"projects.opinion:{leading.pk}")
    leading.refresh_from_db()
    assert running.due_at == leading.due_at
    say(leading, verifier)
    with pytest.raises(rules.ApplicationRefused):
        actions.take_question_back(opinion=leading, person=leader.person)
    with pytest.raises(rules.NotYours):
        actions.take_question_back(opinion=wrong, person=stranger)
    page = leader.post(f"/admin/projekty/{made.pk}/ocena/", {"deed": "take_back", "opinion": wrong.pk})
    assert page.status_code == 302 and list(made.opinions.all()) == [leading] and not Clock.objects.running().exists()
    actions.decide_substantive(application=made, is_positive=True, reasons="", person=leader.person)


def test_a_refused_card_keeps_what_was_typed(staff_client, pool, leader):
    made, unit_client = passed(pool, leader), staff_client("unit_verifier")
    unit = unit_client.person.appointments.get().unit
    opinion = actions.ask_unit(application=made, unit=unit, is_leading=True, person=leader.person)
    card = {f"says-{code}": "yes" for code in CARD} | {"says-legal": "no", "reason-legal": "plan drogi"}
    page = unit_client.post(f"/admin/projekty/{made.pk}/ocena/", {"deed": "opine", "opinion": opinion.pk, "says": "no", **card})
    assert page.status_code == 200 and 'value="plan drogi"' in page.text
    assert page.text.count('<option value="yes" selected>') == len(CARD) - 1


@pytest.mark.slow
def test_a_letter_tells_of_its_own_check(pool, leader, head):
    made = refused(pool, leader, head)
    first, second = (queries.result_of(made, stage) for stage in ("formal", "substantive"))
    assert (first.state, first.reason) == (State.FORMAL_YES, "")
    assert (second.state, second.reason) == (State.NEGATIVE, "Teren objęty planem drogi.")
    said = [
        [getattr(block, "text", "") for block in papers.result_letter(step, stage).blocks]
        for step, stage in ((first, "formal"), (second, "substantive"))
    ]
    assert not any("odwołać" in text for text in said[0]) and any("3 dni roboczych" in text for text in said[1])
    assert leader.get(f"/admin/projekty/{passed(pool, leader).pk}/pismo/substantive/").status_code == 404


def test_the_desk_shows_whoever_decides_what_waits(pool, leader):
    from ratusz.participation.projects.moves import moves_of

    def desk(person):
        return [move.what.split(":")[0] for move in moves_of(person, database_now())]

    made = passed(pool, leader)
    assert desk(leader.person) == ["Poproś komórki o opinie"]
    opinion, verifier = asked(made, leader)
    assert (desk(leader.person), desk(verifier)) == ([], ["Wydaj opinię komórki"])
    say(opinion, verifier)
    assert (desk(leader.person), desk(verifier)) == (["Zakończ ocenę merytoryczną"], [])

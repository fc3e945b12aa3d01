"""A page is read again once a year: letters ask its unit, one button confirms it, and what nobody confirms goes to the archive."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from ratusz.casework.deadlines import rules as rules_of_clocks
from ratusz.casework.deadlines.actions import clocks, tell_of_clocks, telling
from ratusz.casework.deadlines.models import Clock
from ratusz.foundation.audit.models import Entry
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.notifications.models import OutboxMessage
from ratusz.foundation.units.factories import UnitFactory
from ratusz.publishing.ledger import rules
from ratusz.publishing.ledger.actions import archive_page, confirm_page, reviews, sync_review, sync_reviews, take_down_page
from ratusz.publishing.ledger.moves import moves_of
from ratusz.publishing.ledger.reviewing import page_number_of
from ratusz.publishing.website.factories import make_article, make_news, make_portal
from ratusz.publishing.website.models import ArticlePage, PageCare, PageStanding

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


@pytest.fixture
def homes():
    return make_portal()


@pytest.fixture
def unit():
    return UnitFactory(name="Wydział Kształtowania Środowiska", email="ks@ratusz.example")


def cared_for(page, unit, days, contact="srodowisko@ratusz.example"):
    page.care = [PageCare(owner_unit=unit, contact=contact, review_date=local_day(database_now()) + timedelta(days=days))]
    page.save_revision().publish()
    sync_review(page=page)
    return page


@pytest.fixture
def page(homes, unit):
    return cared_for(make_article(homes, title="Gdzie oddać sprzęt"), unit, days=20)


@pytest.fixture
def later(monkeypatch):
    """Lets days pass for the clocks and for whoever reads them."""
    now = database_now()

    def pass_by(days):
        for module in (clocks, telling, reviews):
            monkeypatch.setattr(module, "database_now", lambda: now + timedelta(days=days))
        tell_of_clocks()

    return pass_by


def running():
    return sorted(Clock.objects.running().values_list("rule_code", flat=True))


def letters():
    return [(message.address.value, message.content.subject) for message in OutboxMessage.objects.order_by("pk")]


def test_the_clock_ends_on_the_day_the_page_says_and_follows_it(page, unit):
    (clock,) = Clock.objects.all()
    assert (clock.rule_code, clock.label, clock.subject) == ("page.review", "Gdzie oddać sprzęt", f"ledger.page:{page.pk}")
    assert local_day(clock.due_at - timedelta(seconds=1)) == page.care.get().review_date
    sync_reviews()
    assert (Clock.objects.count(), clock.unit) == (1, unit)
    cared_for(page, unit, days=100)
    assert [each.stop_event for each in Clock.objects.order_by("pk")] == ["confirmed", ""]
    page.unpublish()
    sync_review(page=page)
    assert running() == []


def test_a_page_nobody_confirms_is_asked_for_four_times_and_goes_to_the_archive(client, page, later):
    seen = []
    for days in (1, 7, 21, 22, 38, 49, 51, 52):
        later(days)
        seen.append((days, len(letters()), running(), PageStanding.objects.count()))
    assert seen == [
        (1, 0, ["page.review"], 0),
        (7, 1, ["page.review"], 0),
        (21, 2, ["page.archive", "page.review"], 0),
        (22, 2, ["page.archive", "page.review"], 0),
        (38, 3, ["page.archive", "page.review"], 0),
        (49, 4, ["page.archive", "page.review"], 0),
        (51, 4, ["page.archive", "page.review"], 0),
        (52, 5, [], 1),
    ]
    assert {address for address, _subject in letters()} == {"srodowisko@ratusz.example"}
    assert [subject for _address, subject in letters()] == [
        *["Czy to aktualne? Gdzie oddać sprzęt"] * 4,
        "W archiwum: Gdzie oddać sprzęt",
    ]
    shown = client.get(page.url).text
    assert "Archiwum: od" in shown and "noindex" in shown
    assert page.url not in client.get("/sitemap.xml").text


def test_one_button_brings_an_archived_page_back_for_a_year(client, staff_client, page, unit):
    archive_page(page=page)
    browser = staff_client("unit_editor", unit=unit)
    shown = browser.get(f"/admin/rejestr-tresci/strona/{page.pk}/").text
    assert "Aktualne: przywróć" in shown
    done = browser.post(f"/admin/rejestr-tresci/strona/{page.pk}/potwierdz/", follow=True)
    assert "Potwierdzone. Następny przegląd:" in done.text
    assert not PageStanding.objects.exists()
    assert page.url in client.get("/sitemap.xml").text
    assert running() == ["page.review"]
    assert PageCare.objects.get().review_date == rules.months_later(local_day(database_now()), 12)


def test_a_confirmation_stays_when_an_older_draft_goes_out(staff_client, page):
    editor = staff_client("editor").person
    page.lead = "Szkic sprzed potwierdzenia."
    page.save_revision()
    day = confirm_page(page=page, person=editor)
    ArticlePage.objects.get(pk=page.pk).get_latest_revision().publish()
    assert PageCare.objects.get(page=page).review_date == day
    entry = Entry.objects.get(deed="ledger.confirm_page")
    assert entry.detail.content["after"] == {"review_date": day.isoformat()}


def test_confirming_stops_the_way_to_the_archive(staff_client, page, later):
    later(21)
    confirm_page(page=page, person=staff_client("editor").person)
    assert running() == ["page.review"]
    later(60)
    assert not PageStanding.objects.exists()


def test_a_page_taken_down_on_its_way_is_left_alone(page, later):
    later(21)
    page.unpublish()
    later(60)
    assert (running(), PageStanding.objects.count()) == ([], 0)


def test_a_withdrawn_page_is_not_asked_for_and_stays_withdrawn(staff_client, page):
    editor = staff_client("editor").person
    take_down_page(page=page, reason="withdrawn", public_note="Nowe zasady.", person=editor)
    sync_review(page=page)
    assert running() == []
    confirm_page(page=page, person=editor)
    assert PageStanding.objects.get().standing == "withdrawn"


@pytest.mark.parametrize(
    ("contact", "email", "to"), [("", "ks@ratusz.example", ["ks@ratusz.example"]), ("", "", []), ("", "zły", [])]
)
def test_letters_go_to_the_contact_else_to_the_unit_else_to_nobody(homes, later, contact, email, to):
    cared_for(make_article(homes), UnitFactory(email=email), days=20, contact=contact)
    later(7)
    assert [address for address, _subject in letters()] == to


def test_a_page_without_a_unit_has_a_clock_but_nobody_to_write_to(homes, later, staff_client):
    page = cared_for(make_article(homes), None, days=20, contact="")
    later(7)
    assert (letters(), running()) == ([], ["page.review"])
    with pytest.raises(PermissionDenied):
        confirm_page(page=page, person=staff_client("unit_editor").person)
    other = make_news(homes, care=[])
    browser = staff_client("editor")
    answer = browser.post(f"/admin/rejestr-tresci/strona/{other.pk}/potwierdz/", follow=True)
    assert "Najpierw wskaż w edytorze strony" in answer.text


def test_the_terms_of_a_page_are_those_of_the_unit_that_looks_after_it(page, unit, later, staff_client):
    later(21)
    other, at = UnitFactory(), database_now()
    PageCare.objects.filter(page=page).update(owner_unit=other)
    sync_review(page=page)
    assert [(clock.rule_code, clock.unit) for clock in Clock.objects.running()] == [("page.review", other), ("page.archive", other)]
    clock = Clock.objects.running()[0]
    people = [staff_client("unit_editor", unit=each).person for each in (other, unit)] + [staff_client("editor").person]
    assert [rules_of_clocks.may_open(person, clock, at) for person in people] == [True, False, True]


def test_clocks_of_others_mean_nothing_here(page):
    from ratusz.casework.deadlines.factories import make_clock

    for clock in (make_clock(), make_clock(rule="page.review", subject="inne:1")):
        reviews.hear_clock(clock, "overdue")
    assert [page_number_of(text) for text in ("ledger.page:7", "ledger.page:x", "inne:7")] == [7, None, None]
    assert letters() == []


def test_the_desk_shows_pages_two_weeks_before_to_the_department_and_to_their_unit(staff_client, homes, unit):
    cared_for(make_article(homes, title="Gdzie oddać sprzęt"), unit, days=14)
    cared_for(make_news(homes), unit, days=15)
    at = database_now()
    for person in (staff_client("editor").person, staff_client("unit_editor", unit=unit).person):
        (move,) = moves_of(person, at)
        assert move.what == "Przeczytaj na nowo i potwierdź: Gdzie oddać sprzęt"
        assert local_day(move.due_at) == local_day(at) + timedelta(days=15)
    for role in ("unit_editor", "moderator"):
        assert list(moves_of(staff_client(role).person, at)) == []


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2100, 1, 1)), st.integers(min_value=-60, max_value=60))
def test_months_later_keep_the_day_or_take_the_last_one(day, months):
    moved = rules.months_later(day, months)
    assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == months
    assert moved.day == day.day or (moved.day < day.day and (moved + timedelta(days=1)).day == 1)


def test_a_page_confirmed_and_taken_down_in_one_morning(page, unit, homes, monkeypatch):
    """The review's clock begins with the day, not at its noon: it cannot stop before it starts."""
    morning = timezone.make_aware(datetime.combine(local_day(database_now()) + timedelta(days=1), time(8)))
    page.care = [PageCare(owner_unit=unit, contact="a@ratusz.example", review_date=rules.months_later(local_day(morning), 12))]
    page.save()
    sync_review(page=page)
    monkeypatch.setattr(clocks, "database_now", lambda: morning)
    page.unpublish()
    sync_review(page=page)
    assert running() == []

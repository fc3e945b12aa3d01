"""The banner stands on every page with the next request, kept pages included, and is gone at its hour without a job."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client

from ratusz.casework.deadlines.models import Clock
from ratusz.foundation.audit.models import Entry
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.kit.outgoing import Hold, holds
from ratusz.foundation.kit.working_days import add_working_days
from ratusz.foundation.units.factories import AppointmentFactory
from ratusz.publishing.following import actions, banner_rules
from ratusz.publishing.following.banner_rules import BannerRefused, check_banner, state_of
from ratusz.publishing.following.models import Banner
from ratusz.publishing.following.models.banners import LONGEST
from ratusz.publishing.following.moves import moves_of
from ratusz.publishing.following.views import staff
from ratusz.publishing.website.factories import make_article, make_portal
from ratusz.publishing.website.page_cache import page_cache

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
TEXT = "Ligota: nie pij wody z kranu do odwołania."


@pytest.fixture(autouse=True)
def cache(settings):
    settings.PAGE_CACHE_SECONDS = 60
    page_cache.clear()
    yield
    page_cache.clear()


@pytest.fixture
def editor():
    return AppointmentFactory().person


@pytest.fixture
def second():
    return AppointmentFactory().person


@pytest.fixture
def head():
    return AppointmentFactory(role_code="head").person


def write(person, hours=2, **more):
    return actions.write_banner(person=person, text=TEXT, expires_at=database_now() + timedelta(hours=hours), **more)


def is_on(client, path="/poradnik/") -> bool:
    return TEXT in client.get(path).content.decode()


def test_two_people_show_it_on_a_kept_page_at_once_and_one_takes_it_down(client, editor, second):
    make_article(make_portal())
    assert not is_on(client) and not is_on(client)
    banner = write(editor)
    assert not is_on(client), "one person is not enough"
    with pytest.raises(PermissionDenied):
        actions.approve_banner(banner=banner, person=editor)
    (move,) = moves_of(second, database_now())
    assert TEXT in move.what and list(moves_of(editor, database_now())) == []
    actions.approve_banner(banner=banner, person=second)
    assert is_on(client) and list(moves_of(second, database_now())) == []
    actions.take_down_banner(banner=banner, person=editor)
    actions.take_down_banner(banner=banner, person=second)
    assert not is_on(client)
    assert actions.approve_banner(banner=banner, person=second).withdrawn_by == editor
    deeds = list(Entry.objects.filter(deed__startswith="following.").order_by("pk").values_list("deed", flat=True))
    assert deeds == ["following.write_banner", "following.approve_banner", "following.take_down_banner"]


def test_it_is_gone_at_its_hour_by_the_clock_alone(client, head):
    make_article(make_portal())
    banner = write(head, alone_because="Noc, nikogo innego nie ma.")
    assert is_on(client)
    Banner.objects.filter(pk=banner.pk).update(starts_at=banner.starts_at - timedelta(hours=3), expires_at=database_now())
    assert not is_on(client)
    assert client.get("/baner.json").json() == {"banner": None}


def test_a_planned_one_waits_for_its_hour(client, head):
    make_article(make_portal())
    now = database_now()
    banner = write(head, hours=3, starts_at=now + timedelta(hours=1), alone_because="Zapowiedziane wyłączenie wody.")
    assert (is_on(client), state_of(banner, now)) == (False, "planned")
    Banner.objects.update(starts_at=now - timedelta(seconds=1))
    assert is_on(client)


def test_a_kept_page_still_costs_one_query_with_a_banner(client, head, django_assert_num_queries):
    make_article(make_portal())
    write(head, alone_because="Noc.")
    client.get("/poradnik/")
    with django_assert_num_queries(1):
        assert is_on(client)


PAGES = [
    "/", "/numer/", "/nie-ma-takiej-strony/", "/powiadomienia/", "/obserwuj/", "/obserwuj/potwierdzenie/zly/", "/en/", "/konto/login/",
    "/prosty-jezyk/", "/komunikaty/", "/kanaly/", "/kalendarz/", "/szukaj/?q=woda", "/dzielnice/", "/znak-miasta/", "/budzet-obywatelski/",
    "/wnioski/", "/akceptacja/zly/", "/intranet/", "/ekran/", "/konto/zaproszenie/zle/", "/komunikaty/2026/1-nie-ma/",
]  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_every_kind_of_page_carries_it(client, head, path):
    make_portal()
    write(head, alone_because="Noc.", text_in_english="Ligota: do not drink tap water.")
    text = "do not drink tap water" if path == "/en/" else TEXT
    assert text in client.get(path, follow=True).content.decode()


def test_the_intranet_carries_it_and_loses_it_at_its_hour(staff_client, head):
    make_portal()
    reader = staff_client("moderator")
    banner = write(head, alone_because="Noc.")
    for path in ("/intranet/", "/intranet/katalog/", "/intranet/nie-ma/"):
        assert is_on(reader, path), path
    Banner.objects.filter(pk=banner.pk).update(starts_at=banner.starts_at - timedelta(hours=3), expires_at=database_now())
    assert not is_on(reader, "/intranet/")


def test_pages_that_refuse_carry_it_too(client, head):
    make_portal()
    write(head, alone_because="Noc.")
    strict = Client(enforce_csrf_checks=True)
    refused = strict.post("/obserwuj/", {"email": "x@example.pl"})
    assert (refused.status_code, TEXT in refused.content.decode()) == (403, True)
    wrong = client.get("/", headers={"host": "obcy.example"})
    assert (wrong.status_code, TEXT in wrong.content.decode()) == (400, True)
    assert (client.get("/admin/baner/").status_code, is_on(client, "/konto/login/?next=/admin/")) == (302, True)


def test_an_english_page_marks_a_polish_sentence(client, head):
    make_portal()
    write(head, alone_because="Noc.")
    assert f'<span lang="pl">{TEXT}</span>' in client.get("/en/").content.decode()


def test_danger_stands_before_a_warning(client, head):
    make_portal()
    write(head, alone_because="Noc.", level="danger")
    actions.write_banner(person=head, text="Objazd.", expires_at=database_now() + timedelta(hours=1), alone_because="Noc.")
    assert (is_on(client, "/"), "Objazd." in client.get("/").content.decode()) == (True, False)
    answer = client.get("/baner.json")
    assert (answer.json()["banner"]["level"], answer["Access-Control-Allow-Origin"]) == ("danger", "*")


def test_who_may_not(editor):
    outsider = AppointmentFactory(role_code="moderator").person
    with pytest.raises(PermissionDenied):
        write(outsider)
    with pytest.raises(PermissionDenied):
        write(editor, alone_because="Nie chce mi się czekać.")
    banner = write(editor)
    with pytest.raises(PermissionDenied):
        actions.take_down_banner(banner=banner, person=outsider)
    assert list(moves_of(outsider, database_now())) == []


def test_what_cannot_be_shown(editor, head, monkeypatch):
    now = database_now()
    later = now + timedelta(hours=1)
    for text, url, starts, ends in (
        ("  ", "", now, later),
        (TEXT, "javascript:alert(1)", now, later),
        (TEXT, "//evil.example", now, later),
        (TEXT, "", now, now),
        (TEXT, "", later, later),
        (TEXT, "", now, now + timedelta(hours=73)),
    ):
        with pytest.raises(BannerRefused):
            check_banner(text, url, starts, ends, now)
    monkeypatch.setitem(holds._entries, "test", lambda outgoing, at: Hold("silence", "Cisza.", blocks=not outgoing.is_crisis))
    write(head, alone_because="Noc.")
    monkeypatch.setitem(holds._entries, "test", lambda outgoing, at: Hold("all", "Nic nie wychodzi."))
    with pytest.raises(BannerRefused, match="Nic nie wychodzi."):
        write(head, alone_because="Noc.")
    assert timedelta(hours=72) >= banner_rules.longest(now) and banner_rules.hours_on_offer(now)[-1] == 72


def test_one_approved_too_late_is_refused(editor, second):
    banner = write(editor)
    Banner.objects.update(starts_at=banner.starts_at - timedelta(hours=3), expires_at=database_now())
    with pytest.raises(BannerRefused):
        actions.approve_banner(banner=banner, person=second)
    assert state_of(Banner.objects.get(), database_now()) == "over"


def test_the_database_holds_the_promises(editor, second):
    now = database_now()
    good = {"text": TEXT, "author": editor, "written_at": now, "starts_at": now, "expires_at": now + LONGEST}
    Banner.objects.create(**good)
    for wrong in (
        {"expires_at": now + LONGEST + timedelta(seconds=1)},
        {"expires_at": now},
        {"text": ""},
        {"approved_by": editor, "approved_at": now},
        {"approved_by": second},
        {"withdrawn_at": now},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Banner.objects.create(**good | wrong)


def test_the_screen_of_staff(staff_client, client):
    make_portal()
    writer, other = staff_client("editor"), staff_client("press_officer")
    typed = {"text": TEXT, "url": "", "level": "danger", "hours": "2", "text_in_english": ""}
    seen = writer.post("/admin/baner/", typed | {"deed": "preview"}).content.decode()
    assert "Tak będzie wyglądać" in seen and not Banner.objects.exists()
    assert "Wybierz" in writer.post("/admin/baner/", typed | {"hours": "", "deed": "show"}).content.decode()
    assert TEXT in writer.post("/admin/baner/", typed | {"url": "ftp://x", "deed": "show"}).content.decode()
    assert not Banner.objects.exists()
    assert writer.post("/admin/baner/", typed | {"deed": "show"}).status_code == 302
    banner = Banner.objects.get()
    assert "czeka na drugą osobę" in writer.get("/admin/baner/").content.decode()
    other.post(f"/admin/baner/{banner.pk}/", {"deed": "approve"})
    assert is_on(client, "/")
    writer.post(f"/admin/baner/{banner.pk}/", {"deed": "take_down"})
    assert not is_on(client, "/") and "zdjęto" in other.get("/admin/baner/").content.decode()
    alone = staff_client("head")
    alone.post("/admin/baner/", typed | {"deed": "show", "alone_because": "Noc."})
    assert is_on(client, "/")
    assert staff_client("moderator").get("/admin/baner/").status_code in (302, 403)


def test_a_crisis_message_becomes_a_banner_by_one_click(staff_client, monkeypatch):
    make_portal()
    monkeypatch.setattr(staff, "crisis_messages", lambda at: [(TEXT, "/komunikaty/2026/1-woda/")])
    writer = staff_client("editor")
    page = writer.get("/admin/baner/").content.decode()
    link = unescape(re.search(r'href="(\?tekst=[^"]+)"', page)[1]).partition("#")[0]
    filled = writer.get(f"/admin/baner/{link}").content.decode()
    assert f">\n{TEXT}</textarea>" in filled and 'value="/komunikaty/2026/1-woda/"' in filled


def test_a_refusal_of_the_action_stays_in_the_form(staff_client, monkeypatch):
    monkeypatch.setitem(holds._entries, "test", lambda outgoing, at: Hold("all", "Nic nie wychodzi."))
    page = staff_client("head").post(
        "/admin/baner/", {"text": TEXT, "level": "danger", "hours": "2", "alone_because": "Noc.", "deed": "show"}
    )
    assert "Nic nie wychodzi." in page.content.decode() and TEXT in page.content.decode() and not Banner.objects.exists()


@pytest.mark.parametrize("field", ["text", "text_in_english"])
def test_its_words_are_read_by_the_gates(head, field):
    with pytest.raises(BannerRefused, match="PESEL"):
        words = {"text": TEXT} | {field: "Zaginął PESEL 44051401359"}
        actions.write_banner(person=head, expires_at=database_now() + timedelta(hours=2), alone_because="Noc.", **words)
    assert not Banner.objects.exists()


def test_a_banner_of_one_person_is_reviewed_by_another_the_next_working_day(head, second):
    banner = write(head, alone_because="Noc.")
    at = database_now()
    (asked,) = moves_of(second, at)
    assert asked.what == f"Przejrzyj baner pokazany bez drugiej osoby: {TEXT}"
    due = add_working_days(local_day(at), 1)
    assert local_day(asked.due_at - timedelta(seconds=1)) == due
    assert (list(moves_of(head, at)), Clock.objects.running().get().subject) == ([], f"following.banner:{banner.pk}")
    with pytest.raises(PermissionDenied):
        actions.review_banner(banner=banner, words="Wszystko dobrze.", person=head)
    actions.review_banner(banner=banner, words=" Był potrzebny. ", person=second)
    actions.review_banner(banner=banner, words="Drugi raz nic nie zmienia.", person=AppointmentFactory().person)
    banner.refresh_from_db()
    assert (banner.reviewed_by, banner.review) == (second, "Był potrzebny.")
    assert (list(moves_of(second, at)), Clock.objects.running().exists()) == ([], False)
    assert Entry.objects.filter(deed="following.review_banner").count() == 1


def test_a_banner_that_two_have_seen_is_not_reviewed(editor, second):
    banner = actions.approve_banner(banner=write(editor), person=second)
    actions.review_banner(banner=banner, words="", person=second)
    assert (Banner.objects.to_review().count(), Banner.objects.get().reviewed_at, Clock.objects.count()) == (0, None, 0)


def test_the_review_on_the_screen(staff_client):
    make_portal()
    shower, other = staff_client("head"), staff_client("editor")
    shower.post("/admin/baner/", {"text": TEXT, "level": "danger", "hours": "2", "alone_because": "Noc.", "deed": "show"})
    banner = Banner.objects.get()
    assert "Ten baner pokazujesz Ty, więc przejrzy go ktoś inny." in shower.get("/admin/baner/").content.decode()
    page = other.get("/admin/baner/").content.decode()
    assert f'id="przeglad-{banner.pk}"' in page and "Przejrzano" in page
    other.post(f"/admin/baner/{banner.pk}/", {"deed": "review", "words": "Był potrzebny."})
    actions.take_down_banner(banner=banner, person=shower.person)
    page = other.get("/admin/baner/").content.decode()
    assert "Przejrzał(a): " in page and "Był potrzebny." in page and "przeglad-" not in page

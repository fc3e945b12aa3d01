"""Pages of the intranet: who gets in, the list, one notice with what has changed, confirming, comments, the directory."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.people.factories import UserFactory
from ratusz.foundation.units.actions import sync_access
from ratusz.publishing.intranet import actions
from ratusz.publishing.intranet.factories import UnitFactory, make_draft, make_notice, make_staff, make_writer
from ratusz.publishing.intranet.models import Acknowledgement, Comment, NoticeTarget, Reading
from ratusz.publishing.intranet.structure import from_text

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


@pytest.fixture
def unit():
    return UnitFactory(name="Zakład Zieleni")


@pytest.fixture
def writer():
    return make_writer()


@pytest.fixture
def anna(unit):
    client = Client()
    client.person = make_staff(unit, first_name="Anna", last_name="Żwirek")
    client.force_login(client.person)
    return client


def test_a_visitor_signs_in_and_comes_back(client, writer):
    notice = make_notice(writer)
    answer = client.get(f"/intranet/ogloszenia/{notice.pk}/")
    assert (answer.status_code, answer["Location"]) == (302, f"/konto/login/?next=/intranet/ogloszenia/{notice.pk}/")


@pytest.mark.parametrize(("role_code", "home"), [("employee", "/intranet/"), ("head", "/admin/")])
def test_whoever_has_no_admin_comes_home_to_the_intranet(client, role_code, home):
    person = make_staff(UnitFactory(), role_code)
    person.set_password("tajne-haslo-1")
    person.save()
    sync_access(person=person, at=database_now())
    typed = {"login": person.email, "password": "tajne-haslo-1"}
    assert client.post("/konto/login/", typed)["Location"] == home
    assert client.get("/konto/login/")["Location"] == home
    assert client.get("/konto/login/?next=/wnioski/")["Location"] == "/wnioski/"


def test_a_superior_and_whoever_writes_get_from_the_notice_to_its_report(unit, writer, anna):
    asks = make_notice(writer, is_required=True, targets=[NoticeTarget(unit=unit)])
    tells = make_notice(writer)
    for role_code, found in (("head", True), ("deputy_head", True), ("employee", False)):
        browser = Client()
        browser.force_login(make_staff(unit, role_code))
        page = browser.get(f"/intranet/ogloszenia/{asks.pk}/").text
        assert (f'href="/admin/intranet/{asks.pk}/raport/"' in page, "Zmień to ogłoszenie" in page) == (found, False)
        assert "/raport/" not in browser.get(f"/intranet/ogloszenia/{tells.pk}/").text


def test_a_resident_with_an_account_stays_outside(client, writer):
    client.force_login(UserFactory())
    for address in ("/intranet/", f"/intranet/ogloszenia/{make_notice(writer).pk}/", "/intranet/katalog/"):
        assert client.get(address).status_code == 403


def test_the_empty_intranet_says_so(anna):
    page = anna.get("/intranet/")
    assert "Nie ma tu jeszcze ogłoszeń" in page.text and "Nic nie czeka na Twoje potwierdzenie." in page.text
    assert page["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    assert "Nic nie znaleźliśmy" in anna.get("/intranet/?q=smok").text


def test_required_reading_stands_first_then_the_lead_story_then_what_is_new(anna, unit, writer):
    make_notice(writer, title="Nowa centrala", is_lead_story=True, category="systems")
    make_notice(writer, title="Szkolenie BHP", is_required=True, due_at=datetime(2098, 12, 24, 23, tzinfo=UTC))
    make_notice(writer, title="Dla innych", targets=[NoticeTarget(unit=UnitFactory())])
    text = anna.get("/intranet/").text
    places = [text.index(words) for words in ("Do przeczytania i potwierdzenia", "Szkolenie BHP", "do 24 grudnia 2098 r., godz. 24.00", "Temat dnia", "Nowa centrala")]  # fmt: skip
    assert places == sorted(places)
    assert "Dla innych" not in text and "Dla innych" in anna.get("/intranet/?wszystkie=1").text
    narrowed = anna.get("/intranet/?kategoria=systems").text
    assert "Nowa centrala" in narrowed and "Szkolenie BHP" not in narrowed
    assert "1 ogłoszenie dla „szkoleniem”" in anna.get("/intranet/?q=szkoleniem").text
    # The search of the portal in the page's header is another one.
    assert all(
        anna.get(f"{address}?q=szkoleniem").text.count('value="szkoleniem"') == 1
        for address in ("/intranet/", "/intranet/katalog/")
    )
    for odd in ("?kategoria=smok", "?strona=²", "?strona=-3", "?q=%00", "?q=" + "a" * 3000):
        assert anna.get("/intranet/" + odd).status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_for_any_number(anna, writer, rows, django_assert_num_queries):
    for number in range(rows):
        make_notice(writer, title=f"Ogłoszenie {number}", is_required=True)
    anna.get("/intranet/")
    with django_assert_num_queries(16):
        anna.get("/intranet/")


def test_opening_shows_and_confirming_thanks(anna, writer):
    notice = make_notice(writer, is_required=True, on_behalf_of="Sekretarz Miasta")
    address = f"/intranet/ogloszenia/{notice.pk}/"
    page = anna.get(address)
    assert "Znam treść tego ogłoszenia" in page.text and "Sekretarz Miasta" in page.text
    assert Reading.objects.get().last_seen == 1
    done = anna.post(address + "potwierdz/", {"version": "1"}, follow=True)
    assert "Dziękujemy, potwierdzenie jest zapisane." in done.text and "Wersja 1 potwierdzona przez Ciebie" in done.text
    assert "Znam treść" not in done.text
    assert Acknowledgement.objects.get().person == anna.person


@pytest.mark.parametrize("number", ["²", "", "9", "-1", "1e3"])
def test_a_made_up_version_confirms_nothing(anna, writer, number):
    notice = make_notice(writer, is_required=True)
    answer = anna.post(f"/intranet/ogloszenia/{notice.pk}/potwierdz/", {"version": number}, follow=True)
    assert "W trakcie czytania wyszła nowsza wersja" in answer.text
    assert not Acknowledgement.objects.exists()


def test_a_new_version_asks_again_and_shows_what_has_changed(anna, writer):
    notice = make_notice(writer, is_required=True)
    address = f"/intranet/ogloszenia/{notice.pk}/"
    anna.get(address)
    anna.post(address + "potwierdz/", {"version": "1"})
    actions.change_notice(notice=notice, person=writer, lead="Ćwiczymy we wtorek.")
    actions.publish_notice(notice=notice, person=writer, what_changed="Inny dzień.")
    assert "zmienione od czytania" in anna.get("/intranet/").text
    for _again in range(2):
        text = anna.get(address).text
        assert "Co się zmieniło od ostatniego czytania" in text and "Inny dzień." in text
        assert '<del><span class="changes__word">usunięto:</span> Ćwiczymy w piątek.</del>' in text
        assert '<ins><span class="changes__word">dodano:</span> Ćwiczymy we wtorek.</ins>' in text
        assert "Znam treść tego ogłoszenia" in text


def test_drafts_are_nobodys_and_closed_ones_say_so(anna, writer):
    assert anna.get(f"/intranet/ogloszenia/{make_draft(writer).pk}/").status_code == 404
    notice = make_notice(writer, is_required=True)
    actions.close_notice(notice=notice, person=writer)
    page = anna.get(f"/intranet/ogloszenia/{notice.pk}/")
    assert "To ogłoszenie już nie obowiązuje." in page.text and "Znam treść" not in page.text


def test_comments_come_and_go_where_they_are_let(anna, writer):
    notice = make_notice(writer, comments_open=True)
    address = f"/intranet/ogloszenia/{notice.pk}/"
    assert "Nikt jeszcze nic nie napisał." in anna.get(address).text
    refused = anna.post(address + "komentarze/", {"text": " "})
    assert refused.status_code == 422 and "Błąd" in refused.text
    page = anna.post(address + "komentarze/", {"text": "Gdzie zbiórka?\n<b>pilne</b>"}, follow=True)
    assert "Anna Żwirek" in page.text and "&lt;b&gt;pilne&lt;/b&gt;" in page.text
    comment = Comment.objects.get()
    other = Client()
    other.force_login(make_staff(UnitFactory()))
    assert "Usuń" not in other.get(address).text
    assert other.post(f"/intranet/komentarze/{comment.pk}/usun/").status_code == 403
    page = anna.post(f"/intranet/komentarze/{comment.pk}/usun/", follow=True)
    assert "Ten komentarz usunięto." in page.text and "pilne" not in page.text
    comment.refresh_from_db()
    assert comment.text == "" and comment.removed_at is not None
    assert actions.remove_comment(comment=comment, person=writer) == comment
    actions.change_notice(notice=notice, person=writer, comments_open=False)
    refused = anna.post(address + "komentarze/", {"text": "Jeszcze jedno"})
    assert (
        refused.status_code == 422
        and "Komentarze pod tym ogłoszeniem są wyłączone." in refused.text
        and "Jeszcze jedno" in refused.text
    )


@pytest.mark.parametrize("rows", [1, 3])
def test_a_notice_costs_the_same_for_any_number_of_comments(anna, writer, rows, django_assert_num_queries):
    notice = make_notice(writer, comments_open=True, is_required=True)
    for _number in range(rows):
        actions.write_comment(notice=notice, text="Tak.", person=make_staff(UnitFactory()))
    anna.get(f"/intranet/ogloszenia/{notice.pk}/")
    with django_assert_num_queries(16):
        anna.get(f"/intranet/ogloszenia/{notice.pk}/")


def test_the_directory_and_a_unit(anna, unit):
    page = anna.get("/intranet/katalog/?q=zaklad")
    assert "1 komórka dla „zaklad”" in page.text and "Anna Żwirek" in page.text
    assert "Spróbuj symbolu komórki" in anna.get("/intranet/katalog/?q=smok").text
    page = anna.get(f"/intranet/katalog/{unit.pk}/")
    assert "Anna Żwirek" in page.text and "Ta komórka nie ma wpisanego telefonu" in page.text
    assert anna.person.email not in page.text
    unit.closed_date = datetime(2026, 1, 1, tzinfo=UTC).date()
    unit.save()
    assert anna.get(f"/intranet/katalog/{unit.pk}/").status_code == 404


def test_pasted_markup_never_reaches_a_page(anna, writer):
    notice = make_notice(writer, title="<script>x</script>", body=from_text("<img src=x onerror=alert(1)>"))
    text = anna.get(f"/intranet/ogloszenia/{notice.pk}/").text
    assert "<script>x" not in text and "<img src=x" not in text


def test_whoever_signs_in_anew_after_pressing_a_button_comes_back_to_the_notice(anna, writer):
    notice = make_notice(writer, is_required=True)
    address = f"/intranet/ogloszenia/{notice.pk}/"
    for button in ("potwierdz/", "komentarze/"):
        assert anna.get(address + button)["Location"] == address
    assert anna.get("/intranet/komentarze/1/usun/")["Location"] == "/intranet/"
    assert not Acknowledgement.objects.exists()

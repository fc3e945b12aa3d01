"""Writing to staff in the admin: form, publishing, report, the sheet to print and the one that came back."""

import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from ratusz.foundation.audit.models import Entry
from ratusz.foundation.files.factories import make_pdf
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.people.models import Role
from ratusz.publishing.intranet import actions
from ratusz.publishing.intranet.factories import FAR, BuildingFactory, UnitFactory, make_draft, make_notice, make_staff
from ratusz.publishing.intranet.models import Acknowledgement, Building, Notice, NoticeTarget, SignedSheet
from ratusz.publishing.intranet.structure import lines_of

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


def draftail(*paragraphs):
    blocks = [
        {"key": f"k{number}", "text": text, "type": "unstyled", "depth": 0, "inlineStyleRanges": [], "entityRanges": []}
        for number, text in enumerate(paragraphs)
    ]
    return json.dumps({"blocks": blocks, "entityMap": {}})


def form_of(unit, **facts):
    given = {
        "title": "Szkolenie BHP",
        "lead": "Do końca grudnia.",
        "body": draftail("Szkolenie trwa godzinę."),
        "category": "training",
    }
    return {**given, "owner_unit": unit.pk, **facts}


def test_an_editor_writes_publishes_and_sees_the_report(staff_client):
    client = staff_client("editor")
    unit, building = client.person.appointments.get().unit, BuildingFactory()
    page = client.post("/admin/intranet/nowe/", form_of(unit, is_required="on"))
    assert "Podaj, do kiedy trzeba potwierdzić." in page.text and not Notice.objects.exists()
    facts = form_of(
        unit, is_required="on", due_at="2098-12-24 12:00", units=[unit.pk], buildings=[building.pk],
        roles=[Role.objects.get(code="editor").pk], is_pinned="on",
    )  # fmt: skip
    page = client.post("/admin/intranet/nowe/", facts, follow=True)
    notice = Notice.objects.get()
    assert lines_of(notice.body) == ["Szkolenie trwa godzinę."] and notice.is_pinned
    assert {(each.unit, each.building, each.role.code) for each in notice.targets.all()} == {
        (unit, None, "editor"), (None, building, "editor"),
    }  # fmt: skip
    assert "Ma je teraz na swojej liście 1 osoba." in page.text.replace("\xa0", " ")
    page = client.post(f"/admin/intranet/{notice.pk}/opublikuj/", follow=True)
    assert page.redirect_chain[-1][0] == f"/admin/intranet/{notice.pk}/raport/"
    assert "Potwierdzone: 0 z 1." in page.text
    assert "Szkolenie BHP" in client.get("/admin/intranet/").text


def test_the_form_shows_what_is_kept(staff_client):
    client = staff_client("editor")
    unit, building = client.person.appointments.get().unit, BuildingFactory()
    notice = make_notice(client.person, targets=[NoticeTarget(unit=unit), NoticeTarget(building=building)])
    page = client.get(f"/admin/intranet/{notice.pk}/").text
    assert "o godz. 10.00" in page and page.count(" checked") == 2
    refused = client.post(
        f"/admin/intranet/{notice.pk}/",
        form_of(unit, is_urgent="on", valid_until="2027-01-01", is_required="on", due_at="2027-02-01"),
    )
    assert "Napisz, dlaczego to nie może czekać do rana." in refused.text
    assert "Ogłoszenie skończyłoby się przed terminem potwierdzenia." in refused.text
    client.post(f"/admin/intranet/{notice.pk}/", form_of(unit))
    page = client.post(
        f"/admin/intranet/{notice.pk}/opublikuj/", {"is_major": "no", "what_changed": "Inne szkolenie."}, follow=True
    )
    notice.refresh_from_db()
    assert notice.current_version == 2 and not notice.versions.get(number=2).is_major
    assert (
        "Treść jest taka sama jak opublikowana." in client.post(f"/admin/intranet/{notice.pk}/opublikuj/", {"is_major": "yes"}).text
    )


def test_two_editors_at_once_lose_nothing(staff_client):
    client = staff_client("editor")
    unit = client.person.appointments.get().unit
    notice = make_draft(client.person, owner_unit=unit)
    address = f"/admin/intranet/{notice.pk}/"

    def opened():
        return re.search(r'name="opened" value="(\w{64})"', client.get(address).text)[1]

    first = second = opened()
    client.post(address, form_of(unit, title="Pierwsza zmiana", opened=first))
    refused = client.post(address, form_of(unit, title="Druga zmiana", opened=second))
    assert "Ktoś zmienił to ogłoszenie" in refused.text and "<h3>Pierwsza zmiana</h3>" in refused.text
    assert 'value="Druga zmiana"' in refused.text and f'value="{opened()}"' in refused.text
    notice.refresh_from_db()
    assert notice.title == "Pierwsza zmiana"
    client.post(address, form_of(unit, title="Druga zmiana", opened=opened()))
    notice.refresh_from_db()
    assert notice.title == "Druga zmiana"


def test_a_head_elsewhere_sees_only_own_units(staff_client):
    unit, other = UnitFactory(name="Zakład Własny"), UnitFactory(name="Zakład Cudzy")
    client = staff_client("head", unit=unit)
    page = client.get("/admin/intranet/nowe/").text
    assert "Zakład Własny" in page and "Zakład Cudzy" not in page and "Temat dnia" not in page
    assert "wszyscy pracownicy" not in page and "Zaznacz co najmniej jedną" in page
    assert re.search(rf'name="units" value="{unit.pk}"[^>]* checked', page)
    assert "wszyscy pracownicy" in staff_client("editor").get("/admin/intranet/nowe/").text
    page = client.post("/admin/intranet/nowe/", form_of(unit))
    assert "Możesz pisać do swojej komórki" in page.text
    assert client.get(f"/admin/intranet/{make_draft().pk}/").status_code == 302
    assert Notice.objects.filter(owner_unit=other).count() == 0


@pytest.mark.parametrize(
    ("facts", "asked"),
    [
        ({}, "Coś, co każdy musi wiedzieć<"), ({"is_urgent": True, "urgent_reason": "Awaria"}, "napisz do wszystkich jeszcze raz"),
        ({"is_required": True}, "poproś wszystkich o ponowne potwierdzenie"),
    ],
)  # fmt: skip
def test_a_new_version_says_what_follows_from_it(staff_client, facts, asked):
    client = staff_client("head")
    notice = make_notice(client.person, **facts)
    actions.change_notice(notice=notice, person=client.person, title="Nowy tytuł")
    page = client.get(f"/admin/intranet/{notice.pk}/opublikuj/").text
    said = re.sub(r"\s*</label>", "<", page)
    assert asked in said and said.count("Coś, co każdy musi wiedzieć") == 1
    client.post(f"/admin/intranet/{notice.pk}/opublikuj/", {"is_major": "yes", "what_changed": "Tytuł."})
    version = notice.versions.get(number=2)
    assert (version.is_major, version.what_changed) == (True, "Tytuł.")


def test_closing_keeps_confirmations(staff_client):
    client = staff_client("head")
    notice = make_notice(client.person)
    stray = client.post(f"/admin/intranet/{notice.pk}/zamknij/", follow=True)
    notice.refresh_from_db()
    assert "nie da się go otworzyć na nowo" in stray.text and notice.state == "published"
    for words in ("Ogłoszenie zamknięte. Potwierdzenia zostają.", "To ogłoszenie już nie obowiązuje"):
        assert words in client.post(f"/admin/intranet/{notice.pk}/zamknij/", {"sure": "yes"}, follow=True).text
    assert "To ogłoszenie jest zamknięte. Napisz nowe." in client.get(f"/admin/intranet/{notice.pk}/").text


@pytest.fixture
def crew(staff_client, settings, tmp_path, monkeypatch):
    from django.core.files.storage import storages

    monkeypatch.setattr(storages["private"], "_location", str(tmp_path))
    for name in ("base_location", "location"):
        storages["private"].__dict__.pop(name, None)
    unit = UnitFactory(name="Brygada Zieleni")
    client = staff_client("head", unit=unit)
    people = [make_staff(unit, first_name="Ola", last_name="Łąka"), make_staff(unit, first_name="Jan", last_name="Ćwiek")]
    notice = make_notice(is_required=True, title="Zasady BHP przy kosiarkach", due_at=FAR)
    yield client, unit, people, notice
    for name in ("base_location", "location"):
        storages["private"].__dict__.pop(name, None)


def test_a_superior_prints_the_sheet_and_enters_it(crew):
    client, unit, people, notice = crew
    page = client.get(f"/admin/intranet/{notice.pk}/raport/")
    assert "Ola Łąka" in page.text and Entry.objects.filter(is_read=True).count() == 1
    sheet = client.get(f"/admin/intranet/{notice.pk}/arkusz/{unit.pk}/")
    assert sheet["Content-Type"] == "application/pdf" and sheet.content.startswith(b"%PDF")
    address = f"/admin/intranet/{notice.pk}/podpisy/{unit.pk}/"
    refused = client.post(address, {"way": "sheet"})
    for words in ("Zaznacz, kto podpisał.", "Dołącz zdjęcie albo skan", "Podaj dzień, w którym osoby się podpisały."):
        assert words in refused.text
    today = local_day(notice.published_at).isoformat()
    facts = {"way": "sheet", "people": [people[0].pk], "signed_on": today, "number": "1"}
    picture = {"photo": SimpleUploadedFile("arkusz.pdf", make_pdf())}
    assert "Osoby podpisują najnowszą wersję." in client.post(address, {**facts, **picture, "number": "7"}).text
    picture = {"photo": SimpleUploadedFile("arkusz.pdf", make_pdf())}
    assert "Ta wersja ukazała się później." in client.post(address, {**facts, **picture, "signed_on": "2020-01-01"}).text
    bad = client.post(address, {**facts, "photo": SimpleUploadedFile("a.pdf", b"MZ")})
    assert bad.status_code == 200 and not SignedSheet.objects.exists()
    assert "Ten dzień jeszcze nie nadszedł." in client.post(address, {**facts, "signed_on": "2090-01-01"}).text
    done = client.post(address, {**facts, "photo": SimpleUploadedFile("arkusz.pdf", make_pdf())}, follow=True)
    assert "Wpisane. Raport już to liczy." in done.text and "Ola Łąka" not in done.text and "obraz arkusza" in done.text
    given = Acknowledgement.objects.get()
    assert (given.person, given.way) == (people[0], "sheet")
    picture = client.get(f"/pliki/plik/{given.sheet.photo.public_id}/")
    assert b"".join(picture.streaming_content).startswith(b"%PDF")
    client.post(address, {"way": "superior", "people": [people[1].pk], "number": "1"})
    assert Acknowledgement.objects.count() == 2
    gone = client.post(address, {"way": "superior", "people": [people[1].pk], "number": "1"})
    assert gone.status_code == 200 and Acknowledgement.objects.count() == 2
    assert "potwierdzili już wszyscy, których możesz wpisać" in client.get(address).text


def test_others_get_numbers_and_no_sheet(crew, staff_client):
    _client, unit, _people, notice = crew
    editor = staff_client("editor")
    page = editor.get(f"/admin/intranet/{notice.pk}/raport/")
    assert "Brygada Zieleni" in page.text and "Łąka" not in page.text and "Drukuj arkusz" not in page.text
    for part in ("arkusz", "podpisy"):
        assert editor.get(f"/admin/intranet/{notice.pk}/{part}/{unit.pk}/").status_code == 302
    assert not Entry.objects.filter(is_read=True).exists()
    assert editor.get(f"/admin/intranet/{make_notice().pk}/raport/").status_code == 404


def test_colleagues_without_a_desk_have_no_way_into_the_admin(staff_client):
    client = staff_client("employee")
    assert client.get("/admin/").status_code == 403
    assert client.get("/intranet/").status_code == 200


def test_buildings_are_kept_in_the_admin(staff_client):
    client = staff_client("editor")
    unit = UnitFactory()
    client.post("/admin/buildings/new/", {"name": "Rynek 1", "address": "Rynek 1, 40-003 Katowice", "units": [unit.pk]})
    building = Building.objects.get()
    assert (str(building), list(building.units.all())) == ("Rynek 1", [unit])
    assert staff_client("moderator").get("/admin/buildings/").status_code == 302


@pytest.mark.parametrize("body", ["no JSON", "{", "[]", "null", '{"blocks": 7}'])
def test_a_body_that_no_editor_sends_is_no_text(staff_client, body):
    answer = staff_client("editor").post("/admin/intranet/nowe/", form_of(UnitFactory(), body=body))
    assert (answer.status_code, Notice.objects.get().body) == (302, [])

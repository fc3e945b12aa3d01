"""A unit sends a layout, the department answers by the brand book, the final file stays beside the answer."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from ratusz.casework.deadlines import rules as rules_of_clocks
from ratusz.casework.deadlines.models import Clock
from ratusz.foundation.files.models import StoredFile
from ratusz.foundation.files.rules import FileRefused
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import polish_until
from ratusz.foundation.units.factories import AppointmentFactory, UnitFactory
from ratusz.publishing.newsroom import actions
from ratusz.publishing.newsroom import moves as desk
from ratusz.publishing.newsroom.factories import make_asset, make_layout, upload
from ratusz.publishing.newsroom.models import LayoutRequest, LayoutRound
from ratusz.publishing.newsroom.queries import may_read_layout
from ratusz.publishing.newsroom.rules import LayoutRefused, brand_book, words_of_points
from ratusz.publishing.website.tests.passport_pictures import close, keeper

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


@pytest.fixture
def unit():
    return UnitFactory(name="Wydział Próbny Kultury", short_name="WPK")


@pytest.fixture
def sender(unit):
    return AppointmentFactory(role_code="unit_editor", unit=unit).person


def moves_of(person, at):
    return [move.what for move in desk.moves_of(person, at)]


def test_a_layout_from_the_first_file_to_the_final_one(unit, sender, staff_client):
    at, editor = database_now(), keeper()
    mark, other = make_asset(editor), make_asset(editor, name="Herb", kind="arms")
    request = make_layout(unit, sender, at)
    (clock,) = Clock.objects.running()
    assert (clock.rule_code, clock.subject, clock.label) == ("brand.layout", f"newsroom.layout:{request.pk}", "Plakat biegu")
    assert clock.unit == editor.appointments.get().unit
    assert [rules_of_clocks.may_open(person, clock, at) for person in (editor, sender)] == [True, False]
    (move,) = desk.moves_of(editor, at)
    assert (move.what, move.due_at) == ("Odpowiedz komórce w sprawie projektu: Plakat biegu", clock.due_at)
    assert moves_of(sender, at) == []
    by_midnight = polish_until(clock.due_at)
    pages = [
        staff_client("editor").get(address).text
        for address in (f"/admin/projekty-graficzne/{request.pk}/", "/admin/projekty-graficzne/")
    ]
    assert [by_midnight in page for page in pages] == [True, True]
    with pytest.raises(LayoutRefused, match="Napisz uzasadnienie"):
        actions.answer_layout(request=request, verdict="remarks", person=editor, unmet=["colours"])
    actions.answer_layout(
        request=request, verdict="remarks", person=editor, unmet=["colours"], reasons="Zły niebieski", marks=[mark]
    )
    request.refresh_from_db()
    assert (request.state, request.allowed_marks.count(), Clock.objects.running().count()) == ("with_unit", 0, 0)
    assert moves_of(sender, at) == ["Popraw projekt: Plakat biegu"]
    actions.send_layout(request=request, upload=upload(), person=sender)
    with pytest.raises(LayoutRefused, match="nie spełnia punktu"):
        actions.answer_layout(request=request, verdict="approved", person=editor, unmet=["colours"])
    actions.answer_layout(request=request, verdict="approved", person=editor, marks=[mark])
    assert moves_of(sender, at) == ["Dodaj plik końcowy: Plakat biegu"]
    done = actions.add_final_file(request=request, upload=upload("koniec.pdf"), person=sender)
    assert (done.state, done.final_file.name, list(done.allowed_marks.all())) == ("gone", "koniec.pdf", [mark])
    rounds = [(each.number, each.verdict, each.unmet_points, each.answered_by) for each in done.rounds.all()]
    assert rounds == [(1, "remarks", ["colours"], editor), (2, "approved", [], editor)]
    assert actions.close_layout(request=request, person=sender).state == "closed"
    assert (Clock.objects.count(), other in done.allowed_marks.all()) == (2, False)


def test_what_is_refused(unit, sender):
    at, editor = database_now(), keeper()
    request = make_layout(unit, sender, at)
    for deed, words in (
        (lambda: actions.send_layout(request=request, upload=upload(), person=sender), "nie można zmienić"),
        (lambda: actions.add_final_file(request=request, upload=upload(), person=sender), "po akceptacji"),
        (lambda: actions.answer_layout(request=request, verdict="maybe", person=editor), "Wybierz odpowiedź"),
        (
            lambda: actions.answer_layout(request=request, verdict="refused", person=editor, unmet=["x"], reasons="x"),
            "nie ma takiego punktu",
        ),
    ):
        with pytest.raises(LayoutRefused, match=words):
            deed()
    actions.answer_layout(request=request, verdict="refused", person=editor, reasons="Herb bez zgody")
    request.refresh_from_db()
    assert request.state == "closed"
    with pytest.raises(LayoutRefused, match="nie czeka na odpowiedź"):
        actions.answer_layout(request=request, verdict="approved", person=editor)
    with pytest.raises(FileRefused):
        make_layout(unit, sender, at, upload=SimpleUploadedFile("x.pdf", b"tekst"))
    assert (LayoutRequest.objects.count(), StoredFile.objects.count()) == (1, 1)


def test_four_eyes_and_own_units(unit, sender):
    at, editor = database_now(), keeper()
    request = make_layout(unit, editor, at)
    stranger = keeper("unit_editor")
    with pytest.raises(PermissionDenied):
        actions.answer_layout(request=request, verdict="approved", person=editor)
    assert moves_of(editor, at) == []
    for person in (stranger, sender):
        with pytest.raises(PermissionDenied):
            actions.answer_layout(request=request, verdict="approved", person=person)
    with pytest.raises(PermissionDenied):
        actions.close_layout(request=request, person=stranger)
    with pytest.raises(PermissionDenied):
        make_layout(unit, stranger, at)
    file = request.rounds.get().file
    assert [may_read_layout(person, file, at) for person in (sender, editor, stranger)] == [True, True, False]
    assert [
        may_read_layout(editor, StoredFile(subject=subject), at)
        for subject in ("", "ratusz_newsroom.LayoutRequest:x", "ratusz_newsroom.LayoutRequest:0")
    ] == [False] * 3


def test_the_database_keeps_answers_whole(unit, sender):
    request = make_layout(unit, sender, database_now())
    wrong = ({"verdict": "approved"}, {"answered_at": database_now()}, {"verdict": "refused", "answered_at": database_now()})
    for facts in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            LayoutRound.objects.update(**facts)
    for facts in ({"state": "gone"}, {"state": "lost"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            LayoutRequest.objects.filter(pk=request.pk).update(**facts)


def test_the_brand_book_is_words():
    codes = [code for code, _words in brand_book()]
    assert len(codes) == len(set(codes)) == 9
    assert words_of_points(["zniknął", "colours"]) == [dict(brand_book())["colours"], "zniknął"]


def test_the_pages_of_a_layout(staff_client, unit):
    client, needed = staff_client("unit_editor", unit=unit), (database_now() + timedelta(days=9)).date().isoformat()
    typed = {"unit": unit.pk, "title": "Plakat", "purpose": "Słupy", "needed_date": needed}
    refused = client.post("/admin/projekty-graficzne/nowy/", typed | {"file": SimpleUploadedFile("p.svg", b"<svg/>")})
    assert (refused.status_code, "tego rodzaju" in refused.text, LayoutRequest.objects.count()) == (400, True, 0)
    sent = client.post("/admin/projekty-graficzne/nowy/", typed | {"file": upload()}, follow=True)
    assert "Wydział ma projekt." in sent.text
    request = LayoutRequest.objects.get()
    one = f"/admin/projekty-graficzne/{request.pk}/"
    editor = staff_client("editor")
    wrong = editor.post(f"{one}odpowiedz/", {"verdict": "remarks", "unmet": ["colours"]})
    assert (wrong.status_code, "Napisz uzasadnienie" in wrong.text, "checked" in wrong.text) == (400, True, True)
    answered = editor.post(
        f"{one}odpowiedz/", {"verdict": "remarks", "reasons": "Zły niebieski", "unmet": ["colours"]}, follow=True
    )
    assert ("Komórka ma odpowiedź." in answered.text, "Zły niebieski" in answered.text) == (True, True)
    assert "u komórki, do poprawy" in client.get("/admin/projekty-graficzne/").text
    assert "Plik wysłany." in client.post(f"{one}plik/", {"file": upload()}, follow=True).text
    editor.post(f"{one}odpowiedz/", {"verdict": "approved"})
    bad = client.post(f"{one}plik/", {})
    assert bad.status_code == 400
    assert "Plik końcowy" in client.post(f"{one}plik/", {"file": upload("koniec.pdf")}, follow=True).text
    answer = client.get(f"/pliki/plik/{LayoutRequest.objects.get().final_file.public_id}/")
    assert answer.status_code == 200
    close(answer)
    assert "Wniosek zamknięty." in client.post(f"{one}zamknij/", follow=True).text
    assert ("Żaden projekt nie czeka" in client.get("/admin/projekty-graficzne/").text) is True
    assert "Plakat" in client.get("/admin/projekty-graficzne/?stan=wszystkie").text
    stranger = staff_client("unit_editor", unit=UnitFactory())
    assert "Żaden projekt nie czeka" in stranger.get("/admin/projekty-graficzne/?stan=wszystkie").text
    assert stranger.get(one, follow=True).redirect_chain[0][0] == "/admin/"
    own = staff_client("editor")
    make_layout(unit, own.person, database_now())
    assert "odpowie na niego ktoś inny" in own.get(f"/admin/projekty-graficzne/{LayoutRequest.objects.latest('pk').pk}/").text

"""An order to the photographer: from an entry of the calendar to pictures in the bank."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.registries import DatedThing, dated_things
from ratusz.foundation.people.factories import UserFactory
from ratusz.foundation.units.factories import AppointmentFactory, UnitFactory
from ratusz.publishing.newsroom import actions
from ratusz.publishing.newsroom import moves as desk
from ratusz.publishing.newsroom.factories import make_order
from ratusz.publishing.newsroom.models import PhotoOrder
from ratusz.publishing.newsroom.rules import OrderRefused
from ratusz.publishing.website.tests.passport_pictures import keeper

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


def moves_of(person, at):
    return [move.what for move in desk.moves_of(person, at)]


def test_an_order_goes_through_the_five_words():
    at, editor, photographer = database_now(), keeper(), UserFactory(is_staff=True)
    order = make_order(editor, at, photographer=photographer, firm="")
    assert moves_of(photographer, at) == []
    order = actions.send_order(order=order, person=editor)
    assert moves_of(photographer, at) == ["Przyjmij zlecenie na zdjęcia: Otwarcie ścieżki rowerowej"]
    with pytest.raises(OrderRefused, match="fotograf już ma"):
        actions.send_order(order=order, person=editor)
    with pytest.raises(PermissionDenied):
        actions.accept_order(order=order, person=keeper("unit_editor"))
    order = actions.accept_order(order=order, person=photographer)
    with pytest.raises(OrderRefused, match="nie czeka na odpowiedź"):
        actions.accept_order(order=order, person=photographer)
    later = order.starts_at + timedelta(hours=1)
    assert (moves_of(photographer, at), moves_of(photographer, later)) == ([], ["Wgraj zdjęcia: Otwarcie ścieżki rowerowej"])
    assert moves_of(editor, later) == []
    PhotoOrder.objects.update(state="delivered")
    assert moves_of(editor, later) == ["Przejrzyj zdjęcia i zamknij zlecenie: Otwarcie ścieżki rowerowej"]
    order = actions.close_order(order=order, person=editor)
    assert str(order.get_state_display()) == "zamknięte"
    with pytest.raises(OrderRefused, match="już zamknięte"):
        actions.close_order(order=order, person=editor)
    with pytest.raises(OrderRefused, match="już zamknięte"):
        actions.save_order(order=order, person=editor, place="gdzie indziej")


def test_a_firms_pictures_are_brought_in_by_the_department():
    at, editor = database_now(), keeper()
    order = actions.send_order(order=make_order(editor, at), person=editor)
    order = actions.accept_order(order=order, person=editor)
    assert moves_of(editor, order.starts_at) == ["Wgraj zdjęcia: Otwarcie ścieżki rowerowej"]
    assert moves_of(keeper("moderator"), order.starts_at) == []


def test_what_an_order_needs():
    at, editor = database_now(), keeper()
    order = make_order(editor, at, firm="")
    with pytest.raises(OrderRefused, match="wskaż fotografa"):
        actions.send_order(order=order, person=editor)
    late = make_order(editor, at, starts_at=at - timedelta(hours=1))
    with pytest.raises(OrderRefused, match="już się zaczęło"):
        actions.send_order(order=late, person=editor)
    with pytest.raises(OrderRefused, match="dlaczego zlecenie jest zamykane"):
        actions.close_order(order=order, person=editor, reason=" ")
    assert actions.close_order(order=order, person=editor, reason="odwołano").state == "closed"
    with pytest.raises(PermissionDenied):
        make_order(keeper("unit_editor"), at)
    with pytest.raises(ValidationError):
        make_order(editor, at, ends_at=at)
    for wrong in ({"ends_at": at - timedelta(hours=2)}, {"state": "lost"}, {"state": "ordered", "firm": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            PhotoOrder.objects.filter(pk=late.pk).update(**wrong)


def test_orders_stand_in_the_calendar_of_staff():
    at, editor = database_now(), keeper()
    order = make_order(editor, at)
    found = list(desk.dated_things(at, at + timedelta(days=5)))
    assert [(thing.title, thing.is_public, thing.starts) for thing in found] == [
        ("Fotograf: Otwarcie ścieżki rowerowej", False, order.starts_at)
    ]
    assert list(desk.dated_things(at + timedelta(days=5), at + timedelta(days=9))) == []
    head_elsewhere = AppointmentFactory(role_code="head", unit=UnitFactory()).person
    assert [found[0].may_open(person, at) for person in (editor, head_elsewhere)] == [True, False]


def test_an_entry_of_the_calendar_fills_the_order(staff_client, monkeypatch):
    at = database_now()
    opening = DatedThing("event", "Festyn w parku", at + timedelta(days=5), url="/kalendarz/festyn/")
    day = DatedThing("deadline", "Koniec naboru", (at + timedelta(days=6)).date())
    term, silence = DatedThing("deadlines", "Wniosek nr 9", at), DatedThing("election", "Cisza wyborcza", at)
    monkeypatch.setattr(dated_things, "_entries", {"test": lambda start, end: [opening, day, term, silence]})
    client = staff_client("editor")
    page = client.get("/admin/zdjecia/zlecenia/nowe/").text
    assert ("Festyn w parku" in page, "Koniec naboru" in page) == (True, True)
    assert ("Wniosek nr 9" in page, "Cisza wyborcza" in page) == (False, False)
    typed = {
        "entry": f"event|{opening.starts.isoformat()}|Festyn w parku",
        "place": "Park",
        "shots": "Scena",
        "firm": "Pracownia",
        "due_at": "2030-01-01 10:00",
    }
    assert client.post("/admin/zdjecia/zlecenia/nowe/", typed).status_code == 302
    order = PhotoOrder.objects.get()
    assert (order.what_for, order.starts_at, order.entry_url) == ("Festyn w parku", opening.starts, "/kalendarz/festyn/")
    refused = client.post("/admin/zdjecia/zlecenia/nowe/", {"place": "Park"}).text
    assert ("Napisz, kiedy się zaczyna." in refused, 'value="Park"' in refused) == (True, True)


def test_the_pages_of_an_order(staff_client):
    client, at = staff_client("editor"), database_now()
    order = make_order(client.person, at)
    one = f"/admin/zdjecia/zlecenia/{order.pk}/"
    assert "Przekaż fotografowi" in client.get(one).text
    assert "Fotograf ma zlecenie." in client.post(f"{one}wyslij/", follow=True).text
    assert "Zlecenie przyjęte." in client.post(f"{one}przyjmij/", follow=True).text
    assert "nie czeka na odpowiedź fotografa" in client.post(f"{one}przyjmij/", follow=True).text
    assert 'value="Otwarcie ścieżki rowerowej"' in client.get(f"/admin/zdjecia/dodaj/?zlecenie={order.pk}").text
    changed = client.get(f"{one}zmien/").text
    assert "ul. Próbna" in changed
    assert "Zlecenie zamknięte." in client.post(f"{one}zamknij/", {"reason": "odwołano"}, follow=True).text
    assert "Nie ma zleceń" in client.get("/admin/zdjecia/zlecenia/").text
    assert "Otwarcie ścieżki" in client.get("/admin/zdjecia/zlecenia/?stan=wszystkie").text
    assert client.get("/admin/zdjecia/zlecenia/999999/").status_code == 404
    other = staff_client("unit_editor")
    assert other.get("/admin/zdjecia/zlecenia/", follow=True).redirect_chain[0][0] == "/admin/"
    assert other.get(f"/admin/zdjecia/dodaj/?zlecenie={order.pk}", follow=True).redirect_chain[0][0] == "/admin/"

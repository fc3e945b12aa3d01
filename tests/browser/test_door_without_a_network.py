"""Two phones at the doors lose their network, let people in, are opened anew, and send it all later: one check-in for each person."""

from __future__ import annotations

import os
import socket
import threading
from contextlib import suppress
from pathlib import Path

import pytest
from django.urls import reverse

from ratusz.casework.meetings.attendance import attendance_of
from ratusz.casework.meetings.factories import (
    make_meeting,
    make_place,
    make_point,
    make_question,
    make_registration,
    make_speaker,
    make_voice,
)
from ratusz.casework.meetings.links import door_text
from ratusz.casework.meetings.models import CheckIn
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.units.actions import sync_access
from ratusz.foundation.units.factories import AppointmentFactory
from tests.harness.browser import Seen, axe_problems, browser, refused_by_policy, watched_page
from tests.harness.signing_in import sign_in_staff

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PICTURES = os.environ.get("RATUSZ_PICTURES")
"""A folder for pictures of the screens, for whoever wants to look at them."""
READY = "main[data-ready=yes]"


@pytest.fixture
def person(db):
    made = AppointmentFactory(role_code="editor", person__first_name="Ola", person__last_name="Próbna")
    sync_access(person=made.person, at=made.starts)
    made.person.refresh_from_db()
    return made.person


class Wire:
    """A wire between the browser and the server that can be cut: emulation in the browser lets some requests of workers through."""

    def __init__(self, url: str) -> None:
        host, _colon, port = url.partition("://")[2].partition(":")
        self.target, self.is_cut, self.ends = (host, int(port)), False, []
        self.listener = socket.create_server(("localhost", 0))
        self.host = f"localhost:{self.listener.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        self.is_cut = True
        for end in self.ends:
            end.close()
        self.ends.clear()

    def mend(self) -> None:
        self.is_cut = False

    def _accept(self) -> None:
        while True:
            try:
                ours, _address = self.listener.accept()
            except OSError:
                return
            if self.is_cut:
                ours.close()
                continue
            theirs = socket.create_connection(self.target)
            self.ends += [ours, theirs]
            for source, target in ((ours, theirs), (theirs, ours)):
                threading.Thread(target=_carry, args=(source, target), daemon=True).start()


def _carry(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while sent := source.recv(65536):
            target.sendall(sent)
    for end in (source, target):
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)


@pytest.fixture
def wire(live_server):
    made = Wire(live_server.url)
    yield made
    made.cut()
    made.listener.close()


def _cookies(client, person, url) -> list[dict]:
    sign_in_staff(client, person)
    return [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": url}]


def _let_in(page, text: str, words: str) -> None:
    """Types a code and waits for what the phone says."""
    page.fill("#code", text)
    page.press("#code", "Enter")
    page.wait_for_selector(f"[data-said]:has-text('{words}')")


@pytest.mark.long
def test_two_phones_without_a_network(person, live_server, wire, client):
    meeting = make_meeting(in_days=-1 / 24, title="Spotkanie w Ligocie", place=make_place("Sala próbna", capacity=5))
    other = make_meeting(in_days=3, title="Spotkanie w Murckach")
    people = [make_registration(meeting, name=name) for name in ("Łucja", "Żaneta", "Adam")]
    foreign = door_text(make_registration(other))
    seen, host, site = Seen(), wire.host, f"http://{wire.host}"
    address = site + reverse("meetings_phone", args=[meeting.pk])
    cookies = _cookies(client, person, site)
    with browser() as chromium:
        with (
            watched_page(chromium, seen, width=390, host=host, cookies=cookies, locale="pl-PL") as first,
            watched_page(chromium, seen, width=390, host=host, cookies=cookies) as second,
        ):
            for page in (first, second):
                page.goto(address)
                page.wait_for_selector(READY)
                page.reload()
                page.wait_for_selector(READY)
            assert axe_problems(first) + refused_by_policy(first) == []
            wire.cut()
            for page in (first, second):
                page.context.set_offline(True)
            second.fill("#door", "B")
            _let_in(first, door_text(people[0]), "Łucja: wejście o")
            first.fill("#search", "zanet")
            first.click("[data-found] button")
            first.fill("#search", "")
            _let_in(first, people[1].door_code, "Już na sali")
            _let_in(first, foreign, "To kod innego spotkania: Spotkanie w Murckach")
            _let_in(first, "ZZZZZZ", "Pod tym kodem nie ma miejsca")
            first.click("[data-walk='0']")
            _let_in(second, people[0].door_code.lower(), "Łucja: wejście o")
            _let_in(second, people[2].door_code, "Adam: wejście o")
            first.wait_for_selector("text=Na sali: 3 z 5")
            assert "Na sali: 3 z 5" in first.inner_text("[data-inside]")
            # Opened anew without a network: the page, the list and what waits are still there.
            first.reload()
            first.wait_for_selector("text=Czeka na wysłanie: 3")
            assert "Brak sieci" in first.inner_text("[data-network]")
            if PICTURES:
                first.screenshot(path=Path(PICTURES) / "door-390.png", full_page=True)
            assert not CheckIn.objects.exists()
            wire.mend()
            for page in (second, first):
                page.context.set_offline(False)
                page.wait_for_selector("text=Wszystko wysłane.", timeout=20_000)
            assert "Już na sali" in first.inner_text("[data-said]") or "Już na sali" in second.inner_text("[data-said]")
        came = set(CheckIn.objects.values_list("registration__name", "door"))
        assert came == {("Adam", "B"), ("Łucja", "A"), ("Żaneta", "A")}, "the earliest moment of two doors counts"
        assert attendance_of(meeting, database_now()).inside == 4
        _screens(chromium, seen, host, site, cookies, meeting)
    assert seen.problems == []


OUT_OF_THE_SCREEN = """() => [...document.querySelectorAll(".nice-padding :is(input, select, textarea)")]
    .filter(each => !each.closest(".day__table") && each.getBoundingClientRect().right > innerWidth).map(each => each.outerHTML)"""
"""Fields whose end nobody sees; a wide table may be pushed aside."""


def _screens(chromium, seen, host, url, cookies, meeting) -> None:
    """The staff's screens and the one in the room hold WCAG and the policy, on a phone and on a desk."""
    make_point(meeting, "Remont ulicy Panewnickiej")
    make_speaker(meeting, started_at=database_now())
    make_question(meeting, state="shown")
    make_voice(meeting)
    for width in (390, 1440):
        with watched_page(chromium, seen, width=width, host=host, cookies=cookies) as page:
            for name in ("duties", "agenda", "preparation", "door", "room", "requests", "triage"):
                page.goto(url + reverse(f"meetings_{name}", args=[meeting.pk]))
                found = [each for each in axe_problems(page) if "sidebar" not in each]
                assert found + refused_by_policy(page) + page.evaluate(OUT_OF_THE_SCREEN) == [], (name, width)
                if PICTURES:
                    page.screenshot(path=Path(PICTURES) / f"{name}-{width}.png", full_page=True)
            page.goto(url + reverse("meetings_room", args=[meeting.pk]))
            screen = page.get_attribute("a[rel=noopener][target=_blank]:has-text('Ekran')", "href")
            page.goto(url + "/" + screen.partition("://")[2].partition("/")[2])
            assert axe_problems(page) + refused_by_policy(page) == [], ("screen", width)
            if PICTURES:
                page.screenshot(path=Path(PICTURES) / f"screen-{width}.png", full_page=True)

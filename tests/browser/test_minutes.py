"""Minutes in a browser: what is typed is saved by itself, a second window sees it, words typed without a connection come back."""

from __future__ import annotations

import os
import time
from typing import Any

import pytest
from django.urls import reverse

from ratusz.casework.meetings import actions
from ratusz.casework.meetings.factories import make_meeting, make_meeting_request, make_voice
from ratusz.casework.meetings.factories_minutes import make_minute_taker, make_minutes, target_of_decisions, write_block
from ratusz.casework.meetings.minutes.addresses import path_of
from ratusz.casework.meetings.minutes.links import review_url
from ratusz.casework.meetings.models import MinutesBlock
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.units.factories import UnitFactory
from tests.harness.browser import WIDTH, Seen, browser, refused_by_policy, watched_page

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def cookies_of(client: Any, url: str) -> list[dict]:
    return [{"name": name, "value": each.value, "url": url} for name, each in client.cookies.items()]


def until(holds: Any, seconds: float = 15) -> bool:
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        if holds():
            return True
        time.sleep(0.2)
    return False


def test_words_are_saved_by_themselves_and_a_second_window_loses_nothing(live_server, staff_client):
    unit = UnitFactory(is_department=True)
    client = staff_client("head", unit=unit)
    minutes = make_minutes(person=make_minute_taker())
    block = write_block(minutes, "text", make_minute_taker(), text="Początek")
    field, seen = f'[name="b-{block.key}-text"]', Seen()
    host = live_server.url.split("//")[1]
    address = live_server.url + reverse("meetings_minutes_write", args=[minutes.meeting_id])

    def words() -> str:
        return MinutesBlock.objects.get(pk=block.pk).fields["text"]

    with (
        browser() as chromium,
        watched_page(chromium, seen, width=1440, host=host, cookies=cookies_of(client, live_server.url)) as first,
    ):
        first.goto(address)
        second = first.context.new_page()
        second.goto(address)
        first.fill(field, "Pierwsze okno")
        assert until(lambda: words() == "Pierwsze okno"), words()
        second.fill(field, "Drugie okno")
        assert until(lambda: second.locator(".minutes__theirs").count() == 1)
        assert "Pierwsze okno" in second.inner_text(".minutes__theirs") and second.input_value(field) == "Drugie okno"
        second.fill(field, "Pierwsze okno i drugie okno")
        assert until(lambda: words() == "Pierwsze okno i drugie okno"), words()
        second.context.set_offline(True)
        second.fill(field, "Bez połączenia")
        assert until(lambda: "Nie ma połączenia" in second.inner_text(".minutes__state"))
        second.close()
        first.context.set_offline(False)
        third = first.context.new_page()
        third.goto(address)
        assert third.input_value(field) == "Bez połączenia"
        third.click("text=Zapisz >> nth=0")
        assert until(lambda: words() == "Bez połączenia"), words()
        assert refused_by_policy(third) == []
    assert [each for each in seen.problems if "asked another host" not in each] == []


@pytest.mark.long
def test_the_screens_of_minutes_fit_a_phone(live_server, staff_client):
    unit = UnitFactory(is_department=True, name="Wydział Komunikacji Społecznej")
    client = staff_client("head", unit=unit)
    person, now = make_minute_taker(), database_now()
    minutes = make_minutes(make_meeting(in_days=-3, title="Spotkanie Prezydenta z mieszkańcami Ligoty"), person=person)
    meeting = minutes.meeting
    for number in range(4):
        make_voice(
            meeting, f"Kiedy będzie chodnik na ulicy {number}?", who="mieszkanka, Ligota", answer="W maju.", answered_by="naczelnik",
            outcome="answered", triaged_at=now,
        )  # fmt: skip
    make_meeting_request(meeting, "Ławka przy stawie", outcome="application", triaged_at=now)
    write_block(minutes, "presence", person, officials="Ewa Przykładowa, Prezydent", organisations="Rada dzielnicy", people="lista")
    write_block(minutes, "presentation", person, speaker="naczelnik wydziału drogowego", summary="Plan prac na dwa lata.")
    write_block(minutes, "decision", person, text="Ławka", public_text="Ławka stanie do lata.", unit=unit.pk, due_on="2027-06-30")
    write_block(minutes, "poll", person, question="Czy spotykać się o 17:00?", votes_for="41", votes_against="6", abstained="3")
    write_block(minutes, "notes", person, text="Mikrofon przerywał.")
    reviewed = make_minutes(make_meeting(in_days=-2), person=person)
    link = actions.invite_reviewer(minutes=reviewed, name="Rada dzielnicy", email="rada@example.pl", person=person)
    names = ("meetings_minutes_write", "meetings_minutes_look", "meetings_minutes_review", "meetings_minutes_word")
    screens = {name: reverse(name, args=[meeting.pk]) for name in names} | {
        "register": reverse("meetings_minutes_register"), "review_public": "/" + review_url(link).split("/", 3)[3],
        "remarks": reverse("meetings_minutes_review", args=[reviewed.meeting_id]),
    }  # fmt: skip
    seen, too_wide, folder = Seen(), [], os.environ.get("RATUSZ_PICTURES", "")
    with browser() as chromium:
        too_wide += look(chromium, seen, live_server.url, client, screens, folder)
        with target_of_decisions():
            actions.approve_minutes(minutes=minutes, person=person)
        actions.publish_minutes(minutes=minutes, person=person)
        minutes.refresh_from_db()
        public = {"page": path_of(minutes), "list": "/protokoly/", "approved": screens["meetings_minutes_look"]}
        too_wide += look(chromium, seen, live_server.url, client, public, folder)
    assert (too_wide, [each for each in seen.problems if "another host" not in each]) == ([], [])


def look(chromium: Any, seen: Seen, url: str, client: Any, screens: dict[str, str], folder: str) -> list[str]:
    """Opens each at both widths; names of those wider than the screen. With RATUSZ_PICTURES keeps pictures to look at."""
    wide = []
    for width in (390, 1440):
        with watched_page(chromium, seen, width=width, host=url.split("//")[1], cookies=cookies_of(client, url)) as page:
            for name, path in screens.items():
                answer = page.goto(url + path)
                assert answer.status == 200, (name, answer.status)
                if page.evaluate(WIDTH):
                    wide.append(f"{name} at {width}: {page.evaluate(WIDTH)}")
                if folder:
                    page.screenshot(path=f"{folder}/{name}-{width}.png", full_page=True)
    return wide

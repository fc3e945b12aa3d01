"""The whole chain of the house: residents register, speak, the President decides, units do it or are late, everybody sees it.

Two districts. In Ligota one promise is kept with proof and one gets a later day; in Szopienice one is late and climbs the ladder.
The pages that residents see are read in a browser; the next meeting opens with what is still open.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db.models import F

from ratusz.casework.meetings import actions as meetings
from ratusz.casework.meetings.factories import make_meeting
from ratusz.casework.meetings.factories_minutes import make_minute_taker, make_minutes, write_block
from ratusz.casework.meetings.models import Meeting, Registration, Standing
from ratusz.demo import people, territory, website
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.kit.working_days import is_working_day
from ratusz.foundation.notifications.models import OutboxMessage
from ratusz.foundation.territory.models import District
from ratusz.foundation.units.factories import UnitFactory
from ratusz.governance.decisions import actions as decisions
from ratusz.governance.decisions.actions import ladder
from ratusz.governance.decisions.factories import in_days, make_head, make_office, page_proof
from ratusz.governance.decisions.models import Decision
from tests.harness.browser import WIDTH, Seen, axe_problems, browser, refused_by_policy, watched_page

pytestmark = [pytest.mark.browser, pytest.mark.slow]
RESIDENT = "zofia.zmyslona@example.pl"
PROMISES = {
    "Ligota": [
        ("Ławki przy stawie", "Ustawimy pięć ławek przy stawie."),
        ("Chodnik przy szkole", "Naprawimy chodnik przy szkole."),
    ],
    "Szopienice": [("Lampy w parku", "Postawimy lampy w parku.")],
}


@pytest.fixture
def city(transactional_db):
    for load in (territory.load, people.load, website.load_portal):
        load(lambda words: None)
    unit = UnitFactory(name="Zakład Zieleni (próbny)", short_name="ZZP", email="zieleni@ratusz.example")
    return SimpleNamespace(unit=unit, head=make_head(unit), office=make_office(), writer=make_minute_taker())


def register_in_browser(page: Any, url: str, meeting: Meeting) -> Registration:
    """The form, the letter, the press of a button: no account."""
    page.goto(f"{url}/spotkania/{meeting.pk}/zapisy/")
    page.fill("[name=name]", "Zofia")
    page.check("[name=by][value=email]")
    page.fill("[name=email]", RESIDENT)
    page.click("main form[method=post] button[type=submit]")
    while meetings.tell_registered():
        pass
    letter = OutboxMessage.objects.filter(dedup_key__contains=":confirm:").latest("pk")
    link = next(word for word in letter.content.text.split() if "/spotkania/miejsce/" in word)
    page.goto(url + urlsplit(link).path)
    mine = Registration.objects.get(meeting=meeting)
    assert mine.standing == Standing.UNCONFIRMED, "a link that is opened changes nothing"
    page.click("main form[method=post] button[type=submit] >> nth=0")
    mine.refresh_from_db()
    assert mine.standing == Standing.CONFIRMED
    return mine


def hold(meeting: Meeting, city: Any, promises: list[tuple[str, str]]) -> list[Decision]:
    """The meeting is over: its minutes with a voice and a decision for each promise are approved and published."""
    Meeting.objects.filter(pk=meeting.pk).update(
        starts_at=F("starts_at") - timedelta(days=15), ends_at=F("ends_at") - timedelta(days=15),
        announced_at=F("announced_at") - timedelta(days=15),
    )  # fmt: skip
    meeting.refresh_from_db()
    meetings.mark_held(meeting=meeting, person=city.writer)
    minutes = make_minutes(meeting, person=city.writer)
    for title, promise in promises:
        voice = meetings.write_voice(
            meeting=meeting, question=f"Kiedy będzie gotowe: {title}?", who="mieszkanka", answer="Zdecydujemy dziś.",
            answered_by="Prezydent", person=city.writer,
        )  # fmt: skip
        meetings.give_outcome(thing=voice, outcome="answered", person=city.writer)
        due = in_days(40).isoformat()
        write_block(minutes, "decision", city.writer, text=title, public_text=promise, unit=city.unit.pk, due_on=due)
    meetings.approve_minutes(minutes=minutes, person=city.writer)
    meetings.publish_minutes(minutes=minutes, person=city.writer)
    return list(Decision.objects.filter(meeting=meeting).order_by("pk"))


def run_ladder_on_a_working_day(monkeypatch: Any) -> None:
    """The ladder goes out on working days; the test may run on a Sunday."""
    now = database_now()
    while not is_working_day(local_day(now)):
        now += timedelta(days=1)
    monkeypatch.setattr(ladder, "database_now", lambda: now)
    decisions.run_ladder()


def carry_out(promised: list[Decision], city: Any, monkeypatch: Any) -> None:
    """The first is kept, the second moved, the third late."""
    for each in promised:
        decisions.add_asker(decision=each, person=city.office, email=RESIDENT, trusted=True)
        decisions.take_decision(decision=each, person=city.office)
        decisions.accept_decision(decision=each, person=city.head, first_step="Wizja na miejscu")
    kept, moved, late = promised
    decisions.report_decision(decision=kept, end="done", text="Pięć ławek stoi.", evidence=[page_proof()], person=city.head)
    decisions.accept_report(decision=kept, note="Odebrane na miejscu.", person=city.office)
    decisions.ask_later_day(decision=moved, wanted=in_days(60), reason="Mróz nie pozwala układać płyt.", person=city.head)
    decisions.answer_later_day(decision=moved, grant=True, answer="Płyty ułożymy po mrozach.", person=city.office)
    Decision.objects.filter(pk=late.pk).update(due_on=in_days(-9), first_due_on=in_days(-9))
    run_ladder_on_a_working_day(monkeypatch)
    while decisions.tell_changes():
        pass


def test_two_districts_from_registration_to_the_public_answer(city, live_server, staff_client, monkeypatch):
    districts = {name: District.objects.get(name__startswith=name) for name in PROMISES}
    seen, promised = Seen(), []
    with (
        browser() as chromium,
        watched_page(chromium, seen, width=390, host=urlsplit(live_server.url).netloc, locale="pl-PL") as page,
    ):
        for name, promises in PROMISES.items():
            meeting = make_meeting(district=districts[name], title=f"Spotkanie Prezydenta z mieszkańcami: {name}")
            register_in_browser(page, live_server.url, meeting)
            promised += hold(meeting, city, promises)
        carry_out(promised, city, monkeypatch)
        read = reader(page, seen, live_server.url)
        for decision in promised:
            decision.refresh_from_db()
        kept, moved, late = (read(decision.get_absolute_url()) for decision in promised)
        listed = read(f"/ustalenia/?dzielnica={districts['Ligota'].slug}")
        minutes = read(f"/protokoly/{meetings_number(promised[0])}/")
    assert "zrobione" in kept.lower() and "Pięć ławek stoi." in kept and "Ogłoszenie o odbiorze" in kept
    assert "przesunięty" in moved and "Płyty ułożymy po mrozach." in moved
    assert "po terminie" in late.lower()
    assert "Ławki przy stawie" in listed and "Chodnik przy szkole" in listed and "Lampy w parku" not in listed
    assert "Kiedy będzie gotowe: Ławki przy stawie?" in minutes and "Zofia" not in minutes
    assert promised[2].ladder_steps.filter(step__startswith="overdue").exists(), "it climbed"
    told = OutboxMessage.objects.filter(purpose__startswith="decisions.", address__value=RESIDENT)
    assert any("Pięć ławek" in each.content.text for each in told.select_related("content"))
    after = make_meeting(district=districts["Szopienice"], in_days=30)
    points = meetings.compose_agenda(meeting=after, person=city.writer)
    assert any("Lampy w parku" in point.title for point in points) and not any("Ławki" in point.title for point in points)
    assert seen.problems == []


def meetings_number(decision: Decision) -> str:
    """The address of the minutes in which it was written."""
    from ratusz.casework.meetings.minutes.addresses import path_of

    return path_of(decision.meeting.minutes).strip("/").removeprefix("protokoly/")


def reader(page: Any, seen: Seen, url: str) -> Callable[[str], str]:
    """Opens a public page, looks it over, gives its words."""

    def read(path: str) -> str:
        page.goto(url + path)
        if too_wide := page.evaluate(WIDTH):
            seen.add(path, f"{too_wide} px wide")
        for refused in refused_by_policy(page):
            seen.add(path, f"refused by policy: {refused}")
        for problem in axe_problems(page):
            seen.add(path, problem)
        return page.inner_text("main")

    return read

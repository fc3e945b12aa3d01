"""The second half of a project's way: from the published result, through the unit in charge and its link, to the finished bench.

The coordinator and the editor work in the panel, the entity by its link without an account, the resident reads on a phone.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

import pytest

from ratusz.demo import territory
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.notifications.models import OutboxMessage
from ratusz.foundation.units.factories import UnitFactory
from ratusz.foundation.units.models import Unit
from ratusz.participation.projects.models import Delivery
from ratusz.participation.projects.tests.buildings import delivery, photo_file, pool
from ratusz.publishing.following.actions import tell_of_things
from tests.harness.browser import WIDTH, Seen, axe_problems, browser, refused_by_policy, watched_page

__all__ = ["delivery", "pool"]
pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    # Wagtail leaves the file of a picture open when it reads its size.
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]
RESIDENT = "sasiadka@example.pl"


@pytest.fixture
def city(transactional_db):
    territory.load(lambda words: None)
    UnitFactory(name="Zakład Zieleni (próbny)", short_name="ZZP", kind=Unit.Kind.ENTITY, email="zieleni@ratusz.example")
    return UnitFactory(is_department=True, name="Wydział Komunikacji (próbny)")


def link_of(purpose: str, part: str) -> str:
    """The path of the newest letter's link."""
    text = OutboxMessage.objects.filter(purpose=purpose).latest("pk").content.text
    return urlsplit(next(word for word in re.findall(r"https?://\S+", text) if part in word)).path


def cookies_of(client: Any, url: str) -> list[dict]:
    return [{"name": name, "value": each.value, "url": url} for name, each in client.cookies.items()]


def send(page: Any, deed: str, facts: dict[str, str], photo: bool = False) -> None:
    """One form of a building, by the entity or by staff."""
    form = f"form:has(input[name=deed][value={deed}])"
    for name, value in facts.items():
        field = page.locator(f"{form} [name={deed}-{name}]")
        if field.evaluate("each => each.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    if photo:
        file = {"name": "lawka.jpg", "mimeType": "image/jpeg", "buffer": photo_file("green").read()}
        page.locator(f"{form} [name=photo-0-upload]").set_input_files(file)
        page.locator(f"{form} [name=photo-0-alt]").fill("Nowa ławka pod lipą")
    page.locator(f"{form} button[type=submit]").click()
    page.wait_for_load_state()


def test_from_a_result_to_the_finished_bench(city, delivery, live_server, staff_client):
    url, today, seen = live_server.url, str(local_day(database_now())), Seen()
    panel = f"{url}/admin/projekty/realizacja/{delivery.pk}/"
    address = url + delivery.project.get_absolute_url()
    host = urlsplit(url).netloc
    signed = {role: cookies_of(staff_client(role, unit=city), url) for role in ("budget_coordinator", "editor", "head")}
    with browser() as chromium, watched_page(chromium, seen, width=390, host=host, locale="pl-PL") as phone:

        def staff(role: str, deed: str, facts: dict[str, str]) -> None:
            with watched_page(chromium, seen, width=1280, host=host, cookies=signed[role], locale="pl-PL") as desk:
                desk.goto(panel)
                desk.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
                send(desk, deed, facts)

        staff("budget_coordinator", "assign", {"unit": str(Unit.objects.get(short_name="ZZP").pk)})
        follow(phone, address)
        entity = url + link_of("projects.delivery", "/jednostka/")
        phone.goto(entity)
        send(phone, "report", {"stage": "building", "day": today, "text": "Ekipa zaczęła."}, photo=True)
        phone.goto(entity)
        send(phone, "done", {"day": today, "text": "Osiem ławek pod lipami.", "spent_grosze": "300 000"})
        assert "czeka na potwierdzenie" in phone.inner_text("main")
        phone.goto(address)
        assert "Osiem ławek" not in phone.inner_text("main") and not phone.locator("img[alt='Nowa ławka pod lipą']").count()
        staff("editor", "show", {})
        staff("head", "confirm", {})
        phone.goto(address)
        text = phone.inner_text("main")
        assert "Osiem ławek pod lipami." in text and "Gotowe" in text and phone.locator("img[alt='Nowa ławka pod lipą']").count()
        look(phone, seen, address)
        look(phone, seen, f"{url}/budzet-obywatelski/2023/realizacja/")
        assert "Gotowe: 1." in phone.inner_text("main")
    while tell_of_things():
        pass
    letters = OutboxMessage.objects.filter(purpose="following.things").order_by("pk")
    assert [each.content.text.count("Osiem ławek pod lipami.") for each in letters] == [0, 1]
    assert Delivery.objects.get(pk=delivery.pk).state == "done" and seen.problems == []


def follow(phone: Any, address: str) -> None:
    """A resident follows the project: the form, the letter, the press of a button."""
    phone.goto(address)
    phone.click("text=Napisz do mnie")
    phone.fill("[name=email]", RESIDENT)
    phone.click("main form[method=post] button[type=submit]")
    phone.goto(urlsplit(address)._replace(path=link_of("notifications.question", "/sprawa/potwierdzenie/")).geturl())
    phone.click("main form[method=post] button[type=submit]")
    while tell_of_things():
        pass


def look(page: Any, seen: Seen, address: str) -> None:
    """What a phone and a screen reader meet."""
    page.goto(address)
    for problem in (*axe_problems(page), *refused_by_policy(page)):
        seen.add(address, str(problem))
    if wide := page.evaluate(WIDTH):
        seen.add(address, f"{wide} px wide")

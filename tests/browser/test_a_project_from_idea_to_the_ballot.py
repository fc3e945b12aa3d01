"""One project through every role, in a browser: a resident's draft, both checks, a unit, the ballot frozen by two, the public list."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings

from ratusz.demo import people, projects, territory, website
from ratusz.foundation.people.models import User
from ratusz.participation.budget.models import Edition
from ratusz.participation.projects.criteria import criteria
from ratusz.participation.projects.factories import FACTS
from ratusz.participation.projects.models import Application, State
from tests.harness.browser import WIDTH, Seen, axe_problems, browser, refused_by_policy, watched_page
from tests.harness.signing_in import sign_in_staff

pytestmark = [pytest.mark.browser, pytest.mark.slow]
TITLE = "Ławka z widokiem na staw"


class Walk:
    """One browser in which one person after another does their part; what is wrong on a page is noted."""

    def __init__(self, chromium: Any, client: Any, url: str) -> None:
        self.chromium, self.client, self.url, self.seen = chromium, client, url, Seen()

    @contextmanager
    def as_(self, role: str = "", width: int = 1440) -> Iterator[Any]:
        """A page of a demo account, or of a resident."""
        cookies = []
        if role:
            sign_in_staff(self.client, User.objects.get(email__startswith=role.replace("_", "-") + "@"))
            name = settings.SESSION_COOKIE_NAME
            cookies = [{"name": name, "value": self.client.cookies[name].value, "url": self.url}]
        host = urlsplit(self.url).netloc
        with watched_page(self.chromium, self.seen, width=width, host=host, cookies=cookies, locale="pl-PL") as page:
            yield page

    def look(self, page: Any) -> str:
        """Notes what is refused, too wide or out of reach; gives the words of the page."""
        if too_wide := page.evaluate(WIDTH):
            self.seen.add(page.url, f"{too_wide} px wide")
        for refused in refused_by_policy(page):
            self.seen.add(page.url, f"refused by policy: {refused}")
        if "/admin/" not in page.url:
            for problem in axe_problems(page):
                self.seen.add(page.url, problem)
        return page.inner_text("main")


def submit(walk: Walk, edition: Edition) -> Application:
    """A resident with a telephone: a draft, a point shown on the map, one line of costs, the number."""
    with walk.as_(width=390) as page:
        page.goto(f"{walk.url}/budzet-obywatelski/{edition.slug}/zglos/")
        page.click("main form[method=post] button[type=submit]")
        for name in ("summary", "description", "justification", "beneficiaries", "place", "accessibility"):
            page.fill(f"[name={name}]", FACTS[name])
        page.fill("[name=title]", TITLE)
        page.select_option("[name=pool]", label="Całe miasto")
        page.select_option("[name=category]", "greenery")
        page.select_option("[name=land]", "city")
        page.fill("[name=running_grosze]", "500")
        page.fill("[name=name]", "Autorka Przykładowa")
        page.fill("[name=address]", "ul. Przykładowa 1, Katowice")
        page.fill("[name=email]", "autorka@demo.ratusz.example")
        page.focus(".point-map__svg")
        page.keyboard.press("ArrowRight")
        assert page.inner_text("[data-said]").startswith("Punkt leży")
        page.fill("[name='costs-0-name']", "ławka z oparciem")
        page.fill("[name='costs-0-quantity']", "2")
        page.fill("[name='costs-0-price']", "3500")
        walk.look(page)
        page.click("button[name=deed][value=submit]")
        if "potwierdzenie" not in page.url:
            raise AssertionError(page.inner_text("main")[:1500])
        assert "złożony" in walk.look(page)
    return Application.objects.get(title=TITLE)


def check_formally(walk: Walk, made: Application) -> None:
    """The coordinator gives it to the editor, who fills the checklist and passes it on."""
    here = f"{walk.url}/admin/projekty/{made.pk}/"
    with walk.as_("budget_coordinator") as page:
        page.goto(here)
        page.select_option("[name=verifier]", label="Redaktorka Demo")
        page.click("form:has([name=deed][value=assign]) button[type=submit]")
    with walk.as_("editor") as page:
        page.goto(here)
        for each in criteria("formal"):
            page.select_option(f"[name=says-{each.code}]", "yes")
        page.click("form:has([name=deed][value=mark]) button[type=submit]")
        page.click("form:has([name=deed][value=pass]) button[type=submit]")
        walk.look(page)
    made.refresh_from_db()
    assert made.state == State.FORMAL_YES


def assess(walk: Walk, made: Application) -> None:
    """The unit that would carry it out says yes and what it costs; the coordinator decides."""
    here = f"{walk.url}/admin/projekty/{made.pk}/"
    with walk.as_("budget_coordinator") as page:
        page.goto(here)
        page.select_option("[name=unit]", label="Wydział Budynków i Dróg")
        page.check("[name=leading]")
        page.click("form:has([name=deed][value=ask]) button[type=submit]")
    with walk.as_("unit_verifier") as page:
        page.goto(here)
        for each in criteria("substantive"):
            page.select_option(f"[name=says-{each.code}]", "yes")
        page.fill("[name=cost]", "7 700")
        page.fill("[name=running]", "500")
        page.select_option("[name=says]", "yes")
        page.click("form:has([name=deed][value=opine]) button[type=submit]")
        walk.look(page)
    with walk.as_("budget_coordinator") as page:
        page.goto(here)
        page.select_option("[name=result]", "yes")
        page.click("form:has([name=deed][value=decide]) button[type=submit]")
    made.refresh_from_db()
    assert (made.state, made.checked_grosze) == (State.POSITIVE, 770_000)


def freeze(walk: Walk, edition: Edition) -> None:
    """The coordinator puts it on the ballot and presents the list, the head freezes it, the final list is published."""
    with walk.as_("budget_coordinator") as page:
        page.goto(f"{walk.url}/admin/projekty/edycja/{edition.pk}/karta/")
        walk.look(page)
        page.click("form:has([name=digest]) button[type=submit]")
        page.click("button[name=deed][value=freeze]")
    with walk.as_("head") as page:
        page.goto(f"{walk.url}/admin/budget/editions/{edition.pk}/ballot/")
        page.click("button[name=deed][value=freeze]")
        assert "zamrożono" in walk.look(page)
    with walk.as_("budget_coordinator") as page:
        page.goto(f"{walk.url}/admin/projekty/edycja/{edition.pk}/listy/")
        page.click("form:has([name=kind][value=ballot]) button[type=submit]")
        walk.look(page)


def test_a_project_from_idea_to_the_frozen_ballot(transactional_db, live_server, client):
    for load in (territory.load, people.load, website.load_portal):
        load(lambda words: None)
    projects.load_submission(lambda words: None)
    edition = projects.edition_of("nabor")
    with browser() as chromium:
        walk = Walk(chromium, client, live_server.url)
        made = submit(walk, edition)
        check_formally(walk, made)
        assess(walk, made)
        freeze(walk, edition)
        edition.refresh_from_db()
        with walk.as_(width=390) as page:
            page.goto(f"{walk.url}/budzet-obywatelski/{edition.slug}/listy/ballot/")
            listed = walk.look(page)
            page.goto(walk.url + made.get_absolute_url())
            card = walk.look(page)
    assert TITLE in listed and edition.ballot_hash in listed and "7700" in listed.replace("\u00a0", "").replace(" ", "")
    assert "na liście do głosowania" in card.lower()
    assert walk.seen.problems == []

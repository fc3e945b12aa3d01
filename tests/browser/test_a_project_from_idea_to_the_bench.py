"""One project through every role, in a browser: a resident's draft, both checks, a unit, the ballot frozen by two, a vote, the bench.

The committee's deeds, the ballots of the others and the count go by actions: their screens have journeys of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.http import HttpResponse

from ratusz.demo import people, projects, territory, website
from ratusz.demo.voting import FUNCTIONS, NEEDED
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.notifications.models import OutboxMessage
from ratusz.foundation.people.models import User
from ratusz.foundation.units.models import Unit
from ratusz.participation.budget.models import Edition
from ratusz.participation.projects.criteria import criteria
from ratusz.participation.projects.factories import FACTS
from ratusz.participation.projects.models import Application, Delivery, State
from ratusz.participation.projects.tests.buildings import photo_file
from ratusz.participation.voting import actions as voting
from ratusz.participation.voting import envelopes, identity
from ratusz.participation.voting.models import Vote
from ratusz.participation.voting.tests.test_from_the_ceremony_to_the_count import close
from ratusz.publishing.following.actions import tell_of_things
from tests.harness.browser import WIDTH, Seen, axe_problems, browser, refused_by_policy, watched_page
from tests.harness.signing_in import sign_in_staff

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    # Wagtail leaves the file of a picture open when it reads its size.
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]
TITLE, DONE, PHOTO = "Ławka z widokiem na staw", "Dwie ławki nad stawem.", "Nowa ławka nad stawem"
RESIDENT = "sasiadka@example.pl"
VOTERS = 67
"""Of three points each: the threshold of the city's pool is 200."""


class Walk:
    """One browser in which one person after another does their part; what is wrong on a page is noted."""

    def __init__(self, chromium: Any, client: Any, url: str) -> None:
        self.chromium, self.client, self.url, self.seen = chromium, client, url, Seen()

    @contextmanager
    def as_(self, role: str = "", width: int = 1440, cookies: tuple[dict, ...] = ()) -> Iterator[Any]:
        """A page of a demo account, or of a resident."""
        if role:
            sign_in_staff(self.client, User.objects.get(email__startswith=role.replace("_", "-") + "@"))
            name = settings.SESSION_COOKIE_NAME
            cookies = ({"name": name, "value": self.client.cookies[name].value, "url": self.url},)
        host = urlsplit(self.url).netloc
        with watched_page(self.chromium, self.seen, width=width, host=host, cookies=list(cookies), locale="pl-PL") as page:
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


def opened_vote(edition: Edition) -> tuple[Vote, Any]:
    """The committee makes its key, tries it and opens the vote; the shares of its holders."""
    now = database_now()
    vote = voting.prepare_vote(edition=edition, opens_at=now - timedelta(hours=1), closes_at=now + timedelta(hours=1))
    shares = voting.hold_ceremony(vote=vote, needed=NEEDED, functions=FUNCTIONS)
    vote.refresh_from_db()
    voting.drill(vote=vote, shares=shares[:NEEDED])
    return voting.open_vote(vote=vote), shares


def cast(walk: Walk, vote: Vote, made: Application) -> None:
    """A resident votes on a telephone, once the address and the code were right; others cast the same ballot."""
    answer, code = HttpResponse(), made.contest.code
    proof = voting.IdentityProof(b"k" * 32, age_band="30-44", contact=RESIDENT)
    identity.set_cookie(answer, identity.COOKIE, f"{vote.pk}:{voting.hold_proof(vote=vote, proof=proof)}")
    proven = {
        "name": identity.COOKIE, "value": answer.cookies[identity.COOKIE].value, "url": f"{walk.url}{identity.PATH}"
    }  # fmt: skip
    with walk.as_(width=390, cookies=(proven,)) as page:
        page.goto(f"{walk.url}/glosuj/{vote.edition.slug}/pl/karta/")
        if page.locator("[type=radio][name=dzielnica]").count():
            page.check("[type=radio][name=dzielnica]")
            page.click("#karta button")
        page.select_option(f"select[name='p/{code}/{made.number}']", "3")
        page.get_by_role("button", name="Sprawdź przed oddaniem").click()
        page.wait_for_selector("input[name=klucz]", state="attached")
        assert TITLE in walk.look(page)
        page.click("#karta button:not([formaction])")
        page.wait_for_url("**/oddany/")
    for number in range(VOTERS - 1):
        voting.cast_ballot(
            edition=vote.edition, voter_key=envelopes.voter_key(vote.pk, f"osoba {number}"), choices={code: {made.number: 3}},
            channel="web", age_band="30-44", idempotency_key=f"k{number}",
        )  # fmt: skip


def count(vote: Vote, shares: Any) -> None:
    """Closed, verified, opened by the committee, counted twice, published."""
    vote = voting.end_verification(vote=close(vote))
    voting.strip(vote=vote)
    voting.open_ballots(vote=vote, shares=shares[:NEEDED])
    voting.count_vote(vote=vote)
    voting.publish_vote(vote=vote)


def link_of(purpose: str, part: str) -> str:
    """The path of the newest letter's link."""
    text = OutboxMessage.objects.filter(purpose=purpose).latest("pk").content.text
    return urlsplit(next(word for word in re.findall(r"https?://\S+", text) if part in word)).path


def send(page: Any, deed: str, facts: dict[str, str], photo: bool = False) -> None:
    """One form of a building, by the entity or by staff."""
    form = f"form:has(input[name=deed][value={deed}])"
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    for name, value in facts.items():
        field = page.locator(f"{form} [name={deed}-{name}]")
        if field.evaluate("each => each.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    if photo:
        file = {"name": "lawka.jpg", "mimeType": "image/jpeg", "buffer": photo_file("green").read()}
        page.locator(f"{form} [name=photo-0-upload]").set_input_files(file)
        page.locator(f"{form} [name=photo-0-alt]").fill(PHOTO)
    page.locator(f"{form} button[type=submit]").click()
    page.wait_for_load_state()


def follow(phone: Any, url: str, address: str) -> None:
    """A resident follows the project: the form, the letter, the press of a button."""
    phone.goto(address)
    phone.click("a[href*='/obserwuj/sprawa/']")
    phone.fill("[name=email]", RESIDENT)
    phone.click("main form[method=post] button[type=submit]")
    phone.goto(url + link_of("notifications.question", "/sprawa/potwierdzenie/"))
    phone.click("main form[method=post] button[type=submit]")


def build(walk: Walk, made: Application) -> None:
    """The coordinator gives it to an entity, which builds by its link; the editor lets its photo show, the head confirms the end."""
    delivery, today = (
        Delivery.objects.select_related("unit", "project").get(project__number=made.number),
        str(local_day(database_now())),
    )
    assert (delivery.unit and delivery.unit.name, delivery.ballot_grosze) == ("Wydział Budynków i Dróg", 770_000)
    greens = Unit.objects.get(short_name="ZZM")
    Unit.objects.filter(pk=greens.pk).update(email="zieleni@ratusz.example")
    panel, address = f"{walk.url}/admin/projekty/realizacja/{delivery.pk}/", walk.url + delivery.project.get_absolute_url()

    def staff(role: str, deed: str, facts: dict[str, str]) -> None:
        with walk.as_(role) as desk:
            desk.goto(panel)
            send(desk, deed, facts)
            walk.look(desk)

    staff("budget_coordinator", "assign", {"unit": str(greens.pk)})
    with walk.as_(width=390) as phone:
        follow(phone, walk.url, address)
        entity = walk.url + link_of("projects.delivery", "/jednostka/")
        phone.goto(entity)
        send(phone, "report", {"stage": "building", "day": today, "text": "Ekipa zaczęła."}, photo=True)
        phone.goto(entity)
        send(phone, "done", {"day": today, "text": DONE, "spent_grosze": "7 700"})
        assert "czeka na potwierdzenie" in walk.look(phone)
        phone.goto(address)
        assert DONE not in phone.inner_text("main") and not phone.locator(f"img[alt='{PHOTO}']").count()
        staff("editor", "show", {})
        staff("head", "confirm", {})
        phone.goto(address)
        text = walk.look(phone)
        assert DONE in text and "Gotowe" in text and phone.locator(f"img[alt='{PHOTO}']").count()
        phone.goto(f"{walk.url}/budzet-obywatelski/{made.edition.slug}/realizacja/")
        assert "Gotowe: 1." in walk.look(phone)
    while tell_of_things():
        pass
    letters = OutboxMessage.objects.filter(purpose="following.things").order_by("pk")
    assert [each.content.text.count(DONE) for each in letters] == [0, 1], (
        "the stage, then the end; nothing from before they followed"
    )


def test_a_project_from_idea_to_the_finished_bench(transactional_db, live_server, client):
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
        vote, shares = opened_vote(edition)
        cast(walk, vote, made)
        count(vote, shares)
        build(walk, made)
    assert TITLE in listed and edition.ballot_hash in listed and "7700" in listed.replace("\u00a0", "").replace(" ", "")
    assert "na liście do głosowania" in card.lower()
    assert walk.seen.problems == []

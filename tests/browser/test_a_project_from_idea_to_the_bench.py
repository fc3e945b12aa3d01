"""One project through every role, in a browser, from the idea to the finished bench. Who acts, in order:

- the author on a telephone: the draft, the point on the map, the costs, the number, a sheet for signatures printed;
- the officer at the desk receives the signed sheet, and with the editor types each line, each without seeing the other's;
- the coordinator hands the project out, the editor checks it formally by the list of criteria;
- the verifier of the unit gives the opinion and the cost, the coordinator decides and publishes the list of assessed projects;
- the coordinator puts it on the ballot and presents it, the head of the department freezes it, the final list is published;
- the coordinator prepares the vote, the chair of the committee makes the key and tries it, the coordinator opens the vote;
- a voter on a telephone casts a ballot and gets a receipt, others cast the same;
- the coordinator closes, the chair ends the verification, parts envelopes from voters and opens them with the holders' shares, a
  holder of a share compares the sums, the coordinator counts twice and publishes;
- the coordinator gives the building to another unit, a neighbour follows it on a telephone, the unit reports by its link without
  an account, the editor lets its photo show, the head confirms the end; the neighbour gets the letter, everybody reads the page.

How a voter shows who they are has journeys of its own: the ballot begins here after the address and the code were right. The days
between the stages pass by moving the whole calendar of the edition.
"""

from __future__ import annotations

import re
from contextlib import ExitStack
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.db.models import F
from django.http import HttpResponse

from ratusz.casework.signatures.models import Collection
from ratusz.demo import people, projects, territory
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.notifications.models import OutboxMessage
from ratusz.foundation.units.models import Unit
from ratusz.participation.budget.models import Edition
from ratusz.participation.projects.criteria import criteria
from ratusz.participation.projects.factories import FACTS
from ratusz.participation.projects.models import Application, Delivery, State
from ratusz.participation.projects.tests.buildings import photo_file
from ratusz.participation.voting import actions as voting
from ratusz.participation.voting import envelopes, identity
from ratusz.participation.voting.models import Vote
from ratusz.participation.voting.tests.test_staff_way import let_the_hour_come
from ratusz.publishing.following.actions import tell_of_things
from tests.browser.walking import Walk
from tests.harness.browser import browser

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    # Wagtail leaves the file of a picture open when it reads its size.
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]
TITLE, DONE, PHOTO = "Ławka z widokiem na staw", "Dwie ławki nad stawem.", "Nowa ławka nad stawem"
POOL = "Zarzecze"
NEIGHBOUR = "sasiadka@example.pl"
VOTERS = 17
"""Of three points each: the threshold of a district's pool is 50."""


def days_pass(edition: Edition, code: str) -> None:
    """Until an hour into a stage. Only the tables' owner can move an opened calendar so."""
    past = edition.stages.get(code=code).starts_at - database_now() + timedelta(hours=1)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE ratusz_budget_stage DISABLE TRIGGER USER")
        edition.stages.update(starts_at=F("starts_at") - past, ends_at=F("ends_at") - past)
        cursor.execute("ALTER TABLE ratusz_budget_stage ENABLE TRIGGER USER")


def submit(walk: Walk, edition: Edition) -> tuple[Application, Any]:
    """A resident with a telephone: a draft, a point shown on the map, one line of costs, the number."""
    page = walk.phone()
    page.goto(f"{walk.url}/budzet-obywatelski/{edition.slug}/zglos/")
    page.click("main form[method=post] button[type=submit]")
    for name in ("summary", "description", "justification", "beneficiaries", "place", "accessibility"):
        page.fill(f"[name={name}]", FACTS[name])
    page.fill("[name=title]", TITLE)
    page.select_option("[name=pool]", label=POOL)
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
    assert "potwierdzenie" in page.url, page.inner_text("main")[:1500]
    assert "złożony" in walk.look(page)
    return Application.objects.get(title=TITLE), page


def sign(walk: Walk, made: Application, author: Any) -> None:
    """The author prints a sheet, neighbours sign it, the desk receives it; two of the Office type each line."""
    walk.press(author, "start")
    with author.expect_download() as sheet:
        author.click("form[action$='/arkusz/'] button[type=submit]")
    assert sheet.value.suggested_filename == "arkusze.pdf"
    collection = Collection.objects.get()
    here = f"/admin/podpisy/{collection.pk}/"
    desk = walk.desk("desk_officer", f"{here}przyjmij/")
    desk.fill("[name=number]", "1")
    desk.fill("[name=filled]", str(collection.needed))
    desk.click("form:has([name=filled]) button[type=submit]")
    for role in ("desk_officer", "editor"):
        page = walk.desk(role, f"{here}przepisz/")
        for number in range(collection.needed):
            page.fill("[name=name]", f"{('Anna', 'Jan', 'Ewa')[number]} Przykładna")
            page.fill("[name=home]", f"ul. Przykładowa {number + 2}")
            page.click("form:has([name=home]) button[type=submit]")
    author.reload()
    assert f"Liczy się podpisów: {collection.needed} z {collection.needed}." in walk.look(author)


def check_formally(walk: Walk, made: Application) -> None:
    """The coordinator gives it to the editor, who fills the checklist and passes it on."""
    here = f"/admin/projekty/{made.pk}/"
    walk.press(walk.desk("budget_coordinator", here), "assign", verifier={"label": "Redaktorka Demo"})
    page = walk.desk("editor", here)
    walk.press(page, "mark", **{f"says-{each.code}": "yes" for each in criteria("formal")})
    walk.press(page, "pass")
    walk.look(page)
    made.refresh_from_db()
    assert made.state == State.FORMAL_YES


def assess(walk: Walk, made: Application) -> None:
    """The unit that would carry it out says yes and what it costs; the coordinator decides and publishes the list."""
    here = f"/admin/projekty/{made.pk}/"
    office = walk.desk("budget_coordinator", here)
    walk.press(office, "ask", unit={"label": "Wydział Budynków i Dróg"}, leading=True)
    unit = walk.desk("unit_verifier", here)
    answers = {f"says-{each.code}": "yes" for each in criteria("substantive")}
    walk.press(unit, "opine", **answers, cost="7 700", running="500", says="yes")
    walk.look(unit)
    walk.press(walk.desk("budget_coordinator", here), "decide", result="yes")
    publish_list(walk, made.edition, "substantive")
    made.refresh_from_db()
    assert (made.state, made.checked_grosze) == (State.POSITIVE, 770_000)


def publish_list(walk: Walk, edition: Edition, kind: str) -> None:
    page = walk.desk("budget_coordinator", f"/admin/projekty/edycja/{edition.pk}/listy/")
    page.click(f"form:has([name=kind][value={kind}]) button[type=submit]")
    walk.look(page)


def freeze(walk: Walk, edition: Edition) -> None:
    """The coordinator puts it on the ballot and presents the list, the head freezes it, the final list is published."""
    page = walk.desk("budget_coordinator", f"/admin/projekty/edycja/{edition.pk}/karta/")
    walk.look(page)
    page.click("form:has([name=digest]) button[type=submit]")
    page.click("button[name=deed][value=freeze]")
    page = walk.desk("head", f"/admin/budget/editions/{edition.pk}/ballot/")
    page.click("button[name=deed][value=freeze]")
    assert "zamrożono" in walk.look(page)
    publish_list(walk, edition, "ballot")


def step(walk: Walk, role: str, vote: Vote, path: str, words: str, **facts: str) -> Any:
    """One step of a vote: its page, the words that confirm it."""
    page = walk.desk(role, f"/admin/glosowania/{vote.pk}/{path}/")
    for name, value in facts.items():
        page.fill(f"[name={name}]", value)
    if words:
        page.fill("[name=words]", words)
    with page.expect_navigation():
        page.click("form[autocomplete=off] button[type=submit]")
    return page


def open_the_vote(walk: Walk, edition: Edition) -> tuple[Vote, list[str]]:
    """The coordinator prepares it, the chair makes the key and tries it, the coordinator opens; the vote and the holders' shares."""
    office = walk.desk("budget_coordinator", "/admin/glosowania/")
    office.click(f"form[action$='/przygotuj/{edition.pk}/'] button[type=submit]")
    vote = Vote.objects.get(edition=edition)
    functions = "przewodnicząca\nsekretarz\nobserwatorka"
    chair = step(walk, "committee_chair", vote, "ceremonia", "tworzę klucz", needed="2", functions=functions)
    lists = chair.locator("ol.vote__words")
    shares = [" ".join(lists.nth(each).locator("li").all_text_contents()) for each in range(lists.count())]
    assert [len(share.split()) for share in shares] == [33, 33, 33]
    chair = step(walk, "committee_chair", vote, "proba", "", share_1=shares[0], share_2=shares[1])
    assert "Próbna koperta się otworzyła" in walk.look(chair)
    office = step(walk, "budget_coordinator", vote, "krok/open", "otwieram głosowanie")
    assert "Głosowanie otwarte" in walk.look(office)
    vote.refresh_from_db()
    return vote, shares


def cast(walk: Walk, vote: Vote, made: Application) -> None:
    """A resident votes on a telephone, once the address and the code were right; others cast the same ballot."""
    answer, code = HttpResponse(), made.contest.code
    proof = voting.IdentityProof(b"k" * 32, age_band="30-44", contact=NEIGHBOUR)
    identity.set_cookie(answer, identity.COOKIE, f"{vote.pk}:{voting.hold_proof(vote=vote, proof=proof)}")
    value = answer.cookies[identity.COOKIE].value
    page = walk.phone(({"name": identity.COOKIE, "value": value, "url": f"{walk.url}{identity.PATH}"},))
    page.goto(f"{walk.url}/glosuj/{vote.edition.slug}/pl/karta/")
    page.check(f"[type=radio][name=dzielnica][value='{code}']")
    page.click("#karta button")
    page.select_option(f"select[name='p/{code}/{made.number}']", "3")
    page.get_by_role("button", name="Sprawdź przed oddaniem").click()
    page.wait_for_selector("input[name=klucz]", state="attached")
    assert TITLE in walk.look(page)
    page.click("#karta button:not([formaction])")
    page.wait_for_url("**/oddany/")
    walk.look(page)
    for number in range(VOTERS - 1):
        voting.cast_ballot(
            edition=vote.edition, voter_key=envelopes.voter_key(vote.pk, f"osoba {number}"), choices={code: {made.number: 3}},
            channel="web", age_band="30-44", idempotency_key=f"k{number}",
        )  # fmt: skip


def count(walk: Walk, vote: Vote, shares: list[str]) -> None:
    """Closed, verified, opened by the committee, counted twice, published."""
    let_the_hour_come(vote)
    step(walk, "budget_coordinator", vote, "krok/close", "zamykam głosowanie")
    assert "Sumy się zgadzają" in walk.look(walk.desk("key_holder", f"/admin/glosowania/{vote.pk}/sumy/"))
    step(walk, "committee_chair", vote, "krok/end_verification", "kończę weryfikację")
    step(walk, "committee_chair", vote, "krok/strip", "oddzielam koperty")
    chair = step(
        walk, "committee_chair", vote, "otwarcie-glosow", "otwieramy głosy", share_1=shares[2], share_2=shares[0]
    )  # fmt: skip
    assert "Wszystkie głosy są otwarte" in walk.look(chair)
    office = walk.desk("budget_coordinator", f"/admin/glosowania/{vote.pk}/wynik/")
    walk.press(office, "count")
    walk.press(office, "publish", words="ogłaszam wynik")
    assert "Wynik jest opublikowany" in walk.look(office)


def link_of(purpose: str, part: str) -> str:
    """The path of the newest letter's link."""
    text = OutboxMessage.objects.filter(purpose=purpose).latest("pk").content.text
    return urlsplit(next(word for word in re.findall(r"https?://\S+", text) if part in word)).path


def report(walk: Walk, page: Any, deed: str, facts: dict[str, str], photo: bool = False) -> None:
    """One form of a building, by the unit or by staff."""
    form = f"form:has(input[name=deed][value={deed}])"
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    if photo:
        file = {"name": "lawka.jpg", "mimeType": "image/jpeg", "buffer": photo_file("green").read()}
        page.locator(f"{form} [name=photo-0-upload]").set_input_files(file)
        page.locator(f"{form} [name=photo-0-alt]").fill(PHOTO)
    walk.press(page, deed, **{f"{deed}-{name}": value for name, value in facts.items()})
    page.wait_for_load_state()


def follow(phone: Any, url: str, address: str) -> None:
    """A neighbour follows the project: the form, the letter, the press of a button."""
    phone.goto(address)
    phone.click("a[href*='/obserwuj/sprawa/']")
    phone.fill("[name=email]", NEIGHBOUR)
    phone.click("main form[method=post] button[type=submit]")
    phone.goto(url + link_of("notifications.question", "/sprawa/potwierdzenie/"))
    phone.click("main form[method=post] button[type=submit]")


def build(walk: Walk, made: Application) -> None:
    """The unit builds by its link; nothing of it is shown as done before the photo is let through and the end is confirmed."""
    delivery, today = Delivery.objects.get(project__number=made.number), str(local_day(database_now()))
    assert (str(delivery.unit), delivery.ballot_grosze) == ("Wydział Budynków i Dróg", 770_000)
    greens = Unit.objects.get(short_name="ZZM")
    Unit.objects.filter(pk=greens.pk).update(email="zieleni@ratusz.example")
    panel, address = f"/admin/projekty/realizacja/{delivery.pk}/", walk.url + delivery.project.get_absolute_url()
    report(walk, walk.desk("budget_coordinator", panel), "assign", {"unit": str(greens.pk)})
    phone, unit = walk.phone(), walk.phone()
    follow(phone, walk.url, address)
    entity = walk.url + link_of("projects.delivery", "/jednostka/")
    unit.goto(entity)
    report(walk, unit, "report", {"stage": "building", "day": today, "text": "Ekipa zaczęła."}, photo=True)
    unit.goto(entity)
    report(walk, unit, "done", {"day": today, "text": DONE, "spent_grosze": "7 700"})
    assert "czeka na potwierdzenie" in walk.look(unit)
    phone.goto(address)
    assert DONE not in phone.inner_text("main") and not phone.locator(f"img[alt='{PHOTO}']").count()
    report(walk, walk.desk("editor", panel), "show", {})
    report(walk, walk.desk("head", panel), "confirm", {})
    walk.look(walk.desk("head"))
    phone.goto(address)
    text = walk.look(phone)
    assert DONE in text and "Gotowe" in text and phone.locator(f"img[alt='{PHOTO}']").count()
    phone.goto(f"{walk.url}/budzet-obywatelski/{made.edition.slug}/realizacja/")
    assert "Gotowe: 1." in walk.look(phone)


def letters_of_the_neighbour() -> list[int]:
    """How often each letter about the project says that it is done."""
    while tell_of_things():
        pass
    letters = OutboxMessage.objects.filter(purpose="following.things").order_by("pk")
    return [each.content.text.count(DONE) for each in letters]


@pytest.mark.long
def test_a_project_from_idea_to_the_finished_bench(transactional_db, live_server):
    for load in (territory.load, people.load):
        load(lambda words: None)
    projects.load_submission(lambda words: None)
    edition = projects.edition_of("nabor")
    with browser() as chromium, ExitStack() as open_things:
        walk = Walk(chromium, live_server.url, open_things)
        made, author = submit(walk, edition)
        sign(walk, made, author)
        days_pass(edition, "formal")
        check_formally(walk, made)
        days_pass(edition, "substantive")
        assess(walk, made)
        days_pass(edition, "ballot_list")
        freeze(walk, edition)
        edition.refresh_from_db()
        author.goto(f"{walk.url}/budzet-obywatelski/{edition.slug}/listy/ballot/")
        listed = walk.look(author)
        author.goto(walk.url + made.get_absolute_url())
        card = walk.look(author)
        days_pass(edition, "voting")
        vote, shares = open_the_vote(walk, edition)
        cast(walk, vote, made)
        count(walk, vote, shares)
        build(walk, made)
    assert TITLE in listed and edition.ballot_hash in listed and "7700" in listed.replace("\u00a0", "").replace(" ", "")
    assert "na liście do głosowania" in card.lower()
    assert letters_of_the_neighbour() == [0, 1], "the stage, then the end; nothing from before they followed"
    assert walk.seen.problems == []

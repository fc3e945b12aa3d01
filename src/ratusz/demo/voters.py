"""A vote of the demo whose voters are known by PESEL: a register, a file for a second person, declarations, points, paper cards.

All numbers are reckoned here and belong to nobody known to us; of them only keyed digests are stored.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from ratusz.demo import voting
from ratusz.demo.accounts import DOMAIN
from ratusz.demo.loaders import Report
from ratusz.foundation.audit.acting import acting, system
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.pesel import check_digit
from ratusz.foundation.people.models import User
from ratusz.participation.voting import actions, envelopes, residents
from ratusz.participation.voting.actions.paper import CardFacts
from ratusz.participation.voting.models import PaperCard, Vote

REGISTER = "pokaz: rejestr głosujących, punkty i karty papierowe"
FIRST_BIRTHDAY = date(1939, 3, 1)
POINTS = (
    ("B1", "Filia biblioteki na potrzeby demo", "ul. Przykładowa 1"),
    ("DK1", "Dom kultury na potrzeby demo", "ul. Przykładowa 12"),
)
DECLARED = (
    ("Olena Przykładowa", "ul. Przykładowa 3/4", "olena@example.org", "uk", "Wynajmuję mieszkanie i pracuję w Katowicach."),
    ("Adam Przykładowy", "ul. Przykładowa 8", "adam@example.org", "pl", "Mieszkam tu od dwóch lat bez zameldowania."),
    ("Jane Example", "ul. Przykładowa 8", "jane@example.org", "en", "I study at the university and rent a room here."),
    ("Ewa Przykładna", "ul. Zmyślona 5", "ewa@example.org", "pl", "Pracuję w Katowicach, mieszkam w Sosnowcu."),
)


PESEL_ALLOWED = {"identity.preset": "pesel", "identity.pesel_own_contact": True}


def load(report: Report) -> None:
    """The whole of it. Repeatable."""
    if voting._exists(REGISTER) or not voting._two():
        return
    report("rejestr głosujących")
    with acting(system("demo")):
        now = database_now()
        edition = voting._edition(24, REGISTER, now - voting.DAY, now + 10 * voting.DAY, PESEL_ALLOWED)
        vote = voting._opened(edition)
        coordinator, head = (User.objects.get(email=f"{name}@{DOMAIN}") for name in ("budget-coordinator", "head"))
        taken = actions.bring_register(vote=vote, content=_file(range(400)), person=coordinator)
        actions.take_register(brought=taken, person=head)
        actions.bring_register(vote=vote, content=_file(range(380, 430), faults=True), person=head)
        _declare(vote, coordinator)


def load_cards(report: Report) -> None:
    """Points and paper cards of that vote. A card that agrees goes into the box, which answers only after its own commit: each
    step is a transaction, and a second run goes on where the first was cut."""
    vote = Vote.objects.filter(edition__slug__startswith=voting._slug(REGISTER)).first()
    if vote is None or not voting._two():
        return
    report("karty papierowe")
    with acting(system("demo")):
        coordinator, head = (User.objects.get(email=f"{name}@{DOMAIN}") for name in ("budget-coordinator", "head"))
        _type_cards(vote, coordinator, head)


def pesel(number: int) -> str:
    """A number that passes every check; the ordinal of nobody in particular."""
    born = FIRST_BIRTHDAY + timedelta(days=73 * number)
    month = born.month + (20 if born.year >= 2000 else 0)
    ten = f"{born.year % 100:02}{month:02}{born.day:02}{9000 + number % 1000:04}"
    return ten + str(check_digit([int(digit) for digit in ten]))


def _file(numbers: range, *, faults: bool = False) -> bytes:
    rows = [f"{pesel(number)};{number % 2 + 1}" for number in numbers]
    if faults:
        rows += ["123;1", f"{pesel(3)[1:]};1", f"{pesel(4)};99", f"{pesel(5)[:-1]}{(int(pesel(5)[-1]) + 1) % 10};2"]
    return "\r\n".join(["PESEL;Dzielnica", *rows, ""]).encode("cp1250")


def _declare(vote: Vote, person: Any) -> None:
    made = [
        actions.declare(
            vote=vote, voter_key=residents.key_by_address(vote.pk, name, street, 1990), name=name, street=street, contact=contact,
            language=language, grounds=grounds, district="L1", age_band="30-44", needs_guardian=False, has_pesel=False,
        )
        for name, street, contact, language, grounds in DECLARED
    ]  # fmt: skip
    actions.decide_declaration(declaration=made[0], grant=True, reasons="Umowa najmu i legitymacja pracownicza.", person=person)
    reasons = "Z oświadczenia wynika, że osoba mieszka w innym mieście."
    actions.decide_declaration(declaration=made[3], grant=False, reasons=reasons, person=person)


def _type_cards(vote: Vote, first: Any, second: Any) -> None:
    """Two points and twelve cards: three in the box, one of somebody who had voted, one typed once, one that differs."""
    points = [actions.add_point(vote=vote, code=code, name=name, address=address, person=first) for code, name, address in POINTS]
    if not vote.cards.exists():
        actions.issue_cards(point=points[0], count=12, person=first)
    cards = list(PaperCard.objects.filter(vote=vote).order_by("number"))
    readings = [(place, number, 3, person) for place, number in enumerate((10, 11, 12, 10)) for person in (first, second)]
    readings += [(4, 20, 2, first), (5, 21, 2, first), (5, 21, 1, second)]
    for place, number, points_given, person in readings:
        card = PaperCard.objects.select_related("vote", "point").get(pk=cards[place].pk)
        if card.state == PaperCard.State.AGREED:
            actions.finish_card(card=card, person=person)
        elif card.ended_at is None and not card.readings.filter(clerk=person).exists():
            actions.type_card(card=card, facts=_facts(vote, number, points_given), person=person)


def _facts(vote: Vote, number: int, points: int) -> CardFacts:
    city = vote.edition.pools.get(place="city")
    project = city.projects.order_by("number").first()
    assert project is not None, "the city's pool of the demo has projects"
    key = envelopes.voter_key(vote.pk, "pesel", pesel(number))
    return CardFacts(key.hex(), choices={city.code: {project.number: points}})

"""Votes of the demo: one goes on, one is verified (odd ballots, complaints), one waits for the count, one has its result.

Editions, projects and voters are made up. Every step is a real deed; ballots are cast at the moment of loading, because the
database stamps them itself. The shares of the made-up committee lie in a file beside the database and on /demo/czesci-klucza.
"""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ratusz.demo.accounts import DOMAIN, is_demo_on_this_machine
from ratusz.demo.loaders import Report
from ratusz.foundation.audit.acting import acting, system
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.kit.words import polish_sort_key
from ratusz.foundation.people.models import User
from ratusz.foundation.territory.models import District
from ratusz.participation.budget import actions as budget
from ratusz.participation.budget.models import Edition, Pool, Stage
from ratusz.participation.budget.rules import slug_of
from ratusz.participation.voting import actions, entries, envelopes, receipt_codes
from ratusz.participation.voting.models import PendingLeaf, SealedBallot, Vote, VoterRollEntry

FILE = "demo-shares.json"
FUNCTIONS = ("przewodnicząca komisji", "sekretarz komisji", "członkini komisji", "członek komisji", "obserwatorka organizacji")
NEEDED = 3
CLAUSES = {"annulment.before_count": True, "extension.after_outage": True, "key_committee": True}
WITH_CLAUSES = "pokaz: weryfikacja głosowania"
OPENED = "pokaz: głosy do policzenia"
PUBLISHED = "pokaz: wyniki głosowania"
RUNNING = "pokaz: głosowanie trwa"
PROJECTS = {
    "L1": (
        "Ławki i cień przy placu zabaw", "Stojaki na rowery przy bibliotece", "Łąka kwietna przy szkole",
        "Bezpieczne przejście przy przedszkolu",
    ),
    "L2": ("Nowe drzewa przy alei", "Tablice z historią dzielnicy", "Siłownia pod chmurką", "Oświetlenie ścieżki w parku"),
    "M": (
        "Kino plenerowe w dzielnicach", "Mobilna biblioteka", "Poidełka w parkach", "Warsztaty pierwszej pomocy",
        "Mapa miejsc chłodu",
    ),
}  # fmt: skip
DAY = timedelta(days=1)
SOON = timedelta(seconds=30)
"""Time to cast all ballots also where the machine is busy; the worker waits for the rest of it."""


@dataclass(frozen=True)
class Voter:
    """What is known of one made-up voter."""

    name: str
    district: str = "L1"
    age: str = "30-44"
    line: str = ""
    phone: str = ""
    channel: str = "web"


def load_running(report: Report) -> None:
    """The vote of an edition whose voting goes on: residents' pages and the running counts. Repeatable."""
    if Vote.objects.filter(state=Vote.State.OPEN).exists() or not _two():
        return
    report("głosowanie, które trwa")
    with acting(system("demo")):
        now = database_now()
        there = Edition.objects.filter(stages__code="voting", stages__starts_at__lte=now, stages__ends_at__gt=now, vote=None)
        edition = there.filter(ballot_frozen_at__isnull=False).first() or _edition(23, RUNNING, now - DAY, now + 10 * DAY, {})
        vote = _opened(edition)
        filled = edition.pools.filter(projects__isnull=False).distinct().order_by("position")
        districts = [pool.code for pool in filled if not pool.is_city_wide][:4]
        _cast(vote, [_ordinary(number, districts[number % len(districts)]) for number in range(90)])


def load_closed(report: Report) -> None:
    """A vote under verification, one that waits for the count, and one whose result is published. Repeatable."""
    if _exists(WITH_CLAUSES) or not _two():
        return
    report("głosowania po zamknięciu")
    with acting(system("demo")):
        end = database_now() + SOON
        verified = _opened(_edition(21, WITH_CLAUSES, end - 14 * DAY, end, CLAUSES))
        counted = _opened(_edition(22, OPENED, end - 14 * DAY, end, CLAUSES))
        published = _opened(_edition(20, PUBLISHED, end - 14 * DAY, end, CLAUSES))
        tokens = _cast(verified, [*(_ordinary(number, ("L1", "L2")[number % 2]) for number in range(160)), *_odd()])
        _cast(counted, [_ordinary(number, ("L1", "L2")[number % 2]) for number in range(120)])
        _cast(published, [_ordinary(number, ("L1", "L2", "L1")[number % 3]) for number in range(300)])
        actions.add_known_line(vote=verified, name="Biblioteka, filia na potrzeby demo", address="192.0.2.200")
        time.sleep(max(0.0, (end - database_now()).total_seconds() + 0.05))
        _verify(actions.close_vote(vote=verified), tokens)
        _open_ballots(actions.close_vote(vote=counted))
        _publish(_open_ballots(actions.close_vote(vote=published)))


def _exists(name: str) -> bool:
    return Vote.objects.filter(edition__slug__startswith=_slug(name)).exists()


def _slug(name: str) -> str:
    return slug_of(name)


def _two() -> list[User]:
    """The two people of the Office who freeze a ballot; nobody while the accounts are not there."""
    emails = (f"budget-coordinator@{DOMAIN}", f"head@{DOMAIN}")
    found = list(User.objects.filter(email__in=emails).order_by("email"))
    return found if len(found) == len(emails) else []


def _edition(number: int, name: str, opens: datetime, closes: datetime, rules: dict[str, Any]) -> Edition:
    """An opened edition with two districts and the city, its ballot frozen by two people."""
    edition = Edition.objects.create(
        city="Katowice", number=number, year=local_day(closes).year, slug=_slug(name), rules_preset="katowice",
        ballots_are_made_up=True, voting_starts=local_day(opens), voting_ends=local_day(closes), demonstrates=name,
    )  # fmt: skip
    districts = list(District.objects.order_by("number")[:2])
    for position, code in enumerate(PROJECTS):
        district = districts[position] if code != "M" else None
        _pool(edition, code, position, district)
    for place, code in enumerate(("ballot_list", "substantive", "formal", "submission"), 1):
        Stage.objects.create(edition=edition, code=code, starts_at=opens - (2 * place + 1) * DAY, ends_at=opens - 2 * place * DAY)
    Stage.objects.create(edition=edition, code="voting", starts_at=opens, ends_at=closes)
    Stage.objects.create(edition=edition, code="results", starts_at=closes + 2 * DAY, ends_at=closes + 9 * DAY)
    if rules:
        budget.set_rules(edition=edition, values=rules)
    budget.open_edition(edition=edition)
    for person in _two():
        budget.freeze_ballot(edition=edition, person=person)
    return Edition.objects.get(pk=edition.pk)


def _pool(edition: Edition, code: str, position: int, district: District | None) -> None:
    name = district.name if district else "Pula ogólnomiejska"
    pool = Pool.objects.create(
        edition=edition, code=code, name=name, slug=district.slug if district else "ogolnomiejska", sort_key=polish_sort_key(name),
        position=position, place=Pool.Place.DISTRICT if district else Pool.Place.CITY, district=district,
        budget_grosze=400_000_00 if district else 1_500_000_00, most_points=3,
    )  # fmt: skip
    for number, title in enumerate(PROJECTS[code], 1):
        cost = (60_000 + 35_000 * number) * 100 * (4 if code == "M" else 1)
        budget.put_on_ballot(pool=pool, number=f"{code}/{number:02}/{edition.roman}", name=title, cost_grosze=cost)


def _opened(edition: Edition) -> Vote:
    """The vote from its preparation to the opening, with a made-up committee whose shares are kept for whoever plays it."""
    vote = actions.prepare_from_edition(edition=edition)
    shares = actions.hold_ceremony(vote=vote, needed=NEEDED, functions=FUNCTIONS)
    vote.refresh_from_db()
    actions.drill(vote=vote, shares=shares)
    _keep(vote, shares)
    return actions.open_vote(vote=vote)


def _keep(vote: Vote, shares: Sequence[str]) -> None:
    kept = _kept() | {str(vote.pk): list(shares)}
    (Path(settings.HOME) / FILE).write_text(json.dumps(kept), encoding="utf-8")


def _kept() -> dict[str, list[str]]:
    path = Path(settings.HOME) / FILE
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def _ordinary(number: int, district: str) -> Voter:
    ages = ("<18", "18-29", "30-44", "30-44", "45-59", "60-74")
    return Voter(f"osoba {number}", district, ages[number % len(ages)], f"198.51.100.{number % 200}", f"+48600{number:06}")


def _odd() -> list[Voter]:
    """Forty ballots of the oldest voters over one line, through eight telephones; and a busy library, which is innocent."""
    cluster = [Voter(f"zmyślona {n}", "L1", "75+", "192.0.2.77", f"+4869900000{n % 8}") for n in range(40)]
    library = [
        Voter(f"czytelnik {n}", "L2", ("18-29", "30-44", "60-74")[n % 3], "192.0.2.200", f"+486010{n:05}") for n in range(24)
    ]
    return cluster + library


def _cast(vote: Vote, voters: Sequence[Voter]) -> list[str]:
    """Sealed ballots of these voters; the tokens of their links "this was not me"."""
    rolls, ballots, leaves, tokens, today = [], [], [], [], local_day(database_now())
    pools = list(vote.edition.pools.prefetch_related("projects"))
    numbers = {pool.code: [project.number for project in pool.projects.all()] for pool in pools}
    city = next(pool.code for pool in pools if pool.is_city_wide)
    for place, voter in enumerate(voters):
        key, token = envelopes.voter_key(vote.pk, "demo", voter.name), uuid4().hex
        inner = _sealed(vote, voter, _choices(numbers, voter.district, city, place))
        tokens.append(token)
        rolls.append(VoterRollEntry(vote=vote, voter_key=key, channel=voter.channel, district=voter.district, day=today))
        ballots.append(SealedBallot(
            code=receipt_codes.code_of(inner), vote=vote, voter_key=key, inner=inner, channel=voter.channel, age_band=voter.age,
            outer_mac=envelopes.outer_mac(vote.pk, key, inner), line_digest=envelopes.line_digest(vote.pk, voter.line),
            contact_digest=envelopes.contact_digest(vote.pk, voter.phone), request_digest=envelopes.request_digest(vote.pk, token),
            notice_digest=envelopes.notice_digest(token), district=voter.district,
        ))  # fmt: skip
        leaves.append(PendingLeaf(vote=vote, entry=entries.envelope(inner)))
    VoterRollEntry.objects.bulk_create(rolls)
    SealedBallot.objects.bulk_create(ballots)
    PendingLeaf.objects.bulk_create(leaves)
    return tokens


def _choices(numbers: dict[str, list[str]], district: str, city: str, place: int) -> dict[str, dict[str, int]]:
    """Up to three points in each part; as in the city's earlier votes one ballot of seven has no city part, one of twenty-five no
    local one. The same place on the list gives the same choice every time."""
    by_lot = Random(place)
    parts = {code: _points(numbers[code], by_lot) for code in (district, city)}
    left_blank = by_lot.choices((None, city, district), (82, 14, 4))[0]
    return {code: points for code, points in parts.items() if points and code != left_blank} or {district: parts[district]}


def _points(numbers: list[str], by_lot: Random) -> dict[str, int]:
    shares = [share for share in ((3,), (2, 1), (1, 1, 1)) if len(share) <= len(numbers)]
    chosen = by_lot.choice(shares) if shares else ()
    return dict(zip(by_lot.sample(numbers, len(chosen)), chosen, strict=True))


def _sealed(vote: Vote, voter: Voter, choices: dict[str, dict[str, int]]) -> bytes:
    return envelopes.seal(envelopes.PlainBallot(vote.pk, choices, voter.age), bytes(vote.public_key or b""), "")


def _verify(vote: Vote, tokens: Sequence[str]) -> None:
    """Two complaints, one with its annulment asked for, and the case that the search finds."""
    first, _second = (actions.complain(token=tokens[place]) for place in (3, 8))
    actions.ask_annulment(
        ballot_code=first.ballot_code, reason="not_me", person=_two()[0],
        grounds="Osoba przyszła do Urzędu i oświadczyła, że nie głosowała (przykład na potrzeby demo).",
    )  # fmt: skip
    actions.look_for_anomalies(vote=vote)


def _open_ballots(vote: Vote) -> Vote:
    vote = actions.end_verification(vote=vote)
    actions.strip(vote=vote)
    actions.open_ballots(vote=vote, shares=_kept()[str(vote.pk)][:NEEDED])
    return vote


def _publish(vote: Vote) -> None:
    # Everything here is one transaction; the strip has made its checks immediate, and a count adds up at its end only.
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    actions.count_vote(vote=vote)
    actions.publish_vote(vote=vote)


@never_cache
@require_safe
def shares_page(request: HttpRequest) -> HttpResponse:
    """Shares of the made-up committees, for whoever plays the holders in the demo on this machine."""
    if not is_demo_on_this_machine(request):
        raise Http404
    kept = _kept()
    votes = [(vote, list(zip(FUNCTIONS, kept[str(vote.pk)], strict=False)))
             for vote in Vote.objects.filter(pk__in=[int(key) for key in kept]).select_related("edition")]  # fmt: skip
    return render(request, "demo/shares.html", {"votes": votes, "needed": NEEDED})

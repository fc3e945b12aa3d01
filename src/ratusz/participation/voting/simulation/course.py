"""The course of a simulated vote: every step by the action that a real vote uses, timed; at the end the truth is compared."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

from ratusz.foundation.kit.clock import database_now
from ratusz.participation.budget.models import Edition, PoolResult
from ratusz.participation.budget.published import VERIFIER, make_all_files
from ratusz.participation.voting import actions, observers
from ratusz.participation.voting.models import AnomalyCase, BallotCode, Vote
from ratusz.participation.voting.simulation import channels
from ratusz.participation.voting.simulation import edition as editions
from ratusz.participation.voting.simulation.casting import Truth, cast_all
from ratusz.participation.voting.simulation.residents import City, Resident, box, resident

GUESSED_PER_SECOND = 350
"""Ballots a second, for the hour of closing; where they are slower the vote is extended as after an outage."""
LEAST_SECONDS = 4
ANNULLED_PER_MILLE = 2
SECONDS_BETWEEN_HEADS = 10
IDENTITY = "pesel"
REASON = "Symulacja: głosy jeszcze wpływają."


@dataclass
class Simulation:
    """One run. `step(name)` is a context that shows progress and times (its `note` and `seconds`)."""

    voters: int
    seed: int
    step: Callable[[str], Any]
    size: editions.Size = field(default_factory=editions.Size)
    processes: int = 2
    seconds: dict[str, float] = field(default_factory=dict)
    truth: Truth = field(default_factory=Truth)

    def run(self, folder: Path) -> bool:
        """The whole vote; files go to `folder`. Whether everything agrees and a changed byte is found."""
        self.random = Random(self.seed)
        self._timed("Zasady, pule, projekty, zamrożona lista", self._prepare)
        self._timed("Ceremonia klucza, powtórzona ceremonia, próby", self._hold_ceremonies)
        self._timed("Rejestr głosujących z pliku, otwarcie głosowania, oświadczenia", self._open)
        self._timed(f"Oddawanie głosów: {self.voters}", self._cast)
        self._timed("Oczekiwanie na godzinę zamknięcia, zamknięcie, karty papierowe", self._close)
        self._timed("Zgłoszenia „to nie ja” i unieważnienia przez dwie osoby", self._annul)
        self._timed("Szukanie dziwnych głosów, rozpatrzenie", self._look)
        self._timed("Uzgodnienie spisu i kopert", lambda: self._now(actions.end_verification, person=self.people.chair))
        self._timed("Oddzielenie kopert od głosujących", lambda: self._now(actions.strip, person=self.people.chair))
        self._timed("Otwarcie głosów kluczem komisji", lambda: self._committee(actions.open_ballots, self.shares[1:4]))
        self._timed("Ponowne otwarcie przed obserwatorami", lambda: self._committee(actions.check_opening, self.shares[2:]))
        self._timed("Liczenie dwoma programami", lambda: self._now(actions.count_vote, person=self.people.coordinator))
        self._timed("Ogłoszenie wyniku", lambda: self._now(actions.publish_vote, person=self.people.head))
        self._timed("Protokół, otwarte dane, paczka dla obserwatorów", lambda: self._files(folder))
        self._timed("Sprawdzenie paczki programem sprawdzającym", self._verify)
        self._timed("Ta sama paczka ze zmienionym bajtem", self._tamper)
        self._timed("Porównanie wyniku z tym, co oddano", self._compare)
        return self.is_confirmed and self.is_tampering_found and not self.differences

    def _timed(self, name: str, work: Callable[[], Any]) -> None:
        with self.step(name) as step:
            self.shown = step
            begun = time.monotonic()
            work()
        self.seconds[name] = time.monotonic() - begun

    def _now(self, action: Callable[..., Any], **facts: Any) -> None:
        action(vote=self.vote, **facts)
        self.vote = Vote.objects.select_related("edition").get(pk=self.vote.pk)

    def _prepare(self) -> None:
        self.people = editions.make_people()
        self.edition = editions.make(self.size, self.people, self.random)
        pools = [
            (pool, box(pool.code, pool.projects.order_by("position").values_list("number", flat=True), self.seed))
            for pool in self.edition.pools.order_by("position")
        ]
        districts = [(each, pool.registered or 1) for pool, each in pools if not pool.is_city_wide]
        city = next(each for pool, each in pools if pool.is_city_wide)
        self.city = City(
            city, tuple(each for each, _people in districts), tuple(people for _each, people in districts), self.seed, self.voters
        )

    def _hold_ceremonies(self) -> None:
        """A first key that is tried and then given up, as when a holder leaves the committee; the second one stays."""
        self._hours()
        for _ceremony in range(2):
            self.shares = actions.hold_ceremony(
                vote=self.vote, needed=editions.NEEDED, functions=editions.COMMITTEE, person=self.people.chair
            )
            actions.drill(vote=self.vote, shares=self.shares[: editions.NEEDED], person=self.people.chair)

    def _hours(self) -> None:
        now = database_now()
        closes = now + timedelta(seconds=LEAST_SECONDS + self.voters / GUESSED_PER_SECOND)
        self.vote = actions.prepare_vote(
            edition=self.edition, opens_at=now, closes_at=closes, identity=IDENTITY, person=self.people.coordinator
        )

    def _open(self) -> None:
        people = self._residents()
        at_home = [resident(self.city, number) for number in range(self.voters, self.voters + self.voters // 2)]
        channels.bring_register(self.vote, people + at_home, self.people.coordinator, self.people.head)
        self._hours()
        self.vote = actions.open_vote(vote=self.vote, person=self.people.head)
        channels.declare(self.vote, [each for each in people if each.declares], self.people.coordinator)

    def _residents(self) -> list[Resident]:
        return [resident(self.city, number) for number in range(self.voters)]

    def _cast(self) -> None:
        self.last_head, clerks = time.monotonic(), (self.people.first_clerk, self.people.second_clerk)
        cards = channels.hand_out(self.vote, channels.on_paper(self._residents()))
        self.cards = len(cards)
        self.late_cards = {number: each for number, each in cards.items() if number % 2}
        in_time = {number: each for number, each in cards.items() if number not in self.late_cards}
        typed = channels.type_cards(self.vote, in_time, clerks, lambda: self._meanwhile(0))
        self.truth = cast_all(
            self.vote, self.city, self.voters, processes=self.processes, between=lambda done: self._meanwhile(done + self.cards)
        )
        self.truth.ballots |= typed

    def _meanwhile(self, done: int) -> None:
        """What the worker does beside a real vote, and the extension where the simulation is slow."""
        self.shown.note(f"{done} z {self.voters}")
        actions.chain_pending()
        if time.monotonic() - self.last_head > SECONDS_BETWEEN_HEADS:
            actions.sign_head(vote=self.vote)
            self.last_head = time.monotonic()
        if done < self.voters and (self.vote.closes_at - database_now()).total_seconds() < LEAST_SECONDS:
            later = database_now() + timedelta(seconds=LEAST_SECONDS + 1 + (self.voters - done) / GUESSED_PER_SECOND)
            self.vote = actions.extend_vote(vote=self.vote, closes_at=later, reason=REASON)

    def _close(self) -> None:
        while (left := (self.vote.closes_at - database_now()).total_seconds()) > 0:
            time.sleep(min(left, 1) + 0.01)
        self.vote = actions.close_vote(vote=self.vote)
        # Cards that were filled in before the close are typed until the verification ends.
        clerks = (self.people.first_clerk, self.people.second_clerk)
        self.truth.ballots |= channels.type_cards(self.vote, self.late_cards, clerks, lambda: None)
        actions.chain_pending()

    def _annul(self) -> None:
        """Complaints of some, half of them right; then a few ballots at random. One of five requests is refused."""
        self.annulled: set[str] = set()
        for place, (code, token) in enumerate(sorted(self.truth.tokens.items())):
            complaint = actions.complain(token=token)
            if is_right := place % 2 == 0:
                self._annul_one(code, "not_me", is_granted=True)
            said = "Głos unieważniono." if is_right else "To głos tej osoby."
            actions.decide_complaint(complaint=complaint, is_upheld=is_right, reasons=said, person=self.people.chair)
        others = sorted(self.truth.ballots.keys() - self.truth.tokens.keys())
        wanted = min(len(others), max(5, self.voters * ANNULLED_PER_MILLE // 1000))
        for place, code in enumerate(self.random.sample(others, wanted)):
            reason = ("false_declaration", "double_identity", "not_entitled")[place % 3]
            self._annul_one(code, reason, is_granted=place % 5 != 4)

    def _annul_one(self, code: str, reason: str, *, is_granted: bool) -> None:
        grounds, people = "Zmyślone ustalenia.", self.people
        asked = actions.ask_annulment(ballot_code=code, reason=reason, grounds=grounds, person=people.coordinator)
        actions.decide_annulment(annulment=asked, is_granted=is_granted, person=people.holder)
        if is_granted:
            self.annulled.add(code)

    def _look(self) -> None:
        """Whatever looks odd comes into a case and is looked at; here every one of these ballots is right."""
        self.odd = 0
        while found := actions.look_for_anomalies(vote=self.vote, person=self.people.chair):
            self.odd += found
            for case in self.vote.cases.exclude(state=AnomalyCase.State.ENDED):
                actions.quarantine(case=case, person=self.people.coordinator)
                actions.end_case(case=case, reasons="Zmyślone osoby, każda głosowała raz.", person=self.people.holder)

    def _committee(self, action: Callable[..., Any], shares: Sequence[str]) -> None:
        self._now(action, shares=shares, person=self.people.chair)

    def _files(self, folder: Path) -> None:
        self.edition = Edition.objects.get(pk=self.edition.pk)
        for place, pool in enumerate(self.edition.pools.select_related("edition", "result"), 1):
            self.shown.note(f"pula {place}")
            make_all_files(pool)
        observers.make_all_files(self.vote)
        folder.mkdir(parents=True, exist_ok=True)
        for name in observers.NAMES:
            shutil.copy(observers.folder_of(self.vote) / name, folder / name)
        self.bundle = folder / observers.BUNDLE

    def _verify(self) -> None:
        done = self._check(self.bundle)
        self.said, self.is_confirmed = done.stdout.splitlines(), done.returncode == 0

    def _check(self, path: Path) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-I", "-S", "-X", "utf8", str(VERIFIER), str(path)]
        return subprocess.run(command, capture_output=True, encoding="utf-8", check=False)

    def _tamper(self) -> None:
        content = bytearray(self.bundle.read_bytes())
        self.changed_at = self.random.randrange(len(content))
        content[self.changed_at] ^= 1 << self.random.randrange(8)
        path = self.bundle.with_name("paczka-zmieniona.zip")
        path.write_bytes(content)
        done = self._check(path)
        self.said_of_tampered = [line for line in done.stdout.splitlines() if "ŹLE" in line or "Nie można" in line]
        self.is_tampering_found = done.returncode != 0
        path.unlink()

    def _compare(self) -> None:
        counted = [number for code, number in self.truth.ballots.items() if code not in self.annulled]
        self.differences = differences(self.vote, [resident(self.city, number) for number in counted])
        if BallotCode.objects.filter(vote=self.vote, end="annulled").count() != len(self.annulled):
            self.differences.append("unieważnione")


def differences(vote: Vote, counted: Sequence[Resident]) -> list[str]:
    """Where published sums are not what these residents chose: parts of the ballot, points and voters of every project."""
    found = []
    tables = dict(vote.tables.values_list("name", "content"))
    parts = Counter(each.parts for each in counted)
    if tables["parts"] != {name: parts[name] for name in ("both", "local", "city")}:
        found.append(f"części karty: {tables['parts']}, oddano {dict(parts)}")
    points: Counter[str] = Counter()
    voters: Counter[str] = Counter()
    for each in counted:
        for given in each.choices.values():
            points.update(given)
            voters.update(given.keys())
    for result in PoolResult.objects.filter(pool__edition=vote.edition).prefetch_related("projects__project"):
        for end in result.projects.all():
            number = end.project.number
            if (end.points, end.voters) != (points[number], voters[number]):
                found.append(f"{number}: {end.points} i {end.voters}, oddano {points[number]} i {voters[number]}")
    return found

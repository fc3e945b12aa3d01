"""E9: whoever asks the vote's first pages about others learns nothing: unknown, known and voted get one text in one time.

Through the web server, the three kinds in random order, each try about another person from another connection.
"""

from __future__ import annotations

import http.client
import os
import random
import re
import statistics
import time
from collections import defaultdict
from datetime import date, timedelta
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode

from bench.ballot_rig import TOKEN, Rig

TRIES, TRIES_SHORT = 700, 60
MOST_MS = 5.0
WARM_UP = 30
REST = 4
"""Every which try goes on to the code, the ballot and the letter as well."""
KINDS = ("unknown", "known", "voted")
TOKENS = re.compile(rb'name="(?:csrfmiddlewaretoken|czyj)" value="[^"]{32,64}"')
FIRST_BORN = date(1940, 1, 1)


def main(short: bool) -> None:
    """Short: 60 tries of each kind instead of 700, which are 2,100 together."""
    os.environ["RATUSZ_TRUSTED_PROXIES"] = "127.0.0.1/32"
    tries = TRIES_SHORT if short else TRIES
    with Rig() as rig:
        rig.vote, people, letters = _set_up(tries + WARM_UP)
        base = f"/glosuj/{rig.vote.edition.slug}/pl/"
        rig.start_web()
        asker = Asker(rig.port, base)
        order = [(kind, place) for place in range(WARM_UP, tries + WARM_UP) for kind in KINDS]
        random.Random(9).shuffle(order)
        for kind, place in [*((kind, place) for place in range(WARM_UP) for kind in KINDS), *order]:
            asker.ask(kind, place, people[kind][place], letters[kind][place], is_counted=place >= WARM_UP)
        asker.tell(tries)


class Asker:
    """A browser that asks about one person after another."""

    def __init__(self, port: int, base: str):
        self.port, self.base, self.line = port, base, 0
        self.times: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
        self.texts: dict[str, set[Any]] = defaultdict(set)
        self.came_in = 0

    def ask(self, kind: str, place: int, pesel: str, number: str, *, is_counted: bool) -> None:
        """The number of a person, a code that is not theirs, the ballot without a code, a letter's number with a wrong code."""
        self.line += 1
        contact = f"{kind[0]}{place}@example.pl"  # as long for every kind
        asked = self._request("POST", "pesel/", {"pesel": pesel, "contact": contact})
        cookie = "; ".join(f"{name}={one.value}" for name, one in asked.cookies.items())
        assert str(asked.seen[1]).endswith("/kod/"), "every kind is asked for the code"
        answers = {"PESEL": asked}
        if place % REST == 0:
            self.came_in += self._request("GET", "karta/", {}, cookie).status != 403
            answers["wrong code"] = self._request("POST", "kod/", {"code": "1"}, cookie)
            typed = {"number": number, "secret": "AAAA-AAAA-AAAA-A", "contact": contact}
            answers["letter with a wrong code"] = self._request("POST", "list/", typed)
        for page, answer in answers.items():
            self.texts[page].add(answer.without(number, contact))
            if is_counted:
                self.times[page][kind].append(answer.seconds)

    def _request(self, method: str, page: str, form: dict[str, str], cookie: str = "") -> Answer:
        sender = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        headers = {
            "Content-Type": "application/x-www-form-urlencoded", "Host": "localhost", "Cookie": f"csrftoken={TOKEN}; {cookie}",
            "X-Forwarded-For": f"10.{self.line >> 16 & 255}.{self.line >> 8 & 255}.{self.line & 255}",
        }  # fmt: skip
        body = urlencode({"csrfmiddlewaretoken": TOKEN, **form}) if method == "POST" else None
        sender.connect()
        began = time.perf_counter()
        sender.request(method, self.base + page, body, headers)
        answer = sender.getresponse()
        content = answer.read()
        seconds = time.perf_counter() - began
        sender.close()
        return Answer(answer, TOKENS.sub(b"", content), seconds)

    def tell(self, tries: int) -> None:
        """What was seen, beside the limit."""
        print(f"{tries} tries of each of {len(KINDS)} kinds; of every {REST}th the other pages too; client and server together")
        for page, times in self.times.items():
            medians = {kind: statistics.median(times[kind]) * 1000 for kind in KINDS}
            apart, texts = max(medians.values()) - min(medians.values()), len(self.texts[page])
            shown = ", ".join(f"{kind} {ms:.2f} ms" for kind, ms in medians.items())
            verdict = "met" if apart < MOST_MS and texts == 1 else "TELLS"
            print(f"{page}: medians {shown}; apart {apart:.2f} ms, limit {MOST_MS:g} ms; different texts {texts}: {verdict}")
        print(f"came to the ballot without the code: {self.came_in}: {'met' if not self.came_in else 'OPEN'}")


class Answer:
    """One answer: what somebody can see of it, and how long it took."""

    def __init__(self, answer: http.client.HTTPResponse, content: bytes, seconds: float):
        self.status, self.seconds = answer.status, seconds
        self.cookies: SimpleCookie = SimpleCookie()
        for header in answer.headers.get_all("Set-Cookie") or []:
            self.cookies.load(header)
        lengths = tuple(sorted((name, len(one.value)) for name, one in self.cookies.items()))
        self.seen = (answer.status, answer.headers["Location"], lengths)
        self.content = content

    def without(self, *typed: str) -> tuple[Any, ...]:
        """What can be seen, but for what the asker typed."""
        content = self.content
        for each in typed:
            content = content.replace(each.encode(), b"")
        return (*self.seen, content)


def _set_up(number: int) -> tuple[Any, dict[str, list[str]], dict[str, list[str]]]:
    """A vote by PESEL with twice so many people in its register; half of them have voted. And numbers of letters of each kind."""
    from ratusz.participation.voting import residents
    from ratusz.participation.voting.actions import cast_into, make_letters
    from ratusz.participation.voting.factories import number as project
    from ratusz.participation.voting.factories import open_vote_on
    from ratusz.participation.voting.tests.people import csv_of, pesel, staff, take

    vote = open_vote_on(identity="pesel")
    numbers = [pesel(FIRST_BORN + timedelta(days=day)) for day in range(3 * number)]
    people = {kind: numbers[place * number : (place + 1) * number] for place, kind in enumerate(KINDS)}
    written = [
        f"{each};1;Osoba {place};Wymyślona {place};40-001 Katowice" for place, each in enumerate(people["known"] + people["voted"])
    ]
    heading = "PESEL;Dzielnica;Imię i nazwisko;Ulica i numer;Kod i miejscowość"
    take(vote, csv_of(*[line.rpartition(";Osoba")[0] for line in written]))
    made = make_letters(vote=vote, content=csv_of(*written, heading=heading), person=staff())
    by_street = {letter.street: letter.codes[0].number for letter in made.letters}
    taken = [by_street[f"Wymyślona {place}"] for place in range(2 * number)]
    free = [each for each in (f"{n:09}" for n in range(100_000_000, 100_000_000 + 2 * number)) if each not in set(taken)]
    letters = {"unknown": free[:number], "known": taken[:number], "voted": taken[number:]}
    for each in people["voted"]:
        key = residents.key_by_pesel(vote.pk, _read(each))
        choices = {"M": {project(vote.edition, "M", 1): 1}}
        cast_into(vote=vote, voter_key=key, choices=choices, channel="web", idempotency_key=each)
    return vote, people, letters


def _read(number: str) -> Any:
    from ratusz.foundation.kit.clock import database_now
    from ratusz.foundation.kit.dates import local_day
    from ratusz.foundation.kit.pesel import read_pesel

    return read_pesel(number, local_day(database_now()))

"""All routes of the URLconf, an example address for each, and who is let in."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.test import Client
from django.urls import Resolver404, URLPattern, get_resolver, resolve
from django.urls.resolvers import LocalePrefixPattern
from django.utils.regex_helper import normalize

from ratusz.foundation.people.middleware import is_staff_view

TABLE = Path(__file__).with_name("routes.tsv")
SAMPLES = [
    "1",
    "x",
    "",
    "json",
    "x/",
    "pl",
    "00000000-0000-4000-8000-000000000000",
    "2026",
    "aaaaaaaaaaaa",
    "x.css",
    "users",
    "1-x",
    "ratusz.css",
]


@dataclass(frozen=True)
class Route:
    """One route and an address that reaches it ("" when no sample fits)."""

    pattern: str
    address: str
    view: object

    @property
    def is_staff(self) -> bool:
        request = type("Asked", (), {"path": self.address or "/" + self.pattern})
        return is_staff_view(request, self.view)


def all_routes() -> list[Route]:
    found = {pattern: (regex, view) for pattern, regex, view in _walk(get_resolver().url_patterns, "", "")}
    return [Route(pattern, _address(pattern, regex), view) for pattern, (regex, view) in sorted(found.items())]


def _walk(patterns, before: str, regex_before: str) -> Iterator[tuple[str, str, object]]:
    for entry in patterns:
        shown = before + _shown(entry.pattern)
        regex = regex_before + entry.pattern.regex.pattern.lstrip("^").replace(r"\A", "")
        if isinstance(entry, URLPattern):
            yield shown, regex, entry.callback
        else:
            yield from _walk(entry.url_patterns, shown, regex)


def _shown(pattern) -> str:
    return "" if isinstance(pattern, LocalePrefixPattern) else str(pattern).lstrip("^")


def _address(pattern: str, regex: str) -> str:
    for shape, names in normalize(regex.replace(r"\Z", "$")):
        for values in itertools.islice(itertools.product(SAMPLES, repeat=min(len(names), 3)), 1500):
            filled = dict(zip(names, [*values, *["1"] * len(names)], strict=False))
            address = "/" + shape % filled
            try:
                if _same(resolve(address).route, pattern):
                    return address
            except Resolver404:
                continue
    return ""


def _same(route: str, pattern: str) -> bool:
    def plain(text: str) -> str:
        return re.sub(r"[\^$]", "", text)

    return plain(route) == plain(pattern)


def outcome(client: Client, address: str) -> str:
    """open, login (sent to sign in), second (sent for the second factor), refused, or the number of a server error."""
    answer = client.get(address)
    for close in answer._resource_closers:
        # Not answer.close(): outside a request that would close the test's database connection too.
        close()
    if answer.status_code >= 500:
        return str(answer.status_code)
    if answer.status_code == 403:
        return "refused"
    if answer.status_code in (301, 302):
        return _where(answer.url)
    return "open"


def _where(url: str) -> str:
    if url.startswith(("/konto/login/", "/konto/reauthenticate/")):
        return "login"
    if url.startswith(("/konto/drugi-skladnik/", "/konto/2fa/reauthenticate/")):
        return "second"
    # Wagtail answers a missing permission by its home page and a message.
    return "refused" if url == "/admin/" else "open"


def table() -> dict[str, tuple[str, str]]:
    """pattern -> (for anonymous, roles let in)."""
    lines = [line.split("\t") for line in TABLE.read_text().splitlines()[1:]]
    return {pattern: (anonymous, roles) for pattern, anonymous, roles in lines}

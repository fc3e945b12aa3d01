"""Pages of remarks in Ukrainian, which the rest of the portal does not speak: its links lead to the Polish pages."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse
from django.utils.translation import override

UKRAINIAN = "uk"


def in_ukrainian(page: Callable[[], HttpResponse]) -> HttpResponse:
    """The page in Ukrainian. The portal has no addresses under /uk/."""
    with override(UKRAINIAN):
        answer = page()
    answer.headers.setdefault("Content-Language", UKRAINIAN)
    if leads := answer.headers.get("Location"):
        answer.headers["Location"] = leads.removeprefix(f"/{UKRAINIAN}")
    elif answer.headers.get("Content-Type", "").startswith("text/html"):
        answer.content = answer.content.replace(b'"/uk/', b'"/')
    return answer

"""Languages of public forms beyond those of the portal: a form speaks Ukrainian at its own address with `?jezyk=uk`.

Polish and English are the portal's own (/ and /en/). A form that shall speak Ukrainian wears `@also_in_ukrainian`, shows
`{% form_languages %}`, and its module has a catalogue locale/uk; a word that is missing there is shown in Polish.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language, override

UKRAINIAN = "uk"
PARAMETER = "jezyk"
NAMES = {"pl": "Polski", "en": "English", UKRAINIAN: "Українська"}
View = Callable[..., HttpResponse]


def in_ukrainian(page: Callable[[], HttpResponse]) -> HttpResponse:
    """The page in Ukrainian. The portal has no addresses under /uk/, so its links lead to the Polish pages."""
    with override(UKRAINIAN):
        answer = page()
    answer.headers.setdefault("Content-Language", UKRAINIAN)
    if leads := answer.headers.get("Location"):
        answer.headers["Location"] = portal_path(leads)
    elif answer.headers.get("Content-Type", "").startswith("text/html"):
        answer.content = answer.content.replace(b'"/uk/', b'"/')
    return answer


def also_in_ukrainian(view: View) -> View:
    """The view speaks Ukrainian where its address says so; the page it leads to is asked to as well."""

    @wraps(view)
    def speaking(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
        if request.GET.get(PARAMETER) != UKRAINIAN:
            return view(request, *args, **named)
        answer = in_ukrainian(lambda: view(request, *args, **named))
        if leads := answer.headers.get("Location"):
            answer.headers["Location"] = f"{leads}{'&' if '?' in leads else '?'}{PARAMETER}={UKRAINIAN}"
        return answer

    return speaking


def portal_path(path: str) -> str:
    """The address of a page that speaks no Ukrainian at an address of its own: the portal has none under /uk/."""
    return path.removeprefix(f"/{UKRAINIAN}")


def path_in_spoken_language(path_of: Callable[[], str]) -> str:
    """The address of a page for a message: it opens in the language in which the message is written now."""
    language = get_language() or "pl"
    with override("pl"):
        path = path_of()
    return {"en": f"/en{path}", UKRAINIAN: f"{path}?{PARAMETER}={UKRAINIAN}"}.get(language, path)


def links_of(path: str, current: str) -> list[tuple[str, str, str]]:
    """(language, its own name, address) of the same form in the other languages."""
    plain = path.removeprefix("/en") if path.startswith("/en/") else path
    addresses = {"pl": plain, "en": f"/en{plain}", UKRAINIAN: f"{plain}?{PARAMETER}={UKRAINIAN}"}
    return [(code, NAMES[code], address) for code, address in addresses.items() if code != current]

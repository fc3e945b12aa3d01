"""A real browser for the harnesses: the system's Chromium, what it refused by policy, whom it asked, how wide and heavy a page is."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_core_python.sync_playwright import Axe
from django.contrib.staticfiles import handlers
from django.contrib.staticfiles.views import serve

FLAGS = [
    "--no-sandbox", "--headless", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
AXE_OPTIONS = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "EN-301-549"],
    "resultTypes": ["violations"],  # Describing each element that passed takes half of the time.
}
LISTEN = """
window.__refused = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.__refused.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile || ""}:${event.lineNumber} ${event.sample}`));
"""
WIDTH = "document.documentElement.scrollWidth > document.documentElement.clientWidth ? document.documentElement.scrollWidth : 0"


def chromium_path() -> str:
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not found:
        pytest.skip("no Chromium on this machine: install the system's package chromium")
    return found


@dataclass
class Seen:
    """What was found wrong on the pages visited, as lines fit for a test's message."""

    problems: list[str] = field(default_factory=list)
    visits: int = 0

    def add(self, where: str, what: str) -> None:
        self.problems.append(f"{where}: {what}")


@contextmanager
def browser() -> Iterator[Any]:
    """A started Chromium. Playwright keeps an event loop in the thread, which Django takes for async code: hence the variable.

    Within the loop Django opens a connection of its own, which outlives this block and would meet the next test dead, because
    the database is made anew in between: so it is closed here.
    """
    from django.db import connections
    from playwright.sync_api import sync_playwright

    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        patch.setattr(handlers, "serve", _kept_by_the_browser)
        chromium = playwright.chromium.launch(executable_path=chromium_path(), args=FLAGS)
        try:
            yield chromium
        finally:
            connections.close_all()
            chromium.close()


def _kept_by_the_browser(*args: Any, **options: Any) -> Any:
    """As `ratusz serve` says of the files of styles and scripts; without it each page of a walk asks for twenty of them anew."""
    answer = serve(*args, **options)
    answer.headers["Cache-Control"] = "max-age=600"
    return answer


@contextmanager
def watched_page(
    chromium: Any, seen: Seen, *, width: int, host: str, cookies: list[dict] | None = None, **options: Any
) -> Iterator[Any]:
    """A page of the given width that notes requests to other hosts and errors of scripts."""
    context = chromium.new_context(viewport={"width": width, "height": 900}, **options)
    context.add_init_script(LISTEN)
    if cookies:
        context.add_cookies(cookies)
    page = context.new_page()
    page.on("request", lambda request: _note_foreign(seen, page.url, request.url, host))
    page.on("pageerror", lambda error: seen.add(page.url, f"script error: {error}"))
    yield page
    context.close()


def _note_foreign(seen: Seen, where: str, url: str, host: str) -> None:
    parts = urlsplit(url)
    if parts.scheme in ("http", "https", "ws", "wss") and parts.netloc != host:
        seen.add(where, f"asked another host: {url}")


def refused_by_policy(page: Any) -> list[str]:
    """What the content security policy refused on the page so far."""
    return page.evaluate("window.__refused || []")


def axe_problems(page: Any) -> list[str]:
    """Violations of WCAG A and AA found by axe, one line each with its first element."""
    results = Axe().run(page, options=AXE_OPTIONS)
    return [f"axe {found['id']}: {found['nodes'][0]['html'][:160]} ({len(found['nodes'])}×)" for found in results["violations"]]

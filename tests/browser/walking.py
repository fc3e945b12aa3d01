"""A walk over pages in a browser, whatever is wrong on one noted; and a long way in which one person after another does their part."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import ExitStack
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.test import Client

from ratusz.foundation.people.models import User
from tests.harness.browser import WIDTH, Seen, axe_problems, refused_by_policy, watched_page
from tests.harness.signing_in import sign_in_staff

WIDTHS = (390, 1440)
"""A telephone and a desk."""


def look(page: Any, seen: Seen, path: str, widths: Iterable[int] = WIDTHS) -> None:
    """Notes what is refused, too wide or, on a public page, out of reach; one load is looked at in each width.

    RATUSZ_PICTURES names a folder for whoever wants to see.
    """
    before = page.viewport_size
    for width in widths:
        page.set_viewport_size({**before, "width": width})
        _look_at_one_width(page, seen, path, width)
    page.set_viewport_size(before)
    for refused in refused_by_policy(page):
        seen.add(path, f"refused by policy: {refused}")


def _look_at_one_width(page: Any, seen: Seen, path: str, width: int) -> None:
    if folder := os.environ.get("RATUSZ_PICTURES"):
        page.screenshot(path=f"{folder}/{width}{path.partition('?')[0].replace('/', '_')[:70]}.png", full_page=True)
    if too_wide := page.evaluate(WIDTH):
        seen.add(path, f"{too_wide} px wide at {width}")
    if "/admin/" not in page.url:
        for problem in axe_problems(page):
            seen.add(path, f"{problem} at {width}")


def look_at_each(page: Any, seen: Seen, url: str, paths: Iterable[str]) -> None:
    """Opens page after page and looks at it."""
    for path in paths:
        page.goto(url + path)
        look(page, seen, path)


def walk(chromium: Any, seen: Seen, url: str, paths: Iterable[str], cookies: Iterable[dict] = ()) -> None:
    """Looks at pages in a window of their own, as whoever the cookies sign in."""
    host = urlsplit(url).netloc
    with watched_page(chromium, seen, width=WIDTHS[0], host=host, cookies=list(cookies), locale="pl-PL") as page:
        look_at_each(page, seen, url, paths)


def cookies_of(client: Client, url: str) -> list[dict]:
    """The session of a test's client, for a browser at that address."""
    name = settings.SESSION_COOKIE_NAME
    return [{"name": name, "value": client.cookies[name].value, "url": url}]


class Walk:
    """Residents have a telephone each; accounts of the demo keep their desk, as opening one takes longer than most deeds."""

    def __init__(self, chromium: Any, url: str, open_things: ExitStack) -> None:
        self.chromium, self.url, self.seen, self.open_things = chromium, url, Seen(), open_things
        self.desks: dict[str, Any] = {}

    def desk(self, role: str, path: str = "") -> Any:
        """The signed-in page of a role, at an address."""
        if role not in self.desks:
            client = Client()
            sign_in_staff(client, User.objects.get(email__startswith=role.replace("_", "-") + "@"))
            self.desks[role] = self._page(1440, cookies_of(client, self.url))
        if path:
            self.desks[role].goto(self.url + path)
        return self.desks[role]

    def phone(self, cookies: Iterable[dict] = ()) -> Any:
        """A resident's own page, 390 px wide."""
        return self._page(390, cookies)

    def _page(self, width: int, cookies: Iterable[dict]) -> Any:
        host = urlsplit(self.url).netloc
        made = watched_page(self.chromium, self.seen, width=width, host=host, cookies=list(cookies), locale="pl-PL")
        return self.open_things.enter_context(made)

    def press(self, page: Any, deed: str, **facts: Any) -> None:
        """Fills and sends the form of one deed; a true value ticks a box."""
        form = f"form:has([name=deed][value={deed}])"
        for name, value in facts.items():
            self.fill(page.locator(f"{form} [name='{name}']"), value)
        page.click(f"{form} button[type=submit]")

    @staticmethod
    def fill(field: Any, value: Any) -> None:
        """One field, whatever its kind."""
        if value is True:
            field.check()
        elif field.evaluate("each => each.tagName") == "SELECT":
            field.select_option(**value) if isinstance(value, dict) else field.select_option(value)
        else:
            field.fill(value)

    def look(self, page: Any) -> str:
        """Notes what is refused, too wide or out of reach; gives the words of the page."""
        look(page, self.seen, urlsplit(page.url).path, [page.viewport_size["width"]])
        return page.inner_text("main")

"""One browser in which one person after another does their part of a long way; whatever is wrong on a page is noted."""

from __future__ import annotations

from contextlib import ExitStack
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.test import Client

from ratusz.foundation.people.models import User
from tests.harness.browser import WIDTH, Seen, axe_problems, refused_by_policy, watched_page
from tests.harness.signing_in import sign_in_staff


class Walk:
    """Residents have a telephone each; accounts of the demo keep their desk, as opening one takes longer than most deeds."""

    def __init__(self, chromium: Any, url: str, open_things: ExitStack) -> None:
        self.chromium, self.url, self.seen, self.open_things = chromium, url, Seen(), open_things
        self.desks: dict[str, Any] = {}

    def desk(self, role: str, path: str = "") -> Any:
        """The signed-in page of a role, at an address."""
        if role not in self.desks:
            client, name = Client(), settings.SESSION_COOKIE_NAME
            sign_in_staff(client, User.objects.get(email__startswith=role.replace("_", "-") + "@"))
            self.desks[role] = self._page(1440, ({"name": name, "value": client.cookies[name].value, "url": self.url},))
        if path:
            self.desks[role].goto(self.url + path)
        return self.desks[role]

    def phone(self, cookies: tuple[dict, ...] = ()) -> Any:
        """A resident's own page, 390 px wide."""
        return self._page(390, cookies)

    def _page(self, width: int, cookies: tuple[dict, ...]) -> Any:
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
        if too_wide := page.evaluate(WIDTH):
            self.seen.add(page.url, f"{too_wide} px wide")
        for refused in refused_by_policy(page):
            self.seen.add(page.url, f"refused by policy: {refused}")
        if "/admin/" not in page.url:
            for problem in axe_problems(page):
                self.seen.add(page.url, problem)
        return page.inner_text("main")

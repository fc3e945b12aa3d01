"""Surveys in a real browser, with the demo city's own: every kind of question, results with maps, what staff see; nothing too wide."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.urls import reverse

from ratusz.demo import parking, people, surveys, territory
from ratusz.foundation.kit.clock import database_now
from ratusz.participation.surveys.actions import ask_export
from ratusz.participation.surveys.models import Survey
from tests.browser.walking import cookies_of, look, look_at_each, walk
from tests.harness.browser import Seen, browser, watched_page

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_screens(transactional_db, live_server, staff_client, client):
    for load in (people.load, territory.load, surveys.load, parking.load):
        load(lambda words: None)
    park, cars = Survey.objects.get(slug=surveys.EVERY), Survey.objects.get(slug=parking.SLUG)
    staff = staff_client("head")
    ask_export(survey=park, kind="xlsx", person=staff.person)
    card = park.paper_batches.get().paper_cards.order_by("number")[1]
    public = [
        reverse("surveys:surveys"), park.get_absolute_url(), reverse("answer:start", args=[park.slug, "pl"]),
        reverse("answer:start", args=[park.slug, "uk"]), reverse("answer:start", args=[surveys.PARKING, "pl"]),
        reverse("surveys:results", args=[cars.slug]),
    ]  # fmt: skip
    inside = [reverse("surveys_list"), reverse("surveys_population"), reverse("surveys_card", args=[card.pk])]
    for name in ("survey", "questions", "preview", "results", "heard", "exports", "paper"):
        inside.append(reverse(f"surveys_{name}", args=[park.pk]))
    url, seen = live_server.url, Seen()
    with browser() as chromium:
        with watched_page(chromium, seen, width=390, host=urlsplit(url).netloc, locale="pl-PL") as page:
            look_at_each(page, seen, url, public)
            page.goto(url + public[2])
            page.locator("textarea[name=p12]").fill("50.2600, 19.0200")
            page.get_by_role("button", name="Dodaj następne miejsce").click()
            page.get_by_text("Zaznaczone do tej pory").wait_for()
            look(page, seen, "/miejsca/")
            Survey.objects.filter(pk=park.pk).update(closed_at=database_now(), close_reason="Koniec przykładu.")
            park.paper_batches.get().paper_cards.update(state="rejected", reason="N05", submission=None)
            look_at_each(page, seen, url, [reverse("surveys:results", args=[park.slug])])
        walk(chromium, seen, url, inside, cookies_of(staff, url))
    if folder := os.environ.get("RATUSZ_PICTURES"):
        for path in (reverse("answer:paper", args=[park.slug]), reverse("surveys:results-pdf", args=[cars.slug])):
            Path(folder, path.replace("/", "_")).write_bytes(client.get(path).content)
    assert seen.problems == []

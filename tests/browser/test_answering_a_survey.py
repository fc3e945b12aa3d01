"""A survey of every kind of question in a real browser: accessible, within the policy, answered with the keyboard and the mouse."""

from urllib.parse import urlsplit

import pytest

from ratusz.participation.surveys import terms
from ratusz.participation.surveys.factories import make_survey
from ratusz.participation.surveys.models import Answer
from tests.harness.browser import WIDTH, Seen, axe_problems, browser, refused_by_policy, watched_page

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_every_kind_of_question_is_answered_and_the_page_is_accessible(transactional_db, live_server, settings):
    settings.RATUSZ_PROOF_BITS = 4
    survey = make_survey(terms.library()["wszystkie"].content)
    seen, host = Seen(), urlsplit(live_server.url).netloc
    with browser() as chromium:
        for width in (390, 1440):
            with watched_page(chromium, seen, width=width, host=host) as page:
                page.goto(f"{live_server.url}/ankieta/{survey.slug}/pl/")
                _look(page, seen, f"form {width}")
                page.get_by_label("Tak", exact=True).first.check()
                page.get_by_label("spacer").check()
                page.get_by_role("button", name="Wyślij odpowiedź").click()
                page.wait_for_url("**/dziekujemy/**")
                _look(page, seen, f"receipt {width}")
    assert seen.problems == []
    assert [each.content["p2"] for each in Answer.objects.all()] == ["yes", "yes"]


def _look(page, seen: Seen, where: str) -> None:
    for problem in [*axe_problems(page), *refused_by_policy(page)]:
        seen.add(where, problem)
    if wide := page.evaluate(WIDTH):
        seen.add(where, f"{wide} px wide")

"""Initiatives, hearings and debates in a real browser, with the demo city's own: nothing refused, too wide or out of reach."""

from __future__ import annotations

import pytest
from django.urls import reverse

from ratusz.demo import initiatives, people, self_government, territory, website
from ratusz.participation.initiatives.factories import make_debate
from ratusz.participation.initiatives.models import CommitteeNotice, Debate, Hearing, Initiative
from tests.browser.walking import cookies_of, walk
from tests.harness.browser import Seen, browser

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.mark.long
def test_screens(transactional_db, live_server, staff_client):
    for load in (territory.load, people.load, website.load_portal, initiatives.load, self_government.load):
        load(lambda words: None)
    make_debate(in_days=400)
    seen = Seen()
    with browser() as chromium:
        walk(chromium, seen, live_server.url, _public())
        walk(chromium, seen, live_server.url, _staff(), cookies_of(staff_client("editor"), live_server.url))
    assert seen.problems == []


def _public() -> list[str]:
    coming = Hearing.objects.get(handed_at=None)
    past = Hearing.objects.exclude(handed_at=None).get()
    things = [*Debate.objects.all(), coming, past, Initiative.objects.first()]
    return [
        reverse("initiatives:register"), reverse("initiatives:notice"), reverse("hearings:register"),
        reverse("hearings:write", args=[coming.slug]), coming.meeting.public_path, reverse("meetings:sign-up", args=[coming.meeting_id]),
        reverse("debates:register"), reverse("debates:file", args=[Debate.objects.latest("year").year]), *(thing.get_absolute_url() for thing in things),
    ]  # fmt: skip


def _staff() -> list[str]:
    hearing, debate = Hearing.objects.get(handed_at=None), Debate.objects.earliest("year")
    return [
        reverse("initiatives_register"), reverse("initiatives_initiative", args=[Initiative.objects.first().pk]),
        reverse("initiatives_notices"), reverse("initiatives_notice", args=[CommitteeNotice.objects.get().pk]),
        reverse("initiatives_hearings"), reverse("initiatives_plan_hearing"), reverse("initiatives_hearing", args=[hearing.pk]),
        reverse("initiatives_hearing_opinion", args=[hearing.pk, 3]), reverse("initiatives_debates"),
        reverse("initiatives_new_debate"), reverse("initiatives_debate", args=[debate.pk]),
        reverse("initiatives_enter_entry", args=[debate.pk]),
        reverse("initiatives_debate_entry", args=[debate.pk, debate.entries.first().pk]), reverse("initiatives_councils"),
        reverse("initiatives_council", args=[12]),
    ]  # fmt: skip

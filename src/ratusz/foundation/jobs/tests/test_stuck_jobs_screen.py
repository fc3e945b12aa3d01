"""Staff with the second factor see what got stuck, and nobody else does."""

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.harness.signing_in import sign_in_staff

from ratusz.foundation.jobs import actions, rules
from ratusz.foundation.jobs.models import DueJob, State
from ratusz.foundation.jobs.queries import moves_of
from ratusz.foundation.kit.clock import database_now

pytestmark = pytest.mark.django_db


def park(count):
    for _ in range(count):
        job = actions.plan(action="jobs.forget_finished")
        DueJob.objects.filter(pk=job.pk).update(state=State.PARKED, attempts=8, last_error="builtins.LookupError")


def test_a_stuck_job_is_shown_and_tried_again(client):
    boss = sign_in_staff(client)
    park(1)
    page = client.get("/admin/jobs/").text
    assert "Usunięcie zakończonych zadań" in page
    assert "builtins.LookupError" in page
    assert [move.what for move in moves_of(boss, database_now())] == ["Zajrzyj do 1 zadania, które utknęło"]
    client.post(f"/admin/jobs/{DueJob.objects.get().pk}/", {"deed": "retry"})
    assert DueJob.objects.get().state == State.WAITING
    DueJob.objects.update(state=State.PARKED)
    client.post(f"/admin/jobs/{DueJob.objects.get().pk}/", {"deed": "drop"})
    assert DueJob.objects.get().state == State.CANCELLED
    assert list(moves_of(boss, database_now())) == []


def test_one_and_three_stuck_jobs_cost_the_same_queries(client):
    sign_in_staff(client)
    client.get("/admin/jobs/")
    counts = []
    for number in (1, 2):
        park(number)
        with CaptureQueriesContext(connection) as queries:
            client.get("/admin/jobs/")
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("page", ["jobs", "outbox", "suppressions", "letters", "quarantine"])
def test_the_screens_open_for_the_administrator_and_not_for_a_stranger(client, page):
    stranger = sign_in_staff(client, get_user_model().objects.create_user("stranger@example.pl", is_staff=True))
    assert client.get(f"/admin/{page}/").status_code in (302, 403)
    assert list(moves_of(stranger, database_now())) == []
    sign_in_staff(client)
    assert client.get(f"/admin/{page}/").status_code == 200


def test_an_account_that_was_closed_sees_nothing(client):
    boss = sign_in_staff(client)
    assert rules.may(boss, "see_parked")
    boss.is_active = False
    assert not rules.may(boss, "see_parked")

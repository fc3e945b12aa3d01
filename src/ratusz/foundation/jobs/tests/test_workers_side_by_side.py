"""Several workers and tickers as processes: each job once, each occurrence once, a killed worker's job comes back."""

import signal
import time
from datetime import timedelta

import pytest
from django.db import connection

from ratusz.foundation.jobs import actions
from ratusz.foundation.jobs.models import DueJob, ScheduleMark, State
from ratusz.foundation.jobs.registry import JobAction, job_actions
from ratusz.foundation.jobs.testing import start_process
from ratusz.foundation.kit.clock import database_now

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.faults]  # each test starts processes of its own

WORKER = """

from django.db import connection
from ratusz.foundation.jobs import actions
from ratusz.foundation.jobs.registry import register_action
def note(n):
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO test_notes VALUES (%s)", [n])
register_action("test.note", note, what="")
while actions.run_due(limit=5):
    pass
"""
SLOW_WORKER = """
import time
from datetime import timedelta
from ratusz.foundation.jobs import actions
from ratusz.foundation.jobs.registry import register_action
def slow():
    print("working", flush=True)
    time.sleep(60)
register_action("test.slow", slow, what="", lease=timedelta(seconds=1))
actions.run_due()
"""
TICKER = """
from datetime import timedelta
from ratusz.foundation.jobs import actions
from ratusz.foundation.jobs.rules import PeriodicWork
works = [PeriodicWork(name=f"w{n}", action="jobs.forget_finished", every=timedelta(hours=1)) for n in range(20)]
print(sum(actions.tick(schedule=works) for _ in range(5)))
"""


@pytest.fixture
def notes():
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE test_notes (n integer)")
    yield lambda: _column("SELECT n FROM test_notes ORDER BY n")
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE test_notes")


def _column(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return [row[0] for row in cursor.fetchall()]


@pytest.fixture(autouse=True)
def known_actions(monkeypatch):
    for name in ("test.note", "test.slow"):
        monkeypatch.setitem(job_actions._entries, name, JobAction(run=lambda **_: None, what="", lease=timedelta(seconds=1)))


def test_two_workers_share_the_jobs_and_do_each_once(notes):
    for n in range(60):
        actions.plan(action="test.note", arguments={"n": n})
    workers = [start_process(WORKER) for _ in range(2)]
    outcomes = [worker.communicate(timeout=60) + (worker.returncode,) for worker in workers]
    assert [outcome[2] for outcome in outcomes] == [0, 0], outcomes
    assert notes() == list(range(60))
    assert set(DueJob.objects.values_list("state", "attempts")) == {("done", 1)}


def test_two_tickers_plan_each_occurrence_once():
    hour_ago = database_now() - timedelta(hours=1)
    ScheduleMark.objects.bulk_create([ScheduleMark(name=f"w{n}", planned_until=hour_ago) for n in range(20)])
    tickers = [start_process(TICKER) for _ in range(2)]
    planned = [int(ticker.communicate(timeout=60)[0]) for ticker in tickers]
    assert sum(planned) == 20
    assert DueJob.objects.count() == 20


def test_the_job_of_a_killed_worker_is_taken_back_and_done():
    job = actions.plan(action="test.slow")
    worker = start_process(SLOW_WORKER)
    assert worker.stdout.readline() == "working\n"
    job.refresh_from_db()
    assert job.state == State.RUNNING
    while job.lease_until >= database_now():
        time.sleep(0.1)
    assert actions.sweep() == 0, "a job still being done is not taken away, however long it takes"
    worker.send_signal(signal.SIGKILL)
    worker.communicate(timeout=10)
    # The server needs a moment to see that its client is gone.
    assert any(actions.sweep() or time.sleep(0.1) for _ in range(100))
    DueJob.objects.update(due_at=database_now())
    assert actions.run_due() == 1
    job.refresh_from_db()
    assert (job.state, job.attempts, job.last_error) == ("done", 2, "")

"""Jobs are planned with their cause, run once, rest after failures, are parked in the end and come back from dead workers."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from ratusz.foundation.jobs import actions, rules
from ratusz.foundation.jobs.models import DueJob, State
from ratusz.foundation.jobs.registry import JobAction, job_actions
from ratusz.foundation.kit.clock import database_now

pytestmark = pytest.mark.django_db
User = get_user_model()


@pytest.fixture
def action(monkeypatch):
    """Registers an action for one test."""

    def register(run, **options):
        monkeypatch.setitem(job_actions._entries, "test.deed", JobAction(run=run, what="test", **options))

    return register


def state(job):
    job.refresh_from_db()
    return job.state, job.attempts, job.last_error


def make_due():
    DueJob.objects.filter(state=State.WAITING).update(due_at=database_now() - timedelta(seconds=1))


def test_a_due_job_runs_once_with_its_ids(action):
    seen = []
    action(lambda **ids: seen.append(ids))
    now = database_now()
    job = actions.plan(action="test.deed", at=now, arguments={"project": 7, "rows": [1, 2]})
    later = actions.plan(action="test.deed", at=now + timedelta(hours=1))
    assert [actions.run_due(), actions.run_due()] == [1, 0]
    assert seen == [{"project": 7, "rows": [1, 2]}]
    assert state(job) == ("done", 1, "")
    assert state(later) == ("waiting", 0, "")


def test_a_plan_goes_back_with_its_cause(action):
    action(lambda: None)
    with pytest.raises(RuntimeError), transaction.atomic():
        actions.plan(action="test.deed")
        raise RuntimeError
    assert DueJob.objects.count() == 0


@pytest.mark.parametrize("value", ["jan@example.pl", "Jan Kowalski", "x" * 81, {"a": 1}, 1.5, [["a"]]])
def test_only_ids_may_lie_in_the_queue(action, value):
    action(lambda **_: None)
    with pytest.raises(rules.NotAnId):
        actions.plan(action="test.deed", arguments={"it": value})


def test_an_unknown_action_is_refused_at_once():
    with pytest.raises(KeyError):
        actions.plan(action="nobody.knows")


def test_a_key_moves_the_waiting_job_and_cancels_it(action):
    action(lambda **_: None)
    first = actions.plan(action="test.deed", key="reminder:1", arguments={"n": 1})
    moment = database_now() + timedelta(days=1)
    second = actions.plan(action="test.deed", key="reminder:1", at=moment, arguments={"n": 2})
    kept = actions.plan(action="test.deed", key="reminder:1", arguments={"n": 3}, keep=True)
    assert first.pk == second.pk == kept.pk
    assert [(job.due_at, job.arguments) for job in DueJob.objects.all()] == [(moment, {"n": 2})]
    assert [actions.cancel(key="reminder:1"), actions.cancel(key="reminder:1"), actions.cancel(key="")] == [True, False, False]
    assert state(first)[0] == "cancelled"


def test_the_database_refuses_a_second_unfinished_job_of_one_key(action):
    action(lambda: None)
    job = actions.plan(action="test.deed", key="k")
    with pytest.raises(IntegrityError), transaction.atomic():
        DueJob.objects.create(action="test.deed", key="k", due_at=job.due_at, planned_at=job.planned_at)


def test_what_a_failing_job_wrote_is_undone_and_it_rests_longer_each_time(action):
    def fail():
        User.objects.create_user("half@example.pl")
        raise LookupError("a person's name may stand here")

    action(fail, tries=3)
    job = actions.plan(action="test.deed")
    waits = []
    for _ in range(3):
        before = database_now()
        actions.run_due()
        job.refresh_from_db()
        waits.append(round((job.due_at - before).total_seconds() / 30) if job.state == State.WAITING else None)
        make_due()
    assert waits == [1, 2, None]
    assert state(job) == ("parked", 3, "builtins.LookupError")
    assert User.objects.count() == 0
    assert actions.run_due() == 0


def test_waits_grow_to_six_hours():
    assert [rules.wait_after(n).total_seconds() for n in (1, 2, 3, 10, 11, 1000)] == [30, 60, 120, 15360, 21600, 21600]


def test_the_log_of_a_failure_quotes_nobody(action, caplog):
    def fail():
        raise LookupError("jan@example.pl")

    action(fail)
    actions.plan(action="test.deed")
    actions.run_due()
    assert "builtins.LookupError" in caplog.text
    assert "jan@example.pl" not in caplog.text


def test_a_job_of_a_dead_worker_comes_back_and_is_parked_when_it_kills_every_worker(action):
    action(lambda: None, tries=2)
    job = actions.plan(action="test.deed")
    states = []
    for attempt in (1, 2):
        DueJob.objects.update(
            state=State.RUNNING, attempts=attempt, leased_by="dead", lease_until=database_now() + timedelta(minutes=1)
        )
        assert actions.sweep() == 0
        DueJob.objects.update(lease_until=database_now() - timedelta(seconds=1))
        assert actions.sweep() == 1
        states.append(state(job))
    assert states == [("waiting", 1, "worker died"), ("parked", 2, "worker died")]


def test_a_worker_that_lost_its_lease_does_nothing(action):
    from ratusz.foundation.jobs.actions import running

    seen = []
    action(lambda: seen.append(1))
    actions.plan(action="test.deed")
    job = running._claim("slow")
    DueJob.objects.update(leased_by="other")
    running._run(job, "slow")
    assert seen == []
    assert state(job)[0] == "running"


def test_finished_jobs_are_forgotten_after_thirty_days(action):
    action(lambda: None)
    actions.plan(action="test.deed")
    actions.run_due()
    border = database_now() - timedelta(days=30)
    for moment, left in ((border + timedelta(minutes=1), 1), (border - timedelta(minutes=1), 0)):
        DueJob.objects.update(due_at=moment, planned_at=moment)
        actions.forget_finished()
        assert DueJob.objects.count() == left


def test_staff_settle_a_parked_job(action):
    action(lambda: None)
    boss = User.objects.create_superuser("boss@example.pl")
    nobody = User.objects.create_user("nobody@example.pl")
    job = actions.plan(action="test.deed")
    DueJob.objects.update(state=State.PARKED, attempts=8)
    with pytest.raises(PermissionDenied):
        actions.retry_job(job=job, person=nobody)
    actions.retry_job(job=job, person=boss)
    assert state(job) == ("waiting", 0, "")
    DueJob.objects.update(state=State.PARKED)
    actions.drop_job(job=job, person=boss)
    assert state(job)[0] == "cancelled"


def test_a_parked_job_that_was_planned_anew_is_not_doubled(action):
    action(lambda: None)
    boss = User.objects.create_superuser("boss@example.pl")
    job = actions.plan(action="test.deed", key="k")
    DueJob.objects.update(state=State.PARKED)
    actions.plan(action="test.deed", key="k")
    actions.retry_job(job=job, person=boss)
    assert sorted(DueJob.objects.values_list("state", flat=True)) == ["cancelled", "waiting"]

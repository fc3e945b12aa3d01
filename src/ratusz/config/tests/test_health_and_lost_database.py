from datetime import timedelta

import pytest
from django.db import OperationalError
from django.test import RequestFactory

from ratusz.config import errors, health
from ratusz.foundation.jobs.models import DueJob
from ratusz.foundation.kit.clock import database_now

pytestmark = pytest.mark.django_db


def test_a_process_lives_without_a_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/-/live")
    assert (response.status_code, response.content) == (200, b"ok\n")


def test_ready_tells_details_to_the_machine_itself_only(client):
    own = client.get("/-/ready")
    assert own.status_code == 200
    assert set(own.json()) == {"ready", "database", "disk_free", "clock_offset", "migrations_left", "oldest_due_job"}
    assert client.get("/-/ready", headers={"X-Forwarded-For": "203.0.113.9"}).json() == {"ready": True}
    assert client.get("/-/ready", REMOTE_ADDR="203.0.113.9").json() == {"ready": True}


def test_a_job_that_nobody_does_makes_it_not_ready(client):
    now = database_now()
    DueJob.objects.create(action="x", due_at=now - timedelta(minutes=11), planned_at=now)
    response = client.get("/-/ready")
    assert (response.status_code, response.json()["oldest_due_job"]["good"]) == (503, False)


def test_a_full_disk_makes_it_not_ready(client, monkeypatch):
    monkeypatch.setattr(health, "_free_bytes", lambda: 1000)
    assert client.get("/-/ready").json()["disk_free"] == {"good": False, "bytes": 1000}


def test_a_lost_database_makes_it_not_ready(client, monkeypatch):
    def lost():
        raise OperationalError("server closed the connection")

    monkeypatch.setattr(health, "database_now", lost)
    response = client.get("/-/ready")
    assert (response.status_code, response.json()["database"]) == (503, {"good": False, "up": 0})


def test_figures_are_for_loopback_or_a_token(client, monkeypatch):
    assert b'\nratusz_jobs{state="waiting"} 0\n' in client.get("/-/metrics").content
    assert client.get("/-/metrics", REMOTE_ADDR="203.0.113.9").status_code == 404
    monkeypatch.setenv("RATUSZ_METRICS_TOKEN", "wartownik")
    for header, status in (("Bearer wartownik", 200), ("Bearer inny", 404), ("", 404)):
        assert client.get("/-/metrics", REMOTE_ADDR="203.0.113.9", headers={"Authorization": header}).status_code == status


def error_page(error):
    try:
        raise error
    except type(error):
        return errors.server_error(RequestFactory().get("/"))


def test_a_lost_database_is_told_in_polish_with_when_to_come_back():
    response = error_page(OperationalError("server closed the connection unexpectedly"))
    assert (response.status_code, response["Retry-After"], response["Cache-Control"]) == (503, "30", "no-store")
    text = response.content.decode()
    assert "Serwis jest chwilowo niedostępny" in text
    assert "nie zostało zapisane" in text
    assert "OperationalError" not in text


def test_any_other_error_gives_the_plain_page():
    response = error_page(ZeroDivisionError())
    assert response.status_code == 500
    assert "Coś się u nas zepsuło" in response.content.decode()


def test_the_lost_database_reaches_the_visitor_as_503(client, monkeypatch):
    def lost(*args, **kwargs):
        raise OperationalError("gone")

    monkeypatch.setattr("django.db.backends.base.base.BaseDatabaseWrapper.cursor", lost)
    client.raise_request_exception = False
    assert client.get("/").status_code == 503


@pytest.mark.slow
def test_nothing_is_left_to_warn_about_on_a_server(monkeypatch, settings):
    import os
    import subprocess
    import sys

    from django.conf import settings as now

    done = subprocess.run(
        [sys.executable, "-m", "ratusz.config.entry", "manage", "check", "--deploy", "--fail-level", "WARNING"],
        env={
            **os.environ,
            "RATUSZ_ADDRESS": "https://ratusz.example",
            "RATUSZ_HOSTS": "ratusz.example",
            "RATUSZ_HOME": str(now.HOME),
        },
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "no issues" in done.stdout + done.stderr

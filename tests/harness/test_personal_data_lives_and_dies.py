"""Every model that holds personal data: its row is exported, erased, and gone when its time is over; rows: one_of_everything.py."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.storage import storages
from django.db import connection

from ratusz.foundation.files.registry import FilePurpose, file_purposes
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.registries import personal_data
from ratusz.foundation.notifications import actions as notifications
from ratusz.foundation.notifications.actions import consents, outbox
from ratusz.foundation.notifications.models import PrintedLetter
from ratusz.foundation.notifications.registry import Purpose, purposes
from ratusz.foundation.people.actions.privacy import erase_person, expire_personal_data, export_person
from ratusz.foundation.people.factories import UserFactory
from tests.harness.one_of_everything import make_everything
from tests.harness.somebody import ADDRESS, NAME, NUMBER, STREET

pytestmark = pytest.mark.django_db
DIGESTS_ONLY = {
    "sessions.Session", "ratusz_people.Attempt", "ratusz_people.OneTimeCode", "ratusz_people.Erasure", "ratusz_forum.OldAuthor",
}  # fmt: skip
"""Hold keyed digests or sealed data alone: nothing in them can be shown or tells who it was."""
OF_NO_ACCOUNT = {"ratusz_calendar.Candidate"}
"""A public list without addresses: nobody in it can be told from a namesake. It goes half a year after the voting."""
CLEANED_BY_THEMSELVES = {
    "ratusz_audit.Entry": "ratusz_audit_expire() in the database; test_record.py",
    "ratusz_audit.Detail": "goes with its entry",
    "ratusz_notifications.Content": "forget_contents, below",
    "ratusz_notifications.OutboxMessage": "forget_contents, below",
    "ratusz_notifications.PrintedLetter": "forget_contents, below",
    "ratusz_notifications.RecipientHour": "forget_contents, below",
    "ratusz_notifications.ConsentRequest": "forget_requests, below",
    "ratusz_intranet.Acknowledgement": "forget_confirmations; test_confirming.py",
    **dict.fromkeys(
        (f"ratusz_moderation.{model}" for model in ("Item", "Flag", "Judgement", "Appeal")), "forget_words; test_judging.py"
    ),
    **dict.fromkeys(
        (f"ratusz_projects.{model}" for model in ("Call", "Appeal", "Remark")), "forget_statements; test_remarks_on_projects.py"
    ),
    "ratusz_intranet.SignedSheet": "forget_confirmations; test_confirming.py",
}


@pytest.fixture
def person(settings, tmp_path, monkeypatch):
    """Somebody with one row of everything, made by the actions that make such rows."""
    settings.HOME = tmp_path
    monkeypatch.setattr(storages["private"], "_location", str(tmp_path))
    for name in ("base_location", "location"):
        storages["private"].__dict__.pop(name, None)
    monkeypatch.setitem(file_purposes._entries, "test.letter", FilePurpose(name="Pismo", keep_days=10))
    monkeypatch.setitem(purposes._entries, "test.news", Purpose(name="Wieści", consent_text="Tak.", has_rhythm=True))
    monkeypatch.setitem(purposes._entries, "test.more", Purpose(name="Więcej", consent_text="Tak."))
    account = UserFactory(email=ADDRESS, first_name="Grażyna", last_name=NAME, is_staff=True)
    make_everything(account)
    yield account
    for name in ("base_location", "location"):
        storages["private"].__dict__.pop(name, None)


def dump() -> str:
    text = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT t::text FROM {connection.ops.quote_name(table)} t")
            text += [f"{table} {row[0]}" for row in cursor.fetchall()]
    return "\n".join(text)


def marks() -> list[str]:
    """Tables and marks of the person still in the database."""
    return sorted(
        {f"{line.split(' ')[0]} {mark}" for line in dump().splitlines() for mark in (ADDRESS, NAME, NUMBER, STREET) if mark in line}
    )


@pytest.mark.slow
def test_everything_registered_is_exported(person):
    found = export_person(person=person, reason="wniosek")
    assert sorted({entry.model for entry in personal_data} - found.keys()) == sorted(DIGESTS_ONLY | OF_NO_ACCOUNT)


@pytest.mark.slow
def test_everything_registered_is_erased(person):
    assert len(marks()) > 10
    erasure = erase_person(person=person, reason="wniosek")
    assert marks() == [f"ratusz_audit_entry {NAME}"], "what staff did stays two years under their name: the ground is told"
    kept = {entry.model for entry in personal_data if entry.kept_because}
    assert erasure.kept.keys() <= kept
    assert {"ratusz_notifications.Suppression", "ratusz_notifications.Consent", "ratusz_units.Appointment"} <= erasure.kept.keys()


def test_whatever_has_a_period_has_something_that_ends_it():
    with_period = {entry.model for entry in personal_data if entry.retention_days is not None}
    assert sorted(with_period - {entry.model for entry in personal_data if entry.past} - CLEANED_BY_THEMSELVES.keys()) == []


@pytest.mark.slow
def test_rows_past_their_time_are_found_and_deleted(person):
    at = database_now() + timedelta(days=2500)
    due = expire_personal_data(dry_run=True, at=at)
    timed = {entry.model for entry in personal_data if entry.past}
    assert sorted(timed - due.keys()) == []
    expire_personal_data(at=at)
    assert expire_personal_data(dry_run=True, at=at) == {}


@pytest.mark.slow
def test_texts_letters_counts_and_questions_go_by_their_own_jobs(person, monkeypatch):
    from ratusz.foundation.notifications.models import Content, OutboxMessage, RecipientHour

    OutboxMessage.objects.update(state="sent", sent_at=database_now(), message_id="<1@x>")
    for module in (consents, outbox):
        monkeypatch.setattr(module, "database_now", lambda: database_now() + timedelta(days=91))
    notifications.forget_contents()
    notifications.forget_requests()
    assert Content.objects.exclude(text="").count() == 0
    assert PrintedLetter.objects.exclude(recipient="").count() == 0
    assert RecipientHour.objects.count() == 0
    assert "ratusz_notifications.ConsentRequest" not in export_person(person=person, reason="x")

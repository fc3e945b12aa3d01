"""What `record` writes, who it says acted, and what the database lets nobody do with it."""

import pytest
from django.db import DatabaseError, connection

from ratusz.foundation.audit.acting import acting, person, system
from ratusz.foundation.audit.actions import erase_details, expire_entries, record, record_read
from ratusz.foundation.audit.models import Detail, Entry, Seal
from ratusz.foundation.people.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return User.objects.create_user("redakcja@example.pl", first_name="Redaktorka", last_name="Demo", is_staff=True)


def test_a_deed_is_recorded_with_who_what_when_and_from_where(editor):
    with acting(editor, address="192.0.2.7", request_id="abc12345"):
        record(deed="people.rename_account", subject=editor, before={"last_name": "A"}, after={"last_name": "Demo"})
    entry = Entry.objects.get()
    assert (entry.actor_kind, entry.actor_id, entry.actor_label) == ("person", str(editor.pk), "Redaktorka Demo")
    assert (entry.deed, entry.subject_type, entry.subject_id) == ("people.rename_account", "ratusz_people.User", str(editor.pk))
    assert (entry.address, entry.request_id, entry.is_read) == ("192.0.2.7", "abc12345", False)
    assert entry.detail.content == {"label": "Redaktorka Demo", "before": {"last_name": "A"}, "after": {"last_name": "Demo"}}


def test_a_read_of_personal_data_names_the_fields(editor):
    with acting(system("raport")):
        record_read(subject=editor, fields=["email"], reason="wniosek nr 3")
    entry = Entry.objects.get()
    assert (entry.deed, entry.is_read, entry.actor_kind, entry.actor_label) == (
        "audit.read_personal_data",
        True,
        "system",
        "raport",
    )
    assert entry.detail.content == {"label": "Redaktorka Demo", "fields": ["email"], "reason": "wniosek nr 3"}


def test_a_resident_is_recorded_by_number_only():
    resident = User.objects.create_user("ktos@example.pl", first_name="Anna")
    actor = person(resident)
    assert (actor.id, actor.label) == (str(resident.pk), "")


def test_a_given_actor_keeps_the_address_of_the_request(editor):
    with acting(system("żądanie"), address="192.0.2.9", request_id="r-1"):
        entry = record(deed="people.sign_in", subject=editor, actor=editor)
    assert (entry.actor_label, entry.address, entry.request_id) == ("Redaktorka Demo", "192.0.2.9", "r-1")


def test_erasing_details_keeps_the_entry(editor):
    kept, gone = record(deed="a.b", subject="bez osoby"), record(deed="a.c", subject=editor, after={"email": editor.email})
    assert erase_details(entries=Entry.objects.about(editor), because="wniosek") == 1
    assert {detail.entry_id: detail.content for detail in Detail.objects.all()} == {kept.pk: {"label": "bez osoby"}, gone.pk: None}
    assert editor.email not in str(list(Detail.objects.values()) + list(Entry.objects.values()))


CHANGES = [
    "UPDATE ratusz_audit_entry SET deed = 'x'",
    "DELETE FROM ratusz_audit_entry",
    "TRUNCATE ratusz_audit_entry CASCADE",
    "UPDATE ratusz_audit_seal SET number = 5",
    "DELETE FROM ratusz_audit_seal",
    "TRUNCATE ratusz_audit_seal",
    "UPDATE ratusz_audit_sealedentry SET position = 5",
    "DELETE FROM ratusz_audit_sealedentry",
    "TRUNCATE ratusz_audit_sealedentry",
    "DELETE FROM ratusz_audit_detail",
    "TRUNCATE ratusz_audit_detail",
    """UPDATE ratusz_audit_detail SET content = '{"label": "inna"}'""",
]


@pytest.mark.parametrize("role", ["owner", "app", "count"])
@pytest.mark.parametrize("change", CHANGES)
def test_the_database_refuses_changes_to_owner_and_app(as_role, role, change):
    record(deed="a.b", subject="coś")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    refusals = "append-only|kept for|permission denied|can only be erased|only with their entry"
    with pytest.raises(DatabaseError, match=refusals), as_role(role) as cursor:
        cursor.execute(change)
    assert Entry.objects.get().deed == "a.b"


def test_the_moment_is_the_databases_own(as_role):
    with as_role("app") as cursor:
        cursor.execute(
            "INSERT INTO ratusz_audit_entry (happened_at, actor_kind, actor_id, actor_label, deed, subject_type, subject_id,"
            " request_id, is_read, detail_digest) VALUES ('2001-01-01', 'nobody', '', '', 'a.b', '', '', '', false, '')"
        )
    assert Entry.objects.get().happened_at.year > 2001


def make_older(entry, age: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE ratusz_audit_entry DISABLE TRIGGER append_only")
        cursor.execute(
            "UPDATE ratusz_audit_entry SET happened_at = clock_timestamp() - %s::interval WHERE id = %s", [age, entry.pk]
        )
        cursor.execute("ALTER TABLE ratusz_audit_entry ENABLE TRIGGER append_only")


def test_only_what_is_older_than_two_years_expires(as_role):
    young, old = record(deed="a.young", subject="x"), record(deed="a.old", subject="x")
    make_older(old, "2 years 1 day")
    make_older(young, "2 years -1 day")
    with as_role("app"):
        assert expire_entries() == 1
    assert list(Entry.objects.values_list("deed", flat=True)) == ["a.young"]
    assert list(Detail.objects.values_list("entry_id", flat=True)) == [young.pk]
    assert not Seal.objects.exists()

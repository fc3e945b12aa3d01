"""The chain: sealed in batches, verified whole, and every kind of tampering by a superuser named by its first row."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from ratusz.foundation.audit.actions import erase_details, record, seal_pending
from ratusz.foundation.audit.heads import publish_head
from ratusz.foundation.audit.models import Entry, Seal, SealedEntry
from ratusz.foundation.audit.queries import verify
from ratusz.foundation.kit.clock import database_now

pytestmark = pytest.mark.django_db


@pytest.fixture
def chained():
    """Three batches of two entries each."""
    entries = []
    for batch in range(3):
        entries += [record(deed=f"a.deed_{batch}", subject=f"rzecz {n}", after={"liczba": n}) for n in range(2)]
        seal_pending()
    return entries


@pytest.fixture
def tamper(db):
    """Runs SQL the way a superuser can: past all triggers."""

    def run(sql: str, *values) -> None:
        tables = ["entry", "detail", "seal", "sealedentry"]
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for table in tables:
                cursor.execute(f"ALTER TABLE ratusz_audit_{table} DISABLE TRIGGER USER")
            cursor.execute("ALTER TABLE ratusz_audit_detail DROP CONSTRAINT IF EXISTS " + foreign_key(cursor))
            cursor.execute(sql, values)
            for table in tables:
                cursor.execute(f"ALTER TABLE ratusz_audit_{table} ENABLE TRIGGER USER")

    def foreign_key(cursor) -> str:
        cursor.execute("SELECT conname FROM pg_constraint WHERE conrelid = 'ratusz_audit_detail'::regclass AND contype = 'f'")
        return (cursor.fetchone() or ["none"])[0]

    return run


def broken(published=(), at=None) -> tuple[str, str] | None:
    found = verify(published=published, at=at or database_now()).broken
    return (found.where, found.why.split(":")[0]) if found else None


def test_an_honest_record_holds(chained):
    verdict = verify(at=database_now(), published=[str(seal) for seal in Seal.objects.all()])
    assert (verdict.entries, verdict.seals, verdict.unsealed, verdict.erased, verdict.broken) == (6, 3, 0, 0, None)
    assert verdict.head == str(Seal.objects.get(number=3))


def test_an_empty_record_holds():
    assert verify(at=database_now()).broken is None


def test_nothing_new_makes_no_seal(chained):
    assert seal_pending() == 0
    assert seal_pending(look_back=None) == 0
    assert Seal.objects.count() == 3


def test_what_is_not_sealed_yet_is_counted(chained):
    record(deed="a.new", subject="x")
    assert verify(at=database_now()).unsealed == 1


def test_an_entry_that_came_late_is_found_by_the_hourly_sweep(chained):
    late = record(deed="a.late", subject="x")
    assert seal_pending(look_back=-1) == 0
    assert seal_pending(look_back=None) == 1
    assert SealedEntry.objects.get(position=7).entry_number == late.pk


def test_erased_details_do_not_break_the_chain_but_show(chained):
    erase_details(entries=Entry.objects.filter(pk=chained[1].pk), because="wniosek osoby")
    verdict = verify(at=database_now())
    assert (verdict.broken, verdict.erased) == (None, 1)


def test_a_changed_entry_is_named(chained, tamper):
    tamper("UPDATE ratusz_audit_entry SET deed = 'a.other' WHERE id = %s", chained[2].pk)
    assert broken() == (f"entry {chained[2].pk}", "changed")


def test_a_changed_moment_is_named(chained, tamper):
    tamper("UPDATE ratusz_audit_entry SET happened_at = happened_at + interval '1 microsecond' WHERE id = %s", chained[4].pk)
    assert broken() == (f"entry {chained[4].pk}", "changed")


def test_changed_details_are_named(chained, tamper):
    tamper("""UPDATE ratusz_audit_detail SET content = '{"label": "inna"}' WHERE entry_id = %s""", chained[3].pk)
    assert broken() == (f"details of entry {chained[3].pk}", "changed")


def test_removed_details_are_named(chained, tamper):
    tamper("DELETE FROM ratusz_audit_detail WHERE entry_id = %s", chained[3].pk)
    assert broken() == (f"details of entry {chained[3].pk}", "removed")


def test_a_removed_entry_is_named(chained, tamper):
    tamper("DELETE FROM ratusz_audit_entry WHERE id = %s", chained[1].pk)
    assert broken() == (f"entry {chained[1].pk}", "removed")


def test_a_removed_entry_with_its_place_is_named(chained, tamper):
    tamper("DELETE FROM ratusz_audit_entry WHERE id = %s", chained[1].pk)
    tamper("DELETE FROM ratusz_audit_sealedentry WHERE entry_number = %s", chained[1].pk)
    assert broken() == ("position 2", "its place in the chain was removed")


def test_two_entries_that_changed_places_are_named(chained, tamper):
    one, other = chained[2].pk, chained[3].pk
    with_values = {place.position: place for place in SealedEntry.objects.filter(entry_number__in=[one, other])}
    assert len(with_values) == 2
    tamper("UPDATE ratusz_audit_sealedentry SET entry_number = -1 WHERE position = 3")
    tamper(
        "UPDATE ratusz_audit_sealedentry SET entry_number = %s, digest = %s WHERE position = 4", one, bytes(with_values[3].digest)
    )
    tamper(
        "UPDATE ratusz_audit_sealedentry SET entry_number = %s, digest = %s WHERE position = 3", other, bytes(with_values[4].digest)
    )
    assert broken() == (f"entry {other}", "moved")


def test_an_entry_inserted_with_an_old_moment_is_named(chained, tamper):
    tamper(
        "INSERT INTO ratusz_audit_entry (happened_at, actor_kind, actor_id, actor_label, deed, subject_type, subject_id,"
        " request_id, is_read, detail_digest) SELECT happened_at - interval '1 day', actor_kind, actor_id, actor_label,"
        " 'a.forged', '', '', '', false, detail_digest FROM ratusz_audit_entry WHERE id = %s",
        chained[0].pk,
    )
    forged = Entry.objects.get(deed="a.forged")
    assert broken() == (f"entry {forged.pk}", "inserted")
    seal_pending(look_back=None)
    assert broken() == (f"entry {forged.pk}", "inserted")


def test_a_changed_or_removed_seal_is_named(chained, tamper):
    tamper("UPDATE ratusz_audit_seal SET sealed_at = sealed_at + interval '1 second' WHERE number = 2")
    assert broken() == ("seal 2", "changed")
    tamper("DELETE FROM ratusz_audit_seal WHERE number = 2")
    assert broken() == ("seal 2", "removed")


def test_a_removed_last_seal_leaves_places_without_one(chained, tamper):
    tamper("DELETE FROM ratusz_audit_seal WHERE number = 3")
    assert broken() == ("position 5", "no seal covers it")


def test_a_missing_tail_shows_against_a_published_head(chained, tamper, settings, tmp_path):
    settings.HOME = tmp_path
    head = publish_head()
    assert publish_head() == head, "published once"
    tamper("DELETE FROM ratusz_audit_seal WHERE number = 3")
    tamper("DELETE FROM ratusz_audit_sealedentry WHERE position > 4")
    tamper("DELETE FROM ratusz_audit_detail WHERE entry_id >= %s", chained[4].pk)
    tamper("DELETE FROM ratusz_audit_entry WHERE id >= %s", chained[4].pk)
    assert broken() is None
    assert broken(published=[head]) == ("seal 3", "published, but no longer in the record")
    with pytest.raises(CommandError, match="pieczęć 3: ogłoszona") as refused:
        call_command("verify_audit", stdout=StringIO())
    assert refused.value.returncode == 1


def test_a_rewritten_chain_shows_against_a_published_head(chained, tamper):
    head = str(Seal.objects.get(number=2))
    tamper("UPDATE ratusz_audit_entry SET deed = 'a.rewritten' WHERE id = %s", chained[0].pk)
    tamper("DELETE FROM ratusz_audit_seal")
    tamper("DELETE FROM ratusz_audit_sealedentry")
    seal_pending(look_back=None)
    seal_pending(look_back=None)
    record(deed="a.later", subject="x")
    seal_pending()
    assert broken() is None
    assert broken(published=[head]) == ("seal 2", "its head is not the one that was published")


def test_entries_past_two_years_may_be_gone(chained, tamper):
    tamper("DELETE FROM ratusz_audit_entry WHERE id = %s", chained[0].pk)
    assert broken(at=database_now() + timedelta(days=732)) is None
    assert broken(at=database_now() + timedelta(days=729)) == (f"entry {chained[0].pk}", "removed")


def test_the_command_says_that_the_record_holds(chained, settings, tmp_path):
    settings.HOME = tmp_path
    out = StringIO()
    call_command("verify_audit", stdout=out)
    assert out.getvalue().splitlines() == [
        "Dziennik jest nienaruszony. Wpisy: 6, z usuniętymi wartościami: 0, po terminie: 0, jeszcze niezapieczętowane: 0.",
        f"Pieczęcie: 3. Porównano ze skrótami ogłoszonymi wcześniej: 0. Najnowszy skrót: {Seal.objects.get(number=3)}",
    ]

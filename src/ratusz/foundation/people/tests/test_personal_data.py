"""Every field that holds personal data is registered; a person's data can be exported, erased, and are gone when their time is over."""

import io
import json
import re
from datetime import timedelta

import pikepdf
import pytest
from django.apps import apps
from django.db import connection, models

from ratusz.foundation.audit.actions import record
from ratusz.foundation.audit.models import Entry
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.registries import not_personal, personal_data
from ratusz.foundation.notifications.actions import add_address, leave_all
from ratusz.foundation.people.actions.privacy import erase_person, expire_personal_data, export_person, find_person, replay_erasures
from ratusz.foundation.people.factories import UserFactory
from ratusz.foundation.people.models import Attempt, Erasure, User

PERSONAL_NAME = re.compile(
    r"e_?mail|phone|first_name|last_name|surname|pesel|address$|recipient|person|author$|owner$|\bwho\b|_by$|user$|(^|_)uid$|avatar|birth|iban"
)
IGNORED_MODELS = {"auth.Permission", "contenttypes.ContentType", "sessions.Session", "ratusz_units.Unit"}


def looks_personal(field: models.Field) -> bool:
    if isinstance(field, models.EmailField | models.GenericIPAddressField):
        return True
    if field.is_relation and getattr(field.remote_field, "model", None) is User:
        return True
    return bool(PERSONAL_NAME.search(field.name)) and not isinstance(field, models.BooleanField | models.DateField)


def looking_personal() -> set[str]:
    return {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if not model._meta.proxy and model._meta.label not in IGNORED_MODELS
        for field in model._meta.local_fields
        if looks_personal(field)
    }


def covered() -> set[str]:
    registered = {f"{entry.model}.{name}" for entry in personal_data for name in (*entry.fields, *entry.not_personal)}
    return registered | {name for name, _reason in not_personal.items()}


def test_every_field_that_looks_personal_is_registered_or_explained():
    assert sorted(looking_personal() - covered()) == []


def test_what_is_registered_exists():
    fields = {f"{model._meta.label}.{field.name}" for model in apps.get_models() for field in model._meta.get_fields()}
    assert sorted(covered() - fields) == []


def test_every_entry_says_why_and_how_long():
    assert [entry.model for entry in personal_data if not (str(entry.purpose) and entry.legal_basis and entry.retention)] == []


@pytest.fixture
def person(db, settings, tmp_path):
    settings.HOME = tmp_path
    account = UserFactory(email="anna.zbedna@example.pl", first_name="Anna", last_name="Zbędna-Unikalna")
    add_address(channel="email", value=account.email, person=account)
    record(deed="people.change_account", subject=account, after={"last_name": account.last_name})
    return account


def test_a_person_gets_all_we_hold(person):
    found = export_person(person=person, reason="wniosek 1/2026")
    assert found["ratusz_people.User"][0]["last_name"] == "Zbędna-Unikalna"
    assert found["ratusz_notifications.Address"][0]["value"] == "anna.zbedna@example.pl"
    assert found["ratusz_audit.Detail"][0]["content"]["after"] == {"last_name": "Zbędna-Unikalna"}
    read = Entry.objects.get(is_read=True)
    assert (read.subject_id, read.detail.content["reason"]) == (str(person.pk), "wniosek 1/2026")


def dump() -> str:
    """The whole database as text."""
    text = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT t::text FROM {connection.ops.quote_name(table)} t")
            text += [row[0] for row in cursor.fetchall()]
    return "\n".join(text)


def test_after_an_erasure_nothing_of_the_person_is_left(person):
    assert "Zbędna-Unikalna" in dump()
    erasure = erase_person(person=person, reason="wniosek 2/2026")
    left = dump()
    assert [word for word in ("Zbędna-Unikalna", "anna.zbedna", "Anna") if word in left] == []
    assert erasure.counts["ratusz_people.User"] == 1
    assert User.objects.get(pk=person.pk).is_active is False


@pytest.mark.slow
def test_an_erasure_is_repeated_after_a_restore(person, tmp_path, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        erase_person(person=person, reason="wniosek 3/2026")
    log = (tmp_path / "erasures" / "log").read_text()
    assert "anna" not in log
    assert json.loads(log)["account"] == person.pk
    User.objects.filter(pk=person.pk).update(email="anna.zbedna@example.pl", last_name="Zbędna-Unikalna")
    UserFactory(email="kto-inny@example.pl")
    assert replay_erasures() == 1
    assert "Zbędna-Unikalna" not in dump()
    assert User.objects.filter(email="kto-inny@example.pl").exists()
    assert Erasure.objects.count() == 2


def test_somebody_without_an_account_is_found_by_address(db):
    add_address(channel="email", value="bez.konta@example.pl")
    person = find_person(" Bez.Konta@example.pl ")
    assert list(export_person(person=person, reason="wniosek")) == ["ratusz_notifications.Address"]
    erase_person(person=person, reason="wniosek")
    assert "bez.konta" not in dump()


def test_a_number_is_found_in_whatever_spelling(db):
    add_address(channel="sms", value="600 100 200")
    for spelling in ("+48 600 100 200", "0048600100200", "600-100-200", "48600100200"):
        found = export_person(person=find_person(spelling), reason="wniosek")
        assert found["ratusz_notifications.Address"][0]["value"] == "+48600100200"


def test_retention_ends_on_the_day_and_a_dry_run_only_counts(db):
    now = database_now()
    Attempt.objects.create(kind="t", key_digest=b"", happened_at=now - timedelta(days=1, seconds=1))
    Attempt.objects.create(kind="t", key_digest=b"", happened_at=now - timedelta(hours=23))
    assert expire_personal_data(dry_run=True, at=now) == {"ratusz_people.Attempt": 1}
    assert Attempt.objects.count() == 2
    assert expire_personal_data(at=now) == {"ratusz_people.Attempt": 1}
    assert Attempt.objects.count() == 1


def ask(client, deed: str, **facts):
    return client.post("/admin/privacy/", {"address": "anna.zbedna@example.pl", "reason": "wniosek 4/2026", "deed": deed, **facts})


@pytest.mark.slow
def test_the_officer_shows_exports_prints_and_erases(staff_client, person):
    client = staff_client("data_protection_officer")
    shown = ask(client, "show").content.decode()
    assert [word for word in ("Konta", "Zbędna-Unikalna", "Podstawa prawna: art. 6") if word not in shown] == []
    exported = ask(client, "export")
    assert exported.json()["ratusz_people.User"][0]["first_name"] == "Anna"
    assert "no-store" in exported["cache-control"]
    assert "Potwierdź" in ask(client, "erase").content.decode()
    assert User.objects.get(pk=person.pk).first_name == "Anna"
    answer = ask(client, "erase", is_sure="on")
    assert answer.url == f"/admin/privacy/erasures/{Erasure.objects.get().pk}/"
    assert User.objects.get(pk=person.pk).first_name == ""
    deeds = Entry.objects.filter(actor_id=str(client.person.pk)).order_by("pk").values_list("deed", flat=True)
    assert list(deeds) == [
        "audit.read_personal_data",
        "audit.read_personal_data",
        "audit.staff_request",
        "notifications.erase_address",
        "people.erase_person",
    ]


def title_of(pdf: bytes) -> str:
    """The title of a PDF that is tagged, Polish, and claims PDF/UA-1."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert bool(document.Root.MarkInfo.Marked)
        assert str(document.Root.Lang)[:2] == "pl"
        with document.open_metadata() as metadata:
            assert metadata.get("pdfuaid:part") == "1"
            return str(metadata.get("dc:title"))


def test_the_officer_gives_a_person_an_accessible_pdf(staff_client, person):
    answer = ask(staff_client("data_protection_officer"), "print")
    assert answer["content-type"] == "application/pdf"
    assert "no-store" in answer["cache-control"]
    assert "anna" not in answer["content-disposition"], "an address does not stand in the name of a file"
    assert title_of(answer.content) == "Co o\u00a0Tobie przechowujemy"


@pytest.mark.slow
def test_what_stayed_is_reported_with_its_ground(staff_client, person):
    address = add_address(channel="email", value=person.email)
    leave_all(address=address)
    client = staff_client("data_protection_officer")
    report = client.get(ask(client, "erase", is_sure="on").url).content.decode()
    for words in ("Co usunięto", "Co zostaje i dlaczego", "Blokady adresów", "art. 21 ust. 3 RODO"):
        assert words in report
    assert "anna.zbedna" not in report
    assert Erasure.objects.get().kept == {"ratusz_notifications.Suppression": 1}
    printed = client.get(f"/admin/privacy/erasures/{Erasure.objects.get().pk}/?format=pdf")
    assert title_of(printed.content) == "Usunięcie danych osobowych"


def test_the_register_is_in_words_and_is_printed(staff_client):
    client = staff_client("data_protection_officer")
    page = client.get("/admin/privacy/register/").content.decode()
    assert "Drugie składniki" in page
    assert title_of(client.get("/admin/privacy/register/?format=pdf").content) == "Rejestr czynności przetwarzania"


def test_no_line_of_the_register_has_a_word_of_programmers(db):
    """A word is Polish when it is in the dictionary of lemmas, or a name that people of the office use."""
    from ratusz.foundation.kit.lemmas import is_known
    from ratusz.foundation.people.queries import register_of_processing

    names = {"html", "qr", "sms", "pesel", "rodo", "kri", "art", "ust", "lit", "e", "mail", "s", "rozliczalność"}
    words = {
        word
        for line in register_of_processing()
        for text in (line.what, line.fields, line.purpose, line.kept, line.stays)
        for word in re.findall(r"[^\W\d_]+", text.lower())
    }
    assert sorted(word for word in words - names if not is_known(word)) == []


@pytest.mark.parametrize("path", ["/admin/privacy/", "/admin/privacy/register/"])
def test_only_the_officer_enters(staff_client, path):
    assert staff_client("data_protection_officer").get(path).status_code == 200
    assert staff_client("administrator").get(path).status_code in (302, 403)


def test_the_register_of_processing_is_printed(capsys):
    from django.core.management import call_command

    call_command("processing_register")
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 1 + len(list(personal_data))
    assert "czego dotyczy;dane;cel" in lines[0]


def test_the_dry_run_is_a_command(db, capsys):
    from django.core.management import call_command

    call_command("retention", "--dry-run")
    assert capsys.readouterr().out == "would delete 0 rows\n"

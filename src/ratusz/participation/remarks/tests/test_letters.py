"""Letters that came by e-mail enter the register without being retyped: proposed, looked at, made into an intake by one press."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.storage import storages
from django.urls import reverse
from django.utils import timezone
from tests.harness.at_once import at_once

from ratusz.casework.moderation.models import BannedWord
from ratusz.foundation.audit.models import Entry
from ratusz.foundation.files.factories import make_pdf
from ratusz.foundation.incoming.actions.forgetting import forget_past
from ratusz.foundation.incoming.actions.visiting import read_mailboxes
from ratusz.foundation.incoming.factories import make_bytes, make_letter, put
from ratusz.foundation.incoming.models import Letter
from ratusz.foundation.incoming.rules import LetterRefused
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.words import search_key
from ratusz.foundation.notifications.models import OutboxMessage
from ratusz.foundation.territory.factories import DistrictFactory
from ratusz.foundation.territory.models import AddressRange, Street
from ratusz.foundation.units.factories import AppointmentFactory
from ratusz.participation.consultations.models import Consultation
from ratusz.participation.remarks.actions import attaching, forgetting
from ratusz.participation.remarks.actions import letters as actions
from ratusz.participation.remarks.actions.intake import Author, Point
from ratusz.participation.remarks.factories import EWA, make_form
from ratusz.participation.remarks.mail.tags import address_of, read_tag
from ratusz.participation.remarks.models import Intake, RemarkLetter

from .written import enter

State = Letter.State
TEXT = """Dzień dobry,

zgłaszam dwie uwagi:
1. Brakuje ławek przy stawie.
2. Zostawcie topole.

Pozdrawiam
Ewa Zmyślona
ul. Zmyślona 12/3

W dniu wczorajszym Urząd Miasta napisał:
> Zapraszamy do konsultacji.
"""


@pytest.fixture(autouse=True)
def mailbox(tmp_path, settings, monkeypatch):
    """A maildir of its own named in the settings, and a storage that goes with the test."""
    settings.RATUSZ_MAILBOXES = {"remarks": {"url": f"maildir://{tmp_path / 'p'}", "address": "konsultacje@ratusz.example"}}
    monkeypatch.setattr(storages["private"], "_location", str(tmp_path))
    for name in ("base_location", "location"):
        storages["private"].__dict__.pop(name, None)
    yield tmp_path / "p"
    for name in ("base_location", "location"):
        storages["private"].__dict__.pop(name, None)


def to(form, **facts):
    """A letter to the address of the form."""
    return make_letter(make_bytes(facts.pop("text", TEXT), to=address_of(form.consultation, form), **facts))


def page_of(letter):
    return reverse("remarks_letter", args=[letter.pk])


def fields(response, **changes):
    """What the browser sends of the page's form."""
    form = response.context["form"]
    sent = {name: form[name].value() for name in form.fields if not form.fields[name].disabled}
    parts = {each["name"]: each["choice"] for each in response.context["parts"]}
    token = {"csrfmiddlewaretoken": str(response.context["csrf_token"])}
    return {name: value for name, value in (sent | parts | token | changes).items() if value is not None}


@pytest.mark.slow
def test_from_the_mailbox_to_the_receipt(client, form, desk, mailbox):
    street = Street.objects.create(name="Zmyślona", key=search_key("Zmyślona"), sort_key="z")
    AddressRange.objects.create(street=street, district=DistrictFactory())
    moment = (database_now() - timedelta(hours=30)).replace(microsecond=0)
    files = (("plan.pdf", "application/pdf", make_pdf()), ("a.exe", "application/pdf", b"MZ"))
    put(
        mailbox,
        "a",
        make_bytes(TEXT, to=address_of(form.consultation, form), subject="Park", message_id="<a@x>", files=files),
        moment,
    )
    assert read_mailboxes() == 1
    enter(client, desk)
    assert "Park" in client.get(reverse("remarks_letters")).content.decode()
    letter = Letter.objects.get()
    seen = client.get(page_of(letter))
    assert Entry.objects.filter(deed="audit.read_personal_data", subject_id=str(letter.pk)).count() == 1
    start = seen.context["form"]
    assert start["content"].value() == "zgłaszam dwie uwagi:\n\n1. Brakuje ławek przy stawie.\n---\n2. Zostawcie topole."
    assert (start["name"].value(), start["email"].value()) == ("Ewa Zmyślona", "ewa@poczta.example")
    assert (start["address"].value(), start["form"].value()) == ("ul. Zmyślona 12/3", form.pk)
    text = seen.content.decode()
    for said in ("Zapraszamy do konsultacji", "Pozdrawiam", "plan.pdf", "a.exe", "cytat", "podpis"):
        assert said in text, said
    sent = fields(seen, deed="enter", form=form.pk, category="resident")
    answer = client.post(page_of(letter), sent)
    intake = Intake.objects.get()
    assert answer["Location"] == reverse("remarks_intake", args=[intake.pk])
    assert client.post(page_of(letter), sent)["Location"] == answer["Location"], "a double click is one intake"
    assert (intake.channel, intake.received_at, intake.state, intake.district is not None) == ("email", moment, "accepted", True)
    assert [each.content for each in intake.remarks.order_by("number")][1] == "2. Zostawcie topole."
    assert [each.name for each in attaching.files_of(intake)] == ["plan.pdf"]
    letter.refresh_from_db()
    assert (letter.state, letter.outcome, letter.of_remarks.intake) == (State.HANDLED, intake.key, intake)
    assert [each.content.text.count(intake.receipt) for each in OutboxMessage.objects.filter(address=intake.contact)] == [1]
    assert intake.receipt[:4] in client.get(reverse("remarks_letters") + "?stan=handled").content.decode()
    assert client.get(page_of(letter)).context["form"] is None


def test_everybody_is_told_the_address_only_while_a_mailbox_is_set_and_remarks_are_taken(client, form, settings):
    page, writing = form.consultation.get_absolute_url(), reverse("remarks:write", args=[form.consultation.slug, form.pk])
    address = address_of(form.consultation, form)
    for url in (page, writing, writing + "uk/"):
        assert f'href="mailto:{address}"' in client.get(url).content.decode(), url
    settings.RATUSZ_MAILBOXES = {"remarks": {"url": "", "address": "konsultacje@ratusz.example"}}
    for url in (page, writing):
        assert "mailto:" not in client.get(url).content.decode(), url
    Consultation.objects.filter(pk=form.consultation.pk).update(ends_on=timezone.localdate() - timedelta(days=1))
    assert "mailto:" not in client.get(page).content.decode()


@pytest.mark.slow
def test_marked_lines_are_laid_out_again_and_what_was_typed_stays(client, form, desk):
    letter = to(form)
    enter(client, desk)
    seen = client.get(page_of(letter))
    places = {each["words"].split("\n")[0]: each["name"] for each in seen.context["parts"]}
    sent = fields(seen, deed="arrange", form=form.pk, name="Anna Inna", content="nic")
    sent |= {places["Pozdrawiam"]: "next", places["zgłaszam dwie uwagi:"]: "out"}
    again = client.post(page_of(letter), sent).context["form"]
    content = again["content"].value()
    assert content.startswith("1. Brakuje ławek przy stawie.\n---\n2. Zostawcie topole.\n\nPozdrawiam")
    assert again["name"].value() == "Anna Inna"
    assert not Intake.objects.exists()
    wrong = client.post(page_of(letter), fields(seen, deed="enter", form=form.pk, content=" "))
    assert (wrong.status_code, wrong.context["form"].errors.keys()) == (200, {"content"})


def test_late_letters_are_late_by_the_rules_of_the_register(form, desk):
    consultation = form.consultation
    Consultation.objects.filter(pk=consultation.pk).update(ends_on=timezone.localdate() - timedelta(days=2))
    consultation.refresh_from_db()
    early = make_letter(make_bytes(TEXT, to=address_of(consultation)), at=consultation.ends_at - timedelta(microseconds=1))
    late = make_letter(make_bytes(TEXT + "x", to=address_of(consultation)), at=consultation.ends_at)
    made = [
        actions.enter_letter(letter=each, consultation=consultation, points=[Point("Tak.")], author=EWA, form=form, person=desk)
        for each in (early, late)
    ]
    assert [each.state for each in made] == ["accepted", "late"]


def test_whose_consultation_it_is_is_proposed_by_address_number_title_or_because_one_runs(form):
    consultation = form.consultation
    Consultation.objects.filter(pk=consultation.pk).update(title="Park przy stawie", number="KS/2026/9101")
    consultation.refresh_from_db()
    assert (address_of(consultation, form), read_tag(f"KS-2026-9101.{form.pk}")) == (
        f"konsultacje+ks-2026-9101.{form.pk}@ratusz.example", (consultation, form)
    )  # fmt: skip
    assert to(form).of_remarks.found_by == "address"
    assert make_letter(subject="Uwagi KS/2026/9101").of_remarks.found_by == "subject"
    assert make_letter(subject="cokolwiek").of_remarks.found_by == "only"
    other = make_form().consultation
    Consultation.objects.filter(pk=other.pk).update(title="Droga przez osiedle")
    found = make_letter(subject="w sprawie parku przy stawie").of_remarks
    assert (found.consultation, found.found_by) == (consultation, "subject")
    assert make_letter(subject="nic z tego").of_remarks.consultation is None
    assert read_tag("9" * 9) == read_tag("ks-2026-0") == read_tag("' or 1") == (None, None)


def test_spam_waits_apart_until_a_person_says_it_is_none(client, form, desk):
    words = "Kup teraz https://a.top https://b.top https://c.top www.d.xyz KREDYT KREDYT KREDYT KREDYT KREDYT KREDYT zaraz!!!!!!!!"
    BannedWord.objects.create(words="kredyt", key="kredyt", reason="spam", starts=database_now())
    letter = to(form, text=words)
    assert (letter.state, letter.problem, bool(letter.signals)) == (State.QUARANTINED, "spam", True)
    enter(client, desk)
    assert letter.signals[0] in client.get(page_of(letter)).content.decode()
    client.post(reverse("remarks_letter_act", args=[letter.pk]), {"deed": "back"})
    letter.refresh_from_db()
    assert letter.state == State.WAITING
    assert not OutboxMessage.objects.exists(), "nobody answers spam"


def test_a_machine_is_never_answered(client, form, desk):
    letter = to(form, Auto_Submitted="auto-replied")
    enter(client, desk)
    client.post(reverse("remarks_letter_act", args=[letter.pk]), {"deed": "back"})
    assert client.get(page_of(letter)).context["form"]["email"].value() == ""


@pytest.mark.slow
def test_a_letter_is_put_aside_with_a_reason_as_a_repeated_one_or_for_another_consultation(client, form, desk):
    one, two, three = to(form), to(form, text="Inna."), to(form, text="Jeszcze inna.")
    enter(client, desk)

    def press(letter, **sent):
        client.post(reverse("remarks_letter_act", args=[letter.pk]), sent)
        letter.refresh_from_db()
        return letter.state, letter.reason

    intake = actions.enter_letter(
        letter=one, consultation=form.consultation, points=[Point("Tak.")], author=Author(), form=form, person=desk
    )  # fmt: skip
    assert press(one, deed="aside", reason="nie")[0] == State.HANDLED
    assert press(two, deed="aside", reason=" ") == (State.WAITING, "")
    assert press(two, deed="duplicate", number="nie ma") == (State.WAITING, "")
    assert press(two, deed="duplicate", number=intake.receipt.lower())[0] == State.SET_ASIDE
    assert two.of_remarks.intake == intake
    assert press(three, deed="duplicate", number=str(two.pk))[0] == State.SET_ASIDE
    assert three.duplicate_of == two
    assert press(three, deed="back") == (State.WAITING, "")
    other = make_form().consultation
    press(three, deed="assign", consultation=other.pk)
    assert (RemarkLetter.objects.get(letter=three).consultation, RemarkLetter.objects.get(letter=three).found_by) == (
        other,
        "person",
    )
    assert press(three, deed="aside", reason="Pytanie o autobus.") == (State.SET_ASIDE, "Pytanie o autobus.")


@pytest.mark.slow
@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_as_much_for_three_letters_as_for_one(client, form, desk, count, django_assert_num_queries):
    for number in range(count):
        to(form, text=f"Uwaga {number}.", subject=f"Temat {number}", files=(("p.pdf", "application/pdf", make_pdf()),))
    enter(client, desk)
    client.get(reverse("remarks_letters"))
    with django_assert_num_queries(23):
        seen = client.get(reverse("remarks_letters"))
    assert [each["letter"].file_count for each in seen.context["rows"]] == [1] * count
    narrowing = {
        "szukaj": "uwaga 0.",
        "konsultacja": form.consultation.pk,
        "pliki": "yes",
        "od": timezone.localdate(),
        "do": timezone.localdate(),
    }
    assert len(client.get(reverse("remarks_letters"), narrowing).context["rows"]) == 1
    assert len(client.get(reverse("remarks_letters"), narrowing | {"od": "0001-01-01"}).context["rows"]) == 1
    assert len(client.get(reverse("remarks_letters"), {"pliki": "no"}).context["rows"]) == 0


@pytest.mark.slow
def test_units_see_the_letters_of_their_consultations_and_nobody_else_sees_any(client, form, parks):
    Consultation.objects.filter(pk=form.consultation.pk).update(owner_unit=parks)
    letter, other = to(form), to(make_form())
    enter(client, parks.writer)
    assert [each["letter"].pk for each in client.get(reverse("remarks_letters")).context["rows"]] == [letter.pk]
    assert client.get(page_of(letter)).context["form"] is None, "they read; the department and the desk enter"
    assert client.get(page_of(other)).status_code == 404
    assert client.post(reverse("remarks_letter_act", args=[letter.pk]), {"deed": "aside", "reason": "x"}).status_code in (302, 403)
    letter.refresh_from_db()
    assert letter.state == State.WAITING
    enter(client, AppointmentFactory(role_code="data_protection_officer").person)
    assert client.get(page_of(other)).status_code == 200
    enter(client, AppointmentFactory(role_code="employee").person)
    assert client.get(reverse("remarks_letters")).status_code in (302, 403)


def test_files_of_a_letter_are_read_by_whoever_reads_it_and_recorded(client, form, desk):
    letter = to(form, files=(("plan.pdf", "application/pdf", make_pdf()),))
    enter(client, desk)
    one = letter.attachments.get()
    assert client.get(reverse("remarks_letter_file", args=[letter.pk, one.pk])).content.startswith(b"%PDF")
    assert client.get(reverse("remarks_letter_as_it_came", args=[letter.pk])).content.startswith(b"From:")
    assert Entry.objects.filter(is_read=True, subject_type="ratusz_files.StoredFile").count() == 2


def test_letters_are_forgotten_with_their_authors_or_after_their_time(form, desk):
    entered, aside, waits = to(form), to(form, text="Inna."), to(form, text="Czeka.")
    intake = actions.enter_letter(
        letter=entered, consultation=form.consultation, points=[Point("Tak.")], author=Author(email="ewa@poczta.example"), form=form,
        person=desk,
    )  # fmt: skip
    actions.mark_duplicate(letter=aside, number=intake.receipt, person=desk)
    assert forget_past() == 0
    Letter.objects.update(arrived_at=database_now() - timedelta(days=366))
    assert forget_past() == 1
    forgetting.erase_authors(intakes=Intake.objects.filter(pk=intake.pk))
    assert [bool(Letter.objects.get(pk=each.pk).erased_at) for each in (entered, aside, waits)] == [True, True, False]


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_clerks_with_one_letter_make_one_intake(form, desk):
    letter = to(form)

    def press():
        return actions.enter_letter(
            letter=letter, consultation=form.consultation, points=[Point("Tak.")], author=Author(), form=form, person=desk
        )  # fmt: skip

    came = at_once(press, press, refusals=(LetterRefused,))
    assert sorted(type(each).__name__ for each in came) == ["Intake", "LetterRefused"]
    assert Intake.objects.count() == 1

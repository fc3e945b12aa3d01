"""Whatever comes through whatever channel becomes one intake with a receipt and numbered remarks; nothing is lost or doubled."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse

from ratusz.casework.moderation.models import Item
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.codes import read_code
from ratusz.foundation.notifications.models import OutboxMessage
from ratusz.foundation.people.factories import guard_fields
from ratusz.foundation.territory.factories import DistrictFactory
from ratusz.participation.consultations.factories import AreaFactory, ConsultationFactory, FormFactory
from ratusz.participation.consultations.models import Consultation
from ratusz.participation.remarks import found_by, rules
from ratusz.participation.remarks.actions.intake import Arrival, Author, Point, split, take_in
from ratusz.participation.remarks.factories import EWA, make_form, make_intake
from ratusz.participation.remarks.models import Intake, Remark

pytestmark = pytest.mark.django_db
FACTS = {"category": "resident", "name": "Ewa Przykładowa", "address": "ul. Przykładowa 1", "email": "ewa@example.org"}


@pytest.fixture(autouse=True)
def guard(db):
    """What a browser sends of the guard of the form."""
    FACTS.update(guard_fields("remarks.remark", database_now()))


def write_url(form):
    return reverse("remarks:write", args=[form.consultation.slug, form.pk])


def test_a_resident_writes_a_remark_and_gets_a_receipt_at_once(client, form):
    key = str(uuid.uuid4())
    sent = {**FACTS, "content": "Więcej cienia przy boisku.", "form_key": key}
    answers = [client.post(write_url(form), sent) for _time in range(2)]
    assert [each.status_code for each in answers] == [302, 302] and answers[0]["Location"] == answers[1]["Location"]
    intake = Intake.objects.get()
    assert (intake.state, intake.channel, intake.remarks.get().number) == ("accepted", "online", 1)
    assert read_code(intake.receipt) == intake.receipt
    page = client.get(answers[0]["Location"]).content.decode()
    assert "Więcej cienia przy boisku." in page and f"{intake.receipt[:4]}-{intake.receipt[4:8]}" in page
    message = OutboxMessage.objects.get(purpose="remarks.author", dedup_key=f"{intake.key}:received")
    assert intake.receipt in message.content.text and "Więcej cienia" not in message.content.text
    found = found_by.find_receipt(intake.receipt, database_now())
    assert found is not None and "w rejestrze" in found.status and "Ewa" not in repr(found)
    other = client.post(write_url(form), {**sent, "content": "I ławki."})
    assert Intake.objects.count() == 2 and other["Location"] != answers[0]["Location"]


def test_what_is_typed_stays_when_the_form_is_refused(client, form):
    long = "a" * 20_001
    page = client.post(write_url(form), {"content": long, "category": "ngo"})
    words = page.content.decode()
    assert page.status_code == 200 and long in words and "20\u00a0001" in words and "w czyim imieniu" in words.lower()
    assert client.post(write_url(form), {**FACTS, "content": "\n".join(["x" * 99] * 200)}).status_code == 302
    assert Remark.objects.count() == 1


@pytest.mark.slow
def test_five_megabytes_are_refused_and_given_back(client, form):
    text = "ó" * 2_600_000
    page = client.post(
        write_url(form), f"content={text}&category=resident".encode(), content_type="application/x-www-form-urlencoded"
    )
    assert page.status_code == 413 and text in page.content.decode() and not Intake.objects.exists()


def test_the_databases_clock_says_what_came_after_the_end(client, form):
    page = client.get(write_url(form))
    assert "Wyślij uwagę" in page.content.decode()
    now = database_now()
    form.starts_at, form.ends_at = now - timedelta(days=3), now - timedelta(seconds=1)
    form.save()
    answer = client.post(write_url(form), {**FACTS, "content": "Spóźniona."})
    late = Intake.objects.get()
    assert late.state == "late" and late.remarks.get().number == 1
    assert "po terminie" in client.get(answer["Location"]).content.decode()
    assert "nie przyjmujemy" in client.get(write_url(form)).content.decode()


def test_nothing_is_taken_before_the_start_or_after_calling_off(form, desk):
    soon = FormFactory(consultation=ConsultationFactory(announced=True))
    with pytest.raises(rules.RemarkRefused, match="jeszcze"):
        make_intake(soon)
    Consultation.objects.filter(pk=form.consultation.pk).update(cancelled_at=database_now(), cancel_reason="Zmiana planów.")
    with pytest.raises(rules.RemarkRefused, match="nie przyjmujemy"):
        make_intake(form)
    assert make_intake(form, person=desk, channel="post").state == "accepted"
    with pytest.raises(rules.NotYours):
        make_intake(form, person=object())


def test_one_intake_has_several_remarks_and_a_clerk_splits_it_further(form, editor, desk):
    intake = make_intake(form, "Ławki.", "Kosze.", person=desk, channel="hand")
    make_intake(form, "Kładka.")
    made = split(intake=intake, points=[Point("Latarnie.")], person=editor)
    assert [each.number for each in intake.remarks.all()] == [1, 2, 4] and made[0].number == 4
    with pytest.raises(rules.NotYours):
        split(intake=intake, points=[Point("x")], person=desk)
    with pytest.raises(rules.RemarkRefused, match="przed nami"):
        make_intake(form, person=desk, received_at=database_now() + timedelta(days=1))


def test_one_source_is_one_intake_and_a_petition_is_one_with_many_people(form, desk):
    facts = {"channel": "meeting", "source_key": "meetings.voice:7"}
    first, again = (make_intake(form, "Głos.", author=Author(), person=desk, **facts) for _time in range(2))
    assert first.pk == again.pk and Remark.objects.count() == 1
    petition = make_intake(form, author=Author("Ewa P.", "", "other", supporters=312), person=desk, channel="petition")
    assert (petition.supporters, petition.remarks.count()) == (312, 1)


def test_outside_the_area_is_marked_and_kept():
    form = make_form()
    mine, other = DistrictFactory(), DistrictFactory()
    area = AreaFactory(consultation=form.consultation, of_district=True, district=mine)
    from ratusz.foundation.territory.models import AddressRange, Street

    for district, name in ((mine, "Tutejsza"), (other, "Daleka")):
        street = Street.objects.create(name=name, key=name.lower(), sort_key=name.lower())
        AddressRange.objects.create(street=street, district=district, first=100, last=9999)
    said = [
        make_intake(form, author=Author("X", address, "resident")) for address in ("Tutejsza 3", "ul. Daleka 4", "Inne Miasto 1")
    ]
    assert [(each.is_in_area, each.proof, each.state) for each in said] == [
        (True, "L2", "accepted"), (False, "L2", "accepted"), (None, "L1", "accepted"),
    ]  # fmt: skip
    assert area.district == mine and Item.objects.filter(kind="remarks.remark").count() == 3


def test_a_form_with_a_code_counts_once_the_code_is_typed(client, db):
    import re

    form = make_form(proof="L3", is_read_before=False)
    page = client.post(write_url(form), {**FACTS, "content": "Z kodem.", "email": ""})
    assert "Adres e-mail" in page.content.decode() and not Intake.objects.exists()
    where = client.post(write_url(form), {**FACTS, "content": "Z kodem."})["Location"]
    assert Intake.objects.get().state == "completion_asked" and not Remark.objects.get().is_public
    text = OutboxMessage.objects.filter(purpose="people.code").get().content.text
    client.post(where, {"deed": "confirm", "code": re.findall(r"\b\d{6}\b", text)[-1]})
    intake = Intake.objects.get()
    assert (intake.state, intake.proof) == ("accepted", "L3") and intake.remarks.get().is_public


@pytest.mark.parametrize(
    "rule, states", [("first", ["accepted", "rejected"]), ("last", ["rejected", "accepted"]), ("void", ["rejected", "rejected"])]
)
def test_one_person_counts_once_across_paper_and_online_by_the_declared_rule(desk, rule, states):
    form = make_form(uniqueness=rule)
    online = make_intake(form, "Za.")
    paper = make_intake(
        form, "Przeciw.", author=Author("PRZYKŁADOWA Ewa", "Przykladowa 1", "resident"), person=desk, channel="hand"
    )
    make_intake(form, "Inna osoba.", author=Author("Jan Zmyślony", "ul. Przykładowa 1", "resident"))
    found = [Intake.objects.get(pk=each.pk) for each in (online, paper)]
    assert [each.state for each in found] == states
    assert {each.reason_code for each in found if each.state == "rejected"} == {"N02"}
    if rule == "void":
        assert make_intake(form, "Trzeci raz.").pk and Intake.objects.order_by("-pk").first().state == "rejected"
    assert Intake.objects.counted().count() == {"first": 2, "last": 2, "void": 1}[rule] and EWA.name


def test_a_settled_number_is_unique_when_many_come_at_once(form):
    made = [make_intake(form, f"Uwaga {number}.") for number in range(4)]
    assert [each.remarks.get().number for each in made] == [1, 2, 3, 4]
    assert len({each.receipt for each in made}) == 4
    with pytest.raises(rules.RemarkRefused, match="Napisz"):
        take_in(consultation=form.consultation, form=form, points=[Point(" ")], author=EWA, arrival=Arrival())

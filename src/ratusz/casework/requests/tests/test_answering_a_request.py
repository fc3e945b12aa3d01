"""Staff take, extend and close requests: each deed sends, stops or extends; what the law forbids is refused; who may is kept."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from ratusz.casework.deadlines.models import Clock
from ratusz.casework.requests import actions, moves, queries, rules, wording
from ratusz.casework.requests.factories import make_request
from ratusz.casework.requests.models import Contact, Kind, Outcome, Reply, Request
from ratusz.foundation.audit.models import Entry
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day, polish_until
from ratusz.foundation.kit.working_days import end_of_day
from ratusz.foundation.notifications.models import OutboxMessage
from ratusz.foundation.people.factories import UserFactory
from ratusz.foundation.units.factories import AppointmentFactory, UnitFactory

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
DESK = "/admin/wnioski/"


@pytest.fixture
def head():
    return AppointmentFactory(role_code="head").person


@pytest.fixture
def editor():
    return AppointmentFactory(role_code="editor").person


def sent() -> list[str]:
    return [message.dedup_key.rpartition(":")[2] for message in OutboxMessage.objects.order_by("pk")]


@pytest.mark.parametrize("kind", list(Kind))
def test_every_way_a_request_may_end_stops_its_clock_and_reaches_the_person(kind, head):
    for outcome in rules.OUTCOMES[kind]:
        made = make_request(kind)
        actions.settle_request(
            request=made, outcome=outcome, text="Odpowiadamy.", person=head, decision_number="KS.1431.5.2026", handed_to="Wojewoda"
        )
        assert Clock.objects.of(made.key).get().stop_event == outcome
        made.refresh_from_db()
        expected = ["received"] if outcome == Outcome.WITHDRAWN else ["received", "answer"]
        messages = OutboxMessage.objects.filter(dedup_key__startswith=f"{made.key}:").order_by("pk")
        assert [message.dedup_key.rpartition(":")[2] for message in messages] == expected
        assert wording.state(made) == ("zamknięte" if outcome == Outcome.WITHDRAWN else "poszło")


def test_a_refusal_of_public_information_is_a_decision_with_its_number(head, editor):
    made = make_request()
    with pytest.raises(rules.NotYours):
        actions.settle_request(request=made, outcome=Outcome.REFUSED, text="Nie.", person=editor, decision_number="1")
    with pytest.raises(rules.RequestRefused, match="decyzja administracyjna"):
        actions.settle_request(request=made, outcome=Outcome.REFUSED, text="Nie.", person=head)
    actions.settle_request(request=made, outcome=Outcome.REFUSED, text="Nie.", person=head, decision_number=" KS.1431.5.2026 ")
    answer = OutboxMessage.objects.get(dedup_key=f"{made.key}:answer").content.text
    assert "decyzji administracyjnej KS.1431.5.2026" in answer


def test_a_refusal_of_access_tells_how_to_complain(head):
    made = make_request(Kind.ACCESSIBILITY)
    actions.settle_request(request=made, outcome=Outcome.REFUSED, text="Nie da się.", person=head)
    assert "złożyć skargę" in OutboxMessage.objects.get(dedup_key=f"{made.key}:answer").content.text


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"outcome": Outcome.DONE, "text": "x"}, "nie może się tak skończyć"),
        ({"outcome": Outcome.ANSWERED, "text": "  "}, "Napisz odpowiedź"),
        ({"outcome": Outcome.HANDED_OVER, "text": "x"}, "do jakiego organu"),
    ],
)
def test_a_request_does_not_end_without_what_belongs_to_its_end(editor, facts, words):
    with pytest.raises(rules.RequestRefused, match=words):
        actions.settle_request(request=make_request(), person=editor, **facts)


def test_a_request_is_closed_once(editor):
    made = make_request()
    actions.settle_request(request=made, outcome=Outcome.ANSWERED, text="Tak.", person=editor)
    for deed in (
        lambda: actions.settle_request(request=made, outcome=Outcome.ANSWERED, text="Znowu.", person=editor),
        lambda: actions.take_request(request=made, person=editor),
        lambda: actions.extend_request(request=made, last_day=local_day(database_now()), reason="x", person=editor),
    ):
        with pytest.raises(rules.RequestRefused, match="zamknięty"):
            deed()
    assert sent() == ["received", "answer"]


def test_two_who_take_one_request_at_once_learn_who_has_it(head, editor, staff_client):
    made, client = make_request(Kind.INFORMATION), staff_client("editor")
    page = client.get(f"{DESK}{made.pk}/").text
    assert 'name="instead_of" value=""' in page
    actions.take_request(request=made, person=editor)
    for said in ("", "x", str(head.pk)):
        client.post(f"{DESK}{made.pk}/zmiana/", {"deed": "take", "instead_of": said})
        made.refresh_from_db()
        assert made.person == editor
    assert "Ktoś przed chwilą wziął ten wniosek" in client.get(f"{DESK}{made.pk}/").text
    client.post(f"{DESK}{made.pk}/zmiana/", {"deed": "take", "instead_of": str(editor.pk)})
    made.refresh_from_db()
    assert made.person == client.person


def test_the_form_of_a_longer_term_says_the_last_day_the_rule_allows(staff_client):
    client = staff_client("editor")
    made = make_request(Kind.INFORMATION, received_at=datetime(2026, 11, 20, 12, tzinfo=UTC))
    last_day = polish_until(end_of_day(date(2027, 1, 20)))
    assert f"Reguła pozwala najdalej: {last_day}." in client.get(f"{DESK}{made.pk}/").text


def test_a_longer_term_is_told_with_its_reason_and_never_past_two_months(editor):
    made = make_request()
    day = local_day(made.received_at)
    with pytest.raises(actions.ClockRefused, match="nie dalej niż"):
        actions.extend_request(request=made, last_day=day + timedelta(days=63), reason="Dużo", person=editor)
    actions.extend_request(request=made, last_day=day + timedelta(days=40), reason="Dużo dokumentów", person=editor)
    made.refresh_from_db()
    assert made.extended_until == Clock.objects.get().due_at
    assert "Dużo dokumentów" in OutboxMessage.objects.get(dedup_key=f"{made.key}:extension").content.text
    assert Reply.objects.get().about == "extension"
    assert "dłuższym terminie" in wording.find_receipt(made.code, database_now()).status
    with pytest.raises(actions.ClockRefused):
        actions.extend_request(request=made, last_day=day + timedelta(days=41), reason="Znowu", person=editor)
    with pytest.raises(rules.RequestRefused, match="na skargę"):
        actions.extend_request(request=make_request(Kind.COMPLAINT), last_day=day, reason="x", person=editor)


def test_a_phone_call_and_no_address_send_nothing(editor):
    for contact, value in ((Contact.PHONE, "+48600100200"), (Contact.NONE, "")):
        made = make_request(contact=contact, contact_value=value)
        actions.settle_request(request=made, outcome=Outcome.ANSWERED, text="Powiedziane.", person=editor)
    assert (sent(), Reply.objects.filter(was_sent=False).count()) == ([], 2)


def test_the_receipt_tells_how_it_ended_and_that_we_are_late(head):
    late = make_request(received_at=database_now() - timedelta(days=30))
    assert "Spóźniamy się" in wording.find_receipt(late.code, database_now()).status
    actions.settle_request(request=late, outcome=Outcome.HANDED_OVER, text="x", person=head, handed_to="Wojewoda Śląski")
    found = wording.find_receipt(late.code, database_now())
    assert found.status == "Przekazano innemu organowi: Wojewoda Śląski."
    assert [name for name, _fact in found.facts] == ["Wpłynęło", "Zamknięto"]


@pytest.mark.parametrize(
    "facts",
    [
        {"outcome": "answered"}, {"contact": "none"}, {"contact_value": ""},
        {"settled_at": "2026-09-15T10:00Z", "outcome": "refused"}, {"settled_at": "2026-09-15T10:00Z", "outcome": "handed_over"},
        {"settled_at": "2026-09-15T10:00Z"},
    ],
)  # fmt: skip
def test_the_database_refuses_requests_that_cannot_be(facts):
    made = make_request()
    with pytest.raises(IntegrityError), transaction.atomic():
        Request.objects.filter(pk=made.pk).update(**facts)


def test_who_may_what(head, editor):
    at = database_now()
    people = {
        "head": head, "editor": editor, "desk": AppointmentFactory(role_code="desk_officer").person,
        "iod": AppointmentFactory(role_code="data_protection_officer").person,
        "moderator": AppointmentFactory(role_code="moderator").person, "resident": UserFactory(),
        "head elsewhere": AppointmentFactory(role_code="head", unit=UnitFactory()).person,
    }  # fmt: skip
    deeds = ("see", "register", "note", "take", "answer", "extend", "refuse")
    assert {name: [deed for deed in deeds if rules.may(person, deed, None, at)] for name, person in people.items()} == {
        "head": list(deeds), "editor": list(deeds[:6]), "desk": ["see", "register", "note"], "iod": ["see"], "moderator": [],
        "resident": [], "head elsewhere": [],
    }  # fmt: skip


def test_a_request_waits_on_the_desks_until_somebody_takes_it(head, editor):
    made, at = make_request(), database_now()
    both = [[move.what for move in moves.moves_of(person, at)] for person in (head, editor)]
    assert both == [[f"Weź do pracy: wniosek o informację publiczną nr {made.pk}"]] * 2
    actions.take_request(request=made, person=editor)
    assert [[move.what for move in moves.moves_of(person, at)] for person in (head, editor)] == [
        [], [f"Odpowiedz: wniosek o informację publiczną nr {made.pk}"],
    ]  # fmt: skip
    assert Clock.objects.get().person == editor


def test_the_desk_shows_a_request_once_with_its_term(editor):
    from ratusz.coordination.desk.queries import waiting_for

    make_request()
    assert [item.move.what.partition(":")[0] for item in waiting_for(editor, database_now())] == ["Weź do pracy"]


def test_the_whole_way_through_the_screens(staff_client):
    client = staff_client("head")
    made = make_request(text="Treść pytania")
    assert f'href="{DESK}{made.pk}/"' in client.get(DESK).content.decode()
    page = client.get(f"{DESK}{made.pk}/").content.decode()
    assert "Treść pytania" in page and "pyta@example.pl" in page
    assert Entry.objects.filter(is_read=True, subject_id=str(made.pk)).exists()
    client.post(f"{DESK}{made.pk}/zmiana/", {"deed": "take"})
    client.post(f"{DESK}{made.pk}/zmiana/", {"deed": "number", "number-case_number": "KS.1431.7.2026"})
    day = (local_day(made.received_at) + timedelta(days=30)).isoformat()
    client.post(f"{DESK}{made.pk}/zmiana/", {"deed": "extend", "extend-last_day": day, "extend-reason": "Dużo"})
    client.post(f"{DESK}{made.pk}/zmiana/", {"deed": "settle", "settle-outcome": "answered", "settle-text": "Oto wykaz."})
    page = client.get(f"{DESK}{made.pk}/").content.decode()
    assert "Oto wykaz." in page and "poszło: odpowiedziano" in page and "KS.1431.7.2026" in page
    assert sent() == ["received", "extension", "answer"]
    assert client.post(f"{DESK}{made.pk}/zmiana/", {"deed": "take"}).status_code == 302
    assert client.post(f"{DESK}{made.pk}/zmiana/", {"deed": "burn"}).status_code == 404
    deeds = Entry.objects.filter(deed__startswith="requests.").order_by("pk").values_list("deed", flat=True)
    assert [deed.partition(".")[2] for deed in deeds] == [
        "receive_request", "take_request", "note_case_number", "extend_request", "settle_request",
    ]  # fmt: skip


def test_a_refusal_on_the_screen_keeps_what_was_typed_and_roles_are_kept(staff_client):
    made = make_request()
    facts = {"deed": "settle", "settle-outcome": "handed_over", "settle-text": "Długa odpowiedź"}
    page = staff_client("editor").post(f"{DESK}{made.pk}/zmiana/", facts).content.decode()
    assert "do jakiego organu" in page and "Długa odpowiedź" in page
    refusal = facts | {"settle-outcome": "refused", "settle-decision_number": "1"}
    assert staff_client("editor").post(f"{DESK}{made.pk}/zmiana/", refusal).status_code == 200
    assert staff_client("desk_officer").post(f"{DESK}{made.pk}/zmiana/", facts | {"settle-handed_to": "X"}).status_code == 302
    assert staff_client("moderator").get(DESK).status_code == 302
    assert Request.objects.open().count() == 1


def test_the_words_of_a_person_are_not_read_unrecorded_through_a_refused_deed(staff_client):
    made = make_request(text="Tajna treść")
    page = staff_client("desk_officer").post(f"{DESK}{made.pk}/zmiana/", {"deed": "settle", "settle-outcome": "smok"})
    assert "Tajna treść" in page.content.decode()
    assert Entry.objects.filter(is_read=True, subject_id=str(made.pk)).count() == 1


def test_what_came_by_post_is_entered_with_its_day(staff_client):
    client = staff_client("desk_officer")
    assert client.get(f"{DESK}nowy/{Kind.INFORMATION}/").status_code == 200
    assert client.get(f"{DESK}nowy/inny/").status_code == 404
    day = local_day(database_now()) - timedelta(days=3)
    facts = {"text": "Ile?", "contact": "none", "through": "letter", "received_date": day.isoformat()}
    late = client.post(f"{DESK}nowy/{Kind.INFORMATION}/", facts | {"received_date": (day + timedelta(days=9)).isoformat()})
    assert "dopiero będzie" in late.content.decode()
    client.post(f"{DESK}nowy/{Kind.INFORMATION}/", facts)
    made, clock = Request.objects.get(), Clock.objects.get()
    assert (made.through, local_day(made.received_at)) == ("letter", day)
    assert local_day(clock.due_at) == day + timedelta(days=15)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_register_is_narrowed_and_reads_its_rows_in_one_query(staff_client, rows, django_assert_num_queries):
    client = staff_client("editor")
    for _row in range(rows):
        made = make_request(received_at=database_now() - timedelta(days=30))
    make_request(Kind.COMPLAINT)
    actions.note_case_number(request=made, case_number="KS.9", person=client.person)
    actions.take_request(request=made, person=client.person)
    asked = {"": rows + 1, "stan=po_terminie": rows, "stan=zamkniete": 0, "stan=wszystkie&rodzaj=accessibility_complaint": 1}
    asked |= {"numer=KS.9": 1, f"numer={made.pk}": 1, "numer=abc": 0, "moje=on": 1, "rodzaj=nic": rows + 1}
    assert {query: len(client.get(f"{DESK}?{query}").context["rows"]) for query in asked} == asked
    found = queries.register({}, client.person, database_now())
    with django_assert_num_queries(1):
        words = [(wording.state(each), each.due_at) for each in found]
    assert len(words) == rows + 1


def test_the_page_of_the_register_asks_no_more_for_three_rows_than_for_one(staff_client):
    client, counts = staff_client("editor"), []
    for _more in range(3):
        make_request()
        client.get(DESK)
        with CaptureQueriesContext(connection) as asked:
            client.get(DESK)
        counts.append(len(asked))
    assert counts[0] == counts[2]


def test_an_erased_request_keeps_its_days_and_its_end_alone(editor):
    made = make_request(text="Jestem Osoba Przykładowa", name="Osoba Przykładowa")
    actions.settle_request(request=made, outcome=Outcome.ANSWERED, text="Szanowna Osobo", person=editor)
    assert actions.erase_requests(requests=Request.objects.all()) == 1
    made.refresh_from_db()
    assert (made.text, made.name, made.contact_value, made.outcome) == ("", "", "", "answered")
    assert (Reply.objects.get().text, made.erased_at is None) == ("", False)

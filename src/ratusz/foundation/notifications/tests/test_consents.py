"""A consent has its proof, is one, is not changed afterwards, and goes as easily as it came."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import Error, IntegrityError, connection, transaction
from django.test import override_settings

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.notifications import actions, rules
from ratusz.foundation.notifications.actions import digests
from ratusz.foundation.notifications.adapters.fake import FakeTransport
from ratusz.foundation.notifications.factories import make_address, make_agreeing
from ratusz.foundation.notifications.models import Address, Consent, ConsentRequest, DigestItem, OutboxMessage, Suppression
from ratusz.foundation.notifications.privacy import addresses_of

pytestmark = pytest.mark.django_db


def deliver():
    transport = FakeTransport()
    actions.deliver(channel="email", transport=transport)
    return transport.sent


@pytest.mark.parametrize(
    ("channel", "typed", "kept"),
    [
        ("email", " Jan.Kowalski@Example.PL ", "jan.kowalski@example.pl"),
        ("sms", "600 100 200", "+48600100200"),
        ("sms", "0048 600-100-200", "+48600100200"),
        ("sms", "48600100200", "+48600100200"),
        ("sms", "0 600 100 200", "+48600100200"),
        ("sms", "+49 171 1234567", "+491711234567"),
        ("letter", "Jan  Kowalski\n\n ul. Młyńska 4 \n40-098 Katowice", "Jan Kowalski\nul. Młyńska 4\n40-098 Katowice"),
    ],
)
def test_an_address_is_kept_once_in_one_form(channel, typed, kept):
    first = actions.add_address(channel=channel, value=typed)
    again = actions.add_address(channel=channel, value=kept)
    assert (first.pk, again.value) == (again.pk, kept)
    assert list(Address.objects.known_as(channel, typed)) == [first]


@pytest.mark.parametrize(
    ("channel", "typed"),
    [
        ("email", "jan"),
        ("email", "jan@example.pl\nBcc: a@b.pl"),
        ("email", "jan@exa\u200bmple.pl"),
        ("email", "żółw@example.pl"),
        ("email", '"a b"@example.pl, c@d.pl'),
        ("sms", "60010020"),
        ("sms", "+48 60010020"),
        ("sms", "٦٠٠١٠٠٢٠٠a"),
        ("letter", "Jan"),
        ("letter", "a\nb\nc\nd\ne\nf\ng"),
    ],
)
def test_what_is_no_address_is_refused_with_what_to_do(channel, typed):
    with pytest.raises(rules.NotDeliverable) as refusal:
        actions.add_address(channel=channel, value=typed)
    assert refusal.value.messages[0].endswith(".")


def test_a_refused_address_leaves_the_transaction_of_whoever_asked_usable():
    with transaction.atomic():
        with pytest.raises(rules.NotDeliverable):
            actions.add_address(channel="email", value="nikt")
        kept = actions.add_address(channel="email", value="jan@example.pl")
    assert Address.objects.get() == kept


def test_double_opt_in_leaves_its_proof():
    request = actions.ask_consent(email="jan@example.pl", purpose="test.news")
    assert not Consent.objects.exists()
    question = deliver()[0]
    consent = actions.confirm_consent(request=request)
    assert (consent.text.text, consent.given_through, consent.ordinal) == ("Zgadzam się na newsletter.", "web", 1)
    assert consent.confirming_message == question.message_id
    assert consent.asked_at <= consent.confirmed_at
    assert consent.address.confirmed_at is not None
    assert actions.confirm_consent(request=request) is None
    assert actions.ask_consent(email="jan@example.pl", purpose="test.news") is None


def test_a_question_is_forgotten_after_a_week():
    request = actions.ask_consent(email="jan@example.pl", purpose="test.news")
    border = database_now() - timedelta(days=7)
    ConsentRequest.objects.update(asked_at=border + timedelta(minutes=1))
    assert actions.forget_requests() == 0
    ConsentRequest.objects.update(asked_at=border - timedelta(minutes=1))
    assert actions.confirm_consent(request=request) is None
    assert actions.forget_requests() == 1


def test_there_is_one_live_consent_and_a_new_one_follows_a_withdrawal():
    address = make_agreeing("jan", "test.news")
    actions.give_consent(address=address, purpose="test.news", through="paper")
    assert [actions.leave_purpose(address=address, purpose="test.news") for _ in range(2)] == [True, False]
    actions.give_consent(address=address, purpose="test.news", through="phone")
    rows = Consent.objects.order_by("pk").values_list("ordinal", "given_through", "withdrawal__withdrawn_through")
    assert list(rows) == [(1, "desk", "link"), (2, "phone", None)]
    assert Consent.objects.live().count() == 1
    first = Consent.objects.first()
    with pytest.raises(IntegrityError), transaction.atomic():
        Consent.objects.create(
            address=address, purpose="test.news", ordinal=2, text=first.text, given_through="web",
            asked_at=first.asked_at, confirmed_at=first.confirmed_at,
        )  # fmt: skip


@pytest.mark.parametrize("sql", ["UPDATE {} SET {} = {}", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
@pytest.mark.parametrize(
    ("table", "column"), [("consent", "purpose"), ("consenttext", "text"), ("withdrawal", "withdrawn_through")]
)
def test_the_database_keeps_the_proof(as_role, table, column, sql):
    address = make_agreeing("jan", "test.news")
    actions.leave_purpose(address=address, purpose="test.news")
    connection.check_constraints()  # TRUNCATE wants no pending checks
    for role in ("app", "owner"):
        with pytest.raises(Error, match="permission denied|append-only"), as_role(role) as cursor:
            cursor.execute(sql.format(f"ratusz_notifications_{table}", column, column))


def test_leaving_everything_leaves_what_is_owed():
    address = make_agreeing("jan", "test.news")
    assert actions.leave_all(address=address) == 1
    assert list(Suppression.objects.live().values_list("reason", flat=True)) == ["asked"]
    actions.give_consent(address=address, purpose="test.news", through="link")
    assert not Suppression.objects.live().exists()


def test_digests_tell_each_event_once_in_one_mail():
    people = [make_agreeing(name, "test.news") for name in ("jan", "anna")]
    for person in people:
        for number in (1, 2):
            for _again in range(2):
                actions.collect(
                    to=person, purpose="test.news", title=f"Sprawa {number}", url="https://x.pl/", dedup_key=f"event:{number}"
                )
    assert [actions.send_digests(rhythm="weekly"), actions.send_digests(rhythm="daily"), actions.send_digests(rhythm="daily")] == [
        0,
        2,
        0,
    ]
    sent = deliver()
    assert [(envelope.to, envelope.subject) for envelope in sent] == [
        ("jan@example.pl", "2 nowe sprawy"),
        ("anna@example.pl", "2 nowe sprawy"),
    ]
    assert sent[0].text.index("Sprawa 1") < sent[0].text.index("Sprawa 2")
    actions.collect(to=people[0], purpose="test.news", title="Sprawa 3", dedup_key="event:3")
    assert actions.send_digests(rhythm="daily") == 1, "a second digest of the same day does not swallow its events"
    assert "Sprawa 3" in deliver()[0].text


def test_many_digests_are_written_in_groups_and_the_same_words_once(monkeypatch):
    monkeypatch.setattr(digests, "PEOPLE", 4)
    people = [make_agreeing(f"osoba{number}", "test.news") for number in range(9)]
    people[3].language = "en"
    people[3].save(update_fields=["language"])
    for person in people:
        actions.collect(to=person, purpose="test.news", title="Sprawa", dedup_key="event:1")
    actions.collect(to=people[0], purpose="test.news", title="Druga", dedup_key="event:2")
    actions.choose_rhythm(address=people[1], purpose="test.news", rhythm="weekly")
    actions.collect(to=people[2], purpose="test.few", title="Inna", dedup_key="event:3")
    actions.leave_purpose(address=people[5], purpose="test.news")
    actions.collect(to=people[5], purpose="test.news", title="Sprawa", dedup_key="event:4")
    assert (actions.send_digests(rhythm="daily"), actions.send_digests(rhythm="daily")) == (7, 0)
    sent = OutboxMessage.objects.filter(purpose="notifications.digest").select_related("content")
    told = {each.address_id: (each.content.subject, each.content.text) for each in sent}
    assert told == {
        people[0].pk: ("2 nowe sprawy", "Sprawa\n\nDruga"), people[3].pk: ("1 new matter", "Sprawa"),
        people[2].pk: ("2 nowe sprawy", "Inna\n\nSprawa"), **{people[each].pk: ("1 nowa sprawa", "Sprawa") for each in (4, 6, 7, 8)},
    }  # fmt: skip
    assert sent.values("content").distinct().count() == 5
    assert DigestItem.objects.filter(message=None).get().address == people[1]


def test_a_person_chooses_the_rhythm():
    person = make_agreeing("jan", "test.news")
    actions.choose_rhythm(address=person, purpose="test.news", rhythm="weekly")
    actions.collect(to=person, purpose="test.news", title="A", dedup_key="a")
    assert [actions.send_digests(rhythm="daily"), actions.send_digests(rhythm="weekly")] == [0, 1]
    actions.choose_rhythm(address=person, purpose="test.news", rhythm="at_once")
    actions.collect(to=person, purpose="test.news", title="B", dedup_key="b")
    assert OutboxMessage.objects.get(purpose="test.news").content.subject == "B"


def test_who_left_a_purpose_finds_none_of_it_in_a_waiting_digest(monkeypatch):
    person = make_agreeing("jan", "test.news")
    actions.collect(to=person, purpose="test.news", title="A", dedup_key="a")
    actions.collect(to=person, purpose="test.few", title="B", dedup_key="b")
    actions.send_digests(rhythm="daily")
    actions.leave_purpose(address=person, purpose="test.news")
    assert list(DigestItem.objects.values_list("title", "message")) == [("B", None)]
    assert actions.send_digests(rhythm="daily") == 1
    assert "A" not in deliver()[0].text.split("\n")


def test_addresses_are_found_for_a_person_an_address_and_a_text(django_user_model):
    person = django_user_model.objects.create_user("jan@example.pl")
    own = actions.add_address(channel="sms", value="600100200", person=person)
    mailbox = make_address("jan")
    make_address("anna")
    assert set(addresses_of(person)) == {own, mailbox}
    assert list(addresses_of("600 100 200")) == [own]
    assert list(addresses_of(mailbox)) == [mailbox]


@override_settings(EMAIL_BACKEND="ratusz.foundation.notifications.adapters.django_mail.OutboxBackend")
def test_what_django_mails_goes_through_the_outbox():
    mail.send_mail("Nowe hasło", "Dzień dobry", None, ["a@example.pl", "b@example.pl"])
    rows = OutboxMessage.objects.order_by("pk").values_list("address__value", "content__subject", "purpose", "state")
    assert list(rows) == [(f"{name}@example.pl", "Nowe hasło", "notifications.account", "waiting") for name in "ab"]


def test_a_suppressed_number_stays_so_in_another_spelling():
    address = actions.add_address(channel="sms", value="600100200")
    actions.leave_all(address=address)
    message = actions.send(to="48600100200", channel="sms", purpose="notifications.digest", dedup_key="d1", subject="x", text="x")
    transport = FakeTransport()
    actions.deliver(channel="sms", transport=transport)
    message.refresh_from_db()
    assert (transport.sent, message.address_id, message.state, message.last_error) == ([], address.pk, "cancelled", "suppressed")

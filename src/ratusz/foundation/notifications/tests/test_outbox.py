"""A message is written with its cause, goes once, and every fault leaves its row in the right state."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.notifications import actions, composing, rules
from ratusz.foundation.notifications.adapters.fake import FakeTransport
from ratusz.foundation.notifications.factories import make_address, make_agreeing, make_message
from ratusz.foundation.notifications.models import Content, OutboxMessage, PrintedLetter, Suppression

pytestmark = pytest.mark.django_db
User = get_user_model()


def states():
    return list(OutboxMessage.objects.order_by("pk").values_list("state", "attempts", "last_error"))


def deliver(*faults, channel="email", **options):
    transport = FakeTransport(*faults)
    return actions.deliver(channel=channel, transport=transport, **options), transport


def test_a_message_is_sent_once_with_its_words():
    message = make_message()
    count, transport = deliver()
    again, nothing = deliver()
    message.refresh_from_db()
    assert (count, again, nothing.sent, message.state) == (1, 0, [], "sent")
    envelope = transport.sent[0]
    assert (envelope.to, envelope.subject, envelope.message_id) == (
        "jan.kowalski@example.pl",
        "Zażółć gęślą jaźń",
        message.message_id,
    )
    assert "to jest próba" in envelope.text
    assert "to jest próba" in envelope.html
    assert "fonts.googleapis" not in envelope.html


def test_a_message_goes_back_with_its_cause():
    with pytest.raises(RuntimeError), transaction.atomic():
        make_message()
        raise RuntimeError
    assert OutboxMessage.objects.count() == 0


def test_the_same_key_makes_one_message_for_ever():
    first = make_message(dedup_key="k")
    deliver()
    second = make_message("anna", dedup_key="k")
    assert first.pk == second.pk
    assert OutboxMessage.objects.count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        OutboxMessage.objects.create(
            address=first.address,
            channel="email",
            purpose="p",
            content=first.content,
            dedup_key="k",
            made_at=first.made_at,
            send_at=first.send_at,
        )


def test_the_message_id_follows_from_the_key_and_stands_before_sending():
    message = make_message(dedup_key="budget-receipt:7")
    deliver("temporary")
    message.refresh_from_db()
    first = message.message_id
    OutboxMessage.objects.update(send_at=database_now())
    deliver()
    message.refresh_from_db()
    assert message.message_id == first
    assert first == rules.message_id("budget-receipt:7", "ratusz.example", settings.RATUSZ_LOOKUP_KEY)
    with pytest.raises(IntegrityError), transaction.atomic():
        OutboxMessage.objects.update(state="sending", sent_at=None, message_id="")


@pytest.mark.parametrize(
    ("fault", "state", "error", "suppressed"),
    [
        ("temporary", "waiting", "451", []),
        ("permanent", "failed", "550", []),
        ("bad_address", "failed", "550", ["hard_bounce"]),
        ("uncertain", "review", "ConnectionResetError", []),
    ],
)
def test_each_fault_leaves_its_state(fault, state, error, suppressed):
    make_message()
    before = database_now()
    deliver(fault)
    assert states() == [(state, 1, error)]
    assert list(Suppression.objects.values_list("reason", flat=True)) == suppressed
    waits = OutboxMessage.objects.get().send_at - before
    assert (waits > timedelta(seconds=29)) == (state == "waiting")


@pytest.mark.slow
def test_after_twenty_refusals_a_message_is_given_up():
    make_message()
    for _ in range(rules.TRIES):
        OutboxMessage.objects.update(send_at=database_now())
        deliver("temporary")
    assert states() == [("failed", 20, "451")]


def test_a_fault_of_one_message_stops_no_other():
    for name in ("a", "b", "c", "d"):
        make_message(name)
    _count, transport = deliver("temporary", "", "uncertain", "")
    assert [envelope.to[0] for envelope in transport.sent] == ["b", "d"]
    assert [row[0] for row in states()] == ["waiting", "sent", "review", "sent"]


def test_an_adapter_that_breaks_leaves_its_message_in_review():
    make_message()

    class Broken(FakeTransport):
        def send(self, envelope):
            raise ZeroDivisionError

    actions.deliver(channel="email", transport=Broken())
    assert states() == [("review", 1, "ZeroDivisionError")]


def test_what_a_dead_worker_left_goes_to_review_and_never_again_by_itself():
    message = make_message()
    OutboxMessage.objects.update(state="sending", message_id="<x@y>", lease_until=database_now() + timedelta(minutes=1))
    deliver()
    assert states()[0][0] == "sending"
    OutboxMessage.objects.update(lease_until=database_now() - timedelta(seconds=1))
    count, transport = deliver()
    assert (count, transport.sent) == (0, [])
    assert states() == [("review", 0, "worker died")]
    boss = User.objects.create_superuser("boss@example.pl")
    nobody = User.objects.create_user("nobody@example.pl")
    with pytest.raises(PermissionDenied):
        actions.resend_message(message=message, person=nobody)
    with pytest.raises(PermissionDenied):
        actions.settle_as_sent(message=message, person=nobody)
    actions.resend_message(message=message, person=boss)
    _count, transport = deliver()
    assert len(transport.sent) == 1
    assert actions.settle_as_sent(message=message, person=boss).state == "sent"


def test_urgent_messages_go_first():
    make_message("slow", purpose="test.few")
    make_message("fast", purpose="test.code")
    _count, transport = deliver()
    assert [envelope.to for envelope in transport.sent] == ["fast@example.pl", "slow@example.pl"]


def test_a_code_is_wiped_when_it_was_sent():
    message = make_message(purpose="test.code", text="Kod: 123456", variables={"code": "123456"})
    deliver()
    message.refresh_from_db()
    assert (message.content.text, message.content.html, message.variables, message.state) == ("", "", {}, "sent")


def test_the_fourth_code_in_an_hour_is_refused():
    for number in range(3):
        make_message(purpose="test.code", dedup_key=f"code:{number}")
    with pytest.raises(rules.LimitReached):
        make_message(purpose="test.code", dedup_key="code:3")
    make_message("other", purpose="test.code", dedup_key="code:4")
    assert OutboxMessage.objects.count() == 4


def test_what_is_over_the_hourly_limit_waits_for_the_next_hour():
    for number in range(4):
        make_message(purpose="test.few", dedup_key=f"few:{number}")
    before = database_now()
    count, transport = deliver()
    assert (count, len(transport.sent)) == (2, 2)
    later = set(OutboxMessage.objects.filter(state="waiting").values_list("send_at", flat=True))
    assert later == {rules.hour_of(before) + timedelta(hours=1)}


@pytest.mark.parametrize(
    ("hour", "urgent", "expected"),
    [
        ((20, 59), False, (24, 20, 59)),
        ((21, 0), False, (25, 8, 0)),
        ((7, 59), False, (24, 8, 0)),
        ((8, 0), False, (24, 8, 0)),
        ((3, 0), True, (24, 3, 0)),
    ],
)
def test_text_messages_wait_out_the_night_unless_urgent(hour, urgent, expected):
    warsaw = ZoneInfo("Europe/Warsaw")
    at = datetime(2026, 11, 24, *hour, tzinfo=warsaw)
    assert rules.may_go_at("sms", at, urgent) == datetime(2026, 11, expected[0], *expected[1:], tzinfo=warsaw)
    assert rules.may_go_at("email", at, False) == at


def test_unsubscribing_while_others_are_being_sent_stops_the_message():
    people = [make_agreeing(f"p{n}", "test.news") for n in range(4)]
    content = actions.keep_content(content=composing.write_content(subject="Wydanie 1", text="Dzień dobry"))
    assert actions.send_to_all_agreeing(purpose="test.news", content=content, dedup_prefix="issue:1") == 4

    class Leaving(FakeTransport):
        def send(self, envelope):
            super().send(envelope)
            if len(self.sent) == 1:
                actions.leave_purpose(address=people[2], purpose="test.news")

    transport = Leaving()
    actions.deliver(channel="email", transport=transport)
    assert [envelope.to for envelope in transport.sent] == ["p0@example.pl", "p1@example.pl", "p3@example.pl"]
    assert [row[0] for row in states()] == ["sent", "sent", "cancelled", "sent"]


def test_a_consent_withdrawn_behind_the_outbox_is_seen_at_the_last_moment():
    address = make_agreeing("p", "test.news")
    message = make_message("p", purpose="test.news")
    actions.leave_purpose(address=address, purpose="test.news")
    OutboxMessage.objects.filter(pk=message.pk).update(state="waiting")
    deliver()
    assert states() == [("cancelled", 0, "withdrawn")]


@pytest.mark.parametrize(
    ("reason", "news", "owed"),
    [("asked", "cancelled", "sent"), ("complaint", "cancelled", "sent"), ("hard_bounce", "cancelled", "cancelled")],
)
def test_suppressed_addresses_get_only_what_is_owed_and_dead_ones_nothing(reason, news, owed):
    address = make_agreeing("p", "test.news")
    make_message("p", purpose="test.news")
    make_message("p", purpose="notifications.account")
    actions.suppress(channel="email", lookup=address.lookup, reason=reason)
    deliver()
    assert [row[0] for row in states()] == [news, owed]


def test_a_bounce_that_comes_later_suppresses_the_address():
    message = make_message()
    deliver()
    message.refresh_from_db()
    assert not actions.report_bounce(message_id="<not@ours>", reason="hard_bounce")
    assert actions.report_bounce(message_id=message.message_id, reason="hard_bounce")
    assert states() == [("failed", 1, "bounced")]
    assert Suppression.objects.get().reason == "hard_bounce"


def test_each_recipient_of_a_mailing_gets_one_row_however_often_it_is_started():
    for n in range(3):
        make_agreeing(f"p{n}", "test.news")
    stopped = make_agreeing("stopped", "test.news")
    actions.suppress(channel="email", lookup=stopped.lookup, reason="complaint")
    content = actions.keep_content(content=composing.write_content(subject="Wydanie", text="[[name]]"))
    for _ in range(2):
        assert actions.send_to_all_agreeing(purpose="test.news", content=content, dedup_prefix="issue:1") == 3
    _count, transport = deliver()
    assert sorted(envelope.to for envelope in transport.sent) == ["p0@example.pl", "p1@example.pl", "p2@example.pl"]
    assert {frozenset(envelope.headers) for envelope in transport.sent} == {
        frozenset({"Auto-Submitted", "List-Unsubscribe", "List-Unsubscribe-Post"})
    }


def test_claiming_and_sending_costs_the_same_queries_for_one_and_three():
    counts = []
    for number in (1, 3):
        for n in range(number):
            make_message(f"p{number}{n}")
        with CaptureQueriesContext(connection) as queries:
            deliver()
        counts.append(len(queries))
    assert counts[1] - counts[0] == 2 * 7


def test_letters_are_made_ready_and_printed_in_batches():
    boss = User.objects.create_superuser("boss@example.pl")
    for name in ("Jan", "Anna"):
        actions.send(
            to=f"{name} Kowalska\nul. Młyńska 4\n40-098 Katowice", channel="letter", purpose="notifications.account",
            subject="Odpowiedź", text="Dzień dobry", dedup_key=f"letter:{name}",
        )  # fmt: skip
    assert actions.deliver(channel="letter") == 2
    assert [row[0] for row in states()] == ["sent", "sent"]
    batch = actions.print_letters(person=boss)
    assert actions.print_letters(person=boss) is None
    assert list(batch.letters.order_by("pk").values_list("recipient", "text")) == [
        ("Jan Kowalska\nul. Młyńska 4\n40-098 Katowice", "Dzień dobry"),
        ("Anna Kowalska\nul. Młyńska 4\n40-098 Katowice", "Dzień dobry"),
    ]
    with pytest.raises(PermissionDenied):
        actions.print_letters(person=User.objects.create_user("nobody@example.pl"))


def test_old_texts_are_wiped_and_what_still_waits_is_kept():
    make_message("old")
    make_message("new")
    deliver(limit=1)
    border = database_now() - timedelta(days=90)
    for moment, wiped in ((border + timedelta(days=1), 0), (border - timedelta(days=1), 1)):
        Content.objects.update(made_at=moment)
        assert actions.forget_contents() == wiped
    assert list(Content.objects.order_by("pk").values_list("text", flat=True)) == ["", "Dzień dobry,\n\nto jest próba."]


def test_an_erased_address_leaves_nothing_personal_behind():
    address = make_agreeing("jan.kowalski", "test.news")
    make_message(purpose="test.news", text="Dzień dobry, Janie Kowalski")
    deliver()
    waiting = make_message(purpose="test.news", dedup_key="waiting")
    make_address("anna")
    actions.erase_address(address=address)
    with connection.cursor() as cursor:
        found = []
        for table in connection.introspection.table_names():
            if table.startswith("ratusz_notifications"):
                cursor.execute(f"SELECT count(*) FROM {table} t WHERE t::text ILIKE %s", ["%kowalski%"])
                found += [table] * cursor.fetchone()[0]
    waiting.refresh_from_db()
    assert (found, waiting.state) == ([], "cancelled")
    assert actions.erase_address(address=address) == 0
    assert PrintedLetter.objects.count() == 0

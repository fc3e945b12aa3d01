"""What was needed to write to somebody goes when its time is over: printed letters, addresses of questions nobody answered."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.notifications import actions
from ratusz.foundation.notifications.actions import consents, outbox
from ratusz.foundation.notifications.factories import make_address, make_agreeing, make_message
from ratusz.foundation.notifications.models import Address, OutboxMessage, PrintBatch, PrintedLetter

pytestmark = pytest.mark.django_db
POSTAL = "Jan Kowalski\nul. Młyńska 4\n40-098 Katowice"


@pytest.fixture
def later(monkeypatch):
    def later(days: float):
        for module in (consents, outbox):
            monkeypatch.setattr(module, "database_now", lambda: database_now() + timedelta(days=days))

    return later


def sent(message: OutboxMessage) -> OutboxMessage:
    OutboxMessage.objects.filter(pk=message.pk).update(state="sent", sent_at=database_now(), message_id="<1@x>")
    return message


def kept() -> list[str]:
    return sorted(Address.objects.filter(erased_at=None).values_list("value", flat=True))


def test_a_printed_letter_is_wiped_after_90_days_and_one_that_waits_is_not(later):
    address = actions.add_address(channel="letter", value=POSTAL)
    batch = PrintBatch.objects.create(made_at=database_now())
    for number, where in enumerate((batch, None)):
        message = sent(actions.send(to=address, purpose="notifications.account", subject="s", text="t", dedup_key=f"l{number}"))
        PrintedLetter.objects.create(message=message, recipient=POSTAL, subject="s", text="t", ready_at=database_now(), batch=where)
    later(89)
    actions.forget_contents()
    assert PrintedLetter.objects.filter(recipient="").count() == 0
    later(91)
    actions.forget_contents()
    assert [(letter.batch_id, letter.recipient) for letter in PrintedLetter.objects.order_by("pk")] == [
        (batch.pk, ""),
        (None, POSTAL),
    ]


def test_the_address_of_a_question_nobody_answered_goes_after_a_week(later):
    actions.ask_consent(email="ciekawska@example.pl", purpose="test.news")
    sent(OutboxMessage.objects.get())
    later(6.9)
    actions.forget_requests()
    assert kept() == ["ciekawska@example.pl"]
    later(7.1)
    assert actions.forget_requests() == 2
    assert kept() == []
    assert OutboxMessage.objects.get().address.value == ""


def test_what_keeps_an_address(later):
    make_agreeing("zgoda", "test.news")
    owner = get_user_model().objects.create_user("wlascicielka@example.pl")
    actions.add_address(channel="email", value=owner.email, person=owner)
    sent(make_message("pisano"))
    make_message("czeka")
    make_address("nikt")
    later(30)
    actions.forget_requests()
    assert kept() == sorted(["zgoda@example.pl", owner.email, "pisano@example.pl", "czeka@example.pl"])
    later(91)
    actions.forget_requests()
    assert kept() == sorted(["zgoda@example.pl", owner.email, "czeka@example.pl"])


def test_who_withdrew_is_not_written_to_again_though_the_address_is_gone(later):
    actions.leave_all(address=make_agreeing("jan", "test.news"))
    later(91)
    actions.forget_requests()
    assert kept() == []
    assert actions.send(to="jan@example.pl", purpose="test.news", subject="s", text="t", dedup_key="x").state == "waiting"
    from ratusz.foundation.notifications.adapters.fake import FakeTransport

    transport = FakeTransport()
    actions.deliver(channel="email", transport=transport)
    assert transport.sent == []

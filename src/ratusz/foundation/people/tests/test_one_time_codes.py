"""One-time codes: once, ten minutes, five tries, three an hour, for the request that asked alone."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connections
from django.db.models import F

from ratusz.foundation.people import actions
from ratusz.foundation.people.models import Attempt, OneTimeCode
from ratusz.foundation.people.rules import CodeRefused, TooManyCodes

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
ADDRESS = "+48 600 000 001"


@pytest.fixture
def outbox():
    return []


@pytest.fixture
def ask(outbox):
    def ask(address=ADDRESS, bound_to="formularz-1", **kwargs):
        deliver = kwargs.pop("deliver", lambda to, digits: outbox.append((to, digits)))
        return actions.send_code(purpose="ballot", address=address, bound_to=bound_to, deliver=deliver, **kwargs)

    return ask


def check(handle, digits, bound_to="formularz-1", purpose="ballot"):
    actions.check_code(handle=handle, purpose=purpose, bound_to=bound_to, digits=digits)


def refused(*args, **kwargs) -> bool:
    try:
        check(*args, **kwargs)
    except CodeRefused:
        return True
    return False


def wrong(digits: str) -> str:
    return f"{(int(digits) + 1) % 1_000_000:06}"


def move_clock(monkeypatch, by: timedelta) -> None:
    from ratusz.foundation.kit.clock import database_now
    from ratusz.foundation.people.actions import codes, limits

    for module in (codes, limits):
        monkeypatch.setattr(module, "database_now", lambda: database_now() + by)


def test_the_right_code_works_once(ask, outbox):
    handle = ask()
    ((to, digits),) = outbox
    assert (to, len(digits), digits.isdecimal()) == (ADDRESS, 6, True)
    assert not refused(handle, f"{digits[:3]} {digits[3:]}")
    assert refused(handle, digits)


def test_five_tries_and_no_more(ask, outbox):
    handle = ask()
    digits = outbox[0][1]
    assert all(refused(handle, wrong(digits)) for _ in range(5))
    assert refused(handle, digits)
    assert OneTimeCode.objects.get().tries == 5


def test_the_fifth_try_may_still_be_right(ask, outbox):
    handle = ask()
    assert all(refused(handle, wrong(outbox[0][1])) for _ in range(4))
    assert not refused(handle, outbox[0][1])


@pytest.mark.parametrize(("after", "is_refused"), [(timedelta(minutes=9, seconds=59), False), (timedelta(minutes=10), True)])
def test_a_code_lives_ten_minutes(ask, outbox, monkeypatch, after, is_refused):
    handle = ask()
    move_clock(monkeypatch, after)
    assert refused(handle, outbox[0][1]) is is_refused


def test_another_request_or_purpose_cannot_use_it(ask, outbox):
    handle = ask()
    digits = outbox[0][1]
    assert refused(handle, digits, bound_to="formularz-2")
    assert refused(handle, digits, purpose="comment")
    assert not refused(handle, digits)


def test_a_new_code_voids_the_old(ask, outbox):
    old, new = ask(), ask(address="+48600000001")
    assert refused(old, outbox[0][1])
    assert not refused(new, outbox[1][1])


def test_three_codes_an_hour(ask, outbox):
    for _ in range(3):
        ask()
    with pytest.raises(TooManyCodes):
        ask(address=" +48 600000001 ")
    ask(address="ktos@example.pl")
    assert len(outbox) == 4
    # The limit asks the database itself for the time: here the hour passes for what is stored.
    Attempt.objects.update(happened_at=F("happened_at") - timedelta(hours=1))
    ask()
    assert len(outbox) == 5


def test_another_spelling_of_a_number_is_no_fourth_code(ask, outbox):
    for spelling in ("+48 600 100 200", "0048600100200", "600-100-200"):
        ask(address=spelling)
    with pytest.raises(TooManyCodes):
        ask(address="48600100200")
    assert refused(OneTimeCode.objects.order_by("expires_at").first().pk, outbox[0][1]), "a newer code voids the older"


def test_an_unknown_address_gets_nothing_but_looks_the_same(ask, outbox):
    handle = ask(is_known=False)
    assert outbox == []
    assert refused(handle, "000000") or refused(handle, "000001")
    for _ in range(2):
        ask(is_known=False)
    with pytest.raises(TooManyCodes):
        ask(is_known=False)


def test_neither_code_nor_address_is_stored(ask, outbox):
    ask(address="ktos@example.pl")
    row = str(OneTimeCode.objects.values().get())
    assert "ktos" not in row
    assert outbox[0][1] not in row


@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_use_a_code_once(ask, outbox):
    handle = ask()

    def attempt(_):
        try:
            return not refused(handle, outbox[0][1])
        finally:
            connections.close_all()

    with ThreadPoolExecutor(20) as pool:
        assert sum(pool.map(attempt, range(20))) == 1


@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_take_exactly_what_is_left():
    def attempt(_):
        try:
            return actions.use_up(kind="test", key="ktoś", most=7, within=timedelta(minutes=1))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(20) as pool:
        assert sum(pool.map(attempt, range(20))) == 7


def test_old_codes_and_attempts_are_forgotten(ask, monkeypatch):
    ask()
    assert actions.forget_old() == 0
    move_clock(monkeypatch, timedelta(days=1, minutes=11))
    assert actions.forget_old() == 2


@pytest.mark.parametrize(("channel", "address"), [("sms", "+48600000001"), ("email", "ktos@example.pl")])
def test_a_code_goes_out_through_the_outbox(ask, channel, address):
    from ratusz.foundation.notifications.models import OutboxMessage

    handle = ask(address=address, deliver=actions.through_outbox(channel=channel))
    message = OutboxMessage.objects.get()
    assert (message.channel, message.purpose) == (channel, "people.code")
    (digits,) = [
        word.strip(".") for word in message.content.text.split() if word.strip(".").isdecimal() and len(word.strip(".")) == 6
    ]
    assert not refused(handle, digits)

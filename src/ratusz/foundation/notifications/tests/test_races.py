"""Real threads with connections of their own: one message however often it is written, one worker for a row, one batch for a letter."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from ratusz.foundation.notifications import actions
from ratusz.foundation.notifications.factories import make_message
from ratusz.foundation.notifications.models import Content, OutboxMessage

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def at_once(count: int, deed) -> list:
    """What each of `count` threads got, all let go in the same moment."""
    gate = Barrier(count)

    def run(number: int):
        try:
            gate.wait(timeout=30)
            return deed(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))


def test_twenty_write_one_message():
    words = {"to": "jan@example.pl", "purpose": "notifications.account", "subject": "s", "dedup_key": "raz"}
    numbers = at_once(20, lambda number: actions.send(text=f"t{number}", **words).pk)
    assert len(set(numbers)) == 1
    assert OutboxMessage.objects.count() == 1
    assert OutboxMessage.objects.get().content in Content.objects.all()


class Keeping:
    """A transport that notes what it was handed, for all threads together."""

    def __init__(self):
        self.sent: list[str] = []

    def send(self, envelope):
        self.sent.append(envelope.message_id)

    def close(self):
        """Nothing to let go."""


def test_eight_workers_send_each_of_fifty_once():
    for number in range(50):
        make_message(f"osoba{number}")
    transport = Keeping()
    counts = at_once(8, lambda number: actions.deliver(channel="email", transport=transport))
    assert (sum(counts), len(transport.sent), len(set(transport.sent))) == (50, 50, 50)
    assert set(OutboxMessage.objects.values_list("state", "attempts")) == {("sent", 1)}

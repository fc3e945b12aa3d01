"""R10 and R11 with real processes and a real mail server: workers are killed in the middle, and nobody gets two copies."""

import random
import signal
import time
from collections import Counter
from datetime import timedelta

import pytest

from ratusz.foundation.jobs.testing import start_process
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.notifications import actions, composing
from ratusz.foundation.notifications.adapters.smtp import SmtpTransport
from ratusz.foundation.notifications.factories import make_address, make_message
from ratusz.foundation.notifications.models import Channel, OutboxMessage
from ratusz.foundation.notifications.testing import MailServer

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.faults]
KILLS, RECIPIENTS = 10, 600
WORKER = """
import sys, time
from ratusz.foundation.notifications import actions
from ratusz.foundation.notifications.adapters.smtp import SmtpTransport
print("ready", flush=True)
sys.stdin.readline()
while True:
    if not actions.deliver(channel="email", transport=SmtpTransport(sys.argv[1])):
        time.sleep(0.05)
"""


def write_to_everybody():
    content = actions.keep_content(content=composing.write_content(subject="Wydanie", text="Dzień dobry"))
    now = database_now()
    common = {"channel": Channel.EMAIL, "purpose": "notifications.account", "content": content, "made_at": now, "send_at": now}
    people = [make_address(f"p{n}") for n in range(RECIPIENTS)]
    OutboxMessage.objects.bulk_create(OutboxMessage(address=person, dedup_key=f"issue:{person.pk}", **common) for person in people)


def count(*states):
    return OutboxMessage.objects.filter(state__in=states).count()


def wait_for_letters(server, number):
    """Until so many letters have arrived or nothing waits any more."""
    while len(server.kept) < number and count("waiting"):
        time.sleep(0.002)


def kill_one(workers, chance):
    victim = workers.pop(chance.randrange(len(workers)))
    victim.send_signal(signal.SIGKILL)
    victim.communicate(timeout=20)


def test_workers_killed_ten_times_send_no_second_copy_and_go_on_alone():
    write_to_everybody()
    chance, workers, kills = random.Random(7), [], 0
    with MailServer() as server:
        # All stand ready before the first letter: else a quick survivor sends everything while the next one still starts.
        spare = [start_process(WORKER, server.url) for _ in range(KILLS + 2)]
        try:
            assert [worker.stdout.readline() for worker in spare] == ["ready\n"] * len(spare)
            while count("waiting"):
                while spare and len(workers) < 2:
                    workers.append(spare.pop())
                    workers[-1].stdin.write("go\n")
                    workers[-1].stdin.flush()
                # Counted in letters, not in seconds, so that each is killed in the middle of its work on any machine.
                wait_for_letters(server, len(server.kept) + chance.randint(1, RECIPIENTS // (2 * KILLS)))
                if kills < KILLS:
                    kill_one(workers, chance)
                    kills += 1
        finally:
            workers += spare
            while workers:
                kill_one(workers, chance)
        OutboxMessage.objects.filter(state="sending").update(lease_until=database_now() - timedelta(seconds=1))
        actions.deliver(channel="email", transport=SmtpTransport(server.url))
        copies = Counter(recipient for recipient, _data in server.kept)
    sent = set(OutboxMessage.objects.filter(state="sent").values_list("address__value", flat=True))
    assert kills == KILLS
    assert max(copies.values()) == 1
    assert sent <= set(copies)
    assert count("sent") + count("review") == RECIPIENTS
    assert count("review") <= kills + 2


def test_a_hang_stalls_nobody_else():
    for name in "abcd":
        make_message(name)
    with MailServer("", "hang", "", "", hang=3.0) as server:
        actions.deliver(channel="email", transport=SmtpTransport(server.url, timeout=0.5))
        assert sorted(recipient[0] for recipient, _data in server.kept) == ["a", "c", "d"]
    assert list(OutboxMessage.objects.order_by("pk").values_list("state", flat=True)) == ["sent", "review", "sent", "sent"]

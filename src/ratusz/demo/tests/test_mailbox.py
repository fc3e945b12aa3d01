"""The demo's messages are read in its mailbox, and nowhere else."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ratusz.demo.mailbox import MailboxTransport
from ratusz.demo.models import MailboxItem
from ratusz.foundation.notifications import actions
from ratusz.foundation.notifications.factories import make_message

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
PAGES = ("/demo/skrzynka", "/demo/skrzynka/1", "/demo/skrzynka/1/html")


@pytest.fixture
def demo(settings, client):
    settings.DEMO = True
    client.defaults["HTTP_HOST"] = "127.0.0.1:8000"


def send(*names):
    for name in names:
        make_message(name, text="Dzień dobry,\n\nhttps://example.pl/x")
    actions.deliver(channel="email", transport=MailboxTransport())


@pytest.mark.parametrize("page", PAGES)
def test_outside_the_demo_there_is_no_mailbox(client, settings, page):
    settings.DEMO = False
    assert client.get(page).status_code == 404


@pytest.mark.parametrize("page", PAGES)
def test_from_another_machine_there_is_no_mailbox(client, demo, page):
    assert client.get(page, REMOTE_ADDR="192.0.2.7").status_code == 404
    assert client.get(page, HTTP_X_FORWARDED_FOR="192.0.2.7").status_code == 404


def test_a_message_is_read_as_text_and_as_a_letter(client, demo):
    send("jan")
    item = MailboxItem.objects.get()
    assert f"/demo/skrzynka/{item.pk}" in client.get("/demo/skrzynka").text
    page = client.get(f"/demo/skrzynka/{item.pk}")
    assert 'href="https://example.pl/x"' in page.text
    letter = client.get(f"/demo/skrzynka/{item.pk}/html")
    assert letter["Content-Security-Policy"].startswith("default-src 'none'")
    assert "Dzień dobry" in letter.text
    assert client.post("/demo/skrzynka").status_code == 405


def test_one_and_three_messages_cost_the_same_queries(client, demo):
    client.get("/demo/skrzynka")  # what the frame of a page keeps
    counts = []
    for names in (["a"], ["b", "c"]):
        send(*names)
        with CaptureQueriesContext(connection) as queries:
            client.get("/demo/skrzynka?q=example")
        counts.append(len(queries))
    assert counts[0] == counts[1]

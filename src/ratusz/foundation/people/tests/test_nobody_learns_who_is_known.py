"""Sign-in, a new password, a code and the link to the settings answer the same whether we know the address or not: body and work."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Site

from ratusz.foundation.notifications.actions import add_address
from ratusz.foundation.notifications.models import Address, OutboxMessage
from ratusz.foundation.people import actions
from ratusz.foundation.people.factories import UserFactory
from ratusz.foundation.people.models import OneTimeCode

pytestmark = pytest.mark.django_db
KNOWN, UNKNOWN = "znana.osoba@example.pl", "obca..osoba@example.pl".replace("..", ".")
PASSWORD = "długie hasło bez wzorca"


@pytest.fixture(autouse=True)
def _as_on_every_day():
    """The addresses of the portal's languages are kept for an hour: only the first to ask waits for them."""
    Site.get_site_root_paths()


@pytest.fixture
def account():
    account = UserFactory(email=KNOWN, is_staff=True)
    account.set_password(PASSWORD)
    account.save()
    return account


def _work(queries) -> list[str]:
    """The statements in their order, without values and names of savepoints."""
    shapes = []
    for query in queries:
        sql = re.sub(r"'(?:[^']|'')*'(?:::\w+)?| ?-?\b\d+\b|\bNULL\b", "?", query["sql"])
        shapes.append(re.sub(r"_django_curs_\w+|\bs\d+_x\d+\b", "s", sql)[:120])
    return [shape for shape in shapes if not re.search(r"SAVEPOINT", shape)]


def ask(path: str, field: str, address: str, **facts) -> tuple[tuple, list[str]]:
    """Everything a stranger can see of an answer, and the statements behind it."""
    client = Client()
    with CaptureQueriesContext(
        connection,
    ) as captured:
        answer = client.post(path, {field: address, **facts})
    body = re.sub(r"[A-Za-z0-9]{64}|nonce-[\w-]+", "?", answer.content.decode()).replace(address, "@")
    headers = {name: value for name, value in answer.headers.items() if name not in ("X-Request-ID", "Content-Length", "Expires")}
    cookies = {name: (morsel["path"], morsel["max-age"], morsel["httponly"]) for name, morsel in client.cookies.items()}
    return (answer.status_code, answer.get("Location", ""), body, headers, cookies), _work(captured.captured_queries)


def both(path: str, field: str, **facts) -> tuple:
    known, unknown = ask(path, field, KNOWN, **facts), ask(path, field, UNKNOWN, **facts)
    assert known[0] == unknown[0]
    return known, unknown


def test_a_wrong_password(account):
    Client().get("/konto/login/")
    known, unknown = both("/konto/login/", "login", password="zgaduję")
    assert sorted(known[1]) == sorted(unknown[1])


def test_a_wrong_password_of_a_disabled_account(account):
    account.is_active = False
    account.save()
    known, unknown = both("/konto/login/", "login", password="zgaduję")
    assert len(known[1]) == len(unknown[1])


def test_hashing_costs_the_same(account, monkeypatch):
    from django.contrib.auth.hashers import get_hasher

    hashed: list[int] = []
    hasher = type(get_hasher())
    encode = hasher.encode
    monkeypatch.setattr(hasher, "encode", lambda *args, **kwargs: hashed.append(1) or encode(*args, **kwargs))
    account.set_password(PASSWORD)
    account.save()
    counts = []
    for address in (KNOWN, UNKNOWN):
        hashed.clear()
        Client().post("/konto/login/", {"login": address, "password": "zgaduję"})
        counts.append(len(hashed))
    assert counts[0] == counts[1] > 0


def test_a_new_password(account):
    known, unknown = both("/konto/password/reset/", "email")
    assert known[0][:2] == (302, "/konto/password/reset/done/")
    assert known[1] == unknown[1]
    assert [message.address.value for message in OutboxMessage.objects.all()] == [KNOWN]
    assert Address.objects.filter(value=UNKNOWN).count() == 0, "what was only rehearsed is not kept"


def test_the_link_to_the_settings():
    add_address(channel="email", value=KNOWN)
    known, unknown = both("/powiadomienia/", "email")
    assert [message.address.value for message in OutboxMessage.objects.all()] == [KNOWN]
    only_new = [line for line in unknown[1] if line not in known[1]]
    assert [line for line in only_new if "INSERT" in line] == [], "a known address is written to be stored as well"
    assert any("INSERT INTO ratusz_notifications_address" in line for line in known[1])
    assert abs(len(known[1]) - len(unknown[1])) <= 2


def test_a_code():
    sends = {"purpose": "ballot", "bound_to": "f", "deliver": actions.through_outbox(channel="email")}
    with CaptureQueriesContext(connection) as known:
        actions.send_code(address=KNOWN, is_known=True, **sends)
    with CaptureQueriesContext(connection) as unknown:
        actions.send_code(address=UNKNOWN, is_known=False, **sends)
    assert _work(known.captured_queries) == _work(unknown.captured_queries)
    assert [message.address.value for message in OutboxMessage.objects.all()] == [KNOWN]
    assert OneTimeCode.objects.count() == 2


NASTY = ["\n", "\r\n", "\r", "\u2028", "\x0b", "\x00", "=?utf-8?q?=0D=0A?="]


@pytest.mark.parametrize("end", NASTY)
def test_no_field_becomes_a_header(staff_client, end):
    """An address with a line end is refused; a name with one stays on the line of its header."""
    from ratusz.foundation.notifications.adapters.mime import mime_bytes
    from ratusz.foundation.notifications.composing import envelope_for

    evil = f"a{end}Bcc: wszyscy@example.com"
    for path, field in (("/konto/login/", "login"), ("/konto/password/reset/", "email"), ("/powiadomienia/", "email")):
        Client().post(path, {field: f"a@example.pl{end}Bcc: x@example.com", "password": "x"})
    account = UserFactory(email="kot@example.pl", first_name=evil.replace("\x00", ""), is_staff=True)
    actions.change_account(account=account, email="nowy@example.pl", actor=account)
    client = staff_client("administrator")
    client.post("/admin/users/new/", {"email": "z@example.pl", "first_name": evil.replace("\x00", ""), "last_name": "B"})
    actions.through_outbox(channel="email")("k@example.pl", "000000")
    messages = list(OutboxMessage.objects.select_related("content", "address"))
    assert len(messages) >= 3
    for message in messages:
        message.message_id = "<1@example.pl>"
        head = mime_bytes(envelope_for(message), f"Miasto {evil.replace(chr(0), '')} <m@example.pl>").split(b"\r\n\r\n")[0]
        names = {line.split(b":")[0].lower() for line in head.split(b"\r\n") if line[:1] not in (b" ", b"\t")}
        assert not names & {b"bcc", b"cc", b"a"}, head

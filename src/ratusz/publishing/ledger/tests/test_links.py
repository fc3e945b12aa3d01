"""Links of pages become rows when a page goes out; foreign addresses are asked gently, and one bad day alarms nobody."""

from __future__ import annotations

import threading
import time
import types
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.db import IntegrityError, transaction

from ratusz.foundation.fetching.actions import Looked
from ratusz.foundation.kit.clock import database_now
from ratusz.publishing.ledger import rules
from ratusz.publishing.ledger.actions import check_due_links, checking, rebuild_links
from ratusz.publishing.ledger.models import ForeignAddress, PageLink
from ratusz.publishing.ledger.pace import Pace
from ratusz.publishing.website.factories import make_article, make_declaration, make_portal

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


def paragraph(*addresses):
    return "paragraph", "".join(f'<p>Zob. <a href="{address}">tutaj</a></p>' for address in addresses)


def page_with(homes, *addresses, **fields):
    return make_article(homes, body=[paragraph(*addresses)], **fields)


@pytest.fixture(autouse=True)
def told_at_once(monkeypatch):
    """Links are read after the commit; a test's transaction has none."""
    monkeypatch.setattr("django.db.transaction.on_commit", lambda call, *args, **options: call())


@pytest.fixture
def homes():
    return make_portal()


def test_every_kind_of_link_becomes_a_row(homes):
    target = make_article(homes, title="Cel", slug="cel")
    body = [
        ("paragraph", f'<p><a linktype="page" id="{target.pk}">strona</a> <a href="mailto:a@b.example">list</a> <a>nic</a></p>'),
        ("call_to_action", {"text": "Zagłosuj", "page": None, "address": "https://glosy.example/a#b", "until": ""}),
        ("call_to_action", {"text": "Zobacz", "page": target, "address": "", "until": ""}),
        ("files", {"files": [{"title": "Wzór", "address": "/wzor.pdf", "size": "PDF, 1 kB", "page_twin": None}]}),
        ("accordion", {"questions": [{"question": "Co?", "answer": '<p><a href="https://bip.example/ą">BIP</a></p>'}]}),
        ("contact", {"unit": "Wydział", "about": "", "phone": "", "email": "", "hours": "", "address": ""}),
        ("paragraph", '<p><a linktype="page" id="999999">dawna</a> <a href="http://[zle">zły</a></p>'),
    ]
    page = make_article(homes, body=body)
    rows = [(row.text, row.address, row.leads_nowhere, row.target_id) for row in PageLink.objects.filter(page=page).order_by("pk")]
    assert rows == [
        ("strona", "/cel/", False, target.pk),
        ("Zagłosuj", "https://glosy.example/a#b", False, None),
        ("Zobacz", "/cel/", False, target.pk),
        ("Wzór", "/wzor.pdf", True, None),
        ("BIP", "https://bip.example/ą", False, None),
        ("dawna", "", True, None),
    ]
    foreign = ForeignAddress.objects.order_by("host").values_list("host", "address", "state")
    assert list(foreign) == [
        ("bip.example", "https://bip.example/%C4%85", "new"),
        ("glosy.example", "https://glosy.example/a", "new"),
    ]


def test_fields_with_an_address_and_rich_text_count_too(homes):
    make_declaration(homes, procedure='<p><a href="https://rpo.example/">RPO</a></p>')
    assert sorted(PageLink.objects.values_list("address", flat=True)) == ["https://miasto.example/", "https://rpo.example/"]


@pytest.mark.parametrize(
    ("address", "leads"),
    [
        ("/cel/", True),
        ("/cel", True),
        ("/en/", True),
        ("/en/news/", True),
        ("/szukaj/", True),
        ("/en/szukaj/", True),
        ("http://127.0.0.1:8000/cel/", True),
        ("/nie-ma/", False),
        ("/en/nie-ma/", False),
        ("/static-nie-ma.pdf", False),
        ("/przekierowany/", True),
        ("/plik.pdf", True),
    ],
)
def test_links_inside_are_checked_without_a_network(homes, address, leads):
    from wagtail.contrib.redirects.models import Redirect

    make_article(homes, title="Cel", slug="cel")
    for old in ("/przekierowany", "/plik.pdf"):
        Redirect.objects.create(old_path=old, redirect_link="https://gdzies.example/")
    page_with(homes, address)
    assert PageLink.objects.get().leads_nowhere is not leads


def test_a_page_that_goes_down_or_changes_takes_its_rows_along(homes):
    page = page_with(homes, "https://a.example/", "https://b.example/")
    page.body = [paragraph("https://b.example/")]
    page.save_revision().publish()
    assert [row.address for row in PageLink.objects.all()] == ["https://b.example/"]
    page.unpublish()
    assert not PageLink.objects.exists()
    page.save_revision().publish()
    PageLink.objects.all().delete()
    assert rebuild_links() == 1
    assert [row.address for row in ForeignAddress.objects.all()] == ["https://b.example/"]


class Farm(BaseHTTPRequestHandler):
    """A website that answers as its path says."""

    protocol_version = "HTTP/1.1"
    asked: list[tuple[str, str]] = []
    led: dict[str, str] = {}

    def do_HEAD(self):
        self.answer()

    def do_GET(self):
        self.answer()

    def answer(self):
        self.asked.append((self.command, self.path))
        name = self.path.strip("/").partition("/")[0]
        status = {"brak": 404, "zajety": 429, "zamkniety": 403, "tylko-get": 405 if self.command == "HEAD" else 200}.get(name, 200)
        body = b"<title>Nie znaleziono strony</title>" if name == "tylko-get" and "pusto" in self.path else b"<title>Jest</title>"
        location = {
            "przeniesiony": "/jest",
            "chwilowo": "/jest",
            "na-glowna": "/",
            "do-srodka": "http://10.0.0.1/",
            "bzdura": "http://[zle/",
            **self.led,
        }.get(name)
        self.send_response(301 if name == "przeniesiony" else 302 if location else status)
        if location:
            self.send_header("Location", location)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)

    def log_message(self, *args):
        """Tests are quiet."""


@pytest.fixture
def farm(settings):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Farm)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    Farm.asked.clear()
    place = f"127.0.0.1:{server.server_port}"
    settings.RATUSZ_FETCHING_EXCEPTIONS, settings.RATUSZ_LINK_CHECK = [place], True
    yield f"http://{place}"
    server.shutdown()
    server.server_close()


def checked(**options):
    return check_due_links(pace=Pace(seconds_between=0), **options)


def test_what_an_address_answers_decides_its_state(homes, farm):
    names = [
        "jest",
        "przeniesiony",
        "chwilowo",
        "na-glowna",
        "brak",
        "zajety",
        "zamkniety",
        "tylko-get",
        "tylko-get/pusto",
        "do-srodka",
        "bzdura",
    ]
    page_with(homes, *[f"{farm}/{name}" for name in names])
    assert checked() == len(names)
    found = {each.address.removeprefix(f"{farm}/"): each for each in ForeignAddress.objects.all()}
    assert {name: (row.state, row.last_answer, row.failures) for name, row in found.items()} == {
        "jest": ("works", "200", 0),
        "przeniesiony": ("moved", "200", 0),
        "chwilowo": ("works", "200", 0),
        "na-glowna": ("soft_404", "200", 0),
        "brak": ("new", "404", 1),
        "zajety": ("new", "429", 0),
        "zamkniety": ("works", "403", 0),
        "tylko-get": ("works", "200", 0),
        "tylko-get/pusto": ("soft_404", "200", 0),
        "do-srodka": ("refused", "address", 0),
        "bzdura": ("refused", "url", 0),
    }
    assert found["przeniesiony"].moved_to == f"{farm}/jest"
    assert ("GET", "/brak") in Farm.asked and ("GET", "/jest") not in Farm.asked
    assert checked() == 0, "nothing is due any more"


FORBIDDEN = [
    "http://127.0.0.1/", "http://localhost/x", "http://[::1]/", "http://10.1.2.3/", "http://192.168.0.1/", "http://172.16.5.5/",
    "http://169.254.169.254/latest/", "http://0x7f000001/", "http://2130706433/", "http://drukarka.local/", "http://a:b@strona.example/",
]  # fmt: skip


def test_private_and_disguised_addresses_are_refused_before_any_packet(homes, settings, monkeypatch):
    import socket

    def forbidden(*args, **kwargs):
        raise AssertionError("something was sent or resolved")

    settings.RATUSZ_LINK_CHECK, settings.RATUSZ_FETCHING_EXCEPTIONS = True, []
    settings.PUBLIC_ADDRESS = "https://miasto.example"
    page_with(homes, *FORBIDDEN)
    monkeypatch.setattr(socket, "create_connection", forbidden)
    monkeypatch.setattr(socket.socket, "connect", forbidden)
    real = socket.getaddrinfo
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda host, *args, **kwargs: real(host, *args, **kwargs) if host == "x" else forbidden()
    )
    assert checked() == len(FORBIDDEN)
    assert set(ForeignAddress.objects.values_list("state", flat=True)) == {"refused"}
    assert PageLink.objects.broken().count() == len(FORBIDDEN)


def test_a_host_that_is_not_there_fails_and_says_so(homes, farm, settings):
    settings.RATUSZ_FETCHING_EXCEPTIONS = ["127.0.0.1:1"]
    page_with(homes, "http://127.0.0.1:1/")
    checked()
    row = ForeignAddress.objects.get()
    assert (row.state, row.last_answer, row.failures) == ("new", "ConnectionRefusedError", 1)


def test_three_failures_over_a_day_make_it_broken_and_one_answer_mends_it(homes, farm):
    page_with(homes, f"{farm}/brak")
    states = []
    for _turn in range(3):
        checked()
        row = ForeignAddress.objects.get()
        states.append((row.state, PageLink.objects.broken().count()))
        ForeignAddress.objects.update(next_check_at=database_now(), first_failed_at=row.first_failed_at - timedelta(hours=12))
    assert states == [("new", 0), ("new", 0), ("broken", 1)]
    assert PageLink.objects.broken().get().page.title == "Poradnik"
    ForeignAddress.objects.update(address=f"{farm}/jest")
    checked()
    assert (ForeignAddress.objects.get().state, PageLink.objects.broken().count()) == ("works", 0)


def test_one_process_checks_at_a_time_and_none_where_it_is_off(homes, farm, settings, monkeypatch):
    page_with(homes, f"{farm}/jest")
    settings.RATUSZ_LINK_CHECK = False
    assert checked() == 0
    settings.RATUSZ_LINK_CHECK = True
    monkeypatch.setattr(checking, "ONE_CHECKER", 7_201_045)
    from django.db import connections

    other = connections.create_connection("default")
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(7201045)")
        assert checked() == 0
        cursor.execute("SELECT pg_advisory_unlock(7201045)")
    other.close()
    assert checked() == 1


def test_what_no_page_links_to_is_not_asked_and_a_pass_ends_in_time(homes, farm, monkeypatch):
    page = page_with(homes, *[f"{farm}/jest/{number}" for number in range(3)])
    monkeypatch.setattr(checking, "MOST_OF_A_HOST", 2)
    assert checked() == 2
    with monkeypatch.context() as patch:
        patch.setattr(checking, "LONGEST_PASS", -1.0)
        assert checked() == 0
    page.unpublish()
    assert checked() == 0


def test_a_pass_that_runs_out_of_time_leaves_the_rest_due(homes, farm, monkeypatch):
    page_with(homes, *[f"{farm}/jest/{number}" for number in range(4)])
    asked_so_far = types.SimpleNamespace(monotonic=lambda: len(Farm.asked), sleep=time.sleep)
    monkeypatch.setattr(checking, "time", asked_so_far)
    monkeypatch.setattr(checking, "LONGEST_PASS", 0.5)
    assert check_due_links(pace=Pace(seconds_between=60)) == 1
    assert ForeignAddress.objects.due(database_now()).count() == 3


def test_no_more_threads_than_there_are(homes, farm, monkeypatch):
    monkeypatch.setattr(checking, "THREADS", 1)
    port = farm.rpartition(":")[2]
    page_with(homes, f"{farm}/jest", f"http://localhost:{port}/jest")
    assert checked() == 2


@pytest.mark.parametrize(
    ("asked", "looked", "soft"),
    [
        ("https://a.example/x", Looked("https://a.example/", 200, "text/html", moves=(302,)), True),
        ("https://a.example/", Looked("https://www.a.example/", 200, "text/html", moves=(301,)), False),
        ("https://a.example/x", Looked("https://a.example/x", 200, "text/html", b"<title>Error 404</title>"), True),
        ("https://a.example/x", Looked("https://a.example/x", 200, "text/html", b"<title>Uchwa\xc5\x82a 4041</title>"), False),
    ],
)
def test_a_good_status_may_stand_for_nothing(asked, looked, soft):
    assert checking.is_soft_404(asked, looked) is soft


def test_the_database_keeps_what_must_never_be_false(homes):
    page, now = make_article(homes), database_now()
    common = {"address": "https://a.example/", "host": "a.example", "next_check_at": now, "fingerprint": "x"}
    for facts in ({"failures": 1}, {"first_failed_at": now}, {"state": "broken", "failures": 2, "first_failed_at": now}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ForeignAddress.objects.create(**common | facts)
    foreign = ForeignAddress.objects.create(**common)
    with pytest.raises(IntegrityError), transaction.atomic():
        PageLink.objects.create(page=page, address="x", foreign=foreign, leads_nowhere=True)


def test_an_unknown_host_may_be_back_tomorrow():
    now = database_now()
    before = rules.Verdict("works", 0, None, now)
    assert rules.verdict_of_refusal("unknown_host", before, now) == rules.Verdict(None, 1, now, now + timedelta(hours=12))
    assert rules.verdict_of_refusal("inner_name", before, now).state == "refused"


def test_a_page_deleted_before_the_commit_is_no_error(homes):
    from wagtail.models import Page

    from ratusz.publishing.ledger.actions.links import page_went

    page_went(Page(live=False), False)
    assert list(PageLink.objects.filter(target=None, leads_nowhere=True)) == []


def test_a_redirect_to_the_inside_reaches_nobody(homes, farm, monkeypatch):
    """A server redirects to another one on this machine, by its number and by a name that resolves to it: neither hears anything."""
    import socket

    heard: list[tuple[str, str]] = []
    canary = ThreadingHTTPServer(("127.0.0.1", 0), type("Canary", (Farm,), {"asked": heard}))
    threading.Thread(target=canary.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    port, real = canary.server_port, socket.getaddrinfo
    led = {"tutaj": f"http://127.0.0.1:{port}/jest", "pod-nazwa": f"http://wewnatrz.example:{port}/jest"}
    monkeypatch.setattr(Farm, "led", led)
    here = {"wewnatrz.example": "127.0.0.1"}
    monkeypatch.setattr(socket, "getaddrinfo", lambda host, *args, **kwargs: real(here.get(host, host), *args, **kwargs))
    page_with(homes, *[f"{farm}/{name}" for name in led])
    assert checked() == 2
    canary.shutdown()
    canary.server_close()
    assert (set(ForeignAddress.objects.values_list("state", flat=True)), heard) == ({"refused"}, [])

"""S7: no forbidden address is asked. The socket itself is watched, and a canary listens at home."""

import socket
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ratusz.foundation.fetching import rules
from ratusz.foundation.fetching.actions import FetchFailed, fetch
from ratusz.foundation.fetching.rules import FetchRefused

LINES = (Path(__file__).parent / "forbidden_addresses.txt").read_text(encoding="utf-8").splitlines()
FORBIDDEN = [line for line in LINES if line and not line.startswith("#")]
NAMES = {
    "loopback.rebind.example": ["127.0.0.1"],
    "private.rebind.example": ["10.1.2.3"],
    "metadata.rebind.example": ["169.254.169.254"],
    "mixed.rebind.example": ["93.184.216.34", "127.0.0.1"],
    "mapped.rebind.example": ["::ffff:127.0.0.1"],
    "nat64.rebind.example": ["64:ff9b::7f00:1"],
    "zero.rebind.example": ["0.0.0.0"],
    "scoped.rebind.example": ["fe80::1%eth0"],
    "public.example": ["93.184.216.34"],
}


@pytest.fixture
def resolver(monkeypatch):
    """Our own names; plain addresses answer for themselves, everything else is unknown. Gives the list of names asked."""
    asked = []

    def getaddrinfo(host, port, *args, **kwargs):
        asked.append(host)
        addresses = NAMES.get(host) or ([host] if host[-1].isdigit() or ":" in host else [])
        if not addresses:
            raise socket.gaierror
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    return asked


@pytest.fixture
def packets(monkeypatch):
    """Every attempt to connect or send; none is let out."""
    seen = []

    def refuse(self, address, *args):
        seen.append(address)
        raise OSError("the test lets nothing out")

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse)
    return seen


def test_the_list_is_long_enough():
    assert len(FORBIDDEN) >= 60
    assert len(set(FORBIDDEN)) == len(FORBIDDEN)


@pytest.mark.parametrize("url", FORBIDDEN)
def test_a_forbidden_address_is_refused_before_a_packet_leaves(url, resolver, packets):
    with pytest.raises(FetchRefused) as refusal:
        fetch(url)
    assert packets == []
    assert "127" not in str(refusal.value), "the refusal quotes nothing of the address"


def test_inner_names_are_not_even_asked_of_the_resolver(resolver, packets):
    for url in ("http://localhost/", "http://printer.local/", "http://intranet/", "http://2130706433/"):
        with pytest.raises(FetchRefused):
            fetch(url)
    assert resolver == []


def test_the_watch_sees_an_allowed_address(resolver, packets):
    with pytest.raises(FetchFailed):
        fetch("http://public.example/")
    assert packets == [("93.184.216.34", 80)]


def test_a_name_that_changes_its_answer_is_dialled_where_it_was_checked(monkeypatch, packets):
    answers = iter([["93.184.216.34"], ["127.0.0.1"], ["127.0.0.1"]])

    def getaddrinfo(host, port, *args, **kwargs):
        addresses = [host] if host[0].isdigit() else next(answers)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    with pytest.raises(FetchFailed):
        fetch("http://rebinding.example/")
    assert packets == [("93.184.216.34", 80)]


def test_a_canary_on_this_machine_hears_nothing():
    heard = []
    canaries = [socket.create_server(("127.0.0.1", 0)), socket.create_server(("::1", 0), family=socket.AF_INET6)]

    def listen(canary):
        try:
            heard.append(canary.accept()[1])
        except OSError:
            return

    threads = [threading.Thread(target=listen, args=[canary], daemon=True) for canary in canaries]
    for thread in threads:
        thread.start()
    for canary in canaries:
        port = canary.getsockname()[1]
        for host in ("127.0.0.1", "localhost", "0.0.0.0", "2130706433", "0x7f000001", "127.1", "[::1]", "[::ffff:127.0.0.1]"):
            with pytest.raises(FetchRefused):
                fetch(f"http://{host}:{port}/")
    for canary in canaries:
        canary.shutdown(socket.SHUT_RDWR)
        canary.close()
    for thread in threads:
        thread.join(timeout=5)
    assert heard == []


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("https://example.com", rules.Target("https", "example.com", 443, "/")),
        ("http://EXAMPLE.com.:80/a?b=c#d", rules.Target("http", "example.com", 80, "/a?b=c")),
        ("https://żółw.pl/", rules.Target("https", "xn--w-uga1v8h.pl", 443, "/")),
        ("http://93.184.216.34/", rules.Target("http", "93.184.216.34", 80, "/")),
        ("https://[2606:4700::1111]/", rules.Target("https", "2606:4700::1111", 443, "/")),
    ],
)
def test_public_addresses_pass_in_one_form(url, target):
    assert rules.check_url(url) == target


@given(st.ip_addresses())
def test_no_special_address_passes(address):
    try:
        rules.check_address(address)
    except FetchRefused:
        return
    assert address.is_global
    assert not (address.is_private or address.is_loopback or address.is_link_local or address.is_multicast or address.is_reserved)


@given(st.text(max_size=60))
def test_no_text_breaks_the_check(text):
    for url in (text, f"http://{text}/", f"https://example.com{text}"):
        try:
            target = rules.check_url(url)
        except FetchRefused:
            continue
        assert target.url.isascii()
        assert "\r" not in target.path + target.host
        assert "\n" not in target.path + target.host

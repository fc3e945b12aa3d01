"""Which addresses we may ask at all: pure, nothing is resolved or opened here."""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import urlsplit

import idna

PORTS = {"http": 80, "https": 443}
LONGEST_URL = 2000
MOST_REDIRECTS = 5

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

_FORBIDDEN_NETWORKS = [
    ipaddress.ip_network(network)
    for network in (
        # IANA's special-purpose registries, and what clouds answer from inside (168.63.129.16, 100.100.100.200 lies in 100.64/10).
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "168.63.129.16/32", "169.254.0.0/16", "172.16.0.0/12",
        "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24",
        "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        # The whole of ::/8 holds loopback, mapped, compatible and translated IPv4; 64:ff9b is NAT64, 2002 6to4, 2001::/23
        # Teredo and kin.
        "::/8", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48",
        "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
    )
]  # fmt: skip
_INNER_NAMES = (
    "localhost",
    "local",
    "internal",
    "intranet",
    "lan",
    "home",
    "corp",
    "private",
    "localdomain",
    "home.arpa",
    "test",
    "invalid",
    "onion",
)
_UNSAFE = re.compile(r"[\x00-\x20\x7f\\]")


class FetchRefused(Exception):
    """The address may not be asked; nothing was sent. The text is a short code, never the address (which may carry secrets)."""


@dataclass(frozen=True)
class Target:
    """A checked address: where to connect and what to ask for. `host` is a name in ASCII or an IP address."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def url(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{host}{port}{self.path}"


def check_url(url: str, exceptions: frozenset[str] = frozenset()) -> Target:
    """Takes an address apart; raises FetchRefused. `exceptions` are "ip:port" places an administrator allows in spite of all.

    A host is a public-looking name or a plain IP address; numbers in any other disguise (octal, hexadecimal, one integer) are
    refused, since
    every library reads them differently.
    """
    if (
        len(url) > LONGEST_URL
        or _UNSAFE.search(url)
        or any(unicodedata.category(letter) in ("Cc", "Cf", "Zs", "Zl", "Zp") for letter in url)
    ):
        raise FetchRefused("url")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise FetchRefused("url") from None
    if parts.scheme not in PORTS:
        raise FetchRefused("scheme")
    if parts.username is not None or parts.password is not None or "@" in parts.netloc:
        raise FetchRefused("userinfo")
    host = _host(parts.hostname or "")
    target = Target(
        parts.scheme, host, port or PORTS[parts.scheme], (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    )
    if f"{host}:{target.port}" in exceptions:
        return target
    if port not in (None, PORTS[parts.scheme]):
        raise FetchRefused("port")
    _check_host(host)
    return _with_ascii_path(target)


def _with_ascii_path(target: Target) -> Target:
    if not target.path.isascii():
        raise FetchRefused("url")
    return target


def _host(host: str) -> str:
    """The host as it will be resolved: compatible forms of letters and digits folded, names in their ASCII form, no dot at the
    end."""
    host = unicodedata.normalize("NFKC", host).lower()
    for dot in "\u3002\uff0e\uff61":
        host = host.replace(dot, ".")
    host = host[:-1] if host.endswith(".") else host
    if not host or "%" in host:
        raise FetchRefused("host")
    if ":" in host or host.isascii():
        return host
    try:
        return idna.encode(host, uts46=True).decode()
    except idna.IDNAError:
        raise FetchRefused("host") from None


def _check_host(host: str) -> None:
    if ":" in host or _ends_in_a_number(host):
        check_address(_plain_address(host))
        return
    labels = host.split(".")
    if (
        len(labels) < 2
        or not all(re.fullmatch(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?", label) for label in labels)
        or len(host) > 253
    ):
        raise FetchRefused("host")
    if any(host == name or host.endswith(f".{name}") for name in _INNER_NAMES):
        raise FetchRefused("inner_name")


def _ends_in_a_number(host: str) -> bool:
    """WHATWG's rule: such a host is an IPv4 address or an error, never a name."""
    last = host.split(".")[-1]
    return last.isdigit() or bool(re.fullmatch(r"0x[0-9a-f]*", last))


def _plain_address(host: str) -> IPAddress:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        raise FetchRefused("disguised_address") from None


def check_address(address: IPAddress) -> None:
    """Raises FetchRefused for whatever is not a public unicast address of the internet."""
    is_listed = any(address in network for network in _FORBIDDEN_NETWORKS if network.version == address.version)
    if is_listed or not address.is_global or address.is_multicast or address.is_reserved:
        raise FetchRefused("address")

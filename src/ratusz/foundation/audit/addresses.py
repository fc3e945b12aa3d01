"""The client's address, believed only as far as the proxies named in RATUSZ_TRUSTED_PROXIES vouch for it."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any

from django.conf import settings


def _is_trusted(address: str) -> bool:
    return any(ip_address(address) in ip_network(network, strict=False) for network in settings.TRUSTED_PROXIES)


def _readable(text: str) -> str | None:
    try:
        return str(ip_address(text.strip()))
    except ValueError:
        return None


def client_address(request: Any) -> str | None:
    """The last hop, read from the right, that is no trusted proxy; whatever a client adds on the left counts for nothing."""
    address = _readable(request.META.get("REMOTE_ADDR", ""))
    hops = [hop for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if hop.strip()]
    while address and hops and _is_trusted(address):
        previous = _readable(hops.pop())
        if previous is None:
            break
        address = previous
    return address


def client_line(request: Any) -> str:
    """What limits count by: the address, of IPv6 the network of one line, within which anybody has 2^64 addresses; "" unknown."""
    address = client_address(request)
    return line_of(address) if address else ""


def line_of(text: str) -> str:
    """The line an address belongs to: of IPv6 the network, "" for none. ValueError for what is no address."""
    address = ip_address(text)
    if address.is_unspecified:
        return ""
    if isinstance(address, IPv6Address):
        return str(address.ipv4_mapped or ip_network((address, 64), strict=False))
    return str(address)

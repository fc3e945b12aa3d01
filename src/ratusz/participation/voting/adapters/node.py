"""login.gov.pl (Węzeł Krajowy): a signed request by the voter's browser, an artifact back, the answer over SOAP, the session ended.

Addresses, certificates and keys are set by whoever runs the server, never by a visitor, so they do not pass the guarded way out.
"""

from __future__ import annotations

import logging
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import urllib3
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from django.conf import settings
from lxml import etree

from ratusz.participation.voting.adapters.saml import answers, messages
from ratusz.participation.voting.adapters.saml.answers import Expected, Known
from ratusz.participation.voting.adapters.saml.signatures import MOST_BYTES, NotBelieved, is_strong, signed

TIMEOUT, PROBE_TIMEOUT = 10.0, 3.0
XML = {"Content-Type": "text/xml; charset=utf-8", "SOAPAction": '""'}
logger = logging.getLogger("ratusz.voting")


class NodeAway(Exception):
    """The node is not set, or gave no answer."""


@dataclass(frozen=True)
class Node:
    """The node of the settings, and us as its service."""

    sign_in: str
    artifacts: str
    logout: str
    issuer: str
    us: str
    certificates: Sequence[x509.Certificate]
    our_certificate: x509.Certificate
    opening_certificate: x509.Certificate
    signing_key: Any = field(repr=False)
    opening_key: ec.EllipticCurvePrivateKey = field(repr=False)

    def is_up(self) -> bool:
        """Whether the place we are about to send a browser to answers at all."""
        try:
            with urllib3.PoolManager(retries=False, timeout=PROBE_TIMEOUT) as pool:
                return pool.request("GET", self.sign_in, redirect=False).status < 500
        except urllib3.exceptions.HTTPError:
            return False

    def request(self, *, at: datetime, back: str) -> tuple[str, str]:
        """The number of a new request, and what the voter's browser carries."""
        message = messages.authn_request(at=at, issuer=self.us, destination=self.sign_in, back=back)
        content = etree.tostring(self._signed(message), xml_declaration=True, encoding="UTF-8")
        return message.get("ID"), b64encode(content).decode()

    def known_by(self, *, artifact: str, request: str, asked_at: datetime, back: str, at: datetime) -> Known:
        """Who signed in. Raises NodeAway, or NotBelieved when a single check fails."""
        answers.check_artifact(artifact, self.issuer)
        message = messages.artifact_resolve(at=at, issuer=self.us, destination=self.artifacts, artifact=artifact)
        raw = self._ask(self.artifacts, message)
        return answers.known_by(raw, resolve=message.get("ID"), expected=self._expected(at, request, asked_at, back))

    def end_session(self, known: Known, *, at: datetime) -> bool:
        """Ends the voter's session at the node; whether the node says that it is over."""
        message = messages.logout_request(at=at, issuer=self.us, destination=self.logout, name=known.name, session=known.session)
        try:
            raw = self._ask(self.logout, message)
            answers.check_logout(raw, request=message.get("ID"), expected=self._expected(at, "", at, ""))
        except (NodeAway, NotBelieved) as problem:
            logger.warning("the session at the node may last on: %s", problem)
            return False
        return True

    def _expected(self, at: datetime, request: str, asked_at: datetime, back: str) -> Expected:
        return Expected(at, request, asked_at, back, self.us, self.issuer, self.certificates, self.opening_key)

    def _signed(self, message: Any) -> Any:
        return signed(message, self.signing_key, self.our_certificate)

    def _ask(self, url: str, message: Any) -> bytes:
        try:
            with urllib3.PoolManager(retries=False, timeout=TIMEOUT) as pool:
                body = messages.enveloped(self._signed(message))
                answer = pool.request("POST", url, body=body, headers=XML, redirect=False, preload_content=False)
                content = answer.read(MOST_BYTES + 1)
        except urllib3.exceptions.HTTPError as problem:
            raise NodeAway(type(problem).__name__) from None
        if answer.status != 200:
            raise NodeAway(f"answers with {answer.status}")
        return content


def origin(url: str) -> str:
    """Scheme, host and port of an address, for the policy of the page that sends a form there."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def missing() -> list[str]:
    """Names of settings that are not there; empty where the node is connected."""
    return [name for name in NAMES if not getattr(settings, name)]


NAMES = (
    "RATUSZ_NODE_SIGN_IN", "RATUSZ_NODE_ARTIFACTS", "RATUSZ_NODE_LOGOUT", "RATUSZ_NODE_ISSUER", "RATUSZ_NODE_US",
    "RATUSZ_NODE_CERTIFICATES", "RATUSZ_NODE_KEYS",
)  # fmt: skip


def node() -> Node:
    """The node of the settings. Raises NodeAway, in words for whoever runs the server, where something is missing or unreadable."""
    if absent := missing():
        raise NodeAway("not set: " + ", ".join(absent))
    keys = Path(settings.RATUSZ_NODE_KEYS)
    try:
        certificates = x509.load_pem_x509_certificates(Path(settings.RATUSZ_NODE_CERTIFICATES).read_bytes())
        ours = x509.load_pem_x509_certificate((keys / "signing.crt").read_bytes())
        signing = load_pem_private_key((keys / "signing.key").read_bytes(), None)
        sealed_for = x509.load_pem_x509_certificate((keys / "opening.crt").read_bytes())
        opening = load_pem_private_key((keys / "opening.key").read_bytes(), None)
    except (OSError, ValueError, TypeError) as problem:
        raise NodeAway(f"a key or a certificate cannot be read: {type(problem).__name__}") from None
    if not isinstance(signing, ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey) or not is_strong(ours):
        raise NodeAway("the key we sign with is of another kind")
    if not isinstance(opening, ec.EllipticCurvePrivateKey) or not isinstance(opening.curve, ec.SECP256R1):
        raise NodeAway("the key we open assertions with is not on P-256")
    return Node(
        settings.RATUSZ_NODE_SIGN_IN, settings.RATUSZ_NODE_ARTIFACTS, settings.RATUSZ_NODE_LOGOUT, settings.RATUSZ_NODE_ISSUER,
        settings.RATUSZ_NODE_US, certificates, ours, sealed_for, signing, opening,
    )  # fmt: skip

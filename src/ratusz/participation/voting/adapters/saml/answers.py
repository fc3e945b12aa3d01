"""What the node answers: each check stands here once, and a check that does not hold refuses the whole answer."""

from __future__ import annotations

import hashlib
import hmac
from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

from ratusz.participation.voting.adapters.saml.names import BEARER, HIGH, PERSON, PREFIXES, SUBSTANTIAL, SUCCESS, tag
from ratusz.participation.voting.adapters.saml.sealed import opened
from ratusz.participation.voting.adapters.saml.signatures import NotBelieved, parsed, the_one, verified

LEEWAY = timedelta(seconds=60)
"""By how much the node's clock may differ from the database's."""
LIVES = timedelta(minutes=5)
"""An answer that was made longer ago is not taken, whatever it says of itself."""


@dataclass(frozen=True)
class Expected:
    """What an answer has to fit to: us, the node, the one request that this browser left with, and the moment."""

    at: datetime
    request: str
    asked_at: datetime
    back: str
    us: str
    node: str
    certificates: Sequence[x509.Certificate]
    key: ec.EllipticCurvePrivateKey = field(repr=False)


@dataclass(frozen=True)
class Known:
    """Who signed in: the number, and what ends the session. It lives within one request and is kept nowhere."""

    number: str = field(repr=False)
    name: Any = field(repr=False)
    session: str = field(repr=False)


def check_artifact(artifact: str, node: str) -> None:
    """An artifact of SAML 2.0 that this node made."""
    try:
        raw = b64decode(artifact, validate=True)
    except (NotBase64, ValueError):
        raise NotBelieved("no artifact") from None
    source = hashlib.sha1(node.encode(), usedforsecurity=False).digest()  # the specification names the node so
    if len(raw) != 44 or raw[:2] != b"\0\4" or not hmac.compare_digest(raw[4:24], source):
        raise NotBelieved("an artifact of somebody else")


def known_by(raw: bytes, *, resolve: str, expected: Expected) -> Known:
    """Who signed in, out of the node's answer to ArtifactResolve `resolve`; NotBelieved for everything that is not whole."""
    answer = _answer(raw, "ArtifactResponse", resolve, expected)
    response = the_one(answer, "p:Response")
    _check_message(response, expected.request, expected)
    if response.get("Destination") not in (None, expected.back):
        raise NotBelieved("for another address")
    assertion = opened(the_one(response, "a:EncryptedAssertion"), expected.key)
    if assertion.tag != tag("a", "Assertion"):
        raise NotBelieved("no assertion")
    assertion = verified(assertion, expected.certificates, expected.at)
    _check_assertion(assertion, expected)
    found = assertion.findall("a:AttributeStatement/a:Attribute", PREFIXES)
    values = [value for one in found if one.get("Name") == PERSON for value in one.findall("a:AttributeValue", PREFIXES)]
    if len(values) != 1 or len(values[0]) or not values[0].text:
        raise NotBelieved("not one person")
    session = the_one(assertion, "a:AuthnStatement").get("SessionIndex", "")
    return Known(values[0].text.strip(), deepcopy(the_one(assertion, "a:Subject/a:NameID")), session)


def check_logout(raw: bytes, *, request: str, expected: Expected) -> None:
    """The node says that the session is over."""
    _answer(raw, "LogoutResponse", request, expected)


def _answer(raw: bytes, name: str, request: str, expected: Expected) -> Any:
    """The signed message inside the envelope."""
    envelope = parsed(raw)
    if envelope.tag != tag("soap", "Envelope"):
        raise NotBelieved("no envelope")
    answer = verified(the_one(envelope, f"soap:Body/p:{name}"), expected.certificates, expected.at)
    _check_message(answer, request, expected)
    return answer


def _check_message(message: Any, request: str, expected: Expected) -> None:
    """By the node, now, to this very question, and a success."""
    if _text(message, "a:Issuer") != expected.node:
        raise NotBelieved("another issuer")
    if not _is_same(message.get("InResponseTo"), request):
        raise NotBelieved("an answer to another question")
    made = _moment(message.get("IssueInstant"))
    if not expected.at - LIVES - LEEWAY <= made <= expected.at + LEEWAY:
        raise NotBelieved("made too early or too late")
    if the_one(message, "p:Status/p:StatusCode").get("Value") != SUCCESS:
        raise NotBelieved("no success")


def _check_assertion(assertion: Any, expected: Expected) -> None:
    if _text(assertion, "a:Issuer") != expected.node:
        raise NotBelieved("an assertion of another issuer")
    conditions = the_one(assertion, "a:Conditions")
    _check_within(conditions, expected.at, begins=True)
    if _text(conditions, "a:AudienceRestriction/a:Audience") != expected.us:
        raise NotBelieved("for another audience")
    confirmation = the_one(assertion, "a:Subject/a:SubjectConfirmation")
    facts = the_one(confirmation, "a:SubjectConfirmationData")
    if confirmation.get("Method") != BEARER or facts.get("Recipient") != expected.back:
        raise NotBelieved("for another recipient")
    if not _is_same(facts.get("InResponseTo"), expected.request):
        raise NotBelieved("an assertion for another question")
    _check_within(facts, expected.at)
    statement = the_one(assertion, "a:AuthnStatement")
    if _moment(statement.get("AuthnInstant")) < expected.asked_at - LEEWAY:
        raise NotBelieved("signed in before we asked")
    if _text(statement, "a:AuthnContext/a:AuthnContextClassRef") not in (SUBSTANTIAL, HIGH):
        raise NotBelieved("too little assurance")


def _check_within(element: Any, at: datetime, *, begins: bool = False) -> None:
    """The half-open time an element names; its end always has to be there, its beginning where it is asked for."""
    since = element.get("NotBefore")
    if (begins or since) and not _moment(since) <= at + LEEWAY:
        raise NotBelieved("not yet good")
    if not at - LEEWAY < _moment(element.get("NotOnOrAfter")):
        raise NotBelieved("no longer good")


def _is_same(given: str | None, wanted: str) -> bool:
    return bool(given and wanted) and hmac.compare_digest(str(given).encode(), wanted.encode())


def _moment(text: str | None) -> datetime:
    try:
        found = datetime.fromisoformat(text or "")
    except ValueError:
        raise NotBelieved("no moment") from None
    if found.tzinfo is None:
        raise NotBelieved("a moment without its zone")
    return found


def _text(element: Any, path: str) -> str:
    found = the_one(element, path)
    if len(found):
        raise NotBelieved("more than text")
    return (found.text or "").strip()

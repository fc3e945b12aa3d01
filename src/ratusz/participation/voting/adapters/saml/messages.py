"""What we send to the node: a request to know somebody, the artifact to be exchanged, the end of the session. All are signed."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from typing import Any

from lxml import etree

from ratusz.participation.voting.adapters.saml.names import BY_ARTIFACT, BY_URI, PERSON, PREFIXES, SUBSTANTIAL, tag


def moment(at: datetime) -> str:
    """A moment as SAML writes it."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"


def _message(name: str, at: datetime, issuer: str, **facts: str) -> Any:
    """The beginning of every message. Its number is ours alone: an answer has to name it."""
    names = {prefix: PREFIXES[prefix] for prefix in ("p", "a")}
    number = "_" + secrets.token_hex(20)
    message = etree.Element(tag("p", name), nsmap=names, ID=number, Version="2.0", IssueInstant=moment(at), **facts)
    etree.SubElement(message, tag("a", "Issuer")).text = issuer
    return message


def authn_request(*, at: datetime, issuer: str, destination: str, back: str) -> Any:
    """Asks for one number and a means of at least substantial assurance; whoever is signed in at the node signs in anew."""
    request = _message(
        "AuthnRequest", at, issuer, Destination=destination, AssertionConsumerServiceURL=back, ProtocolBinding=BY_ARTIFACT,
        ForceAuthn="true", IsPassive="false",
    )  # fmt: skip
    more = etree.SubElement(request, tag("p", "Extensions"), nsmap={"eidas": PREFIXES["eidas"]})
    etree.SubElement(more, tag("eidas", "SPType")).text = "public"
    asked = etree.SubElement(more, tag("eidas", "RequestedAttributes"))
    etree.SubElement(asked, tag("eidas", "RequestedAttribute"), Name=PERSON, NameFormat=BY_URI, isRequired="true")
    context = etree.SubElement(request, tag("p", "RequestedAuthnContext"), Comparison="minimum")
    etree.SubElement(context, tag("a", "AuthnContextClassRef")).text = SUBSTANTIAL
    return request


def artifact_resolve(*, at: datetime, issuer: str, destination: str, artifact: str) -> Any:
    """Asks for the message that an artifact stands for."""
    request = _message("ArtifactResolve", at, issuer, Destination=destination)
    etree.SubElement(request, tag("p", "Artifact")).text = artifact
    return request


def logout_request(*, at: datetime, issuer: str, destination: str, name: Any, session: str) -> Any:
    """Ends the session at the node, so that nobody else at this computer is taken for the voter."""
    request = _message("LogoutRequest", at, issuer, Destination=destination)
    request.append(name)
    if session:
        etree.SubElement(request, tag("p", "SessionIndex")).text = session
    return request


def enveloped(message: Any) -> bytes:
    """A message in a SOAP envelope."""
    envelope = etree.Element(tag("soap", "Envelope"), nsmap={"soap": PREFIXES["soap"]})
    etree.SubElement(envelope, tag("soap", "Body")).append(message)
    return etree.tostring(envelope, xml_declaration=True, encoding="UTF-8")

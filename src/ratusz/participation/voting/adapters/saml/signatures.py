"""Signatures over one whole element, ECDSA or RSA with SHA-256. Of a foreign message only what was signed is given back."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from lxml import etree
from signxml import (
    CanonicalizationMethod,
    DigestAlgorithm,
    SignatureConfiguration,
    SignatureMethod,
    XMLSigner,
    XMLVerifier,
    methods,
)
from signxml.exceptions import SignXMLException

from ratusz.participation.voting.adapters.saml.names import ENVELOPED, EXCLUSIVE, PREFIXES, tag

MOST_BYTES = 400_000
LEAST_RSA = 2048
METHODS = frozenset({SignatureMethod.ECDSA_SHA256, SignatureMethod.RSA_SHA256})
ASKED = SignatureConfiguration(
    location="./", expect_references=1, signature_methods=METHODS, digest_algorithms=frozenset({DigestAlgorithm.SHA256})
)
# At its lowest level the library writes down what it canonicalises: whole assertions.
logging.getLogger("signxml").setLevel(logging.WARNING)


class NotBelieved(Exception):
    """A message that fails one of the checks; nothing of its content stands in the words."""


def parsed(raw: bytes) -> Any:
    """The root of a foreign message. No document type, hence no entities; nothing is fetched; UTF-8 alone."""
    if len(raw) > MOST_BYTES or b"<!DOCTYPE" in raw or b"\0" in raw:
        raise NotBelieved("too long, or with a document type")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, encoding="utf-8")
    try:
        root = etree.fromstring(raw, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise NotBelieved("no XML") from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise NotBelieved("with a document type")
    return root


def the_one(element: Any, path: str) -> Any:
    """The only element at this path; NotBelieved where there is none, or more than one to choose from."""
    found = element.findall(path, PREFIXES)
    if len(found) != 1:
        raise NotBelieved(f"not one {path.rpartition(':')[2]}")
    return found[0]


def signed(message: Any, key: Any, certificate: x509.Certificate) -> Any:
    """The message with its signature behind the issuer, where the schema wants it."""
    message.insert(1, etree.Element(tag("ds", "Signature"), Id="placeholder", nsmap={"ds": PREFIXES["ds"]}))
    signer = XMLSigner(
        method=methods.enveloped, c14n_algorithm=CanonicalizationMethod.EXCLUSIVE_XML_CANONICALIZATION_1_0,
        digest_algorithm=DigestAlgorithm.SHA256,
        signature_algorithm=SignatureMethod.RSA_SHA256 if isinstance(key, rsa.RSAPrivateKey) else SignatureMethod.ECDSA_SHA256,
    )  # fmt: skip
    pem = certificate.public_bytes(Encoding.PEM).decode()
    return signer.sign(message, key=key, cert=[pem], reference_uri="#" + message.get("ID"))


def verified(message: Any, certificates: Iterable[x509.Certificate], at: datetime) -> Any:
    """What one of these certificates, valid at the moment, has signed: an element of the message's kind. NotBelieved otherwise."""
    content = etree.tostring(message, with_tail=False)
    for certificate in certificates:
        if not is_strong(certificate):
            continue
        try:
            found: Any = XMLVerifier().verify(content, x509_cert=certificate, expect_config=replace(ASKED, verification_time=at))
        except (SignXMLException, etree.LxmlError, ValueError, TypeError, KeyError):
            continue
        content_signed = found.signed_xml
        is_it = content_signed is not None and (content_signed.tag, content_signed.get("ID")) == (message.tag, message.get("ID"))
        if not is_it or not _is_plain(found.signature_xml):
            raise NotBelieved("signed in another way")
        return content_signed
    raise NotBelieved("no signature of the node")


def is_strong(certificate: x509.Certificate) -> bool:
    """Whether the key is one the agreed methods use: P-256, or RSA that is long enough."""
    key = certificate.public_key()
    if isinstance(key, rsa.RSAPublicKey):
        return key.key_size >= LEAST_RSA
    return isinstance(key, ec.EllipticCurvePublicKey) and isinstance(key.curve, ec.SECP256R1)


def _is_plain(signature: Any) -> bool:
    """Whether nothing but the two agreed transforms stands between the element and its digest."""
    method = signature.find("ds:SignedInfo/ds:CanonicalizationMethod", PREFIXES).get("Algorithm")
    steps = [one.get("Algorithm") for one in signature.iterfind("ds:SignedInfo/ds:Reference/ds:Transforms/ds:Transform", PREFIXES)]
    return method == EXCLUSIVE and steps == [ENVELOPED, EXCLUSIVE]

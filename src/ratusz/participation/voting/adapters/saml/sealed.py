"""Opening a sealed assertion: a key agreed on by ECDH-ES, derived by ConcatKDF, unwrapped by AES-KW; the content by AES-256-GCM."""

from __future__ import annotations

from base64 import b64decode
from binascii import Error as NotBase64
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256 as Sha256
from cryptography.hazmat.primitives.kdf.concatkdf import ConcatKDFHash
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap

from ratusz.participation.voting.adapters.saml.names import (
    AES_256_GCM,
    AGREEMENT,
    DERIVATION,
    KEY_WRAP,
    P256,
    SHA256,
)
from ratusz.participation.voting.adapters.saml.signatures import NotBelieved, parsed, the_one

KEY_BYTES, NONCE_BYTES = 32, 12
PARTS_OF_USE = ("AlgorithmID", "PartyUInfo", "PartyVInfo")


def opened(sealed: Any, key: ec.EllipticCurvePrivateKey) -> Any:
    """The assertion inside an EncryptedAssertion. Every algorithm is the agreed one, or NotBelieved."""
    try:
        content = the_one(sealed, "xenc:EncryptedData")
        wrapped = the_one(sealed, ".//xenc:EncryptedKey")
        _is(the_one(content, "xenc:EncryptionMethod"), AES_256_GCM)
        _is(the_one(wrapped, "xenc:EncryptionMethod"), KEY_WRAP)
        agreement = the_one(wrapped, "ds:KeyInfo/xenc:AgreementMethod")
        _is(agreement, AGREEMENT)
        content_key = aes_key_unwrap(_derived(agreement, key), _bytes(the_one(wrapped, "xenc:CipherData/xenc:CipherValue")))
        cipher = _bytes(the_one(content, "xenc:CipherData/xenc:CipherValue"))
        if len(content_key) != KEY_BYTES:
            raise NotBelieved("a key of another length")
        plain = AESGCM(content_key).decrypt(cipher[:NONCE_BYTES], cipher[NONCE_BYTES:], None)
    except (InvalidTag, InvalidUnwrap, NotBase64, ValueError) as problem:
        raise NotBelieved(f"sealed in another way: {type(problem).__name__}") from None
    return parsed(plain)


def _derived(agreement: Any, key: ec.EllipticCurvePrivateKey) -> bytes:
    """The key that wraps the content's key: both sides' agreement, and what it is for."""
    derivation = the_one(agreement, "xenc11:KeyDerivationMethod")
    _is(derivation, DERIVATION)
    facts = the_one(derivation, "xenc11:ConcatKDFParams")
    _is(the_one(facts, "ds:DigestMethod"), SHA256)
    theirs = the_one(agreement, "xenc:OriginatorKeyInfo/ds:KeyValue/dsig11:ECKeyValue")
    if the_one(theirs, "dsig11:NamedCurve").get("URI") != P256:
        raise NotBelieved("another curve")
    point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), _bytes(the_one(theirs, "dsig11:PublicKey")))
    used_for = b"".join(_bits(facts.get(name, "")) for name in PARTS_OF_USE)
    return ConcatKDFHash(algorithm=Sha256(), length=KEY_BYTES, otherinfo=used_for).derive(key.exchange(ec.ECDH(), point))


def _bits(text: str) -> bytes:
    """A string of whole bytes: the first says how many bits of the last are to be left out, and that is none."""
    raw = bytes.fromhex(text)
    if raw[:1] not in (b"", b"\0"):
        raise NotBelieved("bits that are no bytes")
    return raw[1:]


def _is(element: Any, algorithm: str) -> None:
    if element.get("Algorithm") != algorithm:
        raise NotBelieved("another algorithm")


def _bytes(element: Any) -> bytes:
    return b64decode("".join((element.text or "").split()), validate=True)

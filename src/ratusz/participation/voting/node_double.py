"""A double of login.gov.pl for tests and the demo: its algorithms, answers that are right or have one thing wrong.

Its messages are written out here by hand, apart from the code that reads them; `wrong` names what goes wrong in the next answers.
"""

from __future__ import annotations

import hashlib
import os
import re
import time
from base64 import b64decode, b64encode
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.concatkdf import ConcatKDFHash
from cryptography.hazmat.primitives.keywrap import aes_key_wrap
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat, load_pem_private_key
from cryptography.x509.oid import NameOID
from lxml import etree
from signxml import SignatureConfiguration, SignatureMethod, XMLSigner, XMLVerifier, methods
from signxml.algorithms import CanonicalizationMethod, DigestAlgorithm

ISSUER, US = "https://wezel.example/idp", "https://budzet.example/sp"
SAML = 'xmlns:p="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:a="urn:oasis:names:tc:SAML:2.0:assertion"'
SIGNATURE = re.compile(r"<(\w+):Signature .*?</\1:Signature>", re.DOTALL)
PERSON = "http://eidas.europa.eu/attributes/naturalperson/PersonIdentifier"
USED_FOR = ("00010203", "0004", "000506")
ALGORITHM = {"ec": SignatureMethod.ECDSA_SHA256, "rsa": SignatureMethod.RSA_SHA256}


def _now() -> datetime:
    """The clock of another machine: the node asks no database of ours."""
    return datetime.fromtimestamp(time.time(), UTC)


def pair(kind: str = "ec", *, days: int = 300, began: int = 1):
    """A key and a certificate of it."""
    key = ec.generate_private_key(ec.SECP256R1()) if kind == "ec" else rsa.generate_private_key(65537, 2048)
    name, now = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"atrapa {kind}")]), _now()
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(5)
    return key, made.not_valid_before(now - timedelta(days=began)).not_valid_after(now + timedelta(days=days)).sign(key, SHA256())


def pem(key) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def signed(xml: str, key, certificate, method=None, digest=DigestAlgorithm.SHA256, c14n=None):
    """The signature behind the issuer, as login.gov.pl has it."""
    root = etree.fromstring(xml)
    root.insert(1, etree.Element("{http://www.w3.org/2000/09/xmldsig#}Signature", Id="placeholder"))
    method = method or ALGORITHM["ec" if isinstance(key, ec.EllipticCurvePrivateKey) else "rsa"]
    signer = XMLSigner(
        method=methods.enveloped, signature_algorithm=method, digest_algorithm=digest,
        c14n_algorithm=c14n or CanonicalizationMethod.EXCLUSIVE_XML_CANONICALIZATION_1_0,
    )  # fmt: skip
    return etree.tostring(signer.sign(root, key=key, cert=[certificate], reference_uri="#" + root.get("ID"))).decode()


def sealed(plain: bytes, to, *, gcm: str = "http://www.w3.org/2009/xmlenc11#aes256-gcm", spoil: bool = False) -> str:
    """ECDH-ES, ConcatKDF, AES-KW, AES-256-GCM, as the specification of XML encryption 1.1 has it."""
    one_time, content_key, nonce = ec.generate_private_key(ec.SECP256R1()), os.urandom(32), os.urandom(12)
    used_for = b"".join(bytes.fromhex(each)[1:] for each in USED_FOR)
    wrapping = ConcatKDFHash(SHA256(), 32, used_for).derive(one_time.exchange(ec.ECDH(), to))
    point = b64encode(one_time.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)).decode()
    wrapped = b64encode(aes_key_wrap(wrapping, content_key)).decode()
    cipher = nonce + AESGCM(content_key).encrypt(nonce, plain, None)
    cipher = cipher[:-1] + bytes([cipher[-1] ^ spoil])
    facts = 'AlgorithmID="{}" PartyUInfo="{}" PartyVInfo="{}"'.format(*USED_FOR)
    return (
        '<a:EncryptedAssertion><xenc:EncryptedData xmlns:xenc="http://www.w3.org/2001/04/xmlenc#"'
        ' xmlns:xenc11="http://www.w3.org/2009/xmlenc11#" xmlns:ds="http://www.w3.org/2000/09/xmldsig#"'
        ' xmlns:dsig11="http://www.w3.org/2009/xmldsig11#" Type="http://www.w3.org/2001/04/xmlenc#Element">'
        f'<xenc:EncryptionMethod Algorithm="{gcm}"/><ds:KeyInfo><xenc:EncryptedKey>'
        '<xenc:EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#kw-aes256"/><ds:KeyInfo>'
        '<xenc:AgreementMethod Algorithm="http://www.w3.org/2009/xmlenc11#ECDH-ES">'
        '<xenc11:KeyDerivationMethod Algorithm="http://www.w3.org/2009/xmlenc11#ConcatKDF">'
        f'<xenc11:ConcatKDFParams {facts}><ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/>'
        "</xenc11:ConcatKDFParams></xenc11:KeyDerivationMethod><xenc:OriginatorKeyInfo><ds:KeyValue><dsig11:ECKeyValue>"
        f'<dsig11:NamedCurve URI="urn:oid:1.2.840.10045.3.1.7"/><dsig11:PublicKey>{point}</dsig11:PublicKey>'
        "</dsig11:ECKeyValue></ds:KeyValue></xenc:OriginatorKeyInfo></xenc:AgreementMethod></ds:KeyInfo>"
        f"<xenc:CipherData><xenc:CipherValue>{wrapped}</xenc:CipherValue></xenc:CipherData></xenc:EncryptedKey></ds:KeyInfo>"
        f"<xenc:CipherData><xenc:CipherValue>{b64encode(cipher).decode()}</xenc:CipherValue></xenc:CipherData>"
        "</xenc:EncryptedData></a:EncryptedAssertion>"
    )


class NodeDouble:
    """The node's side of every message, with its keys and ours, made once and kept in a folder as a server has them."""

    def __init__(self, folder: Path, address: str, us: str = US) -> None:
        self.folder, self.address, self.us = folder, address, us
        self.key, self.certificate = self._kept("node")
        self.our_key, self.our_certificate = self._kept("signing")
        self.opening_key, self.opening_certificate = self._kept("opening")
        self.wrong = ""
        self.seen: list[str] = []
        self.waiting: dict[str, dict[str, str]] = {}

    def _kept(self, name: str) -> tuple[Any, x509.Certificate]:
        key, certificate = self.folder / f"{name}.key", self.folder / f"{name}.crt"
        if not certificate.exists():
            self.folder.mkdir(parents=True, exist_ok=True)
            made = pair(days=3650)
            key.write_bytes(pem(made[0]))
            key.chmod(0o600)
            certificate.write_bytes(made[1].public_bytes(Encoding.PEM))
        return load_pem_private_key(key.read_bytes(), None), x509.load_pem_x509_certificate(certificate.read_bytes())

    def keep(self, artifact: str, facts: dict[str, str]) -> None:
        """What an artifact stands for, until it is asked for."""
        self.waiting[artifact] = facts

    def take(self, artifact: str) -> dict[str, str] | None:
        """What it stands for, once."""
        return self.waiting.pop(artifact, None)

    def signer(self) -> tuple[Any, x509.Certificate]:
        """What the next message is signed with."""
        return self.key, self.certificate

    def _ours(self, message):
        """Only what our service has signed, with the agreed algorithm."""
        wanted = SignatureConfiguration(
            location="./", signature_methods=frozenset({SignatureMethod.ECDSA_SHA256}),
            digest_algorithms=frozenset({DigestAlgorithm.SHA256}),
        )  # fmt: skip
        return XMLVerifier().verify(etree.tostring(message), x509_cert=self.our_certificate, expect_config=wanted).signed_xml

    def request_of(self, form_field: str) -> dict[str, str]:
        """What a signed AuthnRequest asks for. ValueError, or an error of the signature, where it is not as the node wants it."""
        request = self._ours(etree.fromstring(b64decode(form_field)))
        is_right = (
            (request.get("ForceAuthn"), request.get("Destination"), request[0].text) == ("true", f"{self.address}/sso", self.us)
            and request.get("ProtocolBinding").endswith("HTTP-Artifact")
            and request.xpath("string(//*[local-name()='RequestedAttribute']/@Name)") == PERSON
        )
        if not is_right:
            raise ValueError("not what the node is asked for")
        return {"request": request.get("ID"), "back": request.get("AssertionConsumerServiceURL")}

    def send_back(self, facts: dict[str, str], relay: str, person: str) -> str:
        """Where the browser goes with an artifact for this person."""
        source = hashlib.sha1(ISSUER.encode(), usedforsecurity=False).digest()
        artifact = b64encode(b"\0\4\0\0" + source + os.urandom(20)).decode()
        self.keep(artifact, {**facts, "person": person})
        return f"{facts['back']}?{urlencode({'SAMLart': artifact, 'RelayState': relay})}"

    def take_soap(self, path: str, body: bytes) -> bytes:
        """A signed question over SOAP."""
        question = self._ours(etree.fromstring(body)[0][0])
        self.seen.append(etree.QName(question).localname)
        if path.endswith("/logout"):
            is_known = (question.xpath("string(*[local-name()='NameID'])"), question[-1].text) == ("osoba-1", "sesja-1")
            status = "Success" if is_known and self.wrong != "logout refused" else "Responder"
            return self._in_soap(self._signed(self._message("LogoutResponse", question.get("ID"), status=status)))
        artifact = question.xpath("string(*[local-name()='Artifact'])")
        facts = self.take(artifact)
        if facts is None:
            return self._in_soap(self._signed(self._message("ArtifactResponse", question.get("ID"))))
        return self.answer_to(question.get("ID"), facts)

    def answer_to(self, resolve: str, facts: dict[str, str]) -> bytes:
        """The whole answer, with the one thing wrong that `wrong` names."""
        wrong, request = self.wrong, facts["request"]
        assertion = self._assertion(facts)
        if wrong == "wrapped":
            forged = assertion.replace(facts["person"], "75020343215").replace('ID="_a"', 'ID="_forged"')
            assertion = SIGNATURE.sub("", forged).replace("</a:Issuer>", f"</a:Issuer><a:Advice>{assertion}</a:Advice>", 1)
        if wrong == "wrapped with the signature":
            signature = "".join(one[0] for one in SIGNATURE.finditer(assertion))
            forged = SIGNATURE.sub("", assertion.replace(facts["person"], "75020343215"))
            inside = f"</a:Issuer>{signature}<a:Advice>{SIGNATURE.sub('', assertion)}</a:Advice>"
            assertion = forged.replace('ID="_a"', 'ID="_forged"').replace("</a:Issuer>", inside, 1)
        if wrong == "document type":
            assertion = '<!DOCTYPE x [<!ENTITY e "44051401359">]>' + assertion
        to = (pair()[0] if wrong == "sealed for another" else self.opening_key).public_key()
        gcm = "http://www.w3.org/2001/04/xmlenc#aes256-cbc" if wrong == "another cipher" else ""
        content = sealed(assertion.encode(), to, spoil=wrong == "cipher changed", **({"gcm": gcm} if gcm else {}))
        if wrong == "not sealed":
            content = assertion
        status = "AuthnFailed" if wrong == "cancelled" else "Success"
        response = self._message("Response", "_other" if wrong == "another request" else request, content, status, facts["back"])
        answer = self._signed(self._message("ArtifactResponse", "_x" if wrong == "another question" else resolve, response))
        if wrong == "unsigned":
            answer = SIGNATURE.sub("", answer, count=1)
        if wrong == "changed after signing":
            answer = answer.replace("status:Success", "status:success", 1)
        raw = self._in_soap(answer)
        return (
            raw.replace(b"<soap", b"<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><soap", 1) if wrong == "entities" else raw
        )

    def _signed(self, xml: str) -> str:
        key, certificate = self.signer()
        if self.wrong == "weak algorithm":
            return signed(xml, key, certificate, SignatureMethod.ECDSA_SHA512, DigestAlgorithm.SHA512)
        is_other = self.wrong == "another transform" and xml.startswith("<a:Assertion")
        plain = CanonicalizationMethod.CANONICAL_XML_1_1 if is_other else None
        return signed(xml, key, certificate, c14n=plain)

    def _message(self, name: str, answers: str, content: str = "", status: str = "Success", back: str = "") -> str:
        issuer = "https://inny.example/idp" if self.wrong == "another issuer" else ISSUER
        made = _now() - timedelta(minutes=30 if self.wrong == "made long ago" else 0)
        return (
            f'<p:{name} {SAML} ID="_{name}{os.urandom(8).hex()}" Version="2.0" IssueInstant="{made.isoformat()}"'
            f' InResponseTo="{answers}"{f" Destination={chr(34)}{back}{chr(34)}" if back else ""}><a:Issuer>{issuer}</a:Issuer>'
            f'<p:Status><p:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:{status}"/></p:Status>{content}</p:{name}>'
        )

    def _assertion(self, facts: dict[str, str]) -> str:
        wrong, now = self.wrong, _now()
        begins, ends = now - timedelta(minutes=1), now + timedelta(minutes=5)
        if wrong == "expired":
            ends = now - timedelta(minutes=2)
        if wrong == "not yet":
            begins = now + timedelta(minutes=5)
        confirmed = now - timedelta(minutes=2) if wrong == "confirmation expired" else ends
        us = "https://inny.example/sp" if wrong == "another audience" else self.us
        back = "https://inny.example/acs" if wrong == "another recipient" else facts["back"]
        request = "_other" if wrong == "assertion for another request" else facts["request"]
        signed_in = now - timedelta(hours=2) if wrong == "signed in before" else now
        level = "low" if wrong == "little assurance" else "substantial"
        value = f"<a:AttributeValue>{facts['person']}</a:AttributeValue>"
        made = (
            f'<a:Assertion {SAML} ID="_a" Version="2.0" IssueInstant="{now.isoformat()}"><a:Issuer>{ISSUER}</a:Issuer>'
            '<a:Subject><a:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:transient">osoba-1</a:NameID>'
            '<a:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><a:SubjectConfirmationData'
            f' InResponseTo="{request}" Recipient="{back}" NotOnOrAfter="{confirmed.isoformat()}"/>'
            "</a:SubjectConfirmation></a:Subject>"
            f'<a:Conditions NotBefore="{begins.isoformat()}" NotOnOrAfter="{ends.isoformat()}"><a:AudienceRestriction>'
            f"<a:Audience>{us}</a:Audience></a:AudienceRestriction>"
            f'</a:Conditions><a:AuthnStatement AuthnInstant="{signed_in.isoformat()}" SessionIndex="sesja-1"><a:AuthnContext>'
            f"<a:AuthnContextClassRef>http://eidas.europa.eu/LoA/{level}</a:AuthnContextClassRef></a:AuthnContext>"
            f'</a:AuthnStatement><a:AttributeStatement><a:Attribute Name="{PERSON}">{value * (1 + (wrong == "two people"))}'
            "</a:Attribute></a:AttributeStatement></a:Assertion>"
        )
        if wrong == "unsigned assertion":
            return made
        if wrong == "wrong key of the assertion":
            return signed(made, *pair())
        return self._signed(made)

    @staticmethod
    def _in_soap(content: str) -> bytes:
        body = f"<soap:Body>{content}</soap:Body>"
        return f'<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/">{body}</soap:Envelope>'.encode()

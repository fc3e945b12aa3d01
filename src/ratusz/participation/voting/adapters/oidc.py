"""OpenID Connect, code flow with PKCE: asks the provider who a voter is and checks its signed answer; only one claim is read.

The provider's address is set by whoever runs the server, never by a visitor, so it does not pass the guarded way out.
"""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import jwt
import urllib3
from django.conf import settings

ALGORITHMS = ["RS256", "PS256", "ES256"]
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
LEEWAY = 60
"""Seconds by which two clocks may differ."""
MOST_BYTES = 200_000
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")


class ProviderFailed(Exception):
    """The provider is away or its answer is not to be believed; nothing of the answer stands in the words."""


@dataclass(frozen=True)
class Provider:
    """One provider of the settings, and us as its client."""

    issuer: str
    client: str
    secret: str = field(repr=False)
    claim: str = "pesel"
    timeout: float = 10.0

    def address(self, *, state: str, nonce: str, verifier: str, back: str) -> str:
        """Where the voter's browser goes. Whoever is signed in there signs in anew: they may have left this computer."""
        challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
        asked = {
            "response_type": "code", "client_id": self.client, "redirect_uri": back, "scope": f"openid {self.claim}",
            "state": state, "nonce": nonce, "code_challenge": challenge, "code_challenge_method": "S256",
            "prompt": "login",
        }  # fmt: skip
        return f"{self._facts()['authorization_endpoint']}?{urlencode(asked)}"

    def identifier(self, *, code: str, nonce: str, verifier: str, back: str) -> str:
        """The one claim that tells people apart, out of a token whose signature, issuer, audience, time and nonce are right."""
        sent = {
            "grant_type": "authorization_code", "code": code, "redirect_uri": back, "code_verifier": verifier,
            "client_id": self.client, "client_secret": self.secret,
        }  # fmt: skip
        facts = self._facts()
        answer = self._json("POST", facts["token_endpoint"], sent)
        claims = self._claims(str(answer.get("id_token", "")), facts)
        if claims.get("nonce") != nonce:
            raise ProviderFailed("another nonce")
        found = claims.get(self.claim)
        if not isinstance(found, str):
            raise ProviderFailed("the claim is missing")
        return found

    def _claims(self, token: str, facts: dict[str, Any]) -> dict[str, Any]:
        try:
            keys = jwt.PyJWKSet.from_dict(self._json("GET", facts["jwks_uri"]))
            name = jwt.get_unverified_header(token).get("kid")
            key = next((each for each in keys.keys if each.key_id == name), keys.keys[0])
            needed = ["exp", "iat", "iss", "aud"]
            return jwt.decode(
                token, key.key, algorithms=ALGORITHMS, audience=self.client, issuer=facts["issuer"], leeway=LEEWAY,
                options={"require": needed},
            )  # fmt: skip
        except (jwt.PyJWTError, KeyError, IndexError, TypeError) as problem:
            raise ProviderFailed(type(problem).__name__) from None

    def _facts(self) -> dict[str, Any]:
        facts = self._json("GET", self.issuer.rstrip("/") + "/.well-known/openid-configuration")
        if str(facts.get("issuer", "")).rstrip("/") != self.issuer.rstrip("/"):
            raise ProviderFailed("another issuer")
        if not all(isinstance(facts.get(name), str) for name in ENDPOINTS):
            raise ProviderFailed("an address is missing")
        return facts

    def _json(self, method: str, url: str, sent: dict[str, str] | None = None) -> dict[str, Any]:
        try:
            with urllib3.PoolManager(retries=False, timeout=self.timeout) as pool:
                body, headers = (urlencode(sent), FORM) if sent else (None, {})
                answer = pool.request(method, url, body=body, headers=headers, redirect=False)
                read = json.loads(answer.data[:MOST_BYTES]) if answer.status == 200 else None
        except (urllib3.exceptions.HTTPError, ValueError) as problem:
            raise ProviderFailed(type(problem).__name__) from None
        if not isinstance(read, dict):
            raise ProviderFailed("no answer")
        return read


def provider() -> Provider | None:
    """The provider of the settings; None where there is none."""
    if not settings.RATUSZ_VOTER_OIDC_URL:
        return None
    return Provider(
        settings.RATUSZ_VOTER_OIDC_URL, settings.RATUSZ_VOTER_OIDC_CLIENT, settings.RATUSZ_VOTER_OIDC_SECRET,
        settings.RATUSZ_VOTER_OIDC_CLAIM,
    )  # fmt: skip

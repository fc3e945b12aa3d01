"""allauth's adapter for the second factor: secrets are kept encrypted with a key outside the database."""

from __future__ import annotations

import hashlib

from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from nacl.encoding import URLSafeBase64Encoder
from nacl.secret import SecretBox


def _box() -> SecretBox:
    return SecretBox(hashlib.sha256(settings.RATUSZ_KEY("second-factor").encode()).digest())


class SecondFactorAdapter(DefaultMFAAdapter):
    """How second factors are stored."""

    def encrypt(self, text: str) -> str:
        return _box().encrypt(text.encode(), encoder=URLSafeBase64Encoder).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _box().decrypt(encrypted_text.encode(), encoder=URLSafeBase64Encoder).decode()

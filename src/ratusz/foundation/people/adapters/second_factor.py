"""allauth's adapter for the second factor: secrets are kept encrypted with a key outside the database."""

from __future__ import annotations

import hashlib

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from nacl.encoding import URLSafeBase64Encoder
from nacl.secret import SecretBox

from ratusz.foundation.people.second_factor import is_last_of_staff


def _box() -> SecretBox:
    return SecretBox(hashlib.sha256(settings.RATUSZ_KEY("second-factor").encode()).digest())


class SecondFactorAdapter(DefaultMFAAdapter):
    """How second factors are stored, and which one stays."""

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Staff keep one: a session that has shown a second factor always belongs to somebody who has one."""
        return not is_last_of_staff(authenticator)

    def encrypt(self, text: str) -> str:
        return _box().encrypt(text.encode(), encoder=URLSafeBase64Encoder).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _box().decrypt(encrypted_text.encode(), encoder=URLSafeBase64Encoder).decode()

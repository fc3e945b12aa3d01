"""Keys of forms, codes and receipts: the database keeps digests, whoever answers holds the key."""

from __future__ import annotations

import hashlib
import re

from django.conf import settings
from django.urls import reverse

from ratusz.foundation.kit.codes import code_of_digest, normalised, random_code, unguessable_key
from ratusz.foundation.people import keys
from ratusz.participation.surveys.models import Draft, Survey

KEY = "surveys"
CODE_LENGTH, RECEIPT_LENGTH = 12, 16
FORM_KEY = re.compile(r"[0-9a-z]{20,40}", re.ASCII)


def new_key() -> str:
    """The key of one rendering of a form: who sends it again sends the same answer."""
    return unguessable_key()


def key_digest(survey: Survey, key: str) -> str:
    """What is kept of the key of a form; a key belongs to one survey."""
    return hashlib.sha256(f"{survey.pk}:{key}".encode()).hexdigest()


def receipt_of(digest: str) -> str:
    """The number of the receipt: always the same for one form, and nobody can reckon it from the table alone."""
    return code_of_digest(keys.keyed_digest(KEY, "receipt", digest), RECEIPT_LENGTH)


def new_code() -> str:
    """A one-time code to be printed on a letter."""
    return random_code(CODE_LENGTH)


def code_digest(survey: Survey, code: str) -> str:
    """What is kept of a code."""
    return keys.keyed_digest(KEY, "code", str(survey.pk), normalised(code)).hex()


def holder_digest(survey: Survey, contact: str) -> str:
    """The right of one mailbox or telephone in one survey; leads from nothing back to it."""
    return keys.keyed_digest(KEY, "holder", str(survey.pk), keys.plain_address(contact)).hex()


def key_of_token(survey: Survey, digest: str) -> str:
    """The key of the draft behind a right: the same each time its holder comes back."""
    return keys.token_of(KEY, "draft", str(survey.pk), digest)


def kiosk_key(survey: Survey) -> str:
    """Opens the survey on a tablet of the city."""
    return keys.token_of(KEY, "kiosk", str(survey.pk))


def draft_of(survey: Survey, key: str) -> Draft | None:
    """The draft behind a key."""
    if not FORM_KEY.fullmatch(key):
        return None
    found = Draft.objects.filter(key=key_digest(survey, key), survey=survey)
    return found.select_related("questionnaire", "token").first()


def full_address(path: str) -> str:
    """An address to be printed or sent."""
    return settings.PUBLIC_ADDRESS.rstrip("/") + path


def draft_url(survey: Survey, language: str, key: str) -> str:
    """The page of a draft, as it is sent."""
    return full_address(reverse("answer:draft", args=[survey.slug, language, key]))

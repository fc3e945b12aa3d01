"""Links of an intake: made anew under a key outside the database, never stored in the clear; digests of its author."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse

from ratusz.casework.signatures.likeness import same_parts
from ratusz.foundation.people import keys
from ratusz.participation.remarks.models import Intake, Remark
from ratusz.ui.languages import portal_path

KEY = "remarks"


def token_of(intake: Intake) -> str:
    """The token of the author's own page, made anew each time."""
    return keys.token_of(KEY, "link", intake.form_key.hex)


def intake_of(token: str) -> Intake | None:
    """The intake behind a token."""
    found = Intake.objects.filter(token_digest=keys.digest_of_token(token), erased_at=None)
    return found.select_related("consultation", "form", "contact", "district").first()


def author_digest(consultation: Any, name: str, address: str) -> str:
    """By which a person is known within one consultation, online and on paper; "" when name or address is missing."""
    if not name.strip() or not address.strip():
        return ""
    return keys.keyed_digest(KEY, "author", str(consultation.pk), *same_parts(name, address)).hex()


def my_intake_url(intake: Intake) -> str:
    """The author's own page: the receipt, what became of it, files, taking it back, a complaint."""
    return absolute("mine", token_of(intake))


def remark_url(remark: Remark) -> str:
    """The public page of a remark."""
    return settings.PUBLIC_ADDRESS.rstrip("/") + portal_path(remark.get_absolute_url())


def absolute(name: str, *args: Any) -> str:
    """A public address of this module with the host."""
    return settings.PUBLIC_ADDRESS.rstrip("/") + portal_path(reverse(f"remarks:{name}", args=args))

"""Links of a signature and digests of a person: made anew under a key outside the database, never stored in the clear."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from ratusz.casework.signatures.likeness import same_parts
from ratusz.casework.signatures.models import Collection, Sheet, Signature
from ratusz.foundation.people import keys
from ratusz.ui.languages import path_in_spoken_language

KEY = "signatures"


def token_of(signature: Signature) -> str:
    """The token of a signature, made anew each time."""
    return keys.token_of(KEY, "link", signature.public_id.hex)


def person_digest(collection: Collection, name: str, home: str, *, is_child: bool) -> str:
    """By which a person is known within one collection; another collection gives another digest of the same person."""
    kind = "child" if is_child else "adult"
    return keys.keyed_digest(KEY, "person", str(collection.pk), kind, *same_parts(name, home)).hex()


def signature_of(token: str) -> Signature | None:
    """The signature behind a token."""
    found = Signature.objects.filter(token_digest=keys.digest_of_token(token), erased_at=None)
    return found.select_related("collection", "contact").first()


def my_signature_url(signature: Signature) -> str:
    """The page of one's own signature: type the code, take it back."""
    return _absolute("my-signature", token_of(signature))


def collection_url(collection: Collection) -> str:
    """The public page of a collection."""
    return _absolute("collection", str(collection.public_id))


def sheet_url(sheet: Sheet) -> str:
    """What the QR of a sheet leads to."""
    return _absolute("sheet", sheet.code)


def _absolute(name: str, *args: str) -> str:
    path = path_in_spoken_language(lambda: reverse(f"signatures:{name}", args=args))
    return settings.PUBLIC_ADDRESS.rstrip("/") + path

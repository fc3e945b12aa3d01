"""Short-lived signed links to one file, for people without an account."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.core import signing
from django.urls import reverse

from ratusz.foundation.files.models import StoredFile

LINK_LIVES = timedelta(minutes=15)
_SIGNER = signing.TimestampSigner(salt="ratusz.files.download", sep=".")


def download_path(file: StoredFile) -> str:
    """The path of a link that works for fifteen minutes; give it only to whoever may read the file."""
    return reverse("files:by-link", args=[_SIGNER.sign(file.public_id.hex)])


def file_of(token: str) -> StoredFile | None:
    """The file behind a link, None when the link is not ours or too old."""
    try:
        public_id = _SIGNER.unsign(token, max_age=LINK_LIVES)
    except signing.BadSignature:
        return None
    return StoredFile.objects.usable().filter(public_id=UUID(public_id)).first()

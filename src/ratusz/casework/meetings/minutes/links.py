"""The link by which somebody without an account reads minutes; like the others it is stored as a digest alone."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from ratusz.casework.meetings.links import token_of
from ratusz.casework.meetings.models import ReviewLink
from ratusz.foundation.people.keys import digest_of_token


def review_url(link: ReviewLink) -> str:
    """The page of remarks, made anew each time from a random id under a key outside the database."""
    return settings.PUBLIC_ADDRESS.rstrip("/") + reverse("meetings_minutes:review", args=[token_of(link)])


def review_link_of(token: str) -> ReviewLink | None:
    """The link behind a token, with its minutes and meeting; one that ended too, so that the page can say so."""
    found = ReviewLink.objects.filter(token_digest=digest_of_token(token), erased_at=None)
    return found.select_related("minutes__meeting__district", "minutes__meeting__place").first()

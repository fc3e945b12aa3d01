"""Links of an application: the applicant's own is made anew under a key outside the database, never stored in the clear."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from ratusz.foundation.people import keys
from ratusz.participation.consultations.models import Application
from ratusz.ui.languages import path_in_spoken_language

KEY = "consultations"


def token_of(application: Application) -> str:
    """The token of an application, made anew each time."""
    return keys.token_of(KEY, "application", application.public_id.hex)


def application_of(token: str) -> Application | None:
    """The application behind a token."""
    found = Application.objects.filter(token_digest=keys.digest_of_token(token), erased_at=None)
    return found.select_related("contact", "consultation").first()


def my_application_url(application: Application) -> str:
    """The applicant's own page: change the draft, collect, submit, complete, appeal, withdraw."""
    return _absolute("mine", token_of(application))


def public_url(application: Application) -> str:
    """Its page in the register."""
    return _absolute("application", application.slug)


def _absolute(name: str, *args: str) -> str:
    path = path_in_spoken_language(lambda: reverse(f"consultation_applications:{name}", args=args))
    return settings.PUBLIC_ADDRESS.rstrip("/") + path

"""Addresses of links in one form: which lead out, which stay inside, and whether one inside leads anywhere."""

from __future__ import annotations

import hashlib
from urllib.parse import urldefrag, urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils.encoding import iri_to_uri
from django.utils.translation import get_language_from_path, override
from wagtail.contrib.redirects.models import Redirect

from ratusz.publishing.website.queries import page_at

from .models import Unpublishing

PAGE_OF_THE_TREE = "wagtail_serve"


def is_foreign(address: str) -> bool:
    """Whether a link leads to another website; mail, phone and our own addresses do not."""
    parts = _split(address)
    return parts is not None and parts.scheme in ("http", "https") and parts.netloc != urlsplit(settings.PUBLIC_ADDRESS).netloc


def path_inside(address: str) -> str | None:
    """The path of an address of this portal; None for another website, mail, phone, or a place on the same page."""
    parts = _split(address)
    if parts is None or is_foreign(address) or parts.scheme not in ("", "http", "https") or not parts.path.startswith("/"):
        return None
    return parts.path


def _split(address: str):
    try:
        return urlsplit(address.strip())
    except ValueError:
        return None


def asked_form(address: str) -> str:
    """What is asked of the other server: no place on the page, no letters outside ASCII in the path."""
    return iri_to_uri(urldefrag(address.strip()).url)


def fingerprint(address: str) -> str:
    return hashlib.sha256(asked_form(address).encode()).hexdigest()


def host_of(address: str) -> str:
    """For showing and sorting; the guarded way out reads hosts for itself."""
    try:
        return (urlsplit(address).hostname or "")[:255]
    except ValueError:
        return ""


def leads_somewhere(path: str) -> bool:
    """Whether a path of this portal is a published page, a page taken down with a redirect, or an address of a module.

    Modules' addresses are known by their shape; whether the thing behind one exists is theirs to say.
    """
    try:
        with override(get_language_from_path(path) or settings.LANGUAGE_CODE):
            match = resolve(path)
    except Resolver404:
        # What only lacks the slash at its end is answered with one.
        return _is_redirected(path) or (not path.endswith("/") and leads_somewhere(f"{path}/"))
    if match.url_name != PAGE_OF_THE_TREE:
        return True
    return _is_published(path) or _is_redirected(path)


def _is_published(path: str) -> bool:
    language = get_language_from_path(path) or settings.LANGUAGE_CODE
    below = path if language == settings.LANGUAGE_CODE else path.removeprefix(f"/{language}")
    found = page_at(below, language)
    return found is not None and not found.is_closed


def _is_redirected(path: str) -> bool:
    if Redirect.objects.filter(old_path=Redirect.normalise_path(path)).exists():
        return True
    return Unpublishing.objects.in_force().filter(address=path, redirect_to__live=True).exists()

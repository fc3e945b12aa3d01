"""What the screens share: the collection a page is about, one deed behind a button, files that no cache keeps."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.admin import messages

from ratusz.casework.signatures import rules
from ratusz.casework.signatures.models import Collection
from ratusz.foundation.kit.clock import database_now


def collection_for(request: HttpRequest, pk: int, deed: str) -> tuple[Collection, datetime]:
    """The collection; PermissionDenied for whoever may not do the deed with it."""
    found, at = Collection.objects.filter(pk=pk).first(), database_now()
    # The right first: whoever may not is told the same of a collection that is not there.
    if not rules.may(request.user, deed, found, at):
        raise PermissionDenied
    if found is None:
        raise Http404
    return found, at


def press(request: HttpRequest, deed: Callable[[], Any], said: str, *back: Any) -> HttpResponse:
    """Carries out what a button stands for; a refusal is said on the page one comes back to."""
    try:
        deed()
    except rules.NotYours as refusal:
        raise PermissionDenied from refusal
    except rules.SignatureRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)
    return redirect(*back)

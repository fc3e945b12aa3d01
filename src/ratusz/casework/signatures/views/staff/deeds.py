"""What the screens share: the collection a page is about, one deed behind a button, files that no cache keeps."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from ratusz.casework.signatures import rules
from ratusz.casework.signatures.models import Collection
from ratusz.foundation.kit import buttons
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


press = partial(buttons.press, refused=rules.SignatureRefused, not_yours=rules.NotYours)

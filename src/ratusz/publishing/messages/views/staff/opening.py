"""Opening a message's screens: who may, which message, what a refusal says."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from wagtail.admin import messages as notices

from ratusz.foundation.kit.clock import database_now
from ratusz.publishing.messages import rules
from ratusz.publishing.messages.models import Message, Variant


def opened(deed: str) -> Callable:
    """For a view of one message: loads it, refuses who may not."""

    def decorate(view: Callable) -> Callable:
        @wraps(view)
        def checked(request: HttpRequest, pk: int, *args: Any, **kwargs: Any) -> HttpResponse:
            found = Message.objects.select_related("facts__written_by", "owner_unit")
            message = get_object_or_404(found, pk=pk)
            if not rules.may(request.user, deed, message, database_now()):
                raise PermissionDenied
            return view(request, message, *args, **kwargs)

        return checked

    return decorate


def variant_of(message: Message, pk: int) -> Variant:
    """One of the message's variants; 404 for another's."""
    found = message.variants.select_related("release__facts", "release__approved_by", "based_on", "author")
    variant = get_object_or_404(found, pk=pk)
    variant.message = message
    return variant


def tried(request: HttpRequest, deed: Callable[[], Any], done: str) -> bool:
    """Does it and says so; a refusal is said in its own words and nothing is lost."""
    try:
        deed()
    except rules.Refused as refusal:
        notices.error(request, str(refusal))
        return False
    except ValidationError as refusal:
        notices.error(request, " ".join(refusal.messages))
        return False
    notices.success(request, done)
    return True

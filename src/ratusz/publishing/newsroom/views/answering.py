"""How views of the press office call an action: what it refuses stands in the form, and what was typed stays."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest
from wagtail.admin import messages

from ratusz.foundation.kit.clock import database_now
from ratusz.publishing.newsroom.rules import LayoutRefused, OrderRefused, may

REFUSALS = (LayoutRefused, OrderRefused)


def check(request: HttpRequest, deed: str, subject: Any = None) -> None:
    """PermissionDenied for whoever may not."""
    if not may(request.user, deed, subject, database_now()):
        raise PermissionDenied


def done(form: forms.Form | forms.ModelForm, do: Callable[[], Any], field: str | None = None) -> bool:
    """Calls the action; its refusal becomes an error of the form, at `field` when it is about the file."""
    try:
        do()
    except ValidationError as refused:
        form.add_error(None if hasattr(refused, "error_dict") else field, refused)
    except REFUSALS as refused:
        form.add_error(None, str(refused))
    return not form.errors


def told(request: HttpRequest, do: Callable[[], Any], words: str) -> None:
    """Calls the action of a button; says what was done, or why it was not."""
    try:
        do()
    except REFUSALS as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, words)

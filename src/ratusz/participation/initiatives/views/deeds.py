"""What screens of staff share: who may look, the deeds that stand on a page, and the press of one of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.admin import messages

from ratusz.foundation.kit.clock import database_now
from ratusz.participation.initiatives import rules


@dataclass(frozen=True)
class Deed:
    """One thing that may be done: its words, its form, its action, and the states in which it stands on the page."""

    words: Any
    form: type[forms.Form] | None
    action: Callable[..., Any]
    states: tuple[str, ...] = ()
    done: Callable[[Any], str] | None = None
    """What is said once it is done, of what the action gave back."""


Offered = dict[str, forms.Form | None]
"""Deeds that stand on a page now, each with its form."""


def check(request: HttpRequest, deed: str) -> datetime:
    """The moment of the request; raises PermissionDenied for whoever may not do it."""
    at = database_now()
    if not rules.may(request.user, deed, None, at):
        raise PermissionDenied
    return at


def _pressed(request: HttpRequest) -> str:
    return request.POST.get("deed", "") if request.method == "POST" else ""


def offer(request: HttpRequest, deeds: Mapping[str, Deed], at: datetime, fits: Callable[[str, Deed], bool]) -> Offered:
    """Deeds that fit, to whoever handles these things; the form of the pressed one is filled in."""
    if not rules.may(request.user, "handle", None, at):
        return {}
    pressed = _pressed(request)
    return {
        name: deed.form(request.POST if pressed == name else None, prefix=name) if deed.form else None
        for name, deed in deeds.items()
        if fits(name, deed)
    }


def on_page(deeds: Mapping[str, Deed], offered: Offered) -> list[tuple[str, Any, forms.Form | None]]:
    """Name, words and form of each, as templates show them."""
    return [(name, deeds[name].words, form) for name, form in offered.items()]


def say_in(form: forms.Form | None, refusal: rules.InitiativeRefused) -> bool:
    """Says a refusal in the form, beside its fields where it names them; False when there is no form for it."""
    if form is None:
        return False
    known = {name: words for name, words in refusal.fields.items() if name in form.fields}
    for name, words in known.items():
        form.add_error(name, words)
    if not known:
        form.add_error(None, str(refusal))
    return True


def is_done(request: HttpRequest, deeds: Mapping[str, Deed], offered: Offered, *, gone: str, **thing: Any) -> bool:
    """Does what was pressed to the `thing` and says what happened; a refusal is said in its form, or above, and nothing is done.

    `gone` is said of a deed that stands there no more. Raises PermissionDenied.
    """
    pressed = _pressed(request)
    form = offered.get(pressed)
    if not pressed or (form is not None and not form.is_valid()):
        return False
    try:
        if pressed not in deeds or (deeds[pressed].form is not None and form is None):
            raise rules.InitiativeRefused(gone)
        made = deeds[pressed].action(**thing, person=request.user, **(form.cleaned_data if form is not None else {}))
    except rules.NotYours as refusal:
        raise PermissionDenied from refusal
    except rules.InitiativeRefused as refusal:
        if not say_in(form, refusal):
            messages.error(request, str(refusal))
        return False
    done = deeds[pressed].done
    messages.success(request, done(made) if done else _("Written down."))
    return True

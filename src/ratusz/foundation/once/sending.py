"""`@once_only` over a view that makes something: the second sending of one rendered form leads to what the first made."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from ratusz.foundation.once import actions
from ratusz.foundation.once.rules import key_of

View = Callable[..., HttpResponse]


def once_only(view: View) -> View:
    """The view in one transaction with the note that this form was carried out. A redirect is what "carried out" means."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
        key = _key(request) if request.method == "POST" else ""
        if not key:
            return view(request, *args, **named)
        answers: list[HttpResponse] = []

        def deed() -> str:
            answers.append(view(request, *args, **named))
            return answers[0].get("Location", "")

        if actions.carry_out_once(key=key, deed=deed) is None:
            messages.info(request, _("This form was sent before. Here you see what came of it; to send it again, open it anew."))
            return redirect(actions.led_to(key=key))
        return answers[0]

    guarded.is_once_only = True  # type: ignore[attr-defined]
    return guarded


def _key(request: HttpRequest) -> str:
    files = [(name, file.name or "", file.size or 0) for name, found in request.FILES.lists() for file in found]
    return key_of(str(request.user.pk or ""), request.path, dict(request.POST.lists()), files)

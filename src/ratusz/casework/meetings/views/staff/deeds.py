"""One way to carry out deeds of a meeting's pages: find the form, call one action, say what came of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from wagtail.admin import messages

from ratusz.casework.meetings import rules
from ratusz.casework.meetings.models import Meeting
from ratusz.foundation.kit.clock import database_now


@dataclass(frozen=True)
class Deed:
    """A form (None: buttons alone), what to do with (meeting, data, request), and the words said afterwards."""

    form: Any
    act: Callable[[Meeting, dict[str, Any], HttpRequest], Any]
    said: Any = ""


def meeting_for(request: HttpRequest, pk: int, deed: str) -> tuple[Meeting, datetime]:
    """The meeting with what its pages show of it; PermissionDenied for whoever may not do the deed."""
    meeting = get_object_or_404(Meeting.objects.select_related("place", "district", "series", "owner_unit", "preparation"), pk=pk)
    at = database_now()
    if not rules.may(request.user, deed, meeting, at):
        raise PermissionDenied
    return meeting, at


def carry_out(
    request: HttpRequest, meeting: Meeting, deeds: Mapping[str, Deed], draw: Callable[..., HttpResponse], back: str
) -> HttpResponse:  # fmt: skip
    """The deed of the pressed button. A refused form is drawn again with what was typed; a refused button says why."""
    name = request.POST.get("deed", "")
    if name not in deeds:
        raise Http404
    deed = deeds[name]
    form = deed.form(request.POST, request.FILES, meeting=meeting, auto_id=ids_of(name)) if deed.form else None
    if form is not None and not form.is_valid():
        return draw(**{f"{name}_form": form, "refused": name})
    try:
        deed.act(meeting, form.cleaned_data | {"form": form} if form else {}, request)
    except rules.NotYours as refusal:
        raise PermissionDenied from refusal
    except rules.Refused as refusal:
        if form is None:
            messages.error(request, str(refusal))
            return redirect(back)
        form.add_error(None, str(refusal))
        return draw(**{f"{name}_form": form, "refused": name})
    if deed.said:
        messages.success(request, str(deed.said))
    return redirect(back)


def ids_of(name: str) -> str:
    """Pattern of the ids of one form's fields: a page has several forms with the same fields."""
    return f"{name}_%s"

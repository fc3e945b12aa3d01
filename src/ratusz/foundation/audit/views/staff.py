"""The record of who did what as a screen: narrowed, paged by number, one entry with its values."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ratusz.foundation.audit import rules
from ratusz.foundation.audit.actions import record_read
from ratusz.foundation.audit.forms import RecordFilter
from ratusz.foundation.audit.models import Entry
from ratusz.foundation.audit.words import in_words
from ratusz.foundation.kit.plain_numbers import plain_number

PAGE = 50


def _check(request: HttpRequest) -> None:
    if not rules.may(request.user, "see_record"):
        raise PermissionDenied


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The newest entries first. Paged by the entry's number, so that a page stays the same while others are written."""
    _check(request)
    form = RecordFilter(request.GET)
    entries = form.narrow(Entry.objects.select_related("detail"))
    before = plain_number(request.GET.get("przed", ""))
    if before is not None:
        entries = entries.filter(pk__lt=before)
    found = list(entries[: PAGE + 1])
    query = request.GET.copy()
    query["przed"] = str(found[PAGE - 1].pk) if len(found) > PAGE else ""
    context = {
        "form": form, "rows": [_row(entry) for entry in found[:PAGE]], "page_title": _("Record of deeds"),
        "older": query.urlencode() if len(found) > PAGE else "", "is_first": before is None,
    }  # fmt: skip
    return render(request, "audit/staff/record.html", context)


def _row(entry: Entry) -> dict[str, Any]:
    return {"entry": entry, "deed": in_words(entry.deed), "who": entry.actor_label or _("the program"), "label": entry.label}


@require_safe
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    """One entry with its values before and after. Reading it is recorded too: values may be personal data."""
    _check(request)
    found = get_object_or_404(Entry.objects.select_related("detail"), pk=pk)
    record_read(subject=found, fields=["before", "after"], actor=request.user)
    content = found.detail.content or {}
    context = _row(found) | {"changes": _changes(content), "content": content, "page_title": _("Entry {number}").format(number=pk)}
    return render(request, "audit/staff/entry.html", context)


def _changes(content: dict[str, Any]) -> list[tuple[str, Any, Any]]:
    """Name, value before, value after; names as the code calls them."""
    before, after = content.get("before") or {}, content.get("after") or {}
    return [(name, before.get(name, ""), after.get(name, "")) for name in dict.fromkeys([*before, *after])]

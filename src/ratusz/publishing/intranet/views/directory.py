"""The directory of units and positions."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.units.models import Unit
from ratusz.publishing.intranet import directory as entries
from ratusz.publishing.intranet.views.gate import for_staff
from ratusz.publishing.intranet.views.notices import frame


@require_safe
@for_staff
def directory(request: HttpRequest) -> HttpResponse:
    """The tree of units, or what fits the words."""
    at, query = database_now(), request.GET.get("q", "").replace("\0", "").strip()[:100]
    context = {"entries": entries.directory(at, query), "asked": query, **frame(request, at)}
    return render(request, "intranet/directory.html", context)


@require_safe
@for_staff
def unit(request: HttpRequest, pk: int) -> HttpResponse:
    """One unit: where it is, how to reach it, who does what."""
    at = database_now()
    entry = entries.entry_of(get_object_or_404(Unit, pk=pk), at)
    if entry is None:
        raise Http404
    below = [each for each in entries.directory(at) if each.unit.parent_id == pk]
    return render(request, "intranet/unit.html", {"entry": entry, "below": below, **frame(request, at)})

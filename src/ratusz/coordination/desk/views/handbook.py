"""The handbook in the Wagtail admin: a page at a time, and a search over all of it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ratusz.coordination.desk import handbook


@require_safe
def page(request: HttpRequest, name: str = handbook.FIRST) -> HttpResponse:
    """One page; with ?q=… on the first one what was found in all of them."""
    found = handbook.page(name)
    if found is None:
        raise Http404
    query = request.GET.get("q", "").replace("\0", "").strip()[:200]
    hits = handbook.find(query) if query else []
    context = {"page": found, "first": handbook.page(handbook.FIRST), "query": query, "hits": hits}
    return render(request, "desk/staff/handbook.html", context)

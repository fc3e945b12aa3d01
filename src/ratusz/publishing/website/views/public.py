"""The portal's pages for residents that are not pages of the tree."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe
from wagtail.models import Page
from wagtail.views import serve

from ratusz.foundation.audit.addresses import client_line
from ratusz.foundation.kit.registries import receipt_kinds
from ratusz.publishing.website import queries
from ratusz.publishing.website.actions import check_number
from ratusz.publishing.website.forms import NumberForm
from ratusz.publishing.website.kept_parts import kept
from ratusz.publishing.website.menus import chrome_of_request
from ratusz.publishing.website.models import PublicPage
from ratusz.publishing.website.page_cache import shows
from ratusz.publishing.website.registries import answer_where_a_page_was, gathered, parts_of_district
from ratusz.publishing.website.rules import TooManyTries
from ratusz.publishing.website.search.results import How, did_you_mean
from ratusz.publishing.website.search.results import search as find
from ratusz.publishing.website.shown_things import DATES, NEWS


@require_safe
def page(request: HttpRequest, path: str) -> HttpResponse:
    """A page of the tree. Wagtail's own way asks four queries more; what is not for everybody takes it all the same."""
    try:
        found = kept(request, lambda: _page_at(path), "page", path)
    except Http404:
        answer = answer_where_a_page_was(request)
        if answer is None:
            raise
        return answer
    request.portal_page = found  # type: ignore[attr-defined]
    things = found.shown_things() if isinstance(found, PublicPage) else None
    if things is not None:
        shows(request, *things)
    return serve(request, path) if found.is_closed else found.serve(request)


def _page_at(path: str) -> Page:
    found = queries.page_at(path, get_language() or "pl")
    if found is None:
        raise Http404
    return found


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Results for ?q=, one kind of them with ?rodzaj=, ten on a page."""
    text, kind = request.GET.get("q", ""), request.GET.get("rodzaj", "").replace("\x00", "")
    person = request.user if request.session.session_key else None
    results = find(text, person=person, at=request.moment, kind=kind, page=request.GET.get("strona"))
    is_first = bool(results.text) and not kind and results.slice.number == 1
    beside = gathered(results.text, request.moment) if is_first else []
    nothing = bool(results.text) and not results.slice.paginator.count
    suggestion = did_you_mean(results.text) if nothing or results.how is not How.ALL_WORDS else ""
    return render(
        request,
        "website/search.html",
        {"results": results, "query": text, "kind": kind, "nothing": nothing, "suggestion": suggestion, "beside": beside},
    )


@never_cache
@csrf_protect
@sensitive_post_parameters("number")
def number(request: HttpRequest) -> HttpResponse:
    """Checks a receipt's number. It comes by POST, so that it stands in no address and no log."""
    form = NumberForm(request.POST if request.method == "POST" else None)
    context: dict = {"form": form, "kinds": list(receipt_kinds), "personal": any(kind.is_personal for kind in receipt_kinds)}
    status = 200
    if form.is_bound and form.is_valid():
        try:
            checked = check_number(typed=form.cleaned_data["number"], connection_address=client_line(request))
        except TooManyTries as refusal:
            form.add_error(None, str(refusal))
            status = 429
        else:
            context |= {"receipt": checked.receipt, "nearest": checked.nearest}
            if checked.receipt is None:
                form.add_error("number", _("We have nothing under this number. Check each letter and figure and try again."))
    return render(request, "website/number.html", context, status=status)


@require_safe
def districts(request: HttpRequest) -> HttpResponse:
    """All districts: the tile map and the list by name."""
    shows(request)
    return render(
        request, "website/districts.html", {"districts": queries.districts_with_counts(), "tiles": queries.district_tiles()}
    )


@require_safe
def district(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything dated and decided in one district."""
    shows(request, NEWS, DATES)
    found = get_object_or_404(queries.districts_with_counts(), slug=slug)
    at = request.moment
    context = {
        "district": found,
        "counts": list(found.registered_counts.all()),
        "tiles": queries.district_tiles(found),
        "open_things": queries.open_things(at, found.number),
        "parts": parts_of_district(found, at),
        "news": queries.news_of_district(found, get_language() or "pl"),
    }
    return render(request, "website/district.html", context)


@require_safe
def source(request: HttpRequest) -> HttpResponse:
    """What the portal is made of and where its source is: article 5 of the EUPL asks for it of whoever runs the program."""
    shows(request)
    contact = chrome_of_request(request).contact_url or "/"
    return render(request, "website/source.html", {"address": settings.RATUSZ_SOURCE_ADDRESS, "contact_url": contact})

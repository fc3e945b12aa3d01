"""Messages for residents: the list, one message with its facts and corrections, its picture, the read API, the screens."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from ratusz.foundation.files.actions import read_allowed_file
from ratusz.foundation.kit.ics import calendar_file
from ratusz.foundation.kit.plain_numbers import plain_number
from ratusz.publishing.messages import wording
from ratusz.publishing.messages.models import Message, Release
from ratusz.publishing.messages.outlets import MAIN
from ratusz.publishing.messages.pictures import shown_picture
from ratusz.publishing.website import message_maps as maps
from ratusz.publishing.website import message_parts as parts
from ratusz.publishing.website.forms import MessagesFilter
from ratusz.publishing.website.page_cache import shows
from ratusz.publishing.website.views.feeds import open_to_all
from ratusz.publishing.website.views.pictures import FOR_FIVE_MINUTES

PAGE = 20
API_ITEMS = 100
SECONDS_ON_SCREEN = 20


@require_safe
def messages(request: HttpRequest) -> HttpResponse:
    """Current ones, or those that are over; narrowed by kind and district."""
    shows(request)
    form = MessagesFilter(request.GET)
    chosen = form.chosen()
    found = parts.on_the_page(get_language() or "pl")
    is_past = chosen.get("stan") == "archiwum"
    current = parts.going(found, request.moment)
    found = found.exclude(pk__in=current.values("pk")) if is_past else current
    if kind := chosen.get("rodzaj"):
        found = found.filter(message__kind=kind)
    if district := chosen.get("dzielnica"):
        found = parts.in_district(found, district.number)
    page = Paginator(found, PAGE).get_page(request.GET.get("strona"))
    items = parts.shown(page.object_list)
    drawn = None if is_past else maps.map_of_list(items)
    context = {"form": form, "page": page, "items": items, "is_past": is_past, "map": drawn}
    return render(request, "website/messages.html", context)


@require_safe
def message(request: HttpRequest, year: int, number: int, slug: str = "") -> HttpResponse:
    """One message; withdrawn or over, it stays and says so. An address with old words leads to the present one."""
    shows(request)
    item = _found(year, number)
    if request.path != item.url:
        return redirect(item.url, permanent=False)
    at = request.moment
    is_over = bool(item.message.valid_until and item.message.valid_until <= at) or bool(
        item.version.ends and item.version.ends <= at
    )
    context = {
        "item": item, "message": item.message, "is_over": is_over, "versions": _versions(item),
        "picture": shown_picture(item.message, MAIN, at), "map": maps.map_of(item),
    }  # fmt: skip
    return render(request, "website/message.html", context)


def _found(year: int, number: int) -> parts.ShownMessage:
    found = parts.shown(parts.on_the_page().filter(message__year=year, message__number=number))
    if not found:
        raise Http404
    return found[0]


def _versions(item: parts.ShownMessage) -> list[Any]:
    """What stood here before and stands now: versions released on the page, the newest first."""
    released = Release.objects.filter(variant__message=item.message, variant__outlet=MAIN).select_related("facts")
    return list(released.order_by("-left_at", "-pk"))


@require_safe
def picture(request: HttpRequest, year: int, number: int) -> HttpResponseBase:
    """The picture of a message that has a page."""
    item = _found(year, number)
    found = shown_picture(item.message, MAIN, request.moment)
    if found is None or item.message.withdrawn_at or found.file.state != "clean":
        raise Http404
    response = FileResponse(read_allowed_file(file=found.file), content_type=found.file.media_type)
    response["Cache-Control"] = FOR_FIVE_MINUTES
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_safe
def event_ics(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """One event for a calendar of one's own."""
    item = _found(year, number)
    if item.message.kind != Message.Kind.EVENT or item.version.starts is None or item.message.withdrawn_at:
        raise Http404
    address = request.build_absolute_uri("/").rstrip("/")
    content = calendar_file([parts.dated_thing(item)], name=item.title, address=address, stamp=item.left_at)
    return open_to_all(request, HttpResponse(content, content_type="text/calendar; charset=utf-8"), None)


@require_safe
def api(request: HttpRequest) -> HttpResponse:
    """The newest hundred for other sites, withdrawn ones as traces; narrowed by kind and district."""
    form = MessagesFilter(request.GET)
    chosen = form.chosen()
    found = parts.on_the_page()
    if kind := chosen.get("rodzaj"):
        found = found.filter(message__kind=kind)
    if district := chosen.get("dzielnica"):
        found = parts.in_district(found, district.number)
    items = [parts.for_machines(item, request.build_absolute_uri) for item in parts.shown(found[:API_ITEMS])]
    return _json(request, {"messages": items})


@require_safe
def api_one(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """One message for other sites."""
    return _json(request, parts.for_machines(_found(year, number), request.build_absolute_uri))


def _json(request: HttpRequest, content: dict[str, Any]) -> HttpResponse:
    return open_to_all(request, JsonResponse(content, json_dumps_params={"ensure_ascii": False}), None)


@require_safe
def screen(request: HttpRequest) -> HttpResponse:
    """One message after another on a screen in the Office, without scripts; `?stop=1` stays on one."""
    items = parts.on_screens(request.moment)
    number = (plain_number(request.GET.get("nr", "")) or 1) - 1
    number = number % len(items) if items else 0
    context = {
        "item": items[number] if items else None, "number": number + 1, "of": len(items), "seconds": SECONDS_ON_SCREEN,
        "next": number + 2 if number + 1 < len(items) else 1, "is_still": "stop" in request.GET, "moment": request.moment,
    }  # fmt: skip
    return render(request, "website/screen.html", context)


@require_safe
def screen_json(request: HttpRequest) -> HttpResponse:
    """The same for a program of a screen."""
    items = [
        {
            "id": item.message.reference, "kind": item.message.kind, "title": item.title, "text": item.text,
            "facts": wording.as_facts(item.content), "corrections": parts.corrections_for_machines(item),
        }
        for item in parts.on_screens(request.moment)
    ]  # fmt: skip
    return _json(request, {"seconds": SECONDS_ON_SCREEN, "messages": items})

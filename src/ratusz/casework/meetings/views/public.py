"""The website's part of meetings: the list, a meeting's page, registering without an account."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from ratusz.casework.meetings import actions, queries, signing_up, wording
from ratusz.casework.meetings.kinds import kinds_on
from ratusz.casework.meetings.links import place_url
from ratusz.casework.meetings.models import Meeting, Registration
from ratusz.casework.meetings.registries import public_parts
from ratusz.casework.meetings.sign_up_forms import CodeForm, SignUpForm
from ratusz.foundation.audit.addresses import client_line
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.kit.links import LinkRefused, read_link, sign_link
from ratusz.foundation.notifications.models import Address
from ratusz.foundation.notifications.views.public import private
from ratusz.foundation.people.actions.limits import use_up
from ratusz.foundation.territory.models import District
from ratusz.ui.languages import also_in_ukrainian

PAGE = 30
CODE_PAGE, CODE_PAGE_LIVES = "meetings.code-page", timedelta(hours=1)
NOT_KEPT = "max-age=0, must-revalidate"
"""Numbers of places change with every registration: a page with them is asked for anew."""


def _fresh(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = NOT_KEPT
    return response


@require_safe
def meetings(request: HttpRequest) -> HttpResponse:
    """Coming meetings by day, or past ones; by kind and district."""
    at = database_now()
    chosen = {"kind": request.GET.get("rodzaj", ""), "district": request.GET.get("dzielnica", "")}
    is_past = request.GET.get("kiedy") == "minione"
    found = queries.with_numbers(queries.public_meetings(at, is_past=is_past, **chosen), at)
    page = Paginator(found, PAGE).get_page(request.GET.get("strona"))
    kinds = [kind for kind in kinds_on(local_day(at)) if kind.is_public]
    context = {
        "page": page, "rows": [wording.row(each, at) for each in page], "is_past": is_past, "kinds": kinds,
        "districts": District.objects.by_name(), **chosen, "feed": _feed_of(chosen),
    }  # fmt: skip
    return _fresh(render(request, "meetings/meetings.html", context))


def _feed_of(chosen: dict[str, str]) -> str:
    if chosen["district"] and District.objects.filter(slug=chosen["district"]).exists():
        return f"dzielnica-{chosen['district']}"
    known = {kind.code for kind in kinds_on(local_day(database_now()))}
    return f"rodzaj-{chosen['kind'].replace('_', '-')}" if chosen["kind"] in known else "wszystkie"


def _public(pk: int) -> Meeting:
    rows = Meeting.objects.public().select_related("place", "district", "owner_unit", "series")
    return get_object_or_404(rows.prefetch_related("moves", "officials", "seat_groups"), pk=pk)


@require_safe
def meeting(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """One meeting: when, where and how to get in, places as numbers, the button to register."""
    at = database_now()
    found = _public(pk)
    path = wording.path_of(found)
    if request.path != path:
        return redirect(path, permanent=True)
    parts = sorted(filter(None, (part(found, at) for part in public_parts)), key=lambda part: part.order)
    context = {
        "meeting": found, "said": wording.page(found, at), "numbers": queries.numbers_of(found, at), "parts": parts,
        "why_closed": signing_up.why_closed(found, at), "needs_ordered_days": found.rules_of_kind.interpreter_days,
    }  # fmt: skip
    return _fresh(render(request, "meetings/meeting.html", context))


@also_in_ukrainian
@csrf_protect
@private
@sensitive_post_parameters()
def sign_up(request: HttpRequest, pk: int) -> HttpResponse:
    """The form; the same screen follows for a new address and for one that is registered, only the mailbox learns which it was."""
    at = database_now()
    found = _signable(pk)
    if words := signing_up.why_closed(found, at):
        return render(
            request, "meetings/closed.html", {"meeting": found, "said": wording.page(found, at), "words": words}, status=409
        )
    form = SignUpForm(request.POST if request.method == "POST" else None, meeting=found)
    status = 200
    if form.is_valid():
        if form.is_machine:
            return redirect("meetings:sent", pk)
        if use_up(kind="meeting-sign-up", key=client_line(request), most=signing_up.SENDS, within=signing_up.SENDS_WITHIN):
            try:
                return _signed_up(found, form)
            except signing_up.SignUpRefused as refusal:
                form.add_error(None, str(refusal))
        else:
            form.add_error(None, _("Many registrations came from this connection within an hour. Wait an hour, or call us."))
            status = 429
    numbers = queries.numbers_of(found, at)
    context = {"meeting": found, "form": form, "said": wording.page(found, at), "numbers": numbers}
    context["turns_are_taken"] = form.speakers is not None and any(each.held_back_by == "group" for each in numbers.groups)
    return render(request, "meetings/sign_up.html", context, status=status)


def _signable(pk: int) -> Meeting:
    """A public meeting, or an accreditation by its address: who has the link may ask."""
    return get_object_or_404(Meeting.objects.exclude(state="draft"), pk=pk)


def _signed_up(found: Meeting, form: SignUpForm) -> HttpResponse:
    channel, value = form.cleaned_data["contacts"][0]
    actions.register(meeting=found, person=form.person("en" if get_language() == "en" else "pl"))
    if channel == "email":
        return redirect("meetings:sent", found.pk)
    address = Address.objects.known_as(channel, value).first()
    content = [found.pk, address.public_id.hex if address else ""]
    return redirect("meetings:code", found.pk, sign_link(CODE_PAGE, content, database_now() + CODE_PAGE_LIVES))


@also_in_ukrainian
@require_safe
def sent(request: HttpRequest, pk: int) -> HttpResponse:
    """Look into your mailbox; nothing here tells who is registered."""
    found = _signable(pk)
    context = {"meeting": found, "said": wording.page(found, database_now()), "minutes": int(signing_up.HOLD.total_seconds() // 60)}
    return render(request, "meetings/sent.html", context)


@also_in_ukrainian
@csrf_protect
@private
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest, pk: int, token: str) -> HttpResponse:
    """The digits from the text message confirm; for a number that is registered already the same page says the same."""
    try:
        _meeting, public_id = read_link(CODE_PAGE, token, database_now())
    except LinkRefused as refusal:
        raise Http404 from refusal
    found = _signable(pk)
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        mine = _confirmed(found, public_id, form.cleaned_data["code"])
        if mine is not None:
            return redirect(place_url(mine).removeprefix(settings.PUBLIC_ADDRESS.rstrip("/")))
        form.add_error(
            "code", _("This code is not right. Type the six digits from the newest message. After five tries register anew.")
        )
    context = {
        "meeting": found, "form": form, "said": wording.page(found, database_now()),
        "again": reverse("meetings:sign-up", args=[found.pk]),
    }  # fmt: skip
    return render(request, "meetings/code.html", context)


def _confirmed(found: Meeting, public_id: str, typed: str) -> Registration | None:
    rows: Any = found.registrations.filter(address__public_id=public_id) if public_id else Registration.objects.none()
    mine = rows.order_by("-pk").first()
    try:
        return actions.confirm_by_code(registration=mine, typed=typed) if mine else None
    except signing_up.SignUpRefused:
        return None

"""The photo bank: search and filters, many pictures at once, the list as CSV."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.plain_numbers import plain_number
from ratusz.foundation.kit.spreadsheets import csv_lines
from ratusz.foundation.once.sending import once_only
from ratusz.publishing.newsroom import actions
from ratusz.publishing.newsroom.forms import BankFilter, BatchForm
from ratusz.publishing.newsroom.models import PhotoOrder
from ratusz.publishing.newsroom.queries import photo_bank
from ratusz.publishing.newsroom.rules import may
from ratusz.publishing.newsroom.views.answering import done
from ratusz.publishing.website.models import PortalImage
from ratusz.publishing.website.passports import rules
from ratusz.publishing.website.registries import words_of_outlet

PAGE = 24
OUTCOMES = "newsroom_outcomes"
"""In the session: what became of the last batch, until the next one."""


@require_safe
def bank(request: HttpRequest) -> HttpResponse:
    """Pictures with what may be done with them, newest first."""
    at = database_now()
    _check(request, "see")
    form = BankFilter(request.GET)
    found = photo_bank(form.chosen(), at).prefetch_related("renditions", "passport__consents__file")
    page = Paginator(found, PAGE).get_page(request.GET.get("p"))
    query = request.GET.copy()
    query.pop("p", None)
    context = {
        "form": form, "page": page, "pictures": [(image, _words_of(image, at)) for image in page], "page_title": _("Photo bank"),
        "may_add": rules.may(request.user, "write_passport", None, at), "may_order": may(request.user, "see_orders", None, at),
        "query": query.urlencode(), "over": photo_bank({"state": "over"}, at).count(),
    }  # fmt: skip
    return render(request, "newsroom/staff/photo_bank.html", context)


def _words_of(image: PortalImage, at: Any) -> str:
    """Why it may not be used, or where it may."""
    passport = getattr(image, "passport", None)
    refusal = rules.refusal(passport, "", at)
    if refusal or passport is None:
        return refusal or ""
    if passport.event_name and not passport.further_basis:
        allowed = [] if passport.is_for_all_outlets else [words_of_outlet(code) for code in passport.outlets]
        return event_words(passport.event_name, allowed)
    if passport.is_for_all_outlets:
        return _("May be used everywhere.")
    return _("May be used in: %(outlets)s.") % {"outlets": ", ".join(words_of_outlet(code) for code in passport.outlets)}


def event_words(event: str, outlets: list[str]) -> str:
    """A picture of an event serves that event alone, everywhere or in the outlets named."""
    if not outlets:
        return _("May be used everywhere, only about this event: %(event)s.") % {"event": event}
    return _("May be used only about this event: %(event)s, in: %(outlets)s.") % {"event": event, "outlets": ", ".join(outlets)}


@require_safe
def bank_csv(request: HttpRequest) -> HttpResponseBase:
    """What the filters show, as a table; the export is recorded."""
    at = database_now()
    _check(request, "see")
    found = photo_bank(BankFilter(request.GET).chosen(), at)
    record(deed="newsroom.export_pictures", subject="photo bank", after={"pictures": found.count()}, actor=request.user)
    answer = StreamingHttpResponse(csv_lines(_rows(found, at)), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="zdjecia.csv"'
    return answer


def _rows(found: Any, at: Any) -> Iterator[list[Any]]:
    yield [
        _("Number"), _("Title"), _("Description"), _("Author"), _("Licence"), _("Basis"), _("Event"), _("People under age"),
        _("May be used until"), _("What may be done"),
    ]  # fmt: skip
    for image in found.prefetch_related("passport__consents__file").iterator(chunk_size=500):
        passport = getattr(image, "passport", None)
        facts = [passport.get_basis_display(), passport.event_name, passport.get_minors_display()] if passport else ["", "", ""]
        until = passport.valid_until.isoformat() if passport and passport.valid_until else ""
        yield [image.pk, image.title, image.description, image.credit, image.licence, *map(str, facts), until, _words_of(image, at)]


@once_only
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Many files with one passport; from an order the event and the day stand there already."""
    _check(request, "write_passport")
    order = _order_of(request)
    start = {"event_name": order.what_for, "event_date": order.starts_at.date()} if order else {}
    form = BatchForm(request.POST or None, request.FILES or None, initial=start)
    if request.method == "POST" and form.is_valid() and done(form, lambda: _add(request, form, order), field="consent"):
        return redirect("newsroom_batch")
    context = {"form": form, "order": order, "page_title": _("Add pictures to the bank")}
    return render(request, "newsroom/staff/add_pictures.html", context, status=400 if form.errors else 200)


def _add(request: HttpRequest, form: BatchForm, order: PhotoOrder | None) -> None:
    given = form.cleaned_data
    outcomes = actions.add_pictures(
        uploads=given["files"], passport=form.passport(), person=request.user, author=given["author"], licence=given["licence"],
        order=order, consent=given["consent"], who_signed=given["who_signed"],
    )  # fmt: skip
    request.session[OUTCOMES] = [(each.name, each.image.pk if each.image else None, each.refusal) for each in outcomes]


@require_safe
def batch(request: HttpRequest) -> HttpResponse:
    """What became of each file of the last batch."""
    _check(request, "see")
    kept = request.session.get(OUTCOMES, [])
    images = PortalImage.objects.in_bulk([pk for _name, pk, _refusal in kept if pk])
    rows = [{"name": name, "image": images.get(pk), "refusal": refusal} for name, pk, refusal in kept]
    taken = sum(not row["refusal"] for row in rows)
    context = {"rows": rows, "taken": taken, "refused": len(rows) - taken, "page_title": _("Pictures that came in")}
    return render(request, "newsroom/staff/batch.html", context)


def _order_of(request: HttpRequest) -> PhotoOrder | None:
    number = plain_number(request.GET.get("zlecenie", ""))
    if number is None:
        return None
    order = get_object_or_404(PhotoOrder, pk=number)
    if not may(request.user, "take_order", order, database_now()):
        raise PermissionDenied
    return order


def _check(request: HttpRequest, deed: str) -> None:
    if not rules.may(request.user, deed, None, database_now()):
        raise PermissionDenied

"""The list of collections and the page of one: its numbers, its sheets, what waits, and the papers."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.admin import messages

from ratusz.casework.documents.made_files import document_file
from ratusz.casework.signatures import actions, links, papers, queries, rules, terms
from ratusz.casework.signatures.forms import CollectionFilter, PrintForm, RejectForm
from ratusz.casework.signatures.models import Channel, Collection, SheetLine, State
from ratusz.casework.signatures.registries import supported_things, thing_of
from ratusz.casework.signatures.views.staff.deeds import collection_for, press
from ratusz.foundation.audit.actions import record_read
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import polish_date, polish_end, polish_moment
from ratusz.foundation.kit.made_files import CSV, XLSX, made_file
from ratusz.foundation.kit.plain_numbers import row_of
from ratusz.foundation.kit.spreadsheets import csv_lines

PAGE = 50
PEOPLE = ["name", "home", "guardian"]


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """All collections, newest first, as numbers."""
    at = database_now()
    if not rules.may(request.user, "see", None, at):
        raise PermissionDenied
    form = CollectionFilter(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    found = queries.with_numbers(chosen.get("stan", ""), chosen.get("szukaj", ""), at)
    page = Paginator(found, PAGE).get_page(request.GET.get("p"))
    rows = [
        {"collection": each, "state": _state(each, each.is_checked, at), "until": _last_day(each.until), "kind": _kind(each)}
        for each in page
    ]
    return render(request, "signatures/staff/register.html", {"form": form, "page": page, "rows": rows})


def _state(collection: Collection, is_checked: bool, at: datetime) -> str:
    if collection.is_open(at):
        return _("with: residents")
    return _("closed") if is_checked else _("with: the department, for the check")


def _kind(collection: Collection) -> str:
    return str(supported_things[collection.kind].name) if collection.kind in supported_things else ""


def _day(moment: datetime | None) -> str:
    return polish_date(moment) if moment else ""


def _last_day(ends: datetime | None) -> str:
    return polish_end(ends).partition(",")[0] if ends else ""


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One collection: numbers, sheets, what waits for whom. Nobody's name stands here."""
    found, at = collection_for(request, pk, "see")
    return render(request, "signatures/staff/collection.html", _context(request, found, at))


def _context(request: HttpRequest, found: Collection, at: datetime) -> dict[str, Any]:
    may = {deed: rules.may(request.user, deed, found, at) for deed in ("read", "enter", "manage")}
    numbers, thing = queries.numbers(found), thing_of(found.subject)
    lines = queries.open_lines(found)
    reasons = [(terms.reason_name(code, at), count) for code, count in numbers["reasons"].items()]
    return {
        "collection": found, "numbers": numbers, "missing": max(found.needed - numbers["valid"], 0),
        "state": _state(found, found.checks.exists(), at),
        "thing": thing, "reasons": reasons, "sheets": queries.sheets_of(found), "sent": queries.handed_in(found).order_by("number"),
        "is_open": found.is_open(at), "may": may,
        "until": polish_end(found.until) if found.until else "", "public_url": links.collection_url(found),
        "my_line": queries.next_line(found, request.user) if may["enter"] and found.erased_at is None else None,
        "waiting": lines.count(), "differing": lines.filter(state="differs").count(),
        "pairs": len(queries.similar_pairs(found)) if may["read"] else 0,
        "checks": [(each, polish_moment(each.made_at)) for each in found.checks.select_related("made_by")],
        "print_form": PrintForm(most=rules.MOST_SHEETS), "setting": terms.setting("is_online_allowed", at),
        "keep_until": _day(found.keep_until), "erased": _day(found.erased_at),
    }  # fmt: skip


def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Close, open again, or make the protocol."""
    found, _at = collection_for(request, pk, "manage")
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    person = request.user
    deeds = {
        "close": (lambda: actions.close_collection(collection=found, person=person), _("The collection is closed.")),
        "reopen": (lambda: actions.reopen_collection(collection=found, person=person), _("The collection is open again.")),
        "check": (lambda: actions.finish_check(collection=found, person=person), _("The protocol is made.")),
    }
    name = request.POST.get("deed", "")
    if name not in deeds:
        raise Http404
    return press(request, *deeds[name], "signatures_collection", pk)


def print_sheets(request: HttpRequest, pk: int) -> HttpResponse:
    """New numbered sheets as PDF."""
    found, at = collection_for(request, pk, "manage")
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    form = PrintForm(request.POST, most=rules.MOST_SHEETS)
    if form.is_valid():
        try:
            sheets = actions.issue_sheets(collection=found, count=form.cleaned_data["count"], person=request.user)
            return made_file(papers.sheets_pdf(found, sheets, at), "application/pdf", "arkusze.pdf")
        except rules.SignatureRefused as refusal:
            form.add_error("count", str(refusal))
    return render(request, "signatures/staff/collection.html", _context(request, found, at) | {"print_form": form}, status=422)


@require_safe
def people(request: HttpRequest, pk: int) -> HttpResponse:
    """Who signed; reading it is recorded."""
    found, at = collection_for(request, pk, "read")
    rows = found.signatures.select_related("district", "line__sheet").exclude(state=State.UNCONFIRMED).order_by("-pk")
    page = Paginator(rows, PAGE).get_page(request.GET.get("p"))
    record_read(subject=found, fields=PEOPLE, actor=request.user)
    context = {
        "collection": found, "page": page, "form": RejectForm(at=at), "may_manage": rules.may(request.user, "manage", found, at),
        "rows": [(each, terms.reason_name(each.reason, at) if each.reason else "") for each in page],
    }  # fmt: skip
    return render(request, "signatures/staff/people.html", context)


def judge(request: HttpRequest, pk: int) -> HttpResponse:
    """Reject one that counts, or count one that was rejected."""
    found, at = collection_for(request, pk, "manage")
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    mine = row_of(found.signatures.all(), request, "signature")
    back = ("signatures_people", pk)
    if request.POST.get("deed") == "reinstate":
        again = partial(actions.reinstate_signature, signature=mine, person=request.user)
        return press(request, again, _("The signature counts again."), *back)
    if request.POST.get("deed") == "erase":
        erase = partial(actions.erase_signatures, signatures=[mine], person=request.user)
        return press(request, erase, _("The data are erased. A signature that counted is taken back."), *back)
    form = RejectForm(request.POST, at=at)
    if not form.is_valid():
        messages.error(request, _("Choose a reason from the list."))
        return redirect(*back)
    reject = partial(actions.reject_signature, signature=mine, person=request.user, **form.cleaned_data)
    return press(request, reject, _("The signature counts no more."), *back)


@require_safe
def download(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """All signatures as XLSX or CSV; reading them is recorded."""
    found, _at = collection_for(request, pk, "read")
    if kind not in ("xlsx", "csv"):
        raise Http404
    rows = list(found.signatures.select_related("district", "line__sheet").exclude(state=State.UNCONFIRMED).order_by("pk"))
    record_read(subject=found, fields=PEOPLE, actor=request.user, reason=kind)
    if kind == "xlsx":
        return made_file(papers.workbook(found, rows), XLSX, "podpisy.xlsx")
    return made_file("".join(csv_lines(papers.csv_rows(rows))).encode(), CSV, "podpisy.csv")


@require_safe
def protocol(request: HttpRequest, pk: int, check: int, kind: str) -> HttpResponse:
    """The protocol of one check with the people, for the case; reading it is recorded."""
    found, _at = collection_for(request, pk, "read")
    made = get_object_or_404(found.checks.select_related("collection"), pk=check)
    lines = SheetLine.objects.filter(sheet__collection=found).select_related("sheet", "signature")
    online = found.signatures.filter(channel=Channel.ONLINE).exclude(state=State.UNCONFIRMED)
    document = papers.protocol_document(
        made, lines=list(lines.order_by("sheet__number", "number")), online=list(online), is_public=False
    )
    file = document_file(document, kind, "protokol-do-akt")
    record_read(subject=found, fields=PEOPLE, actor=request.user, reason=kind)
    return file

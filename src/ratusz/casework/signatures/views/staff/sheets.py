"""Sheets that come back, their lines typed by two people and settled by a third, and pairs of signatures that look alike."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages

from ratusz.casework.signatures import actions, queries, rules, terms
from ratusz.casework.signatures.forms import LineForm, ReceiveForm, ScanForm
from ratusz.casework.signatures.models import Collection, LineEntry, LineState, SheetLine
from ratusz.casework.signatures.views.staff.deeds import collection_for, press
from ratusz.foundation.audit.actions import record_read
from ratusz.foundation.kit.plain_numbers import plain_number, row_of
from ratusz.foundation.once.sending import once_only

MANY_PAIRS = 50


@once_only
@require_http_methods(["GET", "HEAD", "POST"])
def receive(request: HttpRequest, pk: int) -> HttpResponse:
    """A sheet came back: its number, how many lines, its scan."""
    found, _at = collection_for(request, pk, "enter")
    start = {"number": plain_number(request.GET.get("numer", ""))}
    form = ReceiveForm(request.POST, request.FILES) if request.method == "POST" else ReceiveForm(initial=start)
    if form.is_valid():
        sheet = found.sheets.filter(number=form.cleaned_data["number"]).first()
        upload = form.cleaned_data["scan"]
        try:
            if sheet is None:
                raise rules.SignatureRefused(_("No sheet with this number was issued. Print one and clip it to the list."))
            actions.receive_sheet(
                sheet=sheet, filled=form.cleaned_data["filled"], scan=(upload, upload.name) if upload else None, person=request.user
            )
            messages.success(request, _("Sheet %(number)s is received. Two people type its lines.") % {"number": sheet.number})
            return redirect("signatures_collection", pk)
        except rules.SignatureRefused as refusal:
            form.add_error(None, str(refusal))
    asked = found.sheets.select_related("scan").filter(number=plain_number(request.GET.get("numer", "")) or 0).first()
    return render(request, "signatures/staff/receive.html", {"collection": found, "form": form, "sheet": asked})


@require_http_methods(["GET", "HEAD", "POST"])
def scan(request: HttpRequest, pk: int, sheet: int) -> HttpResponse:
    """A scan added later or replaced."""
    found, _at = collection_for(request, pk, "enter")
    mine = get_object_or_404(found.sheets.select_related("collection"), pk=sheet)
    form = ScanForm(request.POST, request.FILES) if request.method == "POST" else ScanForm()
    if form.is_valid():
        upload = form.cleaned_data["scan"]
        try:
            actions.replace_scan(sheet=mine, scan=(upload, upload.name), person=request.user)
            messages.success(request, _("The scan is kept."))
            return redirect("signatures_collection", pk)
        except rules.SignatureRefused as refusal:
            form.add_error("scan", str(refusal))
    return render(request, "signatures/staff/scan.html", {"collection": found, "sheet": mine, "form": form})


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def type_next(request: HttpRequest, pk: int) -> HttpResponse:
    """The next line for this person, one after another. What the other person typed is not shown."""
    found, at = collection_for(request, pk, "enter")
    line = _asked(found, request) if request.method == "POST" else queries.next_line(found, request.user)
    if line is None:
        return render(request, "signatures/staff/typed_all.html", {"collection": found})
    form = LineForm(request.POST if request.method == "POST" else None, at=at)
    if form.is_valid():
        try:
            done = actions.type_line(line=line, written=form.written(), person=request.user)
            messages.success(request, _said(done))
            return redirect("signatures_type", pk)
        except rules.SignatureRefused as refusal:
            form.add_error(None, str(refusal))
    left = queries.open_lines(found).exclude(entries__clerk=request.user.pk).exclude(state=LineState.DIFFERS).count()
    return render(request, "signatures/staff/type.html", {"collection": found, "line": line, "form": form, "left": left})


def _asked(found: Collection, request: HttpRequest) -> SheetLine:
    return row_of(
        SheetLine.objects.filter(sheet__collection=found).select_related("sheet__scan", "sheet__collection"), request, "line"
    )


def _said(line: SheetLine) -> str:
    said: dict[str, Any] = {
        LineState.ONCE: _("Typed. Another person types this line a second time."),
        LineState.COUNTED: _("Typed alike twice: it counts."),
        LineState.REJECTED: _("Decided: it does not count."),
        LineState.DIFFERS: _("The two typings differ. A third person settles it."),
    }  # fmt: skip
    return str(said[line.state])


@require_safe
def differing(request: HttpRequest, pk: int) -> HttpResponse:
    """Lines typed differently, both typings side by side; reading them is recorded."""
    found, at = collection_for(request, pk, "enter")
    lines = list(queries.differing(found)[:MANY_PAIRS])
    if lines:
        record_read(subject=found, fields=["name", "home", "guardian"], actor=request.user)
    rows = [(each, [_shown(entry, at) for entry in each.entries.all()], _is_third(each, request)) for each in lines]
    return render(request, "signatures/staff/differing.html", {"collection": found, "rows": rows})


def _shown(entry: LineEntry, at) -> dict[str, Any]:
    return {"entry": entry, "reason": terms.reason_name(entry.reason, at) if entry.reason else ""}


def _is_third(line: SheetLine, request: HttpRequest) -> bool:
    return request.user.pk not in {entry.clerk_id for entry in line.entries.all()}


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def settle(request: HttpRequest, pk: int, line: int) -> HttpResponse:
    """The third look at one line: either typing can be taken over, or something else typed."""
    found, at = collection_for(request, pk, "enter")
    lines = SheetLine.objects.filter(sheet__collection=found).select_related("sheet__scan", "sheet__collection")
    mine = get_object_or_404(lines.prefetch_related("entries"), pk=line)
    if not _is_third(mine, request):
        raise PermissionDenied
    entries = list(mine.entries.all())
    start = {name: getattr(entries[0], name) for name in ("name", "home", "is_child", "guardian", "reason")} if entries else {}
    form = LineForm(request.POST, at=at) if request.method == "POST" else LineForm(initial=start, at=at)
    if form.is_valid():
        try:
            done = actions.settle_line(line=mine, written=form.written(), person=request.user)
            messages.success(request, _("Settled: it counts.") if done.state == LineState.COUNTED else _said(done))
            return redirect("signatures_differing", pk)
        except rules.SignatureRefused as refusal:
            form.add_error(None, str(refusal))
    record_read(subject=mine, fields=["name", "home", "guardian"], actor=request.user)
    shown = [_shown(entry, at) for entry in entries]
    return render(request, "signatures/staff/settle.html", {"collection": found, "line": mine, "form": form, "entries": shown})


@require_http_methods(["GET", "HEAD", "POST"])
def similar(request: HttpRequest, pk: int) -> HttpResponse:
    """Signatures that may be of one person: a clerk says whether they are. Reading them is recorded."""
    found, _at = collection_for(request, pk, "enter")
    if request.method == "POST":
        rows = found.signatures.all()
        first, second = row_of(rows, request, "first"), row_of(rows, request, "second")
        is_same = request.POST.get("deed") == "same"
        said = _("The later one counts no more.") if is_same else _("Two people: both count.")
        look = partial(actions.look_at_pair, first=first, second=second, is_same=is_same, person=request.user)
        return press(request, look, said, "signatures_similar", pk)
    pairs = queries.similar_pairs(found)
    if pairs:
        record_read(subject=found, fields=["name", "home", "guardian"], actor=request.user)
    words = {
        "flat": _("the same name and house, another flat"), "street": _("the same name and number, a similar street"),
        "name": _("the same address, a similar name"), "child": _("the same name and address, once for a child"),
    }  # fmt: skip
    rows = [(one, other, words[why]) for one, other, why in pairs[:MANY_PAIRS]]
    return render(request, "signatures/staff/similar.html", {"collection": found, "rows": rows, "count": len(pairs)})

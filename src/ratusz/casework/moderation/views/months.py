"""Tables of months: the public page with its files and versions, and the screen on which leads make them."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages

from ratusz.casework.documents.blocks import Document, Table, Text
from ratusz.casework.documents.typeset import pdf_of_document
from ratusz.casework.documents.xlsx import Column, Sheet, xlsx_of
from ratusz.casework.moderation import actions, months, rules
from ratusz.casework.moderation.forms_of_the_office import MonthForm
from ratusz.casework.moderation.models import MonthTable
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day, polish_date, polish_month
from ratusz.foundation.kit.made_files import CSV, XLSX, made_file
from ratusz.foundation.kit.plain_numbers import plain_number
from ratusz.foundation.kit.spreadsheets import csv_lines
from ratusz.foundation.once.sending import once_only

OFFERED = 24
"""Months back that can be counted anew."""


@require_safe
def tables(request: HttpRequest) -> HttpResponse:
    """Every month that has its table, the newest first."""
    found = MonthTable.objects.order_by("-month").values_list("month", flat=True).distinct()
    rows = [(polish_month(month), reverse("moderation:month", args=[f"{month:%Y-%m}"])) for month in found]
    return render(request, "moderation/months.html", {"rows": rows})


def _table(request: HttpRequest, month: str) -> MonthTable:
    if not re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])", month):
        raise Http404
    versions = MonthTable.objects.filter(month=date.fromisoformat(f"{month}-01"))
    number = plain_number(request.GET.get("wersja", ""))
    found = (versions.filter(version=number) if number is not None else versions).order_by("-version").first()
    if found is None:
        raise Http404
    return found


@require_safe
def table(request: HttpRequest, month: str) -> HttpResponse:
    """One month: the newest version, or the one asked for; `?plik=` gives it as CSV, XLSX or PDF."""
    found = _table(request, month)
    rows = months.rows_of(found)
    kind = request.GET.get("plik", "")
    if kind in FILES:
        make, media_type = FILES[kind]
        return made_file(make(found, rows), media_type, f"moderacja-{month}-wersja-{found.version}.{kind}")
    versions = MonthTable.objects.filter(month=found.month).order_by("version")
    context = {
        "title": months.title(found), "rows": rows, "table": found, "made": polish_date(found.made_at), "month": month,
        "versions": [(each.version, polish_date(each.made_at), each.why) for each in versions] if versions.count() > 1 else [],
    }  # fmt: skip
    return render(request, "moderation/month.html", context)


def _heads() -> list[str]:
    return [_("What"), _("How many")]


def _csv(found: MonthTable, rows: list[tuple[str, str]]) -> bytes:
    return "".join(csv_lines([_heads(), *rows])).encode()


def _xlsx(found: MonthTable, rows: list[tuple[str, str]]) -> bytes:
    what, many = _heads()
    return xlsx_of(months.title(found), [Sheet(f"{found.month:%Y-%m}", [Column(what, 60), Column(many, 16)], rows)])


def _pdf(found: MonthTable, rows: list[tuple[str, str]]) -> bytes:
    version = _("Version %(number)s, made on %(made)s") % {"number": found.version, "made": polish_date(found.made_at)}
    note = _("Numbers of reasons and units that are too small to hide a person are left out.")
    blocks = [Text(version), Text(note), Table(_heads(), rows, caption=months.title(found))]
    return pdf_of_document(Document(months.title(found), blocks))


FILES: dict[str, Any] = {"csv": (_csv, CSV), "xlsx": (_xlsx, XLSX), "pdf": (_pdf, "application/pdf")}


@once_only
@require_http_methods(["GET", "HEAD", "POST"])
def make(request: HttpRequest) -> HttpResponse:
    """Tables there are, and a new version with its reason."""
    at = database_now()
    if not rules.may(request.user, "lead", None, at):
        raise PermissionDenied
    offered = _offered(local_day(at))
    form = MonthForm(request.POST if request.method == "POST" else None, months=offered)
    if form.is_valid():
        try:
            made = actions.freeze_month(person=request.user, **form.cleaned_data)
        except rules.ModerationRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The table is made: version %(version)s.") % {"version": made.version})
            return redirect("moderation_months")
    rows = [
        {"table": each, "month": polish_month(each.month), "made": polish_date(each.made_at), "address": f"{each.month:%Y-%m}"}
        for each in MonthTable.objects.select_related("made_by")[:60]
    ]
    return render(request, "moderation/staff/months.html", {"rows": rows, "form": form}, status=422 if form.errors else 200)


def _offered(today: date) -> list[tuple[date, str]]:
    found, day = [], today.replace(day=1)
    for _step in range(OFFERED):
        day = (day - timedelta(days=1)).replace(day=1)
        found.append((day, polish_month(day)))
    return found

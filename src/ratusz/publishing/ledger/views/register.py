"""Staff screens of the ledger: units, pages, one page, and the button that confirms it."""

from __future__ import annotations

from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages
from wagtail.admin.views.mixins import SpreadsheetExportMixin
from wagtail.models import Page

from ratusz.casework.deadlines.models import Clock
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day, polish_date
from ratusz.publishing.ledger import actions, queries, rules
from ratusz.publishing.ledger.forms import PagesFilter
from ratusz.publishing.ledger.models import PageText
from ratusz.publishing.ledger.reviewing import ARCHIVE, subject_of
from ratusz.publishing.website.models import PageCare, PageStanding, PublicPage

PAGE = 50
UNIT_COLUMNS = {
    "name": gettext_lazy("Unit"), "pages": gettext_lazy("Pages"), "overdue": gettext_lazy("Review overdue"),
    "without_day": gettext_lazy("No review day"), "broken": gettext_lazy("Broken links"),
    "aside": gettext_lazy("Archived and withdrawn"),
    "fog": gettext_lazy("FOG-PL, median"), "useful_percent": gettext_lazy("Useful"),
    "days_to_answer": gettext_lazy("Days from text to publication"),
}  # fmt: skip
PAGE_COLUMNS = {
    "title": gettext_lazy("Page"), "owner": gettext_lazy("Unit"), "review": gettext_lazy("Next review"),
    "broken": gettext_lazy("Broken links"), "fog": gettext_lazy("FOG-PL"), "useful": gettext_lazy("Useful"),
}  # fmt: skip


class UnitsExport(SpreadsheetExportMixin):
    """The table of units as CSV or XLSX; no cell becomes a formula."""

    list_export = list(UNIT_COLUMNS)
    export_headings = UNIT_COLUMNS
    export_filename = "rejestr-tresci"


class PagesExport(SpreadsheetExportMixin):
    """The list of pages in the same way, with their addresses."""

    list_export = [*PAGE_COLUMNS, "address"]
    export_headings = PAGE_COLUMNS | {"address": gettext_lazy("Address")}
    export_filename = "rejestr-tresci-strony"


def for_whoever_keeps_pages(view):
    """The department, and editors and heads of units."""

    @wraps(view)
    def checked(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not rules.may(request.user, "see_ledger", None, database_now()):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return checked


@for_whoever_keeps_pages
@require_safe
def units(request: HttpRequest) -> HttpResponse:
    """A line for each unit the person may see."""
    at = database_now()
    lines = queries.figures_of_units(queries.units_seen(request.user, at), at)
    if (wanted := request.GET.get("export", "")) in UnitsExport.FORMATS:
        return UnitsExport().as_spreadsheet([_unit_in_cells(line) for line in lines], wanted)
    return render(
        request,
        "ledger/staff/units.html",
        {"lines": lines, "headings": UNIT_COLUMNS.values(), "fog_allowed": queries.fog_allowed(at)},
    )


def _unit_in_cells(line: queries.UnitFigures) -> dict[str, Any]:
    cells = {name: getattr(line, name) for name in UNIT_COLUMNS}
    return cells | {
        "name": line.name or _("without an owner"),
        "fog": "" if line.fog is None else round(line.fog, 1),
        "days_to_answer": "" if line.days_to_answer is None else round(line.days_to_answer, 1),
        "useful_percent": "" if line.useful_percent is None else line.useful_percent,
    }


@for_whoever_keeps_pages
@require_safe
def pages(request: HttpRequest) -> HttpResponse:
    """Pages with what waits at each; filtered, sorted, exported."""
    at = database_now()
    seen = queries.units_seen(request.user, at)
    form = PagesFilter(request.GET, seen=seen)
    chosen = form.chosen()
    everything = queries.with_answers(queries.pages_of_ledger(seen), at)
    wanted_pages = {"unit": chosen["komorka"], "state": chosen["stan"], "text": chosen["szukaj"], "order": chosen["wedlug"]}
    found = queries.filtered(everything, at=at, **wanted_pages)
    if (wanted := request.GET.get("export", "")) in PagesExport.FORMATS:
        return PagesExport().as_spreadsheet([_page_in_cells(page, at) for page in found], wanted)
    page = Paginator(found, PAGE).get_page(request.GET.get("p"))
    context = {
        "form": form, "page": page, "rows": [_row(each, at) for each in page], "headings": PAGE_COLUMNS.values(),
        "as_csv": _query(request, export="csv"), "as_xlsx": _query(request, export="xlsx"),
        "earlier": _query(request, p=page.number - 1), "later": _query(request, p=page.number + 1),
    }  # fmt: skip
    return render(request, "ledger/staff/pages.html", context)


def _row(page: Any, at) -> dict[str, Any]:
    asked = (page.useful or 0) + (page.not_useful or 0)
    standing = dict(PageStanding.Standing.choices).get(page.standing_code)
    return {
        "page": page,
        "owner": page.care_unit_name or _("nobody yet"),
        "review": standing or (polish_date(page.review_date) if page.review_date else _("not set")),
        "is_overdue": standing is None and page.review_date is not None and page.review_date < local_day(at),
        "fog": "–" if page.fog is None else str(page.fog).replace(".", ","),
        "useful": f"{round(100 * (page.useful or 0) / asked)}% ({asked})" if asked else "–",
    }


def _page_in_cells(page: Any, at) -> dict[str, Any]:
    row = _row(page, at)
    cells = {name: row[name] for name in ("owner", "review", "useful")}
    fog = "" if page.fog is None else float(page.fog)
    return cells | {"title": page.title, "broken": page.broken or 0, "fog": fog, "address": page.get_url() or ""}


def _query(request: HttpRequest, **changes: Any) -> str:
    query = request.GET.copy()
    for name, value in changes.items():
        query[name] = str(value)
    return query.urlencode()


@for_whoever_keeps_pages
@require_safe
def page(request: HttpRequest, page_id: int) -> HttpResponse:
    """Everything the ledger knows of one page."""
    at = database_now()
    found = get_object_or_404(Page.objects.live().type(PublicPage), pk=page_id)
    care = PageCare.objects.filter(page=found).select_related("owner_unit").first()
    if not rules.may(request.user, "see_page", care.owner_unit if care else None, at):
        raise PermissionDenied
    context = {
        "page": found, "care": care, "standing": PageStanding.objects.filter(page=found).first(),
        "archive": Clock.objects.running().filter(rule_code=ARCHIVE, subject=subject_of(found.pk)).first(),
        "text": PageText.objects.filter(page=found).first(), "links": queries.links_of_page(found),
        "months": queries.months_of(found), "comments": queries.comments_of(found)[:100],
        "may_confirm": care is not None and rules.may(request.user, "confirm", care.owner_unit, at),
        "may_take_down": rules.may(request.user, "take_down", found, at),
        "may_edit": found.permissions_for_user(request.user).can_edit(),
    }  # fmt: skip
    return render(request, "ledger/staff/page.html", context)


@for_whoever_keeps_pages
@require_POST
def confirm(request: HttpRequest, page_id: int) -> HttpResponse:
    """ "I confirm, it is right": sets the next day, brings an archived page back."""
    found = get_object_or_404(Page.objects.live().type(PublicPage), pk=page_id)
    try:
        day = actions.confirm_page(page=found, person=request.user)
    except rules.NobodyLooksAfter:
        messages.warning(request, _("Say first in the page's editor which unit looks after this page."))
    else:
        messages.success(request, _("Confirmed. The next review: %(day)s") % {"day": polish_date(day)})
    return redirect("ledger_page", found.pk)

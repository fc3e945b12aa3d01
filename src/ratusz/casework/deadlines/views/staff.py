"""The board of all clocks and the page of one: filtered, sorted, exported, printed; pause and extension with a reason."""

from __future__ import annotations

from datetime import datetime
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

from ratusz.casework.deadlines import actions, queries, rules, wording
from ratusz.casework.deadlines.forms import BoardFilter, ExtendForm, PauseForm
from ratusz.casework.deadlines.models import Clock
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import polish_date, polish_until
from ratusz.foundation.kit.working_days import end_of_day
from ratusz.foundation.once.sending import once_only

PAGE = 50
COLUMNS = {
    "zegar": gettext_lazy("Clock"), "sprawa": gettext_lazy("Case"), "komorka": gettext_lazy("With whom"),
    "start": gettext_lazy("Started"), "termin": gettext_lazy("Term"),
}  # fmt: skip


class BoardExport(SpreadsheetExportMixin):
    """The board as CSV or XLSX; Wagtail's own writer, which no cell can turn into a formula."""

    list_export = ["rule", "label", "owner", "started", "due", "left", "basis"]
    export_headings = {
        "rule": COLUMNS["zegar"], "label": COLUMNS["sprawa"], "owner": COLUMNS["komorka"], "started": COLUMNS["start"],
        "due": COLUMNS["termin"], "left": gettext_lazy("State"), "basis": gettext_lazy("Legal basis"),
    }  # fmt: skip
    export_filename = "terminy"


def _check(request: HttpRequest, deed: str, clock: Clock | None, at: datetime) -> None:
    if not rules.may(request.user, deed, clock, at):
        raise PermissionDenied


@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """All clocks the person sees, those due first at the top."""
    at = database_now()
    _check(request, "see_board", None, at)
    form, order = BoardFilter(request.GET), request.GET.get("wedlug", "termin")
    clocks = queries.board(request.user, at, form.chosen(), order)
    if (wanted := request.GET.get("export", "")) in BoardExport.FORMATS:
        export = BoardExport()
        return export.as_spreadsheet([_exported(clock, at) for clock in clocks], wanted)
    page = Paginator(clocks, PAGE).get_page(request.GET.get("p"))
    context = {
        "form": form, "page": page, "rows": [_row(clock, at) for clock in page], "columns": _columns(request, order),
        "as_csv": _query(request, export="csv"), "as_xlsx": _query(request, export="xlsx"), "at": at,
        "earlier": _query(request, p=page.number - 1), "later": _query(request, p=page.number + 1),
    }  # fmt: skip
    return render(request, "deadlines/staff/board.html", context)


def _row(clock: Clock, at: datetime) -> dict[str, Any]:
    return {
        "clock": clock, "rule": clock.rule, "owner": wording.owner_in_words(clock), "left": wording.left_in_words(clock, at),
        "due": polish_until(clock.due_at) if clock.due_at else "", "started": polish_date(clock.started_at),
        "is_late": clock.stopped_at is None and clock.paused_at is None and clock.due_at is not None and clock.due_at <= at,
        "certainty": wording.CERTAINTIES[clock.rule.certainty],
    }  # fmt: skip


def _exported(clock: Clock, at: datetime) -> dict[str, str]:
    row = _row(clock, at)
    return {"rule": clock.rule.name, "label": clock.label, "basis": clock.rule.basis} | {
        name: row[name] for name in ("owner", "started", "due", "left")
    }


def _columns(request: HttpRequest, order: str) -> list[dict[str, str]]:
    """Headings that sort: a second press turns the order round."""
    return [
        {
            "label": label, "query": _query(request, wedlug=f"-{name}" if order == name else name, p=1),
            "sorted": {name: "ascending", f"-{name}": "descending"}.get(order, ""),
        }
        for name, label in COLUMNS.items()
    ]  # fmt: skip


def _query(request: HttpRequest, **changes: Any) -> str:
    query = request.GET.copy()
    for name, value in changes.items():
        query[name] = str(value)
    return query.urlencode()


@require_safe
def clock(request: HttpRequest, pk: int) -> HttpResponse:
    """One clock: its rule as it was at the start, its history, and what may be done with it."""
    at = database_now()
    found = get_object_or_404(Clock.objects.select_related("unit", "person", "extension"), pk=pk)
    _check(request, "see", found, at)
    return render(request, "deadlines/staff/clock.html", _page_of(request, found, at))


def _page_of(request: HttpRequest, found: Clock, at: datetime, **forms: Any) -> dict[str, Any]:
    by_hand = found.stopped_at is None and found.rule.by_hand and rules.may(request.user, "change", found, at)
    context = _row(found, at) | {
        "history": [_told(each) for each in queries.history(found)],
        "may_pause": by_hand and found.rule.pause and found.paused_at is None,
        "may_resume": by_hand and found.paused_at is not None,
        "may_extend": by_hand and found.rule.extension is not None and not hasattr(found, "extension"),
        "may_open": bool(found.url) and rules.may_open(request.user, found, at),
        "pause_form": PauseForm(prefix="pause"), "extend_form": ExtendForm(prefix="extend"),
    }  # fmt: skip
    return context | forms


def _told(each: queries.Happening) -> tuple[Any, queries.Happening, str, str]:
    """What happened, the row itself, its words, and the term it was about."""
    words = wording.event_in_words(each.words) if each.kind == "stopped" else each.words
    return wording.HAPPENINGS[each.kind], each, words, polish_until(each.due_at) if each.due_at else ""


@once_only
@require_POST
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Pauses, lets run again or extends; a refusal stands beside what was typed."""
    at = database_now()
    found = get_object_or_404(Clock.objects.select_related("unit", "person", "extension"), pk=pk)
    _check(request, "change", found, at)
    if not found.rule.by_hand:
        raise PermissionDenied
    deed = request.POST.get("deed", "")
    form = {"pause": PauseForm, "extend": ExtendForm}.get(deed, _NoForm)(request.POST, prefix=deed)
    if form.is_valid():
        try:
            _do(deed, found, form.cleaned_data)
        except rules.ClockRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Written into the history of the clock."))
            return redirect("deadlines_clock", found.pk)
    return render(request, "deadlines/staff/clock.html", _page_of(request, found, at, **{f"{deed}_form": form}))


class _NoForm(PauseForm):
    """Letting a clock run again asks for nothing."""

    reason = None  # type: ignore[assignment]


def _do(deed: str, found: Clock, facts: dict[str, Any]) -> None:
    which = {"rule": found.rule_code, "subject": found.subject}
    if deed == "pause":
        actions.pause_clock(**which, reason=facts["reason"])
    elif deed == "extend":
        day = facts["due_date"]
        actions.extend_clock(**which, due_at=end_of_day(day) if day else None, reason=facts["reason"])
    else:
        actions.resume_clock(**which)

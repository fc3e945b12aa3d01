"""Feeds and open data of "You asked, we did": the same public fields as on the cards."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.kit.spreadsheets import csv_lines
from ratusz.governance.decisions import queries, wording
from ratusz.governance.decisions.forms import PublicFilter
from ratusz.governance.decisions.models import Decision
from ratusz.publishing.website import feeds
from ratusz.publishing.website.views.feeds import open_to_all
from ratusz.ui import chrome

ITEMS = 50


def _chosen(request: HttpRequest, at: datetime) -> Any:
    return queries.filtered(Decision.objects.shown(), PublicFilter(request.GET).chosen(), at)


@require_safe
def feed(request: HttpRequest, form: str) -> HttpResponse:
    """The decisions that changed last, narrowed as the list is."""
    at = database_now()
    rows = queries.for_list(_chosen(request, at)).annotate(changed=Max("changes__happened_at")).order_by("-changed", "-pk")[:ITEMS]
    items = [_item(request, each, at) for each in rows]
    query = request.GET.urlencode()
    made = feeds.Feed(
        title=_("You asked, we did") + f" – {chrome.city()}", url=request.build_absolute_uri(request.get_full_path()),
        page_url=request.build_absolute_uri(reverse("decisions:list") + (f"?{query}" if query else "")), language="pl",
        items=items, licence=settings.RATUSZ_LICENCE,
    )  # fmt: skip
    if form == "atom":
        response = HttpResponse(feeds.atom(made), content_type="application/atom+xml; charset=utf-8")
    elif form == "json":
        response = JsonResponse(
            feeds.json_feed(made), json_dumps_params={"ensure_ascii": False}, content_type="application/feed+json"
        )
    else:
        raise Http404
    return open_to_all(request, response, made.updated)


def _item(request: HttpRequest, decision: Decision, at: datetime) -> feeds.FeedItem:
    changed = decision.changed or decision.taken_at  # type: ignore[attr-defined]
    state = wording.capital(str(wording.public_state(decision, at).words))
    summary = f"{state}. {decision.public_text} {wording.capital(wording.days_in_words(decision, at))}."
    return feeds.FeedItem(
        id=f"tag:{request.get_host().split(':')[0]},2026:decisions:{decision.number}",
        url=request.build_absolute_uri(decision.get_absolute_url()), title=f"{decision.number} {decision.title}", summary=summary,
        published=decision.taken_at or changed, updated=changed, topics=(decision.topic.name,) if decision.topic else (),
        territory=(decision.district.name,) if decision.district else (),
    )  # fmt: skip


COLUMNS = ("numer", "tytul", "o_co_pytano", "ustalenie", "stan", "komorka", "dzielnica", "temat", "przyjete", "pierwszy_termin",
           "termin", "przesuniecia", "po_terminie_dni", "zakonczone", "wynik", "adres")  # fmt: skip


@require_safe
def open_data(request: HttpRequest) -> StreamingHttpResponse:
    """All of them as CSV, narrowed as the list is."""
    at = database_now()
    rows = queries.for_list(_chosen(request, at)).prefetch_related("due_changes").order_by("pk")
    lines = csv_lines(_rows(request, rows, at))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="ustalenia.csv"'
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _rows(request: HttpRequest, rows: Any, at: datetime) -> Iterator[tuple[Any, ...]]:
    yield COLUMNS
    for each in rows.iterator(500):
        yield (
            each.number, each.title, each.asked_words, each.public_text, wording.public_state(each, at).code,
            each.lead_unit.name, each.district.name if each.district else "", each.topic.name if each.topic else "",
            local_day(each.taken_at).isoformat(), each.first_due_on.isoformat(), each.due_on.isoformat(),
            len(each.due_changes.all()), wording.late_by(each, at),
            local_day(each.settled_at).isoformat() if each.settled_at else "", each.settle_note,
            request.build_absolute_uri(each.get_absolute_url()),
        )  # fmt: skip

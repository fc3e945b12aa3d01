"""Research for everybody: the register with its files and feed, one card with its results and what the Office did with them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ratusz.casework.documents.typeset import pdf_of_document
from ratusz.foundation.files.actions import read_allowed_file
from ratusz.foundation.files.models import FileState
from ratusz.foundation.files.views.public import attachment
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import polish_date, polish_range
from ratusz.foundation.kit.made_files import CSV, XLSX, made_file
from ratusz.foundation.kit.plain_numbers import plain_number
from ratusz.foundation.kit.spreadsheets import csv_lines
from ratusz.participation.surveys.models import ResearchCard
from ratusz.participation.surveys.research import papers, presentation, queries, reading, tasks
from ratusz.participation.surveys.research.forms import FILES, RegisterFilter
from ratusz.publishing.website import feeds
from ratusz.publishing.website.views.feeds import open_to_all
from ratusz.ui import chrome
from ratusz.ui.parts import Link

PAGE, ITEMS, MOST = 30, 50, 5_000


def _chosen(request: HttpRequest) -> tuple[RegisterFilter, Any]:
    form = RegisterFilter(request.GET, at=database_now())
    return form, queries.narrowed(ResearchCard.objects.standing(), form.chosen())


@never_cache
@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """All published research, narrowed."""
    form, found = _chosen(request)
    page = Paginator(found, PAGE).get_page(request.GET.get("strona"))
    query = request.GET.copy()
    query.pop("strona", None)
    context = {
        "form": form, "page": page, "columns": presentation.columns(), "rows": [presentation.row(each) for each in page],
        "query": query.urlencode(),
    }  # fmt: skip
    return render(request, "surveys/research/register.html", context)


@require_safe
def download(request: HttpRequest, kind: str) -> HttpResponse:
    """The register of a filter as a table."""
    found = _chosen(request)[1][:MOST]
    if kind == "csv":
        return made_file("".join(csv_lines([papers.register_head(), *papers.register_rows(found)])).encode(), CSV, "badania.csv")
    if kind == "xlsx":
        return made_file(papers.register_book(found), XLSX, "badania.xlsx")
    raise Http404


@require_safe
def feed(request: HttpRequest, form: str) -> HttpResponse:
    """The cards published last, narrowed as the register is."""
    rows = _chosen(request)[1].order_by("-published_at", "-pk")[:ITEMS]
    query = request.GET.urlencode()
    made = feeds.Feed(
        title=_("Opinion research") + f" – {chrome.city()}", url=request.build_absolute_uri(request.get_full_path()),
        page_url=request.build_absolute_uri(reverse("research:register") + (f"?{query}" if query else "")), language="pl",
        items=[_item(request, each) for each in rows], licence=settings.RATUSZ_LICENCE,
    )  # fmt: skip
    if form == "atom":
        answer = HttpResponse(feeds.atom(made), content_type="application/atom+xml; charset=utf-8")
        return open_to_all(request, answer, made.updated)
    if form == "json":
        content = feeds.json_feed(made)
        answer = JsonResponse(content, json_dumps_params={"ensure_ascii": False}, content_type="application/feed+json")
        return open_to_all(request, answer, made.updated)
    raise Http404


def _item(request: HttpRequest, card: ResearchCard) -> feeds.FeedItem:
    assert card.published_at is not None
    return feeds.FeedItem(
        id=f"tag:{request.get_host().split(':')[0]},2026:research:{card.number}",
        url=request.build_absolute_uri(card.get_absolute_url()), title=card.title,
        summary=f"{tasks.words(card.task)}. {card.summary}", published=card.published_at, updated=card.changed_at,
    )  # fmt: skip


def _shown(slug: str) -> ResearchCard:
    """The card that holds; 404 otherwise."""
    found = queries.by_slug(slug)
    if found is None or not found.is_public:
        raise Http404
    return found


@never_cache
@require_safe
def card(request: HttpRequest, slug: str) -> HttpResponse:
    """One card: facts, what came out, tables, files, its series, what the Office did. A withdrawn one says why and no more."""
    found = queries.by_slug(slug)
    if found is None:
        raise Http404
    context: dict[str, Any] = {
        "card": found, "facts": presentation.facts(found),
        "crumbs": [Link(_("Opinion research"), reverse("research:register")), Link(found.number, "")],
        "asked": polish_range(found.starts_on, found.ends_on),
        "withdrawn": polish_date(found.withdrawn_at) if found.withdrawn_at else "",
    }  # fmt: skip
    if found.is_public:
        context |= {
            "questions": presentation.shown_questions(reading.questions(found, database_now())), "files": presentation.files(found),
            "uses": [(each, polish_date(each.used_on)) for each in queries.uses_of(found)],
            **_corrected(found),
            "waves": queries.waves_of(found.series).count() if found.series else 0,
        }  # fmt: skip
    return render(request, "surveys/research/card.html", context)


def _corrected(card: ResearchCard) -> dict[str, Any]:
    """The day when published numbers were corrected, and the versions before; nothing of numbers nobody corrected."""
    shown = reading.versions_shown(card)
    if len(shown) < 2:
        return {}
    return {"mended": polish_date(shown[0].brought_at), "older": [(each, polish_date(each.brought_at)) for each in shown[1:]]}


@require_safe
def results(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """The tables of a card, in the columns in which an agency hands them in; `wersja`: as they stood before they were corrected."""
    found, at = _shown(slug), database_now()
    number = plain_number(request.GET.get("wersja", ""))
    older = next((each for each in reading.versions_shown(found) if each.number == number), None) if number else None
    if number and older is None:
        raise Http404
    rows = papers.results_rows(reading.of_version(older, at) if older else reading.questions(found, at))
    if kind == "csv":
        return made_file("".join(csv_lines(rows)).encode(), CSV, f"badanie-{found.slug}.csv")
    if kind == "xlsx":
        return made_file(papers.book_of(found.title, rows), XLSX, f"badanie-{found.slug}.xlsx")
    raise Http404


@require_safe
def document(request: HttpRequest, slug: str) -> HttpResponse:
    """The card to print."""
    found = _shown(slug)
    content = pdf_of_document(papers.document_of(found, database_now()))
    return made_file(content, "application/pdf", f"karta-badania-{found.slug}.pdf")


@require_safe
def file(request: HttpRequest, slug: str, name: str) -> HttpResponseBase:
    """The report or the questionnaire."""
    found = _shown(slug)
    kept = getattr(found, name) if name in FILES else None
    if kept is None or kept.state != FileState.CLEAN:
        raise Http404
    answer = attachment(kept, read_allowed_file(file=kept))
    # Names of files met no gate: what was typed on somebody's machine stays in the Office.
    called = {"report": "raport", "questionnaire": "kwestionariusz"}[name]
    answer["Content-Disposition"] = f'attachment; filename="{called}-{found.slug}.{kept.name.rpartition(".")[2]}"'
    return answer

"""The page of a consulted text for everybody: passages with a way to write on each, and what changed between versions."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import polish_date
from ratusz.participation.remarks import queries_texts as queries
from ratusz.participation.remarks.models import ConsultedText, PlacedPassage, TextVersion
from ratusz.participation.remarks.texts_plugged import write_url

FEWEST_HEADINGS = 2
"""Fewer need no table of contents."""


def _text(slug: str, pk: int) -> tuple[ConsultedText, list[TextVersion]]:
    """The text and its published versions, the newest first; 404 while there is none."""
    found = ConsultedText.objects.select_related("consultation", "form")
    text = get_object_or_404(found, pk=pk, consultation__slug=slug, consultation__announced_at__isnull=False)
    versions = queries.published(text)
    if not versions:
        raise Http404
    return text, versions


@require_safe
def text(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The newest version, or the one asked for by `wersja`."""
    found, versions = _text(slug, pk)
    wanted = request.GET.get("wersja", "")
    version = next((each for each in versions if str(each.number) == wanted), None if wanted else versions[0])
    if version is None:
        raise Http404
    rows = queries.shown(version)
    is_newest = version == versions[0]
    context = _of(found, version, versions) | {
        "rows": rows, "headings": _headings(rows), "gone": queries.gone(version), "is_newest": is_newest,
        "write": write_url(found.form, database_now()) if is_newest else "", "remarks": sum(each.remarks for each in rows),
    }  # fmt: skip
    return render(request, "remarks/text.html", context)


@require_safe
def changes(request: HttpRequest, slug: str, pk: int, number: int) -> HttpResponse:
    """What a version changes in the one before it."""
    found, versions = _text(slug, pk)
    by_number = {each.number: each for each in versions}
    version, before = by_number.get(number), by_number.get(number - 1)
    if version is None or before is None:
        raise Http404
    rows = queries.changes(before, version)
    changed = [each for each in rows if each.fate != queries.SAME]
    context = _of(found, version, versions) | {"rows": rows, "before": before, "changed": changed}
    return render(request, "remarks/text_changes.html", context)


def _of(found: ConsultedText, version: TextVersion, versions: list[TextVersion]) -> dict[str, Any]:
    others = [{"version": each, "day": polish_date(each.published_at)} for each in versions]
    numbers = {each.number for each in versions}
    return {
        "text": found, "consultation": found.consultation, "version": version, "versions": others,
        "day": polish_date(version.published_at), "has_before": version.number - 1 in numbers,
    }  # fmt: skip


def _headings(rows: list[queries.Shown]) -> list[queries.Shown]:
    found = [each for each in rows if each.kind == PlacedPassage.Kind.HEADING]
    return found if len(found) >= FEWEST_HEADINGS else []

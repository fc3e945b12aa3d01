"""The public page of a counted vote: sums that agree, statistics, protocol, observers' bundle, how to check it all."""

from __future__ import annotations

from pathlib import Path

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ratusz.foundation.kit.dates import polish_end, polish_moment
from ratusz.foundation.kit.made_files import DOCX
from ratusz.foundation.kit.words import size_in_words
from ratusz.participation.budget import presentation
from ratusz.participation.voting import heads, observers, shown
from ratusz.participation.voting.models import Vote
from ratusz.publishing.website.kept_parts import kept
from ratusz.publishing.website.page_cache import shows
from ratusz.ui.parts import Column, Download, Fact

TYPES = {
    ".csv": "text/csv; charset=utf-8", ".pdf": "application/pdf", ".zip": "application/zip",
    ".docx": DOCX,
}  # fmt: skip
FORMATS = {".csv": "CSV", ".pdf": "PDF", ".zip": "ZIP", ".docx": "DOCX"}


def _vote(edition_slug: str) -> Vote:
    return get_object_or_404(Vote.objects.select_related("edition"), edition__slug=edition_slug, state=Vote.State.COUNTED)


@require_safe
def page(request: HttpRequest, edition_slug: str) -> HttpResponse:
    """Everything about a vote whose result is published."""
    shows(request)
    vote = _vote(edition_slug)
    context = kept(request, lambda: _context(vote), "vote results", vote.pk)
    return render(request, "voting/results.html", context)


def _context(vote: Vote) -> dict[str, object]:
    edition = vote.edition
    counted = vote.second_counts.first()
    return {
        "vote": vote, "edition": edition, "crumbs": presentation.crumbs(presentation.edition_link(edition)),
        "opens": polish_moment(vote.opens_at), "closes": polish_end(vote.closes_at),
        "sums": [Fact(label, number) for label, number in shown.sums(vote)],
        "annulments": [Fact(label, count) for label, count in shown.annulments(vote)],
        "tables": [_table(table) for table in shown.statistics(vote)],
        "counted": counted, "downloads": _downloads(vote), "digest": observers.digest_of_list(vote),
        "public_key": heads.public_key().hex(), "verifier_url": reverse("budget:verifier"),
        "bundle_name": f"glosowanie-{edition.slug}-{observers.BUNDLE}",
    }  # fmt: skip


def _table(table: shown.Shown) -> dict[str, object]:
    columns = [Column(f"c{place}", label, is_number=place > 0, is_heading=place == 0) for place, label in enumerate(table.columns)]
    rows = [{f"c{place}": cell for place, cell in enumerate(row)} for row in table.rows]
    return {"title": table.title, "columns": columns, "rows": rows, "note": table.note}


def _downloads(vote: Vote) -> list[Download]:
    folder = observers.folder_of(vote)
    return [
        Download(observers.label_of(name), reverse("voting:file", args=[vote.edition.slug, name]), FORMATS[Path(name).suffix], size)
        for name in observers.NAMES
        for size in [_size(folder / name)]
    ]


def _size(path: Path) -> str:
    return size_in_words(path.stat().st_size) if path.exists() else ""


@require_safe
def file(request: HttpRequest, edition_slug: str, file_name: str) -> HttpResponse | FileResponse:
    """One file about a published vote; its name says edition and kind."""
    try:
        path = observers.file_of(_vote(edition_slug), file_name)
    except observers.NotReady:
        answer = HttpResponse(
            _("This file is being made. Try again in a minute."), status=503, content_type="text/plain; charset=utf-8"
        )
        answer["Retry-After"] = "60"
        return answer
    if path is None:
        raise Http404
    name = f"glosowanie-{edition_slug}-{file_name}"
    return FileResponse(open(path, "rb"), as_attachment=True, filename=name, content_type=TYPES[path.suffix])

"""Open data of published results, and the stand-alone verifier."""

from __future__ import annotations

from pathlib import Path

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from ratusz.participation.budget import published
from ratusz.participation.budget.models import Edition, Pool
from ratusz.participation.budget.published import VERIFIER, file_of

TYPES = {
    ".csv": "text/csv; charset=utf-8",
    ".json": "application/json",
    ".pb": "text/plain; charset=utf-8",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".zip": "application/zip",
}


def pool_file(request: HttpRequest, edition_slug: str, pool_slug: str, file_name: str) -> FileResponse:
    """One file about a pool's published result. The file itself never changes; its name says edition and pool."""
    pool = get_object_or_404(
        Pool.objects.select_related("edition", "result"),
        edition__slug=edition_slug, edition__state=Edition.State.PUBLISHED, slug=pool_slug, result__isnull=False,
    )  # fmt: skip
    path = file_of(pool, file_name)
    if path is None:
        raise Http404
    name = f"budzet-{pool.edition.slug}-{pool.slug}-{file_name}"
    return FileResponse(open(path, "rb"), as_attachment=True, filename=name, content_type=TYPES[path.suffix])


def edition_file(request: HttpRequest, edition_slug: str, file_name: str) -> HttpResponse:
    """All projects of an edition in one file."""
    edition = get_object_or_404(Edition.objects.published(), slug=edition_slug)
    content = published.edition_file(edition, file_name)
    if content is None:
        raise Http404
    name = f'attachment; filename="budzet-{edition.slug}-{file_name}"'
    return HttpResponse(content, content_type=TYPES[Path(file_name).suffix], headers={"Content-Disposition": name})


def verifier(request: HttpRequest) -> FileResponse:
    """The recount program that shares no code with the one that made the result."""
    if not VERIFIER.exists():
        raise Http404
    return FileResponse(
        open(VERIFIER, "rb"), as_attachment=True, filename=VERIFIER.name, content_type="text/x-python; charset=utf-8"
    )

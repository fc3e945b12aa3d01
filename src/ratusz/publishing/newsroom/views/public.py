"""The public page of the city's mark: what there is, who may use it where, files to download."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ratusz.foundation.files.actions import read_allowed_file
from ratusz.foundation.files.models import FileState
from ratusz.foundation.files.views.public import attachment
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.publishing.newsroom.models import BrandAsset, BrandFile


@require_safe
def brand(request: HttpRequest) -> HttpResponse:
    """Assets in force, in their order, each with its rules before its files."""
    assets = BrandAsset.objects.public().in_force(local_day(database_now())).prefetch_related("files__file")
    shown = [(asset, [each for each in asset.files.all() if each.replaced_at is None and _is_there(each)]) for asset in assets]
    return render(request, "newsroom/brand.html", {"assets": shown})


@require_safe
def brand_file(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """One file as a download: a drawing never runs under our name."""
    public = BrandAsset.objects.public().in_force(local_day(database_now()))
    found = BrandFile.objects.current().filter(file__public_id=public_id, asset__in=public).select_related("file").first()
    if found is None or not _is_there(found):
        raise Http404
    return attachment(found.file, read_allowed_file(file=found.file))


def _is_there(each: BrandFile) -> bool:
    return each.file.state == FileState.CLEAN

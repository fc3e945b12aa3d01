"""The brand for staff: the list of its assets, one of them with its files and their history."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.once.sending import once_only
from ratusz.publishing.newsroom import actions
from ratusz.publishing.newsroom.forms import AssetForm, BrandFileForm
from ratusz.publishing.newsroom.models import BrandAsset
from ratusz.publishing.newsroom.rules import brand_book, may
from ratusz.publishing.newsroom.views.answering import check, done


@require_safe
def assets(request: HttpRequest) -> HttpResponse:
    """All assets, the points of the brand book below."""
    check(request, "see_brand")
    at = database_now()
    in_force = set(BrandAsset.objects.in_force(local_day(at)).values_list("pk", flat=True))
    found = [(asset, asset.pk in in_force) for asset in BrandAsset.objects.prefetch_related("files")]
    keeps = may(request.user, "keep_brand", None, at)
    context = {"assets": found, "keeps": keeps, "book": brand_book(), "page_title": _("The city's brand")}
    return render(request, "newsroom/staff/brand.html", context)


@once_only
@require_http_methods(["GET", "HEAD", "POST"])
def asset(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """A new asset, or one changed, with its files."""
    check(request, "keep_brand")
    found = get_object_or_404(BrandAsset, pk=pk) if pk else None
    form = AssetForm(request.POST or None, instance=found)
    saved: list[BrandAsset] = []
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        if done(form, lambda: saved.append(actions.save_asset(person=request.user, asset=found, **facts))):
            messages.success(request, _("The asset is saved."))
            return redirect("newsroom_asset", saved[0].pk)
    return _page(request, found, form, BrandFileForm())


@once_only
@require_POST
def add_file(request: HttpRequest, pk: int) -> HttpResponse:
    """A file of the asset, or its newer version."""
    check(request, "keep_brand")
    found = get_object_or_404(BrandAsset, pk=pk)
    form = BrandFileForm(request.POST, request.FILES)
    if form.is_valid():
        given = form.cleaned_data
        if done(
            form,
            lambda: actions.add_brand_file(asset=found, label=given["label"], upload=given["file"], person=request.user),
            "file",
        ):
            messages.success(request, _("The file is added."))
            return redirect("newsroom_asset", pk)
    return _page(request, found, AssetForm(instance=found), form)


def _page(request: HttpRequest, found: BrandAsset | None, form: AssetForm, file_form: BrandFileForm) -> HttpResponse:
    files = found.files.select_related("file") if found else []
    context = {"asset": found, "files": files, "form": form, "file_form": file_form, "page_title": _("Asset of the brand")}
    refused = form.errors or (file_form.is_bound and file_form.errors)
    return render(request, "newsroom/staff/asset.html", context, status=400 if refused else 200)

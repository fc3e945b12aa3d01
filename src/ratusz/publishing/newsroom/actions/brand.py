"""What is done with the assets of the brand: written down, given files in versions."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max

from ratusz.foundation.audit.actions import record
from ratusz.foundation.files.actions import accept_upload
from ratusz.foundation.kit.clock import database_now
from ratusz.publishing.newsroom.models import BrandAsset, BrandFile
from ratusz.publishing.newsroom.rules import may
from ratusz.publishing.website.actions import bump_content_version

BRAND_PURPOSE = "newsroom.brand_file"


@transaction.atomic
def save_asset(*, person: Any, asset: BrandAsset | None = None, **facts: Any) -> BrandAsset:
    """Writes an asset down or changes it. Raises PermissionDenied, ValidationError."""
    _check(person)
    asset = BrandAsset() if asset is None else BrandAsset.objects.select_for_update().get(pk=asset.pk)
    before = {"name": asset.name, "rules": asset.use_rules} if asset.pk else None
    for name, value in facts.items():
        setattr(asset, name, value)
    asset.full_clean()
    asset.save()
    bump_content_version()
    record(
        deed="newsroom.save_asset", subject=asset, before=before, after={"name": asset.name, "rules": asset.use_rules}, actor=person
    )
    return asset


@transaction.atomic
def add_brand_file(*, asset: BrandAsset, label: str, upload: Any, person: Any) -> BrandFile:
    """A file of the asset; one with the same label is replaced and stays in the history. Raises PermissionDenied, FileRefused."""
    _check(person)
    asset = BrandAsset.objects.select_for_update().get(pk=asset.pk)
    at, label = database_now(), " ".join(label.split())[:80]
    earlier = BrandFile.objects.filter(asset=asset, label=label)
    version = (earlier.aggregate(newest=Max("version"))["newest"] or 0) + 1
    # The Office's own file, not the clerk's: it stays when the clerk's account goes.
    file = accept_upload(upload=upload, name=upload.name, purpose=BRAND_PURPOSE, subject=f"{asset._meta.label}:{asset.pk}")
    earlier.filter(replaced_at=None).update(replaced_at=at)
    made = BrandFile.objects.create(asset=asset, label=label, version=version, file=file, added_at=at)
    bump_content_version()
    record(deed="newsroom.add_brand_file", subject=asset, after={"label": label, "version": version}, actor=person)
    return made


def _check(person: Any) -> None:
    if not may(person, "keep_brand", None, database_now()):
        raise PermissionDenied

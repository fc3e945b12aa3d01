"""Makes the open-data files of a published result in the worker, so that nobody waits for the first download."""

from __future__ import annotations

from django_tasks import task

from ratusz.participation.budget.models import Pool
from ratusz.participation.budget.published import make_all_files
from ratusz.publishing.website.actions import bump_content_version


@task()
def make_published_files(pool_id: int) -> None:
    """All files of a pool's published result; repeatable, each is written once."""
    pool = Pool.objects.select_related("edition", "result").filter(pk=pool_id, result__isnull=False).first()
    if pool:
        make_all_files(pool)
        bump_content_version()

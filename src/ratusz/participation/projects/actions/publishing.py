"""Lists of projects: made of the state of the moment, published as rows with their hash, never changed afterwards."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.participation.budget.models import Edition
from ratusz.participation.projects import lists, rules
from ratusz.participation.projects.models import Application, ProjectList
from ratusz.publishing.website.actions import bump_content_version


@transaction.atomic
def publish_list(*, edition: Edition, kind: str, digest: str, person: Any) -> ProjectList:
    """Publishes the list whose preview with this hash the person saw. Raises NotYours, ApplicationRefused."""
    Edition.objects.select_for_update().get(pk=edition.pk)
    # Whoever decides at this moment finishes first: a decision older than the list is on it, as the public card takes it to be.
    list(Application.objects.submitted().filter(edition=edition).order_by("pk").select_for_update().values_list("pk"))
    now = database_now()
    rules.check_may(person, "publish_list", edition, now)
    rows = lists.rows_of(edition, kind)
    if not rows:
        raise rules.ApplicationRefused(_("There is no project for this list yet."))
    if lists.digest_of_rows(rows) != digest:
        raise rules.ApplicationRefused(_("The list changed since you looked at it. Look at it again, then publish."))
    last = ProjectList.objects.filter(edition=edition, kind=kind).order_by("-version").first()
    if last and last.digest == digest:
        raise rules.ApplicationRefused(_("This list is published already, just as it is."))
    made = ProjectList.objects.create(
        edition=edition,
        kind=kind,
        version=last.version + 1 if last else 1,
        published_at=now,
        published_by=person,
        rows=rows,
        digest=digest,
    )
    record(deed="projects.publish_list", subject=made, after={"kind": kind, "digest": digest, "rows": len(rows)}, actor=person)
    bump_content_version()
    return made

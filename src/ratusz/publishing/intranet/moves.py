"""What the intranet asks of a person at the desk: notices to confirm, and drafts of their own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from ratusz.foundation.kit.registries import Move
from ratusz.publishing.intranet import audience
from ratusz.publishing.intranet.models import Notice, State


def moves_of(person: Any, at: datetime) -> Iterator[Move]:
    """Required reading with its term, then the person's drafts."""
    for notice in audience.waiting_for(person, at):
        what = _("Read and confirm: %(title)s") % {"title": notice.title}
        yield Move(
            what, reverse("intranet:notice", args=[notice.pk]), due_at=notice.due_at, since=notice.changed_at, kind="intranet"
        )
    for notice in Notice.objects.filter(state=State.DRAFT, author=person.pk).order_by("pk"):
        what = _("Finish and publish the notice: %(title)s") % {"title": notice.title}
        yield Move(what, reverse("intranet_edit", args=[notice.pk]), kind="intranet")

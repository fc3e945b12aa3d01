"""What rights to pictures ask of a person at the desk: places from which a withdrawn picture has to go."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from ratusz.foundation.kit.registries import Move
from ratusz.publishing.website.models import WithdrawalTask
from ratusz.publishing.website.passports import rules

WITHIN = timedelta(days=1)
"""The portal hides the picture at once; the rest goes without delay."""


def moves_of(person: Any, at: datetime) -> Iterator[Move]:
    """One move for each place, to the department: the consent is gone already."""
    if not rules.may(person, "finish_task", None, at):
        return
    for task in WithdrawalTask.objects.waiting().select_related("passport"):
        url = reverse("website_withdrawal", args=[task.passport.image_id])
        yield Move(
            _("Take out the picture: %(where)s") % {"where": task.where},
            url,
            due_at=task.found_at + WITHIN,
            since=task.found_at,
            kind="pictures",
        )

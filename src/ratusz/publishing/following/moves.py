"""What the emergency banner asks of a person at the desk: to show it, and to review what one person showed alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from ratusz.casework.deadlines.models import Clock
from ratusz.foundation.kit.registries import Move
from ratusz.publishing.following.actions import subject_of
from ratusz.publishing.following.banner_rules import may
from ratusz.publishing.following.models import Banner


def moves_of(person: Any, at: datetime) -> Iterator[Move]:
    """Banners of others that wait for a second person, or were shown without one."""
    if not may(person, "write", None, at):
        return
    for banner in Banner.objects.waiting(at).exclude(author=person):
        what = _("Look and show on every page: %(text)s") % {"text": banner.text}
        yield Move(what, reverse("following_banner"), due_at=banner.expires_at, since=banner.written_at, kind="following")
    alone = list(Banner.objects.to_review().exclude(author=person))
    due = _review_times(alone)
    for banner in alone:
        what = _("Review the banner that was shown without a second person: %(text)s") % {"text": banner.text}
        yield Move(
            what,
            reverse("following_banner") + f"#przeglad-{banner.pk}",
            due_at=due.get(banner.pk),
            since=banner.approved_at,
            kind="following",
        )


def _review_times(banners: list[Banner]) -> dict[int, datetime | None]:
    """Until when each is to be reviewed, by its number; one query for all, none for nothing."""
    if not banners:
        return {}
    numbers = {subject_of(banner): banner.pk for banner in banners}
    clocks = Clock.objects.running().filter(subject__in=numbers)
    return {numbers[subject]: due for subject, due in clocks.values_list("subject", "due_at")}

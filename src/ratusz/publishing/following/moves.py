"""What the emergency banner asks of a person at the desk."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from ratusz.foundation.kit.registries import Move
from ratusz.publishing.following.banner_rules import may
from ratusz.publishing.following.models import Banner


def moves_of(person: Any, at: datetime) -> Iterator[Move]:
    """Banners of others that wait for a second person."""
    if not may(person, "write", None, at):
        return
    for banner in Banner.objects.waiting(at).exclude(author=person):
        what = _("Look and show on every page: %(text)s") % {"text": banner.text}
        yield Move(what, reverse("following_banner"), due_at=banner.expires_at, since=banner.written_at, kind="following")

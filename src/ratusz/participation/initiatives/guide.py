"""The way from the pages of instruments to the civic guide of the portal, which leads back to them."""

from __future__ import annotations

from ratusz.publishing.website.models import GuidePage
from ratusz.ui.parts import Link


def guide_card() -> Link | None:
    """The card about writing a draft resolution; None where the portal has none."""
    page = GuidePage.objects.live().public().filter(process=GuidePage.Process.INITIATIVE).order_by("pk").first()
    return Link(page.title, page.url) if page is not None and page.url else None


def guide_section() -> Link | None:
    """The list of all cards, for instruments that have none of their own by a process."""
    page = GuidePage.objects.live().public().filter(process=GuidePage.Process.INITIATIVE).order_by("pk").first()
    parent = page.get_parent() if page is not None else None
    return Link(parent.title, parent.url) if parent is not None and parent.url else None

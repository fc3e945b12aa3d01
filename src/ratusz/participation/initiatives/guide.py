"""The way from the pages of instruments to the civic guide of the portal, which leads back to them."""

from __future__ import annotations

from ratusz.publishing.website.models import GuidePage
from ratusz.ui.parts import Link


def guide_card(process: str = GuidePage.Process.INITIATIVE) -> Link | None:
    """The card about an instrument; None where the portal has none."""
    page = GuidePage.objects.live().public().filter(process=process).order_by("pk").first()
    return Link(page.title, page.url) if page is not None and page.url else None

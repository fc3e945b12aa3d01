"""The way from the pages of instruments to the civic guide of the portal, which leads back to them."""

from __future__ import annotations

from ratusz.publishing.website.models import GuidePage
from ratusz.ui.parts import Link

FIRST = GuidePage.Process.INITIATIVE


def guide_card(process: str = FIRST) -> Link | None:
    """The card about an instrument; where it has none, the list of cards; None where the portal has no guide."""
    cards = {page.process: page for page in GuidePage.objects.live().public().filter(process__in=[process, FIRST]).order_by("-pk")}
    page = cards.get(process) or (cards[FIRST].get_parent() if FIRST in cards else None)
    return Link(page.title, page.url) if page is not None and page.url else None

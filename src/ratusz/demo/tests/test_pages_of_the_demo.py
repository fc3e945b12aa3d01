"""What the demo city publishes passes its own gates, but for the one page that shows how they stop."""

import pytest
from wagtail.models import Page

from ratusz.demo import people
from ratusz.demo.website import load_portal
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.territory.actions import load_districts
from ratusz.publishing.gates.rules import missing_in
from ratusz.publishing.website.models import PublicPage
from ratusz.publishing.website.page_gates.reading import reading_of_page

pytestmark = pytest.mark.slow


@pytest.mark.slow
@pytest.mark.django_db
def test_every_live_page_passes_the_gates():
    people.load(lambda words: None)
    load_districts()
    load_portal(lambda words: None)
    at = database_now()
    live = [page.specific for page in Page.objects.live().order_by("pk")]
    stopped = [
        f"{page.title}: {finding.gate} {finding.words}"
        for page in live
        if isinstance(page, PublicPage)
        for finding in missing_in(reading_of_page(page), at)
        if finding.severity == "block" or finding.gate not in ("W02",)
    ]
    assert "\n".join(stopped) == ""

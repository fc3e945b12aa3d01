"""A part in another language is marked in the editor, kept, shown to readers and understood by the gates."""

import re

import pytest
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from ratusz.foundation.kit.clock import database_now
from ratusz.publishing.gates.rules import missing_in
from ratusz.publishing.website.blocks import RICH_TEXT_FEATURES
from ratusz.publishing.website.factories import make_news, make_portal
from ratusz.publishing.website.models import NewsPage
from ratusz.publishing.website.page_gates.reading import reading_of_page

pytestmark = pytest.mark.django_db
MARKED = 'Po angielsku: <span lang="en">The office is open for all of you on Saturday.</span>'


@pytest.mark.parametrize("code", ["en", "de", "uk"])
def test_the_mark_survives_the_editor(code):
    converter = ContentstateConverter(RICH_TEXT_FEATURES)
    kept = converter.to_database_format(converter.from_database_format(f'<p>Tak: <span lang="{code}">tam</span></p>'))
    assert re.sub(r' data-block-key="\w+"', "", kept) == f'<p>Tak: <span lang="{code}">tam</span></p>'


@pytest.mark.parametrize(("text", "gates"), [(MARKED, []), (re.sub(r"<.*?>", "", MARKED), ["W07"])])
def test_a_marked_part_passes_and_readers_get_its_language(client, text, gates):
    body = NewsPage._meta.get_field("body").to_python([{"type": "paragraph", "value": f"<p>{text}</p>", "id": "b1"}])
    page = make_news(make_portal(), body=body)
    assert [finding.gate for finding in missing_in(reading_of_page(page), database_now())] == gates
    assert ('<span lang="en">The office' in client.get(page.url).text) is (gates == [])

"""The glossary is searched by words in any form, with and without scripts."""

from __future__ import annotations

import re

import pytest

from ratusz.foundation.kit.glossary import terms

pytestmark = pytest.mark.django_db
SHOWN = re.compile(r'class="glossary__term" id="([^"]+)"')


@pytest.mark.parametrize(
    ("query", "found"),
    [("komórkami", "komorka"), ("jednostki pomocnicze", "jednostka-pomocnicza"), ("informat", "informator-miejski")],
)
def test_a_word_is_found_in_any_form_and_by_its_beginning(client, query, found):
    shown = SHOWN.findall(client.get("/slownik/", {"q": query}).content.decode())

    assert any(slug.startswith(found) for slug in shown)
    assert len(shown) < len(terms())


def test_without_a_query_all_words_stand_there(client):
    assert len(SHOWN.findall(client.get("/slownik/").content.decode())) == len(terms())


def test_nothing_found_says_what_to_do(client):
    page = client.get("/slownik/", {"q": "żółwxyz"}).content.decode()

    assert "Nie ma tu takiego słowa" in page
    assert 'value="żółwxyz"' in page
    assert '<meta name="robots" content="noindex">' in page

"""Addresses of pages can be read out on the telephone: no Polish letters in them."""

import pytest

from ratusz.publishing.website.factories import make_portal
from ratusz.publishing.website.models import ArticlePage

pytestmark = pytest.mark.django_db


def test_an_address_is_the_title_without_polish_letters():
    home = make_portal()["pl"]
    pages = [home.add_child(instance=ArticlePage(title="Żółw w Łące Ćmy")) for _ in range(2)]
    assert [page.slug for page in pages] == ["zolw-w-lace-cmy", "zolw-w-lace-cmy-2"]

"""A deleted page leaves the search; what listens is told its number, which the page itself no longer has after the commit."""

from __future__ import annotations

import pytest

from ratusz.publishing.website.factories import make_news, make_portal
from ratusz.publishing.website.models import SearchDocument

pytestmark = pytest.mark.django_db


def test_a_deleted_page_leaves_the_search(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        page = make_news(make_portal(), 1)
    number = str(page.pk)
    assert SearchDocument.objects.filter(source="pages", key=number).count() == 1
    with django_capture_on_commit_callbacks(execute=True):
        page.delete()
    assert SearchDocument.objects.filter(source="pages", key=number).count() == 0

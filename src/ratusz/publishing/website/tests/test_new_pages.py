"""A new page saved twice at once: one draft, and an answer in words for whoever came second."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections
from django.test import Client

from ratusz.foundation.once.rules import TOKEN
from ratusz.publishing.website.factories import make_news, make_portal
from ratusz.publishing.website.models import NewsPage
from ratusz.publishing.website.tests.test_pages_at_the_gates import typed

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def address():
    return f"/admin/pages/add/ratusz_website/newspage/{make_news(make_portal()).get_parent().pk}/"


def form(title="Nowa", **more):
    return typed(NewsPage(title=title, slug="nowa", lead="Krótko.")) | more


def at_once(editor, address, forms):
    gate = Barrier(len(forms))

    def run(fields):
        try:
            client = Client(raise_request_exception=False)
            client.cookies = editor.cookies
            gate.wait(timeout=30)
            return client.post(address, fields)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(forms)) as pool:
        return list(pool.map(run, forms))


def test_two_plain_savings_at_once_make_one_draft(staff_client, address):
    answers = at_once(staff_client("editor"), address, [form(), form(), form()])
    assert (sorted(each.status_code for each in answers), NewsPage.objects.filter(slug__startswith="nowa").count()) == (
        [200, 200, 302],
        1,
    )
    assert all("już" in each.text and "Nowa" in each.text for each in answers if each.status_code == 200), (
        "said at the field; what was typed stays"
    )


def test_one_form_sent_twice_leads_to_the_draft_that_exists(staff_client, address):
    fields = form(**{TOKEN: "a" * 64})
    answers = at_once(staff_client("editor"), address, [fields, fields])
    draft = NewsPage.objects.get(slug="nowa")
    assert [each.url for each in answers] == [f"/admin/pages/{draft.pk}/edit/"] * 2

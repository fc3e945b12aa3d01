"""Archiving and taking down one page at once: one waits for the other, none fails."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import Error, connections

from ratusz.publishing.editing.factories import appointed
from ratusz.publishing.ledger import actions
from ratusz.publishing.ledger.models import Unpublishing
from ratusz.publishing.website.factories import make_news, make_portal

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def at_once(*deeds):
    gate = Barrier(len(deeds))

    def run(deed):
        try:
            gate.wait(timeout=30)
            return deed()
        except Exception as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(run, deeds))


def test_archiving_and_taking_down_wait_for_each_other():
    page, editor = make_news(make_portal()), appointed("editor")

    def take_down():
        return actions.take_down_page(page=page, person=editor, reason="withdrawn", public_note="x")

    for _ in range(8):
        found = at_once(*[lambda: actions.archive_page(page=page)] * 3, take_down, take_down)
        assert [each for each in found if isinstance(each, Error)] == []
        for down in Unpublishing.objects.in_force():
            actions.bring_back_page(unpublishing=down, person=editor)

"""Every part of the demo loads as `./ratusz demo` loads it: one after the other, each in a real transaction of its own."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ratusz.demo import actions, voting
from ratusz.demo.loaders import LOADERS
from ratusz.demo.models import LoadedPart

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.mark.long
def test_all_parts_load_in_their_order_and_a_second_time_none(monkeypatch, settings, tmp_path):
    settings.HOME, said = tmp_path, []
    monkeypatch.setattr(voting, "SOON", timedelta(seconds=12))
    actions.load_demo(report=said.append)
    actions.load_the_rest.call()
    assert dict(LoadedPart.objects.values_list("name", "version")) == {loader.name: loader.version for loader in LOADERS}
    assert [loader.name for loader in LOADERS if actions.load_part(loader=loader, report=said.append)] == []

"""The demo city has a page in every state of the ledger, and nothing of it left the machine."""

import pytest

from ratusz.demo import ledger, people, website
from ratusz.foundation.fetching.adapters import pinned
from ratusz.foundation.kit.clock import database_now
from ratusz.publishing.ledger import queries
from ratusz.publishing.ledger.models import ForeignAddress, PageLink, ReaderAnswer, Unpublishing
from ratusz.publishing.website.models import PageStanding

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_every_state_is_there_once(client, monkeypatch):
    monkeypatch.setattr(pinned, "resolve", lambda *args: pytest.fail("an address was asked"))
    people.load(lambda words: None)
    website.load_portal(lambda words: None)
    for _twice in range(2):
        ledger.load(lambda words: None)
    assert sorted(PageStanding.objects.values_list("standing", flat=True)) == ["archived", "withdrawn"]
    assert sorted(Unpublishing.objects.in_force().values_list("reason", flat=True)) == ["error", "merged", "withdrawn"]
    assert sorted(ForeignAddress.objects.filter(address__in=ledger.ANSWERED).values_list("state", flat=True)) == [
        "broken",
        "moved",
        "works",
    ]
    assert PageLink.objects.broken().filter(foreign__isnull=False).count() == 1
    assert ReaderAnswer.objects.count() == 3
    line = next(each for each in queries.figures_of_units(None, database_now()) if each.name == "Wydział Kształtowania Środowiska")
    assert (line.pages, line.overdue, line.broken, line.aside) == (4, 1, 1, 2)
    assert client.get("/sprawy/oplata-na-probe/").status_code == 410
    assert client.get("/sprawy/smieci-w-lesie/")["Location"] == "/sprawy/dzikie-wysypisko/"
    assert "Nabór zakończył się w zeszłym roku" in client.get("/sprawy/dotacja-na-piec/").text
    assert "Archiwum: od" in client.get("/sprawy/zbiorka-choinek/").text

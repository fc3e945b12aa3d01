"""People and outlets of the tests: an author, a second person, and outlets that no module brings."""

import pytest

from ratusz.publishing.messages.factories import make_author
from ratusz.publishing.messages.outlets import Form, Outlet, outlets


@pytest.fixture
def author(db):
    return make_author()


@pytest.fixture
def second(db):
    return make_author()


@pytest.fixture
def told():
    """Messages that live outlets were told of."""
    return []


@pytest.fixture(autouse=True)
def test_outlets(monkeypatch, told):
    """A page, a network of short texts and a board by hand, so that nothing here depends on modules above."""
    known = {
        "page": Outlet("page", "strona", Form.PAGE, order=1, is_live=True, follow=lambda message: told.append(message.pk)),
        "sms": Outlet("sms", "SMS", Form.SHORT, order=2, most_characters=160, is_offered=False),
        "paper": Outlet("paper", "tablica", Form.SIGN, order=3, is_by_hand=True, hangs=True),
    }
    known["www"] = Outlet("www", "www", is_offered=False, address=lambda message: f"/komunikaty/{message.number}/")
    monkeypatch.setattr(outlets, "_entries", known)
    return known

"""Browsers bind a passkey to a name: a page opened under a number says where it is under a name."""

import pytest

from ratusz.foundation.people.views.public import address_under_a_name


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1:8000", "http://localhost:8000/konto/2fa/webauthn/add/"),
        ("[::1]:8000", "http://localhost:8000/konto/2fa/webauthn/add/"),
        ("192.0.2.7", ""),
        ("localhost:8000", None),
        ("ratusz.example", None),
    ],
)
def test_where_the_page_is_under_a_name(rf, settings, host, address):
    settings.ALLOWED_HOSTS = ["*"]
    assert address_under_a_name(rf.get("/konto/2fa/webauthn/add/", headers={"host": host})) == address

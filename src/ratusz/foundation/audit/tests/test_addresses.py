"""Whose address counts when proxies and liars stand between."""

import pytest
from django.test import RequestFactory

from ratusz.foundation.audit.addresses import client_address, client_line
from ratusz.foundation.audit.middleware import request_id


@pytest.mark.parametrize(
    ("trusted", "remote", "forwarded", "expected"),
    [
        ([], "192.0.2.1", "", "192.0.2.1"),
        ([], "192.0.2.1", "203.0.113.5", "192.0.2.1"),
        (["10.0.0.0/8"], "10.0.0.1", "203.0.113.5", "203.0.113.5"),
        (["10.0.0.0/8"], "10.0.0.1", "1.1.1.1, 203.0.113.5", "203.0.113.5"),
        (["10.0.0.0/8"], "10.0.0.1", "1.1.1.1, 203.0.113.5, 10.0.0.2", "203.0.113.5"),
        (["10.0.0.0/8"], "10.0.0.1", "nonsense", "10.0.0.1"),
        (["10.0.0.0/8"], "192.0.2.1", "203.0.113.5", "192.0.2.1"),
        (["::1/128"], "::1", "2001:db8::5", "2001:db8::5"),
        ([], "", "", None),
    ],
)
def test_the_address_of_the_last_untrusted_hop_counts(settings, trusted, remote, forwarded, expected):
    settings.TRUSTED_PROXIES = trusted
    request = RequestFactory().get("/", REMOTE_ADDR=remote, headers={"X-Forwarded-For": forwarded})
    assert client_address(request) == expected


def test_a_request_number_from_outside_is_taken_only_when_it_is_harmless():
    def given(text):
        return request_id(RequestFactory().get("/", headers={"X-Request-ID": text}))

    assert given("abcDEF-123") == "abcDEF-123"
    assert given("evil\nline") != "evil\nline"
    assert len(given("")) == 16


@pytest.mark.parametrize(
    ("remote", "line"),
    [
        ("192.0.2.7", "192.0.2.7"), ("2001:db8:1:2:3::7", "2001:db8:1:2::/64"), ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"), ("", ""), ("nonsense", ""),
    ],
)  # fmt: skip
def test_limits_count_by_the_line(rf, remote, line):
    assert client_line(rf.get("/", REMOTE_ADDR=remote)) == line

"""Who signs in elsewhere sets out from the host they come back to: the cookie that binds the answer is that host's."""

import pytest
from django.test import Client
from django.urls import reverse

from ratusz.participation.voting.factories import open_vote_on

CITY, BUDGET = "miasto.example", "budzet.example"


@pytest.mark.django_db
@pytest.mark.parametrize(("way", "page"), [("oidc", "leave-for"), ("node", "node-leave")])
def test_the_citys_host_leads_to_the_budgets_before_anything_is_bound(settings, way, page):
    settings.PUBLIC_ADDRESS, settings.BUDGET_ADDRESS = f"https://{CITY}", f"https://{BUDGET}"
    settings.BUDGET_LEADS_THERE, settings.ALLOWED_HOSTS = False, [CITY, BUDGET]
    path = reverse(f"ballot:{page}", args=[open_vote_on(identity=way).edition.slug, "pl", "ja"])
    led, here = (Client().get(path, headers={"host": host}, secure=True) for host in (CITY, BUDGET))
    assert (led.status_code, led.url, list(led.cookies)) == (302, f"https://{BUDGET}{path}", [])
    assert here.status_code == 503, "the provider is not set here, which is said where it was asked"

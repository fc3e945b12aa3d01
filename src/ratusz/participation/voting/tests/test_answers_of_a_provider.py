"""What comes back from a provider of identity, or from somebody who plays it, is a page with words and never an error of ours."""

import pytest
from django.test import Client

from ratusz.participation.voting.adapters.oidc import Provider, ProviderFailed
from ratusz.participation.voting.factories import open_vote_on
from ratusz.participation.voting.views import oidc_identity


class Away(Provider):
    """A provider whose page exists and whose answers are never good."""

    def address(self, **facts):
        return "https://konto.example/"

    def identifier(self, **facts):
        raise ProviderFailed("no answer")


@pytest.mark.django_db
def test_a_state_in_any_letters_opens_nothing(monkeypatch):
    vote, client = open_vote_on(identity="oidc"), Client()
    monkeypatch.setattr(oidc_identity, "provider", lambda: Away("https://konto.example", "ratusz", "tajne"))
    assert client.get(f"/glosuj/{vote.edition.slug}/pl/logowanie/ja/").status_code == 302
    assert client.get("/glosuj/powrot-z-logowania/", {"state": "żółw", "code": "x"}).status_code == 503


@pytest.mark.parametrize("facts", [{}, {"authorization_endpoint": 5}, {"authorization_endpoint": "https://konto.example/a"}])
def test_a_description_without_its_addresses_is_a_provider_that_failed(monkeypatch, facts):
    known = Provider("https://konto.example", "ratusz", "tajne")
    monkeypatch.setattr(Provider, "_json", lambda self, *given: {"issuer": "https://konto.example"} | facts)
    with pytest.raises(ProviderFailed):
        known.address(state="s", nonce="n", verifier="v", back="https://ratusz.example/")
    with pytest.raises(ProviderFailed):
        known.identifier(code="c", nonce="n", verifier="v", back="https://ratusz.example/")

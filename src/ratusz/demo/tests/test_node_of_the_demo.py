"""The double of login.gov.pl in the demo: from the page of a vote to its ballot and back, with real messages between."""

import re

import httpx
import pytest

from ratusz.demo import node, people, territory
from ratusz.participation.voting.models import Vote

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_somebody_made_up_comes_to_the_ballot_by_the_double(live_server, settings, tmp_path):
    settings.DEMO, settings.PUBLIC_ADDRESS, settings.HOME = True, live_server.url, tmp_path
    names = ("RATUSZ_NODE_SIGN_IN", "RATUSZ_NODE_ARTIFACTS", "RATUSZ_NODE_LOGOUT")
    for name, step in zip(names, ("sso", "artifacts", "logout"), strict=True):
        setattr(settings, name, f"{live_server.url}/demo/wezel/{step}")
    settings.RATUSZ_NODE_ISSUER, settings.RATUSZ_NODE_US = "https://wezel.example/idp", "https://budzet.example/sp"
    folder = tmp_path / "wezel"
    settings.RATUSZ_NODE_KEYS, settings.RATUSZ_NODE_CERTIFICATES = str(folder), str(folder / "node.crt")
    territory.load(lambda words: None)
    people.load(lambda words: None)
    node.load(lambda words: None)
    node.load(lambda words: None)
    vote = Vote.objects.get(identity="node")
    assert (vote.state, vote.register.count()) == ("open", len(node.REGISTERED))
    with httpx.Client(base_url=live_server.url, follow_redirects=True) as browser:

        def come(number: int) -> httpx.Response:
            page = browser.get(f"/glosuj/{vote.edition.slug}/pl/login-gov/ja/").text
            form = dict(re.findall(r'name="(SAMLRequest|RelayState)" value="([^"]+)"', page))
            chooses = browser.post("/demo/wezel/sso", data=form)
            assert "To nie jest login.gov.pl" in chooses.text and "urodzona w roku" in chooses.text
            return browser.post("/demo/wezel/sso", data=form | {"person": str(number)})

        assert come(node.PEOPLE[0]).url.path == f"/glosuj/{vote.edition.slug}/pl/karta/"
        assert come(node.PEOPLE[-1]).status_code == 403
        assert browser.post("/demo/wezel/sso", data={"SAMLRequest": "x"}).status_code == 400
        assert not [*folder.glob("*.json"), *folder.glob("*.taken")]
        settings.DEMO = False
        assert browser.get("/demo/wezel/sso").status_code == 404 == browser.post("/demo/wezel/logout").status_code

"""S10 and R18: voters known by login.gov.pl, against a double with its algorithms. Whatever is not whole opens nothing."""

import re
import shutil
from contextlib import ExitStack

import httpx
import pytest
from django.test import Client
from tests.harness.signing_in import sign_in_staff

from ratusz.foundation.units.factories import AppointmentFactory
from ratusz.participation.budget.edition_rules import rules_of
from ratusz.participation.voting import envelopes
from ratusz.participation.voting.actions import prepare_from_edition
from ratusz.participation.voting.factories import CLAUSES, edition_to_vote_on, number, open_vote_on, opened_edition
from ratusz.participation.voting.models import GuardianConsent, HeldProof, SealedBallot
from ratusz.participation.voting.node_double import pem
from ratusz.participation.voting.rules import VoteRefused
from ratusz.participation.voting.tests.node_server import Double
from ratusz.participation.voting.tests.people import ADULT, CHILD, OTHER, csv_of, staff, take

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
NOBODY = "no signature of the node"
REFUSED = {
    "unsigned": NOBODY, "unsigned assertion": NOBODY, "wrong key": NOBODY, "wrong key of the assertion": NOBODY,
    "changed after signing": NOBODY, "stale certificate": NOBODY, "weak algorithm": NOBODY,
    "another transform": "signed in another way", "wrapped": NOBODY, "wrapped with the signature": "signed in another way",
    "another audience": "for another audience", "another recipient": "for another recipient", "another issuer": "another issuer",
    "another request": "an answer to another question", "another question": "an answer to another question",
    "assertion for another request": "an assertion for another question",
    "expired": "no longer good", "confirmation expired": "no longer good", "not yet": "not yet good",
    "made long ago": "made too early or too late", "signed in before": "signed in before we asked",
    "little assurance": "too little assurance", "two people": "not one person", "cancelled": "no success",
    "not sealed": "not one EncryptedAssertion", "sealed for another": "sealed in another way: InvalidUnwrap",
    "another cipher": "another algorithm", "cipher changed": "sealed in another way: InvalidTag",
    "document type": "too long, or with a document type", "entities": "too long, or with a document type",
}  # fmt: skip
"""What is wrong with an answer, and which check has to find it."""


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    with Double(tmp_path_factory.mktemp("wezel")) as double:
        yield double


@pytest.fixture
def double(running, settings):
    running.person, running.wrong, running.kind = ADULT, "", "ec"
    running.waiting.clear()
    running.seen.clear()
    running.set_up(settings)
    return running


@pytest.fixture
def vote(double):
    made = open_vote_on(identity="node")
    take(made, csv_of(f"{ADULT};1", f"{CHILD};2"))
    return made


def base(vote) -> str:
    return f"/glosuj/{vote.edition.slug}/pl/"


def leave(client: Client, vote, double, whom: str = "ja", **facts) -> str:
    """What the browser does with our page: the form goes to the node, which sends the browser back."""
    page = client.get(f"{base(vote)}login-gov/{whom}/", **facts).content.decode()
    form = dict(re.findall(r'<input type="hidden" name="(SAMLRequest|RelayState)" value="([^"]+)"', page))
    back = httpx.post(re.search(r'action="([^"]+)" data-leave', page)[1], data=form)
    return re.sub(r"^https?://[^/]+", "", back.headers["location"])


@pytest.mark.parametrize("kind", ["ec", "rsa"])
def test_whoever_signs_in_votes_under_the_digest_of_the_register(vote, double, kind, caplog):
    caplog.set_level(0)
    client, double.kind = Client(), kind
    assert f"{base(vote)}login-gov/" in client.get(base(vote)).content.decode()
    assert f"{base(vote)}login-gov/ja/" in client.get(f"{base(vote)}login-gov/").content.decode()
    page = client.get(f"{base(vote)}login-gov/ja/")
    assert f"form-action 'self' {double.address};" in page.headers["Content-Security-Policy"] + ";"
    assert client.get(leave(client, vote, double)).url == f"{base(vote)}karta/"
    assert double.seen == ["ArtifactResolve", "LogoutRequest"]
    client.post(f"{base(vote)}urna/", {f"p/M/{number(vote.edition, 'M', 1)}": "3", "klucz": "k"})
    ballot = SealedBallot.objects.get()
    assert (bytes(ballot.voter_key), ballot.district) == (envelopes.voter_key(vote.pk, "pesel", ADULT), "L1")
    assert ADULT not in caplog.text and ADULT.encode() not in b"".join(bytes(each.content) for each in HeldProof.objects.all())
    assert double.address not in Client().get(base(vote)).headers["Content-Security-Policy"]


def test_an_answer_with_one_thing_wrong_opens_nothing(vote, double, caplog):
    answers = {}
    for place, double.wrong in enumerate(("", *REFUSED)):
        caplog.clear()
        client, line = Client(), {"REMOTE_ADDR": f"192.0.2.{place}"}
        came = client.get(leave(client, vote, double, **line), **line)
        why = "".join(one.getMessage().partition(": ")[2] for one in caplog.records if one.name == "ratusz.voting")
        answers[double.wrong] = (came.status_code, why, {name for name, one in client.cookies.items() if one.value})
        assert ADULT not in came.content.decode() + caplog.text
    assert answers.pop("") == (302, "", {"glosowanie"})
    assert answers == {wrong: (503, why, set()) for wrong, why in REFUSED.items()}
    assert HeldProof.objects.count() == 1, "only whoever came in holds a proof"


def test_no_number_and_no_person_of_the_register_opens_nothing(vote, double):
    found = {}
    for place, double.person in enumerate(("44051401358", "", "PL/PL/44051401359", OTHER)):
        client, line = Client(), {"REMOTE_ADDR": f"192.0.2.{place}"}
        found[double.person] = client.get(leave(client, vote, double, **line), **line).status_code
    assert found == {"44051401358": 503, "": 503, "PL/PL/44051401359": 503, OTHER: 403}


def test_an_artifact_is_good_once_and_for_the_browser_that_left(vote, double):
    client, other = Client(), Client()
    back = leave(client, vote, double)
    kept = client.cookies["glosowanie-wezel"].value
    assert Client().get(back).status_code == 404
    double.wrong = "replayed"
    theirs = leave(other, vote, double)
    mine = re.search(r"SAMLart=([^&]+)", back)[1]
    assert other.get(re.sub(r"SAMLart=[^&]+", f"SAMLart={mine}", theirs)).status_code == 503, "bound to the request of the other"
    assert client.get(back).url == f"{base(vote)}karta/"
    client.cookies["glosowanie-wezel"] = kept
    assert client.get(back).url == base(vote), "the same cookie and artifact again"
    double.wrong = ""
    for change in (("RelayState=[^&]+", "RelayState=ż"), ("SAMLart=[^&]+", "SAMLart=ż"), ("SAMLart=[^&]+", f"SAMLart={mine}")):
        client = Client()
        assert client.get(re.sub(*change, leave(client, vote, double))).status_code == 503


def test_a_form_from_the_node_comes_again_by_its_address(vote, double):
    client = Client(enforce_csrf_checks=True)
    path, _sign, query = leave(client, vote, double).partition("?")
    given = dict(httpx.QueryParams(query))
    stranger = Client(enforce_csrf_checks=True).post(path, given)
    there = stranger.headers["Location"]
    assert (stranger.status_code, httpx.URL(there).path) == (303, path)
    assert client.get(there).url == f"{base(vote)}karta/"


def test_a_node_that_is_away_leads_to_the_other_ways_and_lets_nobody_by(vote, double, settings, tmp_path):
    def pages() -> list[tuple[int, bool]]:
        found = []
        for client in (Client(), Client()):
            answer = client.get(f"{base(vote)}login-gov/ja/")
            words, ways = answer.content.decode(), ("punkty", "list", "oswiadczenie")
            found.append((answer.status_code, all(f"{base(vote)}{way}/" in words for way in ways) and not client.cookies))
        return found

    vote.points.create(name="Biblioteka")
    client = Client()
    back = leave(client, vote, double)
    settings.RATUSZ_NODE_ARTIFACTS = "http://127.0.0.1:9/"
    lost = client.get(back)
    assert lost.status_code == 503 and "glosowanie" not in set(lost.cookies)
    assert f"{base(vote)}list/" in lost.content.decode()
    with ExitStack() as here:
        address = here.enter_context(Double(tmp_path)).address
    settings.RATUSZ_NODE_SIGN_IN = f"{address}/sso"
    assert pages() == [(503, True)] * 2
    settings.RATUSZ_NODE_KEYS = ""
    assert pages() == [(503, True)] * 2
    assert client.get(f"{base(vote)}karta/").status_code == 403


def test_a_session_that_the_node_does_not_end_is_told_to_whoever_runs_the_server(vote, double, caplog):
    client, double.wrong = Client(), "logout refused"
    assert client.get(leave(client, vote, double)).url == f"{base(vote)}karta/"
    assert "the session at the node may last on" in caplog.text


def test_a_guardian_signs_in_for_a_child(vote, double):
    client, page = Client(), f"{base(vote)}dziecko/"
    assert client.get(leave(client, vote, double, "dziecko")).url == page
    assert client.post(page, {"pesel": OTHER, "agrees": "on"}).status_code == 422
    assert client.post(page, {"pesel": CHILD, "agrees": "on"}).url == f"{base(vote)}karta/"
    assert bytes(GuardianConsent.objects.get().guardian_key) == envelopes.voter_key(vote.pk, "pesel", ADULT)


def test_staff_see_whether_it_is_connected_and_which_certificate_ends(double, settings, client, tmp_path):
    def words() -> str:
        return client.get("/admin/glosowania/login-gov/").content.decode()

    AppointmentFactory(person=sign_in_staff(client), role_code="budget_coordinator")
    page = words()
    assert "Połączone, a węzeł odpowiada" in page and page.count("<td>ważny</td>") == 3
    assert page.count("kończy się wkrótce") == 1 and page.count("nieważny: niczego") == 1 and "/glosuj/powrot-z-login-gov/" in page
    settings.RATUSZ_NODE_SIGN_IN = "http://127.0.0.1:9/"
    assert "węzeł teraz nie odpowiada" in words()
    shutil.copytree(double.folder, tmp_path / "inne")
    settings.RATUSZ_NODE_KEYS = str(tmp_path / "inne")
    (tmp_path / "inne" / "opening.key").write_bytes(pem(double.rsa[0]))
    assert "Klucza albo certyfikatu dla login.gov.pl brakuje" in words()
    (tmp_path / "inne" / "opening.key").unlink()
    assert "Klucza albo certyfikatu dla login.gov.pl brakuje" in words()
    settings.RATUSZ_NODE_US = ""
    assert "nie jest połączone. Osoba, która prowadzi serwer, ustawia: RATUSZ_NODE_US." in words()


def test_a_vote_with_it_is_prepared_only_where_it_is_connected_and_katowice_has_it_off(double, settings):
    rules = CLAUSES | {"identity.preset": "login_gov_pl"}
    edition = opened_edition((staff(), staff()), draft_rules=rules)
    assert prepare_from_edition(edition=edition).identity == "node"
    settings.RATUSZ_NODE_KEYS = ""
    with pytest.raises(VoteRefused, match=r"nie jest połączone.*RATUSZ_NODE_KEYS"):
        prepare_from_edition(edition=edition)
    assert rules_of(edition_to_vote_on(number=99, year=2099)).value("identity.preset") == "address"

"""The public ballot from the door to the receipt, without JavaScript, in three languages; forms that were tampered with."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.notifications.models import OutboxMessage
from ratusz.participation.budget.actions import record_change
from ratusz.participation.voting import envelopes, identity
from ratusz.participation.voting.actions import IdentityProof, close_vote, forget_proofs, hold_proof, tell_voters
from ratusz.participation.voting.factories import PRIVATE_KEY, edition_to_vote_on, number, open_vote_on
from ratusz.participation.voting.models import Complaint, HeldProof, SealedBallot, VoterRollEntry, WaitingNotice
from ratusz.participation.voting.registries import exclusion_sources

pytestmark = pytest.mark.django_db
WHO = {"name": "Anna Wymyślona", "street": "Rynek 1 m. 2", "born": "1980", "contact": "600 000 001"}


@pytest.fixture
def codes(monkeypatch):
    """Texts of messages that went to the outbox."""
    sent = []
    from ratusz.foundation.people.actions import codes as people_codes
    from ratusz.participation.voting import notices

    def keep(**message):
        if content := message.get("content"):
            message["text"] = content.text.replace("[[token]]", message["variables"]["token"])
        sent.append(message)

    monkeypatch.setattr(people_codes, "send", keep)
    monkeypatch.setattr(notices, "send", keep)
    return sent


def hidden(page: str) -> dict[str, str]:
    fields = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    return {name: value for name, value in fields if name != "csrfmiddlewaretoken"}


def let_in(client: Client, vote, **facts) -> None:
    """As an adapter does, without its pages."""
    from django.http import HttpResponse

    proof = IdentityProof(envelopes.voter_key(vote.pk, facts.pop("who", "x")), **facts)
    answer = HttpResponse()
    identity.set_cookie(answer, identity.COOKIE, f"{vote.pk}:{hold_proof(vote=vote, proof=proof)}")
    client.cookies.update(answer.cookies)


@pytest.mark.parametrize("language", ["pl", "en", "uk"])
@pytest.mark.slow
def test_the_whole_way(codes, language, caplog):
    vote, client = open_vote_on(), Client()
    base = f"/glosuj/{vote.edition.slug}/{language}/"
    assert client.get(f"/glosuj/{vote.edition.slug}/").url == f"/glosuj/{vote.edition.slug}/pl/"
    first = client.get(base).content.decode()
    assert f'<html lang="{language}">' in first and f"{base}kim-jestem/" in first
    asked = client.post(f"{base}kim-jestem/", WHO)
    assert asked.url == f"{base}kod/"
    digits = re.search(r"\d{6}", codes[0]["text"]).group()
    assert client.post(f"{base}kod/", {"code": "000000" if digits != "000000" else "1"}).status_code == 422
    assert client.post(f"{base}kod/", {"code": digits}).url == f"{base}karta/"
    assert "L1" in client.get(f"{base}karta/").content.decode()
    assert "<select" not in client.get(f"{base}karta/?dzielnica=L1").content.decode()
    card = client.post(f"{base}karta/", {"dzielnica": "L1", "popraw": "1"}).content.decode()
    assert card.count("<select") == 9
    chosen = {"dzielnica": "L1", f"p/L1/{number(vote.edition, 'L1', 2)}": "2", f"p/L1/{number(vote.edition, 'L1', 1)}": "1"}
    look = client.post(f"{base}karta/", chosen)
    fields = hidden(look.content.decode())
    assert {name: fields[name] for name in chosen} == chosen and len(fields["klucz"]) == 32
    back = client.post(f"{base}karta/", fields | {"popraw": "1"}).content.decode()
    assert '<option value="2" selected>' in back
    done = client.post(f"{base}urna/", fields)
    assert done.url == f"{base}oddany/"
    ballot = SealedBallot.objects.get()
    plain = envelopes.unseal(bytes(ballot.inner), PRIVATE_KEY)
    assert plain.choices == {"L1": {number(vote.edition, "L1", 1): 1, number(vote.edition, "L1", 2): 2}}
    assert (plain.age_band, ballot.channel) == ("45-59" if database_now().year >= 2026 else "30-44", "web")
    receipt = client.get(done.url).content.decode()
    assert ballot.code[:5] in receipt and "Projekt" not in receipt
    again = client.post(f"{base}urna/", fields)
    assert (again.url, SealedBallot.objects.count(), VoterRollEntry.objects.count()) == (done.url, 1, 1)
    replayed = client.post(f"{base}urna/", fields | {"klucz": "another"})
    assert replayed.status_code == 409
    assert {"pl": "pierwszy jest ostateczny", "en": "first one is final", "uk": "перший є остаточним"}[
        language
    ] in replayed.content.decode()
    assert ballot.code not in caplog.text and bytes(ballot.voter_key).hex() not in caplog.text
    assert "glosowanie" in client.cookies and client.cookies["glosowanie"]["path"] == "/glosuj/"
    client.post(f"{base}wyjscie/")
    assert client.get(done.url).status_code == 302 and client.get(f"{base}karta/").status_code == 403


def test_the_notice_and_this_was_not_me(codes):
    vote, client = open_vote_on(), Client()
    let_in(client, vote, contact="+48600000001")
    client.post(f"/glosuj/{vote.edition.slug}/uk/urna/", {f"p/M/{number(vote.edition, 'M', 1)}": "3", "klucz": "k"})
    assert not codes and WaitingNotice.objects.count() == 1
    assert (tell_voters(), tell_voters(), WaitingNotice.objects.count()) == (1, 0, 0)
    (notice,) = codes
    code = SealedBallot.objects.get().code
    assert code not in notice["text"] and (notice["to"], notice["purpose"]) == ("+48600000001", "voting.ballot")
    link = re.search(r"/glosuj/to-nie-ja/\S+", notice["text"]).group()
    stranger = Client()
    assert "Це не я" in stranger.get(link).content.decode() and not Complaint.objects.exists()
    assert stranger.post(link).status_code == 200
    assert Complaint.objects.get().ballot_code == code and SealedBallot.objects.get().is_quarantined
    assert stranger.post("/glosuj/to-nie-ja/xxxx/pl/").status_code == 404


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        (lambda e: {}, "Daj choć jeden punkt"),
        (lambda e: {f"p/M/{number(e, 'M', n)}": "1" for n in (1, 2, 3, 4)}, "więcej punktów, niż masz"),
        (lambda e: {f"p/M/{number(e, 'M', 1)}": "-3"}, "liczby całkowite od 1"),
        (lambda e: {f"p/M/{number(e, 'M', 1)}": "٣"}, "liczby całkowite od 1"),
        (lambda e: {f"p/M/{number(e, 'L2', 1)}": "1"}, "nie ma w tej części"),
        (lambda e: {f"p/L1/{number(e, 'L1', 1)}": "1", f"p/L2/{number(e, 'L2', 1)}": "1"}, "jednej dzielnicy"),
        (lambda e: {"p/M": "1"}, "nie ma w tej części"),
    ],
)
def test_tampered_forms_store_nothing_and_say_what_to_do(sent, words):
    vote, client = open_vote_on(), Client()
    let_in(client, vote)
    answer = client.post(f"/glosuj/{vote.edition.slug}/pl/urna/", {"dzielnica": "L1", "klucz": "k"} | sent(vote.edition))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not SealedBallot.objects.exists() and not VoterRollEntry.objects.exists()


def test_a_proof_is_good_for_half_an_hour_for_one_vote_and_is_noise_in_the_database(monkeypatch):
    vote, client = open_vote_on(), Client()
    other = open_vote_on(edition_to_vote_on())
    let_in(client, vote, contact="+48600000001", who="ANNA")
    row = HeldProof.objects.get()
    assert b"48600000001" not in bytes(row.content) and row.digest not in client.cookies["glosowanie"].value
    assert client.get(f"/glosuj/{vote.edition.slug}/pl/karta/").status_code == 200
    assert client.get(f"/glosuj/{other.edition.slug}/pl/karta/").status_code == 403
    assert forget_proofs() == 0
    HeldProof.objects.update(expires_at=database_now())
    answer = client.get(f"/glosuj/{vote.edition.slug}/pl/karta/")
    assert answer.status_code == 403 and "Nie zachowaliśmy" in answer.content.decode()
    assert forget_proofs() == 1
    client.cookies["glosowanie"] = "1:00:x:y"
    assert client.get(f"/glosuj/{vote.edition.slug}/pl/karta/").status_code == 403


@pytest.mark.parametrize("step", ["karta", "urna"])
def test_a_form_of_one_voter_is_never_the_ballot_of_another_in_the_same_browser(step):
    """A family at one computer, an officer with two windows: who came in last is not who filled this form in."""
    vote, client = open_vote_on(), Client()
    base = f"/glosuj/{vote.edition.slug}/pl/"
    let_in(client, vote, who="a")
    chosen = {"dzielnica": "L1", f"p/L1/{number(vote.edition, 'L1', 1)}": "3"}
    card = hidden(client.post(f"{base}karta/", {"dzielnica": "L1", "popraw": "1"}).content.decode())
    look = hidden(client.post(f"{base}karta/", card | chosen).content.decode())
    let_in(client, vote, who="b")
    answer = client.post(f"{base}{step}/", (card if step == "karta" else look) | chosen)
    assert answer.status_code == 409 and "weszła inna osoba" in answer.content.decode() and not SealedBallot.objects.exists()
    own = hidden(client.post(f"{base}karta/", chosen).content.decode())
    assert client.post(f"{base}urna/", own).url == f"{base}oddany/"
    assert bytes(SealedBallot.objects.get().voter_key) == envelopes.voter_key(vote.pk, "b")


def test_outside_the_hours():
    now = database_now()
    vote = open_vote_on(opens_at=now + timedelta(hours=1), closes_at=now + timedelta(hours=2))
    client = Client()
    page = client.get(f"/glosuj/{vote.edition.slug}/pl/").content.decode()
    assert "Głosowanie teraz nie trwa" in page and "kim-jestem" not in page
    let_in(client, vote)
    answer = client.post(f"/glosuj/{vote.edition.slug}/pl/urna/", {f"p/M/{number(vote.edition, 'M', 1)}": "1", "klucz": "k"})
    assert answer.status_code == 409 and not VoterRollEntry.objects.exists()
    assert client.get("/glosuj/nie-ma/pl/").status_code == 404
    assert client.get(f"/glosuj/{vote.edition.slug}/de/").status_code == 404


def test_projects_that_exclude_one_another_are_shown(monkeypatch):
    vote, client = open_vote_on(), Client()
    pair = (number(vote.edition, "M", 1), number(vote.edition, "M", 2))
    monkeypatch.setattr(exclusion_sources, "_entries", {"test": lambda edition: [pair]})
    let_in(client, vote)
    page = client.post(f"/glosuj/{vote.edition.slug}/pl/karta/", {"dzielnica": "L1", "popraw": "1"}).content.decode()
    assert f"Tylko jeden z tych projektów można zrealizować: {pair[0]}, {pair[1]}" in page


def test_whoever_chooses_another_district_keeps_what_was_given():
    vote, client = open_vote_on(), Client()
    let_in(client, vote)
    base, city = f"/glosuj/{vote.edition.slug}/pl/karta/", f"p/M/{number(vote.edition, 'M', 3)}"
    given = {"dzielnica": "L1", city: "2", f"p/L1/{number(vote.edition, 'L1', 1)}": "1"}
    page = client.post(base, given | {"zmien": "1"}).content.decode()
    fields = hidden(page)
    assert "<select" not in page and 'value="L1" id="d1" checked' in page and fields[city] == "2"
    card = client.post(base, fields | {"dzielnica": "L2"})
    assert (card.status_code, card.content.decode().count('<option value="2" selected>')) == (200, 1)
    assert "p/L1/" not in card.content.decode()


def test_a_project_withdrawn_while_people_vote_is_offered_no_more_and_what_is_in_the_box_stays():
    vote, client = open_vote_on(), Client()
    base, gone = f"/glosuj/{vote.edition.slug}/pl/", vote.edition.projects.get(number=number(vote.edition, "M", 1))
    points = {"dzielnica": "L1", f"p/M/{gone.number}": "3"}
    let_in(client, vote)
    early = hidden(client.post(f"{base}karta/", points).text)
    day = database_now().date()
    record_change(pool=gone.pool, kind="withdrawn", ground="Wniosek projektodawcy", day=day, project=gone)
    card = client.post(f"{base}karta/", {"dzielnica": "L1", "popraw": "1"}).text
    assert f'name="p/M/{gone.number}"' not in card and f"{gone.name} ({gone.number})" in card and "Wycofany" in card
    late = client.post(f"{base}karta/", points)
    assert late.status_code == 422 and "którego nie ma w tej części" in late.text
    # Whoever stood before the last look already is served by the frozen list: the count takes the project out.
    assert client.post(f"{base}urna/", early).status_code == 302 and SealedBallot.objects.count() == 1


def test_points_in_a_part_that_is_not_shown_are_named_as_a_fault():
    vote, client = open_vote_on(), Client()
    let_in(client, vote)
    answer = client.post(
        f"/glosuj/{vote.edition.slug}/pl/karta/", {"dzielnica": "L1", f"p/L2/{number(vote.edition, 'L1', 1)}": "1"}
    ).content.decode()
    assert re.search(
        r'class="errors".*<li><a href="#part-L1">Punkty dostał projekt, którego nie ma w tej części', answer, re.DOTALL
    )


def test_the_last_look_names_points_that_are_not_used():
    vote, client = open_vote_on(), Client()
    let_in(client, vote)
    address, first = f"/glosuj/{vote.edition.slug}/pl/karta/", number(vote.edition, "M", 1)
    for given, is_named in (("1", True), ("3", False)):
        page = client.post(address, {"dzielnica": "L1", f"p/M/{first}": given}).text
        assert ("Nie wykorzystujesz tu wszystkich punktów. Zostaje: 2 punkty." in page) is is_named


def test_the_last_look_says_places_where_projects_are_ranked():
    from ratusz.participation.voting.ballot_forms import drawn_parts
    from ratusz.participation.voting.queries import ballot_sheet

    edition = edition_to_vote_on()
    edition.pools.filter(code="M").update(
        rules=edition.pools.get(code="M").rules | {"ballot": {"type": "ranked", "max": 3, "scores": [3, 2, 1]}}
    )
    (part,) = drawn_parts(edition, ballot_sheet(edition), ["M"], {"M": {number(edition, "M", 2): 2}}, [])
    assert [row.choice for row in part.chosen] == ["miejsce 2"]


def test_who_form_refuses_what_nobody_can_be(codes):
    vote, client = open_vote_on(), Client()
    for change in ({"born": "1850"}, {"born": "2100"}, {"contact": "x"}, {"name": ""}):
        answer = client.post(f"/glosuj/{vote.edition.slug}/pl/kim-jestem/", WHO | change)
        assert answer.status_code == 422 and not codes
    assert client.get(f"/glosuj/{vote.edition.slug}/pl/kod/").url.endswith("/kim-jestem/")
    for _try in range(3):
        assert client.post(f"/glosuj/{vote.edition.slug}/pl/kim-jestem/", WHO).status_code == 302
    assert client.post(f"/glosuj/{vote.edition.slug}/pl/kim-jestem/", WHO).status_code == 422
    assert OutboxMessage.objects.count() == 0


@pytest.mark.slow
def test_the_log_is_public(settings, tmp_path, django_capture_on_commit_callbacks):
    from ratusz.participation.voting.actions import cast_ballot, chain_whole_log, log, sign_head

    settings.HOME = tmp_path
    vote, client = open_vote_on(closes_at=database_now() + timedelta(seconds=1)), Client()
    log(vote=vote, entry='{"deed":"open","kind":"deed"}')
    choices = {"M": {number(vote.edition, "M", 1): 3}}
    cast_ballot(edition=vote.edition, voter_key=b"x" * 32, choices=choices, channel="web", idempotency_key="k")
    chain_whole_log()
    with django_capture_on_commit_callbacks(execute=True):
        sign_head(vote=vote)
    base = f"/budzet-obywatelski/{vote.edition.slug}/dziennik-glosowania/"
    assert "Dziennik głosowania" in client.get(base).content.decode()
    lines = b"".join(client.get(f"{base}wpisy.txt").streaming_content).decode().splitlines()
    assert len(lines) == 2 and lines[0] == '{"deed":"open","kind":"deed"}' and '"kind":"envelope"' in lines[1]
    assert client.get(f"{base}sumy.atom").content.count(b"<entry>") == 1
    proof = client.get(f"{base}dowod.json?wpis=1").json()
    from ratusz.participation.voting import heads, merkle

    leaf, root = merkle.leaf_hash(lines[1].encode()), bytes.fromhex(proof["head"]["root"])
    assert merkle.is_included(leaf, 1, 2, [bytes.fromhex(step) for step in proof["inclusion"]], root)
    assert client.get(f"{base}dowod.json?od=1").json()["consistency"] == [leaf.hex()]
    for wrong in ("?wpis=2", "?wpis=x", "?od=3", ""):
        assert client.get(f"{base}dowod.json{wrong}").status_code == 404
    (copy,) = (tmp_path / "heads" / "voting").iterdir()
    assert proof["head"]["root"] in copy.read_text()
    head = vote.heads.get()
    assert heads.is_signed(head, heads.public_key()) and not heads.is_signed(head, bytes(32))
    while database_now() < vote.closes_at:
        pass
    with django_capture_on_commit_callbacks(execute=True):
        close_vote(vote=vote)
    assert vote.heads.count() == 2 and vote.heads.first().size == 3


@pytest.mark.parametrize(("step", "sign"), [({"popraw": "1"}, "<select"), ({}, 'name="klucz"'), ({"zmien": "1"}, 'type="radio"')])
def test_another_language_keeps_what_was_given(step, sign):
    vote, client = open_vote_on(), Client()
    let_in(client, vote)
    base, city = f"/glosuj/{vote.edition.slug}", f"p/M/{number(vote.edition, 'M', 3)}"
    page = client.post(f"{base}/pl/karta/", {"dzielnica": "L2", city: "2"} | step).content.decode()
    (form,) = re.findall(r'<form id="karta".*?</form>', page, re.DOTALL)
    (button,) = re.findall(rf'<button[^>]*form="karta"[^>]*formaction="{base}/uk/karta/"[^>]*name="(\w+)"[^>]*>Українська', page)
    sent = hidden(form) | dict(re.findall(r'<select[^>]*name="([^"]+)".*?value="([^"]+)" selected', form, re.DOTALL))
    sent |= dict(re.findall(r'type="radio" name="([^"]+)" value="([^"]+)"[^>]*checked', form))
    assert sent["dzielnica"] == "L2" and sent[city] == "2" and sign in page
    assert page.index('class="hidden" form="karta"') < page.index("formaction=")  # Enter goes on, and changes no language
    other = client.post(f"{base}/uk/karta/", sent | {button: "1"}).content.decode()
    assert '<html lang="uk">' in other and sign in other and 'class="errors"' not in other
    kept = f'name="{city}" value="2"' in other or '<option value="2" selected>' in other
    assert kept and ('value="L2" id="d2" checked' in other or 'name="dzielnica" value="L2"' in other)

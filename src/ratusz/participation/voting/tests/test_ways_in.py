"""Ways to know a voter: PESEL and a code, number and code of a letter, declarations, guardians; what none of them tells a stranger."""

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from ratusz.foundation.kit.clock import database_now
from ratusz.participation.voting import envelopes, residents
from ratusz.participation.voting.actions import cast_ballot, decide_declaration, make_letters
from ratusz.participation.voting.door import full_lines
from ratusz.participation.voting.factories import number, open_vote_on
from ratusz.participation.voting.models import Declaration, GuardianConsent, HeldProof, RegisterEntry, SealedBallot, VoterCode
from ratusz.participation.voting.papers import pdf_of_letters
from ratusz.participation.voting.rules import VoteRefused
from ratusz.participation.voting.tests.people import ADULT, CHILD, OTHER, csv_of, pesel, staff, take

pytestmark = pytest.mark.django_db
PHONE = "600 000 001"
HEADING = "PESEL;Dzielnica;Imię i nazwisko;Ulica i numer;Kod i miejscowość"
TAG = re.compile(r'<input type="hidden" name="(?:csrfmiddlewaretoken|czyj)"[^>]*>')


def base(vote, language: str = "pl") -> str:
    return f"/glosuj/{vote.edition.slug}/{language}/"


def words(answer) -> str:
    return TAG.sub("", answer.content.decode())


def hidden(answer) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="(czyj)" value="([^"]+)"', answer.content.decode()))


def key_of(vote, typed: str) -> bytes:
    return envelopes.voter_key(vote.pk, "pesel", typed)


def cast_for(vote, typed: str) -> None:
    choices = {"M": {number(vote.edition, "M", 1): 1}}
    cast_ballot(edition=vote.edition, voter_key=key_of(vote, typed), choices=choices, channel="web", idempotency_key=typed)


def code_in(messages: list[dict]) -> str:
    return re.search(r"\d{6}", messages[-1]["text"]).group()


@pytest.fixture
def vote():
    made = open_vote_on(identity="pesel")
    take(made, csv_of(f"{ADULT};1", f"{OTHER};2", f"{CHILD};1"))
    return made


def enter(client: Client, vote, typed: str, messages: list[dict], language: str = "pl"):
    client.post(f"{base(vote, language)}pesel/", {"pesel": typed, "contact": PHONE})
    return client.post(f"{base(vote, language)}kod/", {"code": code_in(messages)})


@pytest.mark.parametrize("language", ["pl", *(pytest.param(each, marks=pytest.mark.slow) for each in ("en", "uk"))])
def test_pesel_and_a_code_lead_to_the_ballot_of_the_register_district(vote, messages, language, caplog):
    client = Client()
    assert f"{base(vote, language)}pesel/" in client.get(base(vote, language)).content.decode()
    wrong = client.post(f"{base(vote, language)}pesel/", {"pesel": ADULT[:-1] + str((int(ADULT[-1]) + 1) % 10), "contact": PHONE})
    assert wrong.status_code == 422 and ADULT[:6] not in wrong.content.decode() and not messages
    assert enter(client, vote, f"{ADULT[:6]} {ADULT[6:]}", messages, language).url == f"{base(vote, language)}karta/"
    client.post(f"{base(vote, language)}urna/", {f"p/M/{number(vote.edition, 'M', 1)}": "3", "klucz": "k"})
    ballot = SealedBallot.objects.get()
    assert (bytes(ballot.voter_key), ballot.district, ballot.age_band) == (key_of(vote, ADULT), "L1", "45-59")
    assert ADULT not in caplog.text and ADULT.encode() not in b"".join(bytes(each.content) for each in HeldProof.objects.all())


def test_known_unknown_and_voted_get_one_answer_until_the_code_is_right(vote, messages):
    cast_for(vote, OTHER)
    answers = []
    for place, typed in enumerate((ADULT, pesel(date(1990, 1, 1)), OTHER)):
        client = Client(REMOTE_ADDR=f"10.0.0.{place + 1}")
        asked = client.post(f"{base(vote)}pesel/", {"pesel": typed, "contact": f"600 000 00{place}"})
        answers.append((asked.status_code, asked.url, words(client.get(asked.url)), len(asked.cookies["glosowanie-kod"].value)))
        wrong = client.post(f"{base(vote)}kod/", {"code": "1"})
        answers[-1] += (wrong.status_code, words(wrong))
    assert answers[0] == answers[1] == answers[2] and len(messages) == 3
    assert len({re.sub(r"\d{6}", "", each["text"]) for each in messages}) == 1


@pytest.mark.slow
def test_whoever_is_in_no_register_is_shown_the_declaration_after_the_code(vote, messages):
    answer = enter(Client(), vote, pesel(date(1990, 1, 1)), messages)
    assert answer.status_code == 403 and f"{base(vote)}oswiadczenie/" in answer.content.decode()


@pytest.mark.slow
def test_tries_are_counted_exactly_per_person_and_per_line_whatever_the_headers_say(vote, messages, settings):
    settings.TRUSTED_PROXIES, settings.RATUSZ_VOTER_TRIES_PER_LINE = ["172.16.0.1/32"], 20

    def ask(typed: str, address: str, place: int, **headers: str) -> int:
        sent = {"pesel": typed, "contact": f"6{place:08}"}
        return Client(REMOTE_ADDR=address, **headers).post(f"{base(vote)}pesel/", sent).status_code

    of_one = [ask(ADULT, f"10.1.0.{place}", place, HTTP_X_FORWARDED_FOR=f"1.2.3.{place}") for place in range(7)]
    assert of_one == [302] * 5 + [422] * 2
    unknown = pesel(date(1990, 1, 1))
    assert [ask(unknown, f"10.2.0.{place}", 100 + place) for place in range(6)] == [302] * 5 + [422]
    many = [pesel(date(1960, 1, 1), place) for place in range(22)]
    of_line = [ask(typed, "10.3.0.1", 200 + place, HTTP_X_FORWARDED_FOR=f"9.9.9.{place}") for place, typed in enumerate(many)]
    assert of_line == [302] * 20 + [422] * 2
    behind = [
        ask(pesel(date(1961, 1, 1), place), "172.16.0.1", 300 + place, HTTP_X_FORWARDED_FOR="8.8.8.8, 10.3.0.1")
        for place in range(2)
    ]
    assert behind == [422, 422] and full_lines(database_now()) == 1
    vote.known_lines.create(name="Biblioteka", line_digest=envelopes.line_digest(vote.pk, "10.3.0.1"))
    assert ask(pesel(date(1962, 1, 1)), "10.3.0.1", 400) == 302


def letters_for(vote, *rows: str, **facts):
    return make_letters(vote=vote, content=csv_of(*rows, heading=HEADING), person=staff(), **facts)


@pytest.mark.slow
def test_letters_with_codes_that_only_their_reader_knows(vote, messages):
    rows = [f"{ADULT};1;Anna Wymyślona;Rynek 2;40-003 Katowice", f"{OTHER};2;Jan Zmyślony;Aleja 1;40-001 Katowice",
            f"{pesel(date(1990, 1, 1))};1;Ktoś Spoza;Rynek 9;40-003 Katowice"]  # fmt: skip
    made = letters_for(vote, *rows)
    assert [(letter.street, [code.name for code in letter.codes]) for letter in made.letters] == [
        ("Aleja 1", ["Jan Zmyślony"]), ("Rynek 2", ["Anna Wymyślona"]),
    ]  # fmt: skip
    assert (made.unknown, made.faults, made.batch.people) == (1, 0, 2)
    (mine,) = made.letters[1].codes
    stored = VoterCode.objects.get(number=mine.number)
    assert mine.code.encode() not in bytes(stored.code_digest) and len(bytes(stored.code_digest)) == 32
    client, sent = Client(), {"number": mine.shown_number, "secret": mine.shown_code.lower()}
    assert client.post(f"{base(vote)}list/", sent).url == f"{base(vote)}karta/"
    client.post(f"{base(vote)}urna/", {f"p/M/{number(vote.edition, 'M', 1)}": "3", "klucz": "k"})
    assert bytes(SealedBallot.objects.get().voter_key) == key_of(vote, ADULT)
    with pytest.raises(VoteRefused, match="2 osoby z tego pliku mają już list"):
        letters_for(vote, *rows)
    newer = letters_for(vote, *rows, again=True).letters[0].codes[0]
    old = made.letters[0].codes[0]
    answers = [
        Client(REMOTE_ADDR=f"10.0.1.{place}").post(f"{base(vote)}list/", {"number": given.number, "secret": secret})
        for place, (given, secret) in enumerate([(mine, mine.code), (old, old.code), (newer, old.code)])
    ]  # used up, void, wrong
    answers.append(Client(REMOTE_ADDR="10.0.1.9").post(f"{base(vote)}list/", {"number": "000000000", "secret": "x"}))
    assert {(answer.status_code, re.sub(r'value="\d+"', "", words(answer))) for answer in answers} == {
        (422, re.sub(r'value="\d+"', "", words(answers[0])))
    }
    assert all(mine.code not in answer.content.decode() for answer in answers)
    assert Client().post(f"{base(vote)}list/", {"number": newer.number, "secret": newer.code}).url == f"{base(vote)}karta/"


@pytest.mark.slow
def test_guessing_a_code_stops_after_five_tries_wherever_they_come_from(vote):
    (mine,) = letters_for(vote, f"{ADULT};1;Anna Wymyślona;Rynek 2;40-003 Katowice").letters[0].codes
    sent = {"number": mine.number, "secret": "0000-0000-0000-0"}
    pages = [Client(REMOTE_ADDR=f"10.5.0.{place}").post(f"{base(vote)}list/", sent).content.decode() for place in range(6)]
    assert ["Za dużo prób" in page for page in pages] == [False] * 5 + [True]
    right = Client(REMOTE_ADDR="10.5.1.1").post(f"{base(vote)}list/", {"number": mine.number, "secret": mine.code})
    assert right.status_code == 422 and "Za dużo prób" in right.content.decode()


@pytest.mark.slow
def test_letters_of_a_household_as_an_accessible_pdf(vote, staff_client):
    client = staff_client("budget_coordinator")
    rows = [f"{ADULT};1;Anna Wymyślona;Rynek 2;40-003 Katowice", f"{CHILD};1;Ola Wymyślona;rynek  2;40-003 Katowice"]
    made = letters_for(vote, *rows, by_household=True)
    assert [[code.name for code in letter.codes] for letter in made.letters] == [["Anna Wymyślona", "Ola Wymyślona"]]
    assert pdf_of_letters(vote, made.letters).startswith(b"%PDF")
    from django.core.files.uploadedfile import SimpleUploadedFile

    file = SimpleUploadedFile("x.csv", csv_of(*rows, heading=HEADING))
    address = reverse("voting_letters", args=[vote.pk])
    refused = client.post(address, {"listy-file": file})
    assert refused.status_code == 422 and "mają już list" in refused.content.decode()
    file = SimpleUploadedFile("x.csv", csv_of(*rows, heading=HEADING))
    answer = client.post(address, {"listy-file": file, "listy-again": "on"})
    assert answer["Content-Type"] == "application/pdf" and "no-store" in answer["Cache-Control"]


DECLARED = {
    "name": "Olena Zmyślona", "street": "Rynek 3/4", "district": "L2", "born": "1991-02-03", "grounds": "Wynajmuję tu mieszkanie.",
    "contact": "olena@example.org", "true": "on",
}  # fmt: skip


@pytest.mark.parametrize("language", [pytest.param(each, marks=pytest.mark.slow) for each in ("pl", "uk")])
def test_a_declaration_an_officer_a_code_and_a_ballot(vote, messages, language):
    client = Client()
    page = client.post(f"{base(vote, language)}oswiadczenie/", DECLARED).content.decode()
    again = client.post(f"{base(vote, language)}oswiadczenie/", DECLARED).content.decode()
    assert TAG.sub("", page) == TAG.sub("", again) and Declaration.objects.count() == 1 and "Olena" not in page
    made = Declaration.objects.get()
    with pytest.raises(VoteRefused, match="uzasadnienie"):
        decide_declaration(declaration=made, grant=True, reasons=" ", person=staff())
    decide_declaration(declaration=made, grant=True, reasons="Umowa najmu.", person=staff())
    with pytest.raises(VoteRefused, match="już rozstrzygnięte"):
        decide_declaration(declaration=made, grant=False, reasons="x", person=staff())
    (told,) = messages
    assert told["to"] == "olena@example.org" and "Umowa najmu." in told["text"]
    shown = re.search(r"(\d{3} \d{3} \d{3}).*?([0-9A-Y]{4}(?:-[0-9A-Y]{1,4}){3})", told["text"])
    assert (
        client.post(f"{base(vote, language)}list/", {"number": shown[1], "secret": shown[2]}).url == f"{base(vote, language)}karta/"
    )
    client.post(f"{base(vote, language)}urna/", {f"p/M/{number(vote.edition, 'M', 1)}": "3", "klucz": "k"})
    assert bytes(SealedBallot.objects.get().voter_key) == residents.key_by_address(vote.pk, "Olena Zmyślona", "Rynek 3/4", 1991)


@pytest.mark.slow
def test_a_declaration_of_somebody_in_the_register_or_not_gets_the_same_answer(vote):
    pages = [
        words(Client(REMOTE_ADDR=f"10.6.0.{place}").post(f"{base(vote)}oswiadczenie/", DECLARED | {"pesel": typed, "born": born}))
        for place, (typed, born) in enumerate([(ADULT, "1980-05-17"), (pesel(date(1990, 1, 1)), "1990-01-01")])
    ]
    assert pages[0] == pages[1] and "Mamy twoje oświadczenie" in pages[0]
    wrong = Client().post(f"{base(vote)}oswiadczenie/", DECLARED | {"pesel": ADULT})
    page = wrong.content.decode()
    assert wrong.status_code == 422 and "inna data urodzenia" in page and ADULT not in page and "Olena Zmyślona" in page


@pytest.mark.slow
def test_an_officer_decides_on_the_screen_and_the_reading_is_recorded(vote, messages, staff_client):
    from ratusz.foundation.audit.models import Entry

    Client().post(f"{base(vote)}oswiadczenie/", DECLARED)
    made, client = Declaration.objects.get(), staff_client("budget_coordinator")
    assert "1 oświadczenie czeka" in client.get(reverse("voting_declarations", args=[vote.pk])).content.decode()
    address = reverse("voting_declaration", args=[made.pk])
    assert "nie podano: poproś o dokument" in client.get(address).content.decode()
    assert Entry.objects.filter(is_read=True, subject_id=str(made.pk)).exists()
    assert client.post(address, {"decision": "no", "reasons": ""}).status_code == 422
    client.post(address, {"decision": "no", "reasons": "Adres w innym mieście."})
    made.refresh_from_db()
    assert (made.state, made.reasons) == ("refused", "Adres w innym mieście.") and "Adres w innym mieście." in messages[0]["text"]
    assert RegisterEntry.objects.filter(vote=vote).count() == 3
    assert staff_client("desk_officer").get(address).status_code in (302, 403)


def test_a_child_votes_with_one_guardian_who_is_an_adult_of_the_register(vote, messages):
    client = Client()
    assert enter(client, vote, CHILD, messages).url == f"{base(vote)}opiekun/"
    assert client.get(f"{base(vote)}karta/").status_code == 403
    page = f"{base(vote)}opiekun/"
    refused = [client.post(page, {"pesel": typed, "agrees": "on"}) for typed in (pesel(date(1990, 1, 1)), CHILD)]
    assert [answer.status_code for answer in refused] == [422, 422] and words(refused[0]) == words(refused[1])
    assert client.post(page, {"pesel": ADULT}).status_code == 422 and not GuardianConsent.objects.exists()
    assert client.post(page, {"pesel": ADULT, "agrees": "on"}).url == f"{base(vote)}karta/"
    consent = GuardianConsent.objects.get()
    assert (bytes(consent.child_key), bytes(consent.guardian_key)) == (key_of(vote, CHILD), key_of(vote, ADULT))
    other = Client(REMOTE_ADDR="10.7.0.1")
    enter(other, vote, CHILD, messages)
    answer = other.post(page, {"pesel": OTHER, "agrees": "on"})
    assert answer.status_code == 422 and "inny opiekun" in answer.content.decode()
    client.post(f"{base(vote)}urna/", {f"p/M/{number(vote.edition, 'M', 1)}": "3", "klucz": "k"})
    assert SealedBallot.objects.get().age_band == "<18"


def test_a_form_opened_for_one_child_says_nothing_for_another_in_the_same_browser(messages):
    """Two windows of one family: what was begun for the first child never ends for the second."""
    vote = open_vote_on(identity="pesel")
    younger = pesel(date(2015, 5, 5))
    take(vote, csv_of(f"{ADULT};1", f"{CHILD};1", f"{younger};1"))
    client, page = Client(), f"{base(vote)}opiekun/"
    client.post(f"{base(vote)}pesel/", {"pesel": CHILD, "contact": PHONE})
    asked, code = hidden(client.get(f"{base(vote)}kod/")), code_in(messages)
    client.post(f"{base(vote)}kod/", asked | {"code": code})
    first = hidden(client.get(page))
    enter(client, vote, younger, messages)
    client.post(f"{base(vote)}pesel/", {"pesel": ADULT, "contact": PHONE})
    for address, sent in ((page, first | {"pesel": ADULT, "agrees": "on"}), (f"{base(vote)}kod/", asked | {"code": code})):
        answer = client.post(address, sent)
        assert answer.status_code == 409 and "weszła inna osoba" in answer.content.decode()
    assert not GuardianConsent.objects.exists()
    assert client.post(page, hidden(client.get(page)) | {"pesel": ADULT, "agrees": "on"}).url == f"{base(vote)}karta/"
    assert bytes(GuardianConsent.objects.get().child_key) == key_of(vote, younger)


@pytest.mark.slow
def test_a_guardian_by_letter_also_after_voting_and_by_address(messages):
    vote = open_vote_on(identity="letter")
    take(vote, csv_of(f"{ADULT};1", f"{CHILD};1"))
    rows = [f"{ADULT};1;Anna Wymyślona;Rynek 2;Katowice", f"{CHILD};1;Ola Wymyślona;Rynek 2;Katowice"]
    made = {code.name: code for letter in letters_for(vote, *rows).letters for code in letter.codes}
    cast_for(vote, ADULT)
    client, page = Client(), f"{base(vote)}opiekun/"
    child, parent = made["Ola Wymyślona"], made["Anna Wymyślona"]
    assert client.post(f"{base(vote)}list/", {"number": child.number, "secret": child.code}).url == page
    assert client.post(page, {"number": child.number, "secret": child.code, "agrees": "on"}).status_code == 422
    assert client.post(page, {"number": parent.number, "secret": parent.code, "agrees": "on"}).url == f"{base(vote)}karta/"
    plain = open_vote_on(identity="address")
    born = plain.opens_at.year
    client.post(f"{base(plain)}kim-jestem/", {"name": "Ola W", "street": "Rynek 2", "born": born - 9, "contact": PHONE})
    assert client.post(f"{base(plain)}kod/", {"code": code_in(messages)}).url == f"{base(plain)}opiekun/"
    grown = {"name": "Anna W", "street": "Rynek 2", "agrees": "on"}
    assert client.post(f"{base(plain)}opiekun/", grown | {"born": born - 17}).status_code == 422
    assert client.post(f"{base(plain)}opiekun/", grown | {"born": born - 30}).url == f"{base(plain)}karta/"

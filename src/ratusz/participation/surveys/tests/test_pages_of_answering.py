"""A survey answered in a browser without scripts: one page, part by part, saved and come back to, by codes, at a kiosk."""

import re

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from ratusz.foundation.files.factories import make_pdf
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.notifications.composing import envelope_for
from ratusz.foundation.notifications.models import Content, OutboxMessage
from ratusz.foundation.people.factories import guard_fields
from ratusz.foundation.units.factories import AppointmentFactory
from ratusz.participation.surveys import actions, links, rules
from ratusz.participation.surveys.factories import EVERY_KIND, answer, choices, content_of, make_survey, question, words
from ratusz.participation.surveys.models import Answer, Draft, Submission

pytestmark = pytest.mark.django_db

PARTED = {
    "pages": [
        {"code": "s1", "title": words("O Tobie"), "items": [question("p1", required=True)]},
        {"code": "s2", "title": words("Psy"), "items": [question("p2", "short_text")],
         "show_if": {"question": "p1", "op": "is", "value": "yes"}},
        {"code": "s3", "title": words("Plac"), "items": [
            question("p3", "single", choices=choices("ławki", "drzewa")),
            question("p4", "long_text", show_if={"question": "p3", "op": "is", "value": "a"})]},
    ]
}  # fmt: skip


def _start(survey, language="pl"):
    return reverse("answer:start", args=[survey.slug, language])


def _key(page) -> str:
    found = re.search(r'name="klucz" value="([^"]+)"', page.content.decode())
    assert found is not None
    return found[1]


def _opened(client, survey, purpose="answer") -> dict[str, str]:
    """What the browser sends of the form beside the answers."""
    return {"klucz": _key(client.get(_start(survey))), **guard_fields(f"surveys.{purpose}", database_now())}


def test_one_page_is_sent_once_and_what_was_hidden_is_told(client):
    survey = make_survey(EVERY_KIND)
    sent = _opened(client, survey) | {
        "wersja": "1", "p1": "a", "p2": ["a", "x"], "p2-other": "<script>alert(1)</script>", "p3": "yes",
        "p4": "5", "p5-r1": "a", "p5-r2": "b", "p6-a": "2", "p6-b": "1", "p6-c": "3", "p7": "41", "p8_0": "1", "p8_1": "5",
        "p8_2": "2026", "p10": "to pytanie jest ukryte", "p11": "50.2649, 19.0238", "p12": "", "p77": "obce", "p12-address": "",
    }  # fmt: skip
    came = [client.post(_start(survey), sent) for _turn in range(3)]
    assert {each["Location"] for each in came} == {came[0]["Location"]}
    assert Answer.objects.get().content == {
        "p1": "a", "p2": ["a", "x"], "p2_other": "<script>alert(1)</script>", "p3": "yes", "p4": 5, "p5": {"r1": "a", "r2": "b"},
        "p6": ["b", "a", "c"], "p7": 41, "p8": "2026-05-01",
        "p11": {"features": [{"type": "Point", "coordinates": [19.0238, 50.2649]}], "place": ""},
    }  # fmt: skip
    done = client.get(came[0]["Location"]).content.decode()
    assert "nie dotyczą: 10" in done.replace("\xa0", " ")
    assert links.receipt_of(links.key_digest(survey, sent["klucz"]))[:4] in done


def test_a_garbled_key_and_an_end_that_came_meanwhile_are_told_above_what_was_typed(client):
    survey = make_survey(content_of(question("p1", "long_text")))
    sent = _opened(client, survey) | {"wersja": "1", "p1": "Długo to pisałam."}
    page = client.post(_start(survey), sent | {"klucz": "nonsense"})
    assert page.status_code == 400 and "Długo to pisałam." in page.content.decode() and "jeszcze raz" in page.content.decode()
    assert _key(page) != "nonsense"
    actions.close_survey(survey=survey, reason="Wystarczy odpowiedzi.", person=AppointmentFactory(role_code="head").person)
    late = client.post(_start(survey), sent)
    assert late.status_code == 400 and "Długo to pisałam." in late.content.decode() and not Submission.objects.exists()
    assert "Wystarczy odpowiedzi." in client.get(_start(survey)).content.decode()


def test_what_is_wrong_stands_on_top_and_what_was_typed_stays(client):
    survey = make_survey(EVERY_KIND)
    page = client.post(
        _start(survey), {"klucz": "k" * 27, "p7": "sto", "p9": '"><script>x</script>', "p11": "1, 1", "p6-a": "1", "p6-b": "1"}
    )
    text = page.content.decode()
    assert page.status_code == 400
    assert text.index("errors__title") < text.index("<h1>")
    assert 'value="sto"' in text and "<script>x" not in text and "&lt;script&gt;x" in text
    assert not Submission.objects.exists()


def test_everything_to_be_mended_is_said_at_once_and_a_lost_file_is_named(client):
    content = content_of(
        question("p1", required=True), question("p2", "number"), question("p3", "file"), question("p4", "district"),
        question("p5", "ranking", choices=choices("alejki", "drzewa")), question("p6", "map"), question("p7", "file"),
    )  # fmt: skip
    survey = make_survey(content)
    page = client.get(_start(survey)).content.decode()
    assert "1 oznacza najważniejsze." in page and "najwyżej 15 MB" in page
    wrong, right = SimpleUploadedFile("szkic.png", b"x"), SimpleUploadedFile("szkic.pdf", make_pdf())
    sent = _opened(client, survey) | {
        "wersja": "1", "p2": "pięć", "p3": wrong, "p4-address": "Zmyślona 5", "p5-a": "1", "p5-b": "1", "p6": "tam", "p7": right,
    }  # fmt: skip
    refused = client.post(_start(survey), sent)
    said = re.findall(r'<li><a href="#id_([^"]+)">(.*?)</a>', refused.content.decode())
    assert refused.status_code == 400 and {name for name, _words in said} >= {"p1_0", "p2", "p3", "p4-address", "p5-a", "p6", "p7"}
    shown = dict(said)
    assert "pliku tego rodzaju" in shown["p3"] and "Wybierz plik jeszcze raz" in shown["p7"]
    assert shown["p4-address"].startswith("4. Pytanie p4, ") and "Nie znamy tego adresu" in shown["p4-address"]
    assert "5. Pytanie p5: Jedno miejsce stoi dwa razy" in shown["p5-a"] and "6. Pytanie p6, Na mapie" in shown["p6"]
    garbled = _opened(client, survey) | {"klucz": "x", "wersja": "1", "p1": "yes", "p7": SimpleUploadedFile("s.pdf", make_pdf())}
    assert "Wybierz plik jeszcze raz" in client.post(_start(survey), garbled).content.decode()
    parted = make_survey(content, slug="czesci", is_paged=True)
    part = client.post(_start(parted), _opened(client, parted, "begin"))["Location"]
    again = client.post(part, {"p2": "pięć", "p5-a": "1", "p5-b": "1"}).content.decode()
    assert {name for name, _words in re.findall(r'<li><a href="#id_([^"]+)">(.*?)</a>', again)} == {"p1_0", "p2", "p5-a"}


def test_ukrainian_pages_lead_to_pages_that_are_there(client):
    survey = make_survey(content_of(question("p1")), languages=["pl", "uk"])
    sent = _opened(client, survey) | {"wersja": "1", "p1": "yes"}
    done = client.post(_start(survey, "uk"), sent)
    page = client.get(done["Location"]).content.decode()
    assert f'href="{survey.get_absolute_url()}"' in page and '"/uk/' not in page


def test_parts_skip_what_does_not_concern_and_going_back_changes_the_way(client):
    survey = make_survey(PARTED, is_paged=True)
    first = client.post(_start(survey), _opened(client, survey, "begin"))["Location"]
    second = client.post(first, {"p1": "yes"})["Location"]
    assert "Psy" in client.get(second).content.decode()
    third = client.post(second, {"p2": "mały"})["Location"]
    assert "3 z 3" in client.get(third).content.decode()
    assert 'name="p1"' in client.get(first).content.decode()
    second = client.post(first, {"p1": "no"})["Location"]
    page = client.get(second).content.decode()
    assert "Plac" in page and "2 z 2" in page
    done = client.post(second, {"p3": "b", "p4": "ukryte"})
    assert Answer.objects.get().content == {"p1": "no", "p3": "b"}
    assert Submission.objects.get().dropped == ["p2", "p4"]
    assert client.post(second, {"p3": "a"})["Location"] == done["Location"] and not Draft.objects.exists()


def test_a_required_part_is_not_passed_by_its_address(client):
    survey = make_survey(PARTED, is_paged=True)
    first = client.post(_start(survey), _opened(client, survey, "begin"))["Location"]
    assert client.post(first, {}).status_code == 400
    over_it = client.post(first.replace("/1/", "/2/"), {"p3": "b"})
    assert over_it["Location"] == first
    assert not Answer.objects.exists()


def test_saved_answers_come_back_by_a_link_in_an_e_mail(client):
    survey = make_survey(EVERY_KIND)
    page = client.post(_start(survey), _opened(client, survey) | {"p9": "zieleń", "deed": "save"})
    back = page["Location"]
    client.post(back, {"deed": "link", "email": "ewa@example.pl"})
    assert back in Content.objects.get().text and Draft.objects.get().contact.value == "ewa@example.pl"
    assert 'value="zieleń"' in client.get(back + "1/").content.decode()
    client.post(back, {"deed": "drop"})
    assert client.get(back).status_code == 404 and not Draft.objects.exists() and not mail.outbox


def test_a_code_from_a_letter_opens_the_survey_and_a_used_one_says_so(client):
    survey = make_survey(door="token")
    door = client.get(_start(survey))["Location"]
    assert client.post(door, {"code": "AAAA-AAAA-AAAA"}).status_code == 200 and not Draft.objects.exists()
    codes = actions.make_codes(survey=survey, count=1, note="osiedle", person=_head())
    first = client.post(door, {"code": codes[0]})["Location"]
    assert "dziekujemy" in client.post(first, {"p1": "yes"})["Location"]
    assert "wykorzystany" in client.post(door, {"code": codes[0]}).content.decode()


def _head():
    from ratusz.foundation.units.factories import AppointmentFactory

    return AppointmentFactory(role_code="head").person


def test_one_connection_does_not_send_codes_to_a_whole_city(client, monkeypatch):
    monkeypatch.setattr(rules, "CODES", 2)
    door = reverse("answer:door", args=[make_survey(door="code").slug, "pl"])
    pages = [client.post(door, {"by": "sms", "phone": f"60070080{each}"}).text for each in range(3)]
    assert ["Poczekaj godzinę" in page for page in pages] == [False, False, True]
    assert OutboxMessage.objects.count() == 2


def test_one_mailbox_is_one_answer(client):
    survey = make_survey(door="code")
    door = reverse("answer:door", args=[survey.slug, "pl"])
    for turn in range(2):
        page = client.post(door, {"by": "email", "email": "Ewa@example.pl"}).content.decode()
        sealed = re.search(r'name="contact" value="([^"]+)"', page)[1]
        digits = re.findall(r"\b\d{6}\b", Content.objects.order_by("-pk").first().text)[0]
        came = client.post(door, {"contact": sealed, "code": digits})
        if turn == 0:
            assert "dziekujemy" in client.post(came["Location"], {"p1": "yes"})["Location"]
    assert "wykorzystany" in came.content.decode() and Answer.objects.count() == 1


def test_at_a_kiosk_every_form_is_another_person(client):
    survey = make_survey()
    kiosk = reverse("answer:kiosk", args=[survey.slug, "pl", links.kiosk_key(survey)])
    for choice in ("yes", "yes"):
        came = client.post(kiosk, {"klucz": _key(client.get(kiosk)), "p1": choice})["Location"]
        assert kiosk in client.get(came).content.decode()
    assert [each.channel for each in Answer.objects.all()] == ["kiosk", "kiosk"]
    assert client.get(kiosk.replace(links.kiosk_key(survey), "a" * 26)).status_code == 404


def test_each_language_has_its_words_and_foreign_ones_are_not_there(client):
    item = question("p1") | {"text": {"pl": "Czy lubisz park?", "uk": "Чи любите ви парк?"}}
    survey = make_survey(content_of(item), languages=["pl", "uk"], words={"uk": {"title": "Парк", "lead": "Питаємо"}})
    page = client.get(_start(survey, "uk")).content.decode()
    assert '<html lang="uk"' in page and "Чи любите ви парк?" in page and "Парк" in page
    assert client.get(_start(survey, "en")).status_code == 404


def test_the_letter_with_the_link_of_a_draft_speaks_the_language_of_the_survey_to_its_last_line(client):
    survey = make_survey(languages=["pl", "uk"], words={"uk": {"title": "Парк", "lead": "Питаємо"}})
    page = _start(survey, "uk")
    back = client.post(page, {**_opened(client, survey), "p1": "yes", "deed": "save"})["Location"]
    client.post(back, {"deed": "link", "email": "olena@example.pl"})
    letter = envelope_for(OutboxMessage.objects.get())
    assert "Виберіть, про що Вам писати" in letter.text and 'lang="uk"' in letter.html
    assert "Wybierz" not in letter.text + letter.html


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_the_same_number_of_questions_however_long_it_is(client, django_assert_num_queries, number):
    for turn in range(number):
        answer(make_survey(slug=f"ankieta-{turn}", title=f"Ankieta {turn}"))
        make_survey(slug=f"dawna-{turn}", title=f"Dawna {turn}")
    client.get(reverse("surveys:surveys"))
    with django_assert_num_queries(5):
        page = client.get(reverse("surveys:surveys"))
    assert page.content.decode().count("<h2><a") == number * 2


def test_the_paper_twin_has_every_question_and_whom_it_concerns(client):
    survey = make_survey(EVERY_KIND)
    made = client.get(reverse("answer:paper", args=[survey.slug]))
    assert made["Content-Type"] == "application/pdf" and made.content.startswith(b"%PDF")
    page = client.get(survey.get_absolute_url()).content.decode()
    assert reverse("answer:paper", args=[survey.slug]) in page and "Kto chciał" in page


def test_sectors_of_streets_are_on_a_map_and_answered_in_a_list(client):
    ways = [{"type": "LineString", "coordinates": [[19.0, 50.2 + n / 100], [19.02, 50.2 + n / 100]]} for n in range(3)]
    rows = [{"code": f"r{n}", "text": words(f"Odcinek {n}"), "shape": way} for n, way in enumerate(ways)]
    survey = make_survey(content_of(question("p1", "sectors", rows=rows, required=True)))
    page = client.get(_start(survey)).content.decode()
    assert page.count("<title>Odcinek") == 3 and page.count("<legend") == 4
    short = _opened(client, survey) | {"p1-r0": "yes", "p1-r1": "no"}
    assert "Brakuje: Odcinek 2" in client.post(_start(survey), short).content.decode()
    client.post(_start(survey), _opened(client, survey) | {"p1-r0": "yes", "p1-r1": "no", "p1-r2": "none", "p1-r9": "yes"})
    assert Answer.objects.get().content == {"p1": {"r0": "yes", "r1": "no", "r2": "none"}}


@pytest.mark.django_db
def test_a_question_needed_under_a_condition_says_so_and_is_not_called_optional(client):
    survey = make_survey(
        content_of(
            question("p1", "yes_no", required=True),
            question("p2", "short_text", "Dlaczego nie?", required_if={"question": "p1", "op": "is", "value": "no"}),
            question("p3", "short_text", "Coś jeszcze?"),
        )
    )
    page = client.get(_start(survey)).content.decode()
    needed, _mark, free = page.partition("Dlaczego nie?")[2].partition("Coś jeszcze?")
    assert "Odpowiedź jest potrzebna, jeśli" in page and "(nieobowiązkowe)" not in needed and "(nieobowiązkowe)" in free

"""Whatever the public page shows of a message is read by the gates, and no personal number lands in its address."""

import io

import pytest
from django.urls import reverse

from ratusz.foundation.files.factories import make_image
from ratusz.publishing.messages import actions, rules
from ratusz.publishing.messages.factories import let_everything_out, make_message
from ratusz.publishing.messages.models import MessagePicture

pytestmark = pytest.mark.django_db
PESEL = "44051401359"
STOPPED = "Jest tu numer PESEL"
WORDS = {"was_wrong": "Woda wróci o 16.00.", "is_right": "Woda wróci o 20.00.", "cause": "Awaria"}


@pytest.fixture
def message(author, second):
    """Out on the page."""
    made = make_message(author, places=["page", "www"])
    let_everything_out(made, second)
    made.refresh_from_db()
    return made


@pytest.mark.parametrize("fact", ["what", "place", "for_whom", "what_to_do", "source_document", "contact"])
def test_a_personal_number_in_a_fact_stops_the_text(author, second, fact):
    made = make_message(author, places=["page"], **{fact: f"Jan Nowak, PESEL {PESEL}"})
    with pytest.raises(rules.GatesAreShut, match=STOPPED):
        actions.approve_variant(variant=made.variants.get(), person=second)


def test_a_fact_that_the_text_repeats_is_found_once(author, second):
    made = make_message(author, places=["www"], what=f"PESEL {PESEL}")
    with pytest.raises(rules.GatesAreShut) as shut:
        actions.approve_variant(variant=made.variants.get(), person=second)
    assert [finding.gate for finding in shut.value.findings if finding.blocks] == ["W09"]


@pytest.mark.parametrize("name", WORDS)
def test_a_personal_number_in_a_correction_is_refused_when_written_and_when_published(message, author, second, name):
    wrong = {name: f"PESEL {PESEL}"}
    facts = {"contact": "tel. 112"}
    with pytest.raises(rules.Refused, match=STOPPED):
        actions.change_facts(message=message, person=author, expected=1, facts=facts, correction=WORDS | wrong)
    actions.change_facts(message=message, person=author, expected=1, facts=facts, correction=WORDS)
    message.corrections.update(**wrong)
    with pytest.raises(rules.Refused, match=STOPPED):
        actions.publish_correction(correction=message.corrections.get(), person=second)


def test_a_refused_correction_keeps_what_was_typed(staff_client, message):
    client = staff_client("editor")
    url = reverse("messages_change_facts", args=[message.pk])
    page = client.get(url)
    typed = {field.html_name: field.value() or "" for field in page.context["form"]} | {"contact": "tel. 112", "version": "1"}
    typed |= {f"correction-{key}": value for key, value in WORDS.items()}
    typed |= {"correction-nature": "mistake", "correction-cause": f"PESEL {PESEL}", "deed": "save", "district_numbers": []}
    for name in ("starts", "ends", "as_of"):
        typed[name] = f"{typed[name]:%Y-%m-%dT%H:%M}"
    answer = client.post(url, typed)
    assert (STOPPED in answer.text, f'value="PESEL {PESEL}"' in answer.text, message.corrections.count()) == (True, True, 0)


def test_a_personal_number_in_the_reason_of_a_withdrawal_is_refused_and_stays_typed(staff_client, message):
    client = staff_client("editor")
    answer = client.post(reverse("messages_do", args=[message.pk, "wycofaj"]), {"because": f"PESEL {PESEL}"})
    message.refresh_from_db()
    assert (answer.status_code, message.withdrawn_at, f'value="PESEL {PESEL}"' in answer.text) == (422, None, True)
    client.post(reverse("messages_do", args=[message.pk, "wycofaj"]), {"because": "Awarii nie było."})
    message.refresh_from_db()
    assert message.withdrawn_because == "Awarii nie było."


@pytest.mark.parametrize("name", ["alt", "author", "licence"])
def test_a_personal_number_in_the_words_of_a_picture_is_refused(message, second, name):
    words = {"alt": "Beczkowóz", "author": "Fot. próbna", "licence": "własność miasta"} | {name: f"PESEL {PESEL}"}
    with pytest.raises(rules.Refused, match=STOPPED):
        actions.set_picture(message=message, upload=io.BytesIO(make_image()), name="z.jpg", person=second, **words)
    assert not MessagePicture.objects.exists()


@pytest.mark.parametrize(
    ("what", "address"),
    [
        (f"Nowak PESEL {PESEL}", "nowak-pesel"),
        ("Wpłaty na 61 1090 1014 0000 0712 1981 2874 od dziś", "wplaty-na-od-dzis"),
        ("Zadzwoń +48 601-234-567", "zadzwon"),
        ("440514 01359", "komunikat"),
        ("Przerwa 12.11.2026 w domach 10-44", "przerwa-12-11-2026-w-domach-10-44"),
    ],
)
def test_no_personal_number_lands_in_the_address(author, what, address):
    assert make_message(author, places=["page"], what=what).slug == address

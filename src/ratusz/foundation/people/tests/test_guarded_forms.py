"""Forms for everybody keep machines out without a puzzle: a sum of the browser, or a wait, a trap, and limits as rows."""

import hashlib
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django import forms
from django.template import Context, Template
from django.test import override_settings

from ratusz import ui
from ratusz.foundation.people.factories import guard_fields
from ratusz.foundation.people.models import Attempt
from ratusz.foundation.people.sending_guard import GuardedForm, is_solved, issue, solve

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 29, 12, tzinfo=UTC)
LINE = "203.0.113.7"
TOO_LONG = "Formularz był otwarty zbyt długo. Naciśnij przycisk jeszcze raz: to, co wpisano, jest nadal poniżej."
TOO_MANY = "Z tego łącza przyszło dużo formularzy. Poczekaj godzinę i wyślij ponownie: to, co wpisano, jest nadal poniżej."


class CommentForm(GuardedForm):
    guard_purpose = "test.comment"
    sendings_an_hour = 3
    waited_an_hour = 2
    words = forms.CharField(max_length=100)


def sent(at=AT, line=LINE, **fields):
    return CommentForm({"words": "Dzień dobry", **fields}, at=at, line=line)


def refusals(form):
    return [str(words) for words in form.non_field_errors()]


def test_a_browser_that_did_its_sum_is_let_in_at_once_up_to_the_limit_of_its_line():
    forms_sent = [sent(**guard_fields("test.comment", AT)) for _time in range(4)]
    assert [form.is_valid() for form in forms_sent] == [True, True, True, False]
    assert refusals(forms_sent[3]) == [TOO_MANY]
    assert sent(**guard_fields("test.comment", AT), line="203.0.113.8").is_valid()
    assert not Attempt.objects.filter(key_digest=LINE.encode()).exists()


@override_settings(RATUSZ_PROOF_WAIT_SECONDS=20)
def test_without_scripts_one_waits_and_sends_less_often():
    challenge = issue("test.comment", AT)
    early = sent(at=AT + timedelta(seconds=8), proof_challenge=challenge)
    assert refusals(early) == [
        "Przeglądarka nie skończyła sprawdzenia, więc formularz potrzebuje chwili. Poczekaj 12 sekund i wyślij go ponownie."
    ]
    assert (early.guard.challenge, early["words"].value()) == (challenge, "Dzień dobry")
    later = [sent(at=AT + timedelta(seconds=20), proof_challenge=challenge) for _time in range(3)]
    assert [refusals(form) for form in later] == [[], [], [TOO_MANY]]


def test_a_challenge_of_another_form_of_nobody_or_of_yesterday_is_changed_for_a_new_one():
    answers = [
        sent(**guard_fields("test.other", AT)), sent(), sent(proof_challenge="x" * 5000, proof_answer="1"),
        sent(**guard_fields("test.comment", AT - timedelta(hours=6))),
    ]  # fmt: skip
    assert [refusals(form) for form in answers] == [[TOO_LONG]] * 4
    assert all(form.guard.answer == "" and form.guard.challenge.count(":") == 1 for form in answers)


def test_a_sum_is_good_for_five_sendings_and_the_trap_says_what_it_is():
    fields = guard_fields("test.comment", AT)
    assert [sent(line=f"203.0.113.{number}", **fields).is_valid() for number in range(6)] == [True] * 5 + [False]
    trapped = sent(**fields | {"homepage": "https://reklama.example"})
    assert refusals(trapped) == ["Wypełnione jest pole, którego ludzie nie widzą. Naciśnij przycisk jeszcze raz."]


def test_a_form_with_other_errors_uses_nothing_up():
    for _time in range(8):
        assert not sent(words="", **guard_fields("test.comment", AT)).is_valid()
    assert Attempt.objects.count() == 0


def test_the_sum_has_so_many_zero_bits_and_the_answer_is_a_number():
    answer = solve("x", 9)
    assert int.from_bytes(hashlib.sha256(f"x:{answer}".encode()).digest()[:2], "big") >> 7 == 0
    assert [is_solved("x", text, 0) for text in (answer, "", "-1", "1" * 17, "²")] == [True, False, False, False, False]


def test_the_tag_draws_challenge_trap_and_a_sentence_for_browsers_without_scripts():
    html = Template("{% load ui %}{% sending_guard form %}").render(Context({"form": CommentForm(at=AT)}))
    assert 'name="proof_challenge"' in html and 'name="homepage" id="id_homepage" value="" tabindex="-1"' in html
    assert "wyślij formularz nie wcześniej niż 20 sekund po otwarciu" in html


@pytest.mark.node
@pytest.mark.parametrize("length", [1, 40, 54, 55, 62, 118, 200])
def test_the_worker_of_the_browser_does_the_same_sum(length):
    worker = Path(ui.__file__).parent / "scripts/proof-worker.js"
    challenge = "ż" + "a" * length
    around = f"""globalThis.addEventListener = (name, deed) => deed({{data: {{challenge: "{challenge}", bits: 8}}}});
        globalThis.postMessage = console.log; await import("{worker}")"""
    done = subprocess.run(["node", "--input-type=module", "-e", around], capture_output=True, text=True, check=True, timeout=60)
    assert is_solved(challenge, done.stdout.strip(), 8)

"""Screens of a meeting's day in the browser of somebody new: forms that arrive, refusals in plain words, what to read first."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from ratusz.casework.meetings.factories import make_meeting, make_question, make_registration
from ratusz.casework.meetings.links import token_of

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


@pytest.fixture
def editor(staff_client):
    return staff_client("editor")


def url(name: str, *args) -> str:
    return reverse(f"meetings_{name}", args=args)


def said(answer) -> str:
    return answer.content.decode()


def test_a_browser_says_where_the_form_of_questions_comes_from(client):
    """Under "no-referrer" a browser sends "Origin: null", and the form is refused."""
    page = reverse("meetings:questions", args=[token_of(make_registration(make_meeting()))])
    assert client.get(page)["Referrer-Policy"] == "same-origin"


def test_after_the_meeting_its_page_of_questions_says_so_and_has_no_form(client):
    over = make_meeting(in_days=-1)
    make_question(over, "Kiedy autobus?", state="shown")
    page = said(client.get(reverse("meetings:questions", args=[token_of(make_registration(over))])))
    assert ("Spotkanie już się skończyło" in page, "Kiedy autobus?" in page, 'name="deed"' in page) == (True, True, False)


def test_questions_to_read_stand_on_top_and_what_is_done_with_at_the_end(editor):
    meeting = make_meeting()
    for state in ("answered", "hidden", "shown", "new"):
        make_question(meeting, f"Pytanie {state}", state=state, hidden_because="powód" if state == "hidden" else "")
    page = said(editor.get(url("room", meeting.pk)))
    assert re.findall(r"Pytanie (\w+)</p>", page) == ["new", "shown", "answered", "hidden"]


def test_a_typed_code_of_another_meeting_is_told_by_the_name_of_that_meeting(editor):
    meeting, other = make_meeting(), make_meeting(in_days=17, title="Spotkanie w Murckach")
    code = make_registration(other).door_code
    answer = editor.post(url("door", meeting.pk), {"deed": "in", "door": "A", "code": code}, follow=True)
    assert "To kod innego spotkania: Spotkanie w Murckach" in said(answer)


def test_a_file_that_is_not_what_its_name_says_is_refused_in_plain_words(editor):
    scan = SimpleUploadedFile("wniosek.pdf", b"MZ to nie jest PDF")
    page = said(editor.post(url("requests", make_meeting().pk), {"deed": "file", "subject": "Skan", "text": "", "scan": scan}))
    assert ("Nie możemy przyjąć pliku" in page, "[&#x27;" in page) == (True, False)

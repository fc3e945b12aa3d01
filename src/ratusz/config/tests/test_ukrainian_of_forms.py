"""Forms that speak Ukrainian beside the ballot and surveys: registration for a meeting, and what public forms share."""

from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.urls import reverse

from ratusz.casework.meetings.factories import make_meeting
from ratusz.config.catalogues import messages_of

PACKAGE = Path(__file__).parents[2]
WORDS = {
    "casework/meetings": ["templates/meetings/sign_up.html", "templates/meetings/sent.html", "templates/meetings/code.html", "sign_up_forms.py", "signing_up.py"],
    "foundation/territory": ["forms.py", "drawing.py"],
    "ui": ["templates/ui/parts/drawing.html", "templates/ui/parts/field.html", "templates/ui/parts/sending_guard.html"],
    "foundation/people": ["sending_guard.py"],
}  # fmt: skip


def _known() -> set[str]:
    found = set()
    for path in PACKAGE.rglob("locale/uk/LC_MESSAGES/django.po"):
        with path.open("rb") as file:
            found |= {message.id[0] if isinstance(message.id, tuple) else message.id for message in read_po(file) if message.string}
    return found


def test_every_word_of_these_forms_is_there_in_ukrainian():
    known = _known()
    for folder, names in WORDS.items():
        for name in names:
            for message, _comments, _context in messages_of(PACKAGE / folder / name):
                singular = message[0] if isinstance(message, tuple) else message
                assert singular in known, f"{folder}/{name}: {singular}"


@pytest.mark.django_db
def test_people_register_for_a_meeting_in_ukrainian_and_english(client):
    page = reverse("meetings:sign-up", args=[make_meeting().pk])
    ukrainian = client.get(page, {"jezyk": "uk"})
    html = ukrainian.content.decode()
    assert ukrainian["Content-Language"] == "uk" and '<html lang="uk"' in html and "Як до Вас звертатися?" in html
    assert '"/uk/' not in html and 'hreflang="en"' in html
    refused = client.post(page + "?jezyk=uk", {"name": ""}).content.decode()
    assert "Як до Вас звертатися" in refused
    english = client.get(f"/en{page}").content.decode()
    assert "How shall we call you?" in english and 'hreflang="uk"' in english
    assert "Jak się do" in client.get(page).content.decode() or "zwracać" in client.get(page).content.decode()

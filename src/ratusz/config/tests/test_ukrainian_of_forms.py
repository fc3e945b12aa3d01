"""Forms that speak Ukrainian beside the ballot and surveys: registration for a meeting, and what public forms share."""

import uuid
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from babel.messages.pofile import read_po
from django.urls import reverse
from django.utils.translation import override

from ratusz.casework.meetings.factories import make_meeting
from ratusz.casework.signatures.queries import of_subject
from ratusz.config.catalogues import messages_of
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import date_in_words, local_day, moment_in_words, polish_date
from ratusz.foundation.notifications.models import OutboxMessage
from ratusz.foundation.people.factories import UserFactory, guard_fields
from ratusz.participation.consultations.applications import links
from ratusz.participation.consultations.models import Application, SupportTerms
from ratusz.participation.remarks import papers
from ratusz.participation.remarks.factories import make_form, make_intake
from ratusz.participation.remarks.links import my_intake_url, token_of

PACKAGE = Path(__file__).parents[2]
WORDS = {
    "casework/meetings": ["templates/meetings/sign_up.html", "templates/meetings/sent.html", "templates/meetings/code.html", "sign_up_forms.py", "signing_up.py"],
    "foundation/territory": ["forms.py", "drawing.py"],
    "ui": [
        *(f"templates/ui/parts/{name}.html" for name in ("drawing", "field", "field_notes", "sending_guard", "notification")),
        *(f"templates/ui/parts/{name}.html" for name in ("error_summary", "form_languages", "receipt")), "forms.py",
    ],
    "foundation/files": [
        "actions.py", *(f"inspection/{name}.py" for name in ("__init__", "office", "pdf", "images", "archives")),
    ],
    "foundation/notifications": ["rules.py", "composing.py", "templates/notifications/mail/layout.mjml"],
    "foundation/people": ["sending_guard.py", "contact_forms.py"],
    "participation/consultations": [
        *(f"templates/consultations/applications/{name}.html" for name in ("apply", "sent", "application", "mine", "steps", "bad_link")),
        "applications/views/public.py", "applications/supporting.py", "scope/forms.py",
    ],
    "casework/signatures": [
        *(f"templates/signatures/{name}.html" for name in ("collection", "sign", "my_signature", "closed", "bad_link")), "views/public.py",
    ],
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


@pytest.mark.slow
@pytest.mark.django_db
def test_people_apply_for_a_consultation_and_support_it_in_ukrainian_and_english(client):
    page, day = reverse("consultation_applications:apply"), local_day(database_now())
    said = {
        "title": "Skwer",
        "subject": "Ławki",
        "reasons": "Brak",
        "scope": "city",
        "proposed": ["survey"],
        "contact_name": "Osoba Próbna",
        "form_key": str(uuid.uuid4()),
    }
    empty = client.post(page + "?jezyk=uk", guard_fields("consultations.apply", database_now())).content.decode()
    assert "Хто подає заяву?" in empty and "мешканці міста" in empty and "опитування" in empty and "ankieta" not in empty
    sent = client.post(
        page + "?jezyk=uk",
        guard_fields("consultations.apply", database_now()) | said | {"email": "oksana@example.org", "initiator": "residents"},
    )
    assert sent["Location"].endswith("/wyslany/?jezyk=uk")
    mine = Application.objects.get()
    assert mine.areas.get().name == "Całe miasto"
    mail = OutboxMessage.objects.get().content
    assert mail.subject == "Ваша заява про консультації" and "/uk/" not in mail.text
    own = f"{reverse('consultation_applications:mine', args=[links.token_of(mine)])}?jezyk=uk"
    assert own in mail.text and "Збирати підписи" in client.get(own).content.decode()
    opened = client.post(own, {"deed": "open"}, follow=True).content.decode()
    assert "Заява публічна" in opened and f"{polish_date(day)}" not in opened and date_in_words(day, "uk") in opened
    mine.refresh_from_db()
    english = client.get(f"/en{mine.get_absolute_url()}").content.decode()
    assert date_in_words(day, "en") in english and "residents of the city" in english and polish_date(day) not in english
    SupportTerms.objects.create(is_online=True, ground="Uchwała próbna", set_at=database_now(), set_by=UserFactory())
    with override("pl"):
        collection = reverse("signatures:collection", args=[of_subject(mine.key).public_id])
    assert f'href="{collection}?jezyk=uk"' in opened
    support = client.get(f"{collection}?jezyk=uk").content.decode()
    assert "Підписи на підтримку" in support and f'href="{collection}podpisz/?jezyk=uk"' in support
    signed = {"name": "Oksana Próbna", "home": "ul. Próbna 1", "lives_here": "on", "by": "email", "email": "oksana@example.org"}
    code = client.post(f"{collection}podpisz/?jezyk=uk", signed, follow=True).content.decode()
    assert "Підтвердити мій підпис" in code
    paper = client.get(reverse("consultation_applications:paper", args=[mine.slug]) + "?jezyk=uk")
    with pikepdf.open(BytesIO(paper.content)) as document:
        assert (str(document.docinfo.Title), str(document.Root.Lang)) == ("Заява про консультації", "uk")


@pytest.mark.slow
@pytest.mark.django_db
def test_the_receipt_of_a_remark_is_in_the_language_of_its_form(client, monkeypatch):
    intake = make_intake(make_form(is_read_before=False), "Більше дерев.", language="uk")
    with override("uk"):
        assert "/uk/" not in my_intake_url(intake)
    made = []
    monkeypatch.setattr(papers, "pdf_of_document", lambda document: made.append(document) or b"%PDF")
    client.get(reverse("remarks:stub", args=[token_of(intake)]))
    when = moment_in_words(intake.received_at, "uk")
    assert (made[0].title, made[0].language) == ("Підтвердження зауваження", "uk") and when in str(made[0].blocks)


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
    assert "godz." not in html + english, "days and hours are in the language of the page"
    assert "Jak się do" in client.get(page).content.decode() or "zwracać" in client.get(page).content.decode()

"""Pictures and tables travel from the form to the page with their descriptions; a wish for a message becomes a message."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from ratusz.foundation.files.factories import make_image
from ratusz.foundation.notifications.models import OutboxMessage
from ratusz.publishing.editing import actions, rules
from ratusz.publishing.editing.checks import plain_text, troubles_of
from ratusz.publishing.editing.content import Content
from ratusz.publishing.editing.factories import a_unit, appointed, approved, content, draft, sent, word_document, word_paragraph
from ratusz.publishing.editing.models import Submission
from ratusz.publishing.editing.reading import load, read_submission
from ratusz.publishing.editing.word.blocks import picture_block
from ratusz.publishing.messages.models import Message
from ratusz.publishing.website.factories import make_article
from ratusz.publishing.website.models import NewsIndexPage, NewsPage

from .test_screens import typed

# Wagtail leaves the files of its renditions to the garbage collector.
pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]


def test_a_picture_and_a_table_through_the_form(portal, kept_files, staff_client):
    made = draft()
    client = staff_client("unit_editor", unit=made.unit)
    address = f"/admin/zgloszenia/{made.pk}/tresc/"
    files = {"pictures": [SimpleUploadedFile("plac.jpg", make_image(), "image/jpeg"), SimpleUploadedFile("x.svg", b"<svg/>")]}
    page = client.post(address, typed(client, address) | files, follow=True).text
    assert "Opisz każdy obrazek" in page and "x.svg: " in page and "<img" in page
    number = made.pictures.get().pk
    html = "<h2>Godziny</h2><table><tr><td>Dzień</td><td>Godziny</td></tr><tr><td>wtorek</td><td>8–16</td></tr></table>"
    client.post(address, typed(client, address, html=f"{html}<p>[[obrazek {number}]]</p>"))
    made.refresh_from_db()
    assert [block["type"] for block in made.body] == ["heading", "table", "picture"]
    made = actions.send_submission(submission=made, person=made.author)
    words = [words for words, _address in troubles_of(made, made.made_at)]
    assert any("tabela" in each.lower() for each in words) and len(words) >= 2
    editor = staff_client("editor")
    described = {f"alt_{number}": "Huśtawki", f"basis_{number}": "nobody", f"caption_{number}": "Fot. Zakład Zieleni", "table_2": "Godziny otwarcia",
                 "cells_2": "Dzień\tGodziny\nśroda\t8–16", "first_2": "on"}  # fmt: skip
    editor.post(address, typed(editor, address) | described)
    made.refresh_from_db()
    assert troubles_of(made, made.made_at) == []
    image = made.pictures.get().image
    assert (image.passport.basis, "paszport/" in editor.get(address).text) == ("nobody", True)
    picture = made.pictures.get()
    assert actions.say_basis(picture=picture, basis="nobody", person=editor.person) is None
    assert actions.say_basis(picture=picture, basis="consent", person=editor.person) is None
    assert actions.say_basis(picture=picture, basis="detail", person=editor.person).basis == "detail"
    second = appointed("editor")
    made = actions.approve(submission=made, seen_version=made.version, person=second)
    actions.publish(submission=made, person=second)
    shown = client.get(NewsPage.objects.get().url).text
    for expected in ('alt="Huśtawki"', "Fot. Zakład Zieleni", "Godziny otwarcia", "środa"):
        assert expected in shown
    assert "Huśtawki" in str(read_submission(made).pictures) and load(str(made.pk)) == made and load("x") is None


def test_a_picture_still_in_quarantine_holds_the_text(portal, kept_files):
    made = draft()
    picture = made.pictures.create(name="a.png")
    body = [*content().body, {"type": "picture", "value": {"picture": picture.pk, "alt": "", "decorative": True, "caption": ""}}]
    made = actions.save_submission(submission=made, content=content(body=body), seen_version=1, person=made.author)
    assert [words for words, _address in troubles_of(made, made.made_at)] == [
        "Obrazek czeka jeszcze na sprawdzenie przez skaner wirusów. Trwa to kilka minut."
    ]
    assert plain_text(made) == "Od poniedziałku w Ligocie działa nowy plac zabaw."


def test_a_page_with_a_picture_is_changed_and_keeps_it(portal, kept_files, staff_client):
    made = draft()
    upload = SimpleUploadedFile("plac.jpg", make_image(), "image/jpeg")
    actions.take_in_pictures(submission=made, uploads=[upload], person=made.author)
    image = made.pictures.get().image
    image.contextual_alt_text, image.decorative = "Lipy", False
    page = make_article(portal, body=[("picture", {"image": image, "caption": "Lato"})])
    change = actions.start_change(unit=made.unit, page=page, person=made.author)
    (block,) = change.body
    assert (block["value"]["alt"], block["value"]["caption"], change.pictures.get().image_id) == ("Lipy", "Lato", image.pk)


def test_a_document_through_the_form_gives_text_and_title(portal, kept_files, staff_client):
    made = draft(title="")
    client = staff_client("unit_editor", unit=made.unit)
    address = f"/admin/zgloszenia/{made.pk}/tresc/"
    styles = {"word/styles.xml": '<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>'}
    document = word_document(word_paragraph("Tekst z Worda."), **styles)
    client.post(address, typed(client, address, document=SimpleUploadedFile("t.docx", document)))
    made.refresh_from_db()
    assert made.body == [{"type": "paragraph", "value": "<p>Tekst z Worda.</p>"}]
    refused = client.post(address, typed(client, address, document=SimpleUploadedFile("t.docm", document)))
    assert "Ten dokument ma makra" in refused.text and "Tekst z Worda." in refused.text


def test_what_somebody_takes_away_meanwhile_loses_no_words(portal, staff_client, monkeypatch):
    made = draft()
    client = staff_client("unit_editor", unit=made.unit)
    address = f"/admin/zgloszenia/{made.pk}/tresc/"
    data = typed(client, address, lead="Moje słowa.")
    from ratusz.publishing.editing.views import writing

    def gone(**given):
        raise rules.NotNow("Tymczasem zamknięte.")

    monkeypatch.setattr(writing.actions, "save_submission", gone)
    page = client.post(address, data).text
    assert "Tymczasem zamknięte." in page and "Moje słowa." in page


def test_a_wish_for_a_message_becomes_a_message(portal):
    made, editor = approved(kind="message", outlets=["bip", "nie-ma-takiego"], for_whom="rodzice"), appointed("editor")
    actions.publish(submission=made, person=editor)
    made.refresh_from_db()
    message = Message.objects.get()
    assert (made.message, made.page, list(message.variants.values_list("outlet", flat=True))) == (message, None, ["bip"])
    assert (message.facts.title, message.facts.for_whom, message.facts.contact, message.owner_unit) == (
        "Nowy plac zabaw w Ligocie", "rodzice", "zielen@ratusz.example", made.unit,
    )  # fmt: skip
    assert not NewsPage.objects.exists()


@pytest.mark.parametrize("words", [{"lead": "x" * 450}, {"title": "Plac {nazwa}"}])
def test_a_message_that_cannot_be_is_refused_with_its_reason(portal, words):
    made = approved(kind="message", **words)
    with pytest.raises(rules.NotComplete):
        actions.publish(submission=made, person=appointed("editor"))
    made.refresh_from_db()
    assert (made.state, Message.objects.count()) == ("approved", 0)


def test_letters_go_to_the_unit_when_the_author_is_gone_and_nowhere_when_there_is_no_address(portal):
    for email, expected in (("zielen@ratusz.example", 1), ("", 0)):
        made = sent(unit=a_unit(short_name=f"U{expected}", email=email))
        made.author.is_active = False
        made.author.save()
        actions.close(submission=made, reason="Nic.", person=appointed("editor"))
        assert OutboxMessage.objects.filter(content__subject__startswith="Zamknięte").count() == expected or expected == 0


def test_without_a_list_of_news_the_reason_is_told():
    made = approved()
    for index in NewsIndexPage.objects.all():
        index.delete()
    with pytest.raises(rules.NotComplete, match="listy aktualności"):
        actions.publish(submission=made, person=appointed("editor"))


def test_names_of_rows_for_the_record(portal):
    made = sent()
    actions.comment(submission=made, words="x", person=appointed("editor"))
    assert [str(made), str(made.versions.get()), str(made.notes.last())] == [
        "Nowy plac zabaw w Ligocie", f"{made.pk}/1", f"{made.pk}: comment",
    ]  # fmt: skip
    assert str(Submission(title="")) == "(jeszcze bez tytułu)" and Content.kept(content().as_kept()) == content()


def test_in_the_bank_a_picture_bears_what_the_unit_wrote(portal, kept_files):
    made = draft(title="Nowy plac zabaw")
    actions.take_in_pictures(
        submission=made, uploads=[SimpleUploadedFile("obrazek-1.jpg", make_image(), "image/jpeg")], person=made.author
    )
    picture = made.pictures.get()
    assert (picture.image.title, picture.image.description) == ("Nowy plac zabaw", "")

    def saved(title, alt, **more):
        made.refresh_from_db()
        body = [*content().body, picture_block(picture.pk, alt, **more)]
        newer = content(title=title, body=body)
        actions.save_submission(submission=made, content=newer, seen_version=made.version, person=made.author)
        image = made.pictures.get().image
        return image.title, image.description

    assert saved("Nowy plac zabaw", "Huśtawki") == ("Nowy plac zabaw: Huśtawki", "Huśtawki")
    assert saved("Plac zabaw", "Dwie huśtawki") == ("Plac zabaw: Dwie huśtawki", "Dwie huśtawki")
    assert saved("Plac zabaw", "", caption="Fot. Zieleń") == ("Plac zabaw: Fot. Zieleń", "Fot. Zieleń")
    image = made.pictures.get().image
    image.title = "Plac przy Franciszkańskiej"
    image.save()
    assert saved("Plac w Ligocie", "Zjeżdżalnia") == ("Plac przy Franciszkańskiej", "Zjeżdżalnia")

"""Somebody without an account reads one version on one page and answers; a new version, a withdrawal or time voids the link."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from ratusz.foundation.audit.models import Entry
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.links import LinkExpired, LinkRefused
from ratusz.foundation.notifications.models import OutboxMessage
from ratusz.publishing.editing import actions, rules
from ratusz.publishing.editing.actions import links
from ratusz.publishing.editing.factories import appointed, content, sent
from ratusz.publishing.editing.models import ApprovalAnswer, ApprovalLink, Submission
from ratusz.publishing.editing.moves import moves_of

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
State = Submission.State


@pytest.fixture
def made(portal):
    submission = sent()
    facts = {"recipient": "dyrekcja biblioteki", "email": "Dyrekcja@Biblioteka.example"}
    return actions.make_link(submission=submission, person=appointed("editor"), **facts)


def path(link):
    return links.address_of(link).partition("127.0.0.1:8000")[2] or "/" + links.address_of(link).split("/", 3)[3]


def token(link):
    return path(link).strip("/").rpartition("/")[2]


def test_opening_answers_nothing_and_a_button_answers(client, made):
    letter = OutboxMessage.objects.get(purpose="editing.approval_link")
    assert "dyrekcja biblioteki" in letter.content.text and path(made) in letter.content.text
    assert letter.address.value == "dyrekcja@biblioteka.example"
    opened = client.get(path(made))
    assert "Od poniedziałku w Ligocie działa nowy plac zabaw." in opened.text
    assert (opened["Cache-Control"], opened["X-Robots-Tag"], ApprovalAnswer.objects.count()) == ("no-store", "noindex", 0)
    for data, words in (
        ({"decision": "approve", "signed_name": ""}, "Imię i nazwisko"),
        ({"decision": "changes", "signed_name": "Osoba Testowa"}, "Napisz, co zmienić"),
        ({"decision": "x", "signed_name": "Osoba Testowa"}, "Wybierz jedną z odpowiedzi."),
        ({"decision": "approve", "signed_name": " "}, "Imię i nazwisko"),
    ):
        assert words in client.post(path(made), data).text
    answered = client.post(path(made), {"decision": "approve", "signed_name": "Osoba Testowa", "comment": ""})
    assert "Dziękujemy za odpowiedź" in answered.text
    (answer,) = ApprovalAnswer.objects.all()
    assert (answer.decision, answer.signed_name) == ("approve", "Osoba Testowa")
    assert "już jest" in client.post(path(made), {"decision": "changes", "signed_name": "Osoba", "comment": "Nie"}).text
    assert "Dziękujemy" in client.post(path(made), {"decision": "comment", "signed_name": "Osoba", "comment": "Jeszcze to"}).text
    entry = Entry.objects.filter(deed="editing.answer_link").first()
    assert (entry.actor_kind, "Osoba" in str(entry.detail.content)) == ("link", False)
    assert list(made.submission.notes.values_list("step", "words"))[-2:] == [
        ("link_answered", "akceptuje"), ("link_answered", "zostawia uwagę"),
    ]  # fmt: skip


def test_a_new_version_voids_it(client, made):
    actions.save_submission(
        submission=made.submission, content=content(lead="Inaczej."), seen_version=1, person=appointed("editor")
    )
    answer = client.get(path(made))
    assert (answer.status_code, "Tekst się od tego czasu zmienił" in answer.text, "Inaczej." in answer.text) == (404, True, False)
    with pytest.raises(LinkRefused):
        actions.answer_link(token=token(made), decision="approve", name="Osoba")


def test_it_dies_when_revoked_and_after_thirty_days(client, made, monkeypatch):
    person = appointed("editor")
    assert made.expires_at - made.made_at == timedelta(days=30)
    monkeypatch.setattr(links, "database_now", lambda: made.expires_at)
    with pytest.raises(LinkExpired):
        actions.look_at_link(token=token(made))
    ApprovalLink.objects.update(expires_at=made.made_at)
    monkeypatch.setattr(links, "database_now", database_now)
    with pytest.raises(LinkExpired, match="Czas tego odnośnika minął"):
        actions.look_at_link(token=token(made))
    ApprovalLink.objects.update(expires_at=made.expires_at)
    with pytest.raises(PermissionDenied):
        actions.revoke_link(link=made, person=made.submission.author)
    for _twice in range(2):
        actions.revoke_link(link=made, person=person)
    assert made.submission.notes.filter(step="link_revoked").count() == 1
    assert "Ten odnośnik wycofano" in client.get(path(made)).text
    assert client.get("/akceptacja/zmyslony/").status_code == 404
    ApprovalLink.objects.all().delete()
    with pytest.raises(LinkRefused):
        actions.look_at_link(token=token(made))


def test_a_sensitive_text_asks_for_a_code_first(client, made):
    ApprovalLink.objects.update(asks_code=True)
    address = path(made)
    assert "Najpierw kod" in client.get(address).text and "plac zabaw" not in client.get(address).text.partition("<main")[2]
    assert "Najpierw kod" in client.post(address, {"decision": "approve", "signed_name": "Osoba"}).text
    assert "Kod z wiadomości" in client.post(address, {"send": "1"}).text
    code = re.search(r"\b\d{6}\b", OutboxMessage.objects.filter(purpose="people.code").latest("pk").content.text)[0]
    wrong = "000000" if code != "000000" else "111111"
    assert "<title>Błąd: Najpierw kod" in client.post(address, {"code": wrong}).text
    assert client.post(address, {"code": code}).status_code == 302
    assert "plac zabaw" in client.get(address).text
    for _more in range(2):
        client.post(address, {"send": "1"})
    from django.test import Client

    other = Client()
    assert "Najpierw kod" in other.get(address).text
    assert "godzin" in [other.post(address, {"send": "1"}).text for _each in range(3)][-1]


def test_only_the_department_asks(portal):
    made = sent()
    with pytest.raises(PermissionDenied):
        actions.make_link(submission=made, recipient="x", email="x@y.example", person=made.author)
    actions.close(submission=made, reason="Nic z tego.", person=appointed("editor"))
    with pytest.raises(rules.NotNow):
        actions.make_link(submission=made, recipient="x", email="x@y.example", person=appointed("editor"))


def test_it_is_made_and_revoked_on_the_page(portal, staff_client):
    submission, editor = sent(), staff_client("editor")
    address = f"/admin/zgloszenia/{submission.pk}/odnosniki/"
    assert 'value="dyrekcja"' in editor.post(address, {"recipient": "dyrekcja", "email": "x"}).text
    page = editor.post(address, {"recipient": "dyrekcja", "email": "x@y.example"}, follow=True).text
    assert "Odnośnik jest w drodze" in page and "dyrekcja" in page
    made = ApprovalLink.objects.get()
    assert "już nic nie otwiera" in editor.post(address, {"revoke": str(made.pk)}, follow=True).text


def test_no_name_and_no_answer_are_refused_by_the_action_too(made):
    for decision, name in (("inna", "Osoba"), ("approve", "  ")):
        with pytest.raises(rules.NotNow):
            actions.answer_link(token=token(made), decision=decision, name=name)
    actions.answer_link(token=token(made), decision="comment", name="Osoba", comment="Uwaga")
    assert (links.erase_links(links=ApprovalLink.objects.all()), str(ApprovalAnswer.objects.get().signed_name)) == (1, "")
    assert (str(ApprovalLink.objects.get()), ApprovalLink.objects.get().email) == (
        " – Nowy plac zabaw w Ligocie", "nikt@ratusz.invalid",
    )  # fmt: skip


def test_a_changed_text_leaves_a_new_link_to_send(made):
    editor = made.made_by
    new = lambda: [move.what for move in moves_of(editor, database_now()) if "odnośnik" in move.what]  # noqa: E731
    letter = OutboxMessage.objects.get(purpose="editing.approval_link").content.text
    assert "poprosimy o odpowiedź jeszcze raz" in " ".join(letter.split())
    assert new() == []
    actions.save_submission(
        submission=made.submission, content=content(lead="Inaczej."), seen_version=1, person=appointed("editor")
    )
    assert new() == ["Wyślij nowy odnośnik albo odwołaj stary (dyrekcja biblioteki): Nowy plac zabaw w Ligocie"]
    assert "Osoba, która go wysłała, przyśle nowy" in _refused(made)
    again = actions.make_link(submission=made.submission, recipient="dyrekcja", email=made.email, person=editor)
    assert new() == []
    ApprovalLink.objects.filter(pk=again.pk).delete()
    actions.revoke_link(link=made, person=editor)
    assert new() == []


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (State.RETURNED, "Tekst jest właśnie zmieniany. Osoba, która wysłała ten odnośnik, przyśle nowy, gdy tekst będzie gotowy."),
        (State.PUBLISHED, "Ten tekst już się ukazał, więc nie trzeba na niego odpowiadać. Dziękujemy."),
        (State.CLOSED, "Ten tekst się nie ukaże, więc nie trzeba na niego odpowiadać. Dziękujemy."),
    ],
)
def test_a_link_says_what_became_of_the_text(made, state, words):
    made.submission.state = state
    with pytest.raises(LinkRefused) as refusal:
        rules.check_link(made, database_now())
    assert str(refusal.value) == words


def _refused(link):
    with pytest.raises(LinkRefused) as refusal:
        actions.look_at_link(token=token(link))
    return str(refusal.value)


@pytest.mark.parametrize("decision", ["comment", "changes", "approve"])
def test_an_answer_sent_twice_is_one_answer(client, made, decision):
    answer = {"decision": decision, "signed_name": "Osoba Testowa", "comment": "Popraw godziny"}
    pages = [client.post(path(made), answer).text for _time in range(2)]
    assert ["Dziękujemy za odpowiedź" in page for page in pages] == [True, True]
    assert (made.answers.count(), Entry.objects.filter(deed="editing.answer_link").count()) == (1, 1)

"""Residents talk: an account by a code, threads, answers, supports, changes, flags; and what a moderator does to them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from ratusz.casework.moderation import actions as moderation
from ratusz.casework.moderation.models import BannedWord, Item, Judgement, Mode
from ratusz.foundation.files.factories import make_image
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.notifications.models import DigestItem, OutboxMessage
from ratusz.foundation.units.factories import AppointmentFactory
from ratusz.participation.forum import actions, queries, rules
from ratusz.participation.forum.actions.writing import with_suspension
from ratusz.participation.forum.factories import TopicFactory, make_opening, make_participant
from ratusz.participation.forum.models import Comment, Participant, Thread, Topic
from ratusz.participation.forum.privacy import erase_with_address
from ratusz.participation.forum.tests.conftest import guard

pytestmark = pytest.mark.django_db
FACTS = "W treści są dane osoby."


def judged(item, deed, **facts):
    moderator = AppointmentFactory(role_code="moderator").person
    return moderation.judge(item=item, deed=deed, person=moderator, **({"reason": "personal_data", "facts": FACTS} | facts))


@pytest.mark.slow
def test_an_account_is_made_by_a_code_and_reads_what_it_wrote(client, topic, newest_code):
    account = "/pks/konto/"
    assert client.get("/pks/moje/").url == f"{account}?dalej=%2Fpks%2Fmoje%2F"
    client.get(f"{account}?dalej=/pks/temat/{topic.slug}/nowy-watek/")
    assert "adres" in client.post(account, {"email": "nie-adres", **guard("forum.account")}).text
    assert client.post(account, {"email": "ewa@example.pl", **guard("forum.account")}).url == f"{account}kod/"
    assert client.post(f"{account}kod/", {"code": "000000"}).status_code == 422
    assert client.post(f"{account}kod/", {"code": newest_code()}).url == f"{account}nazwa/"
    refused = client.post(f"{account}nazwa/", {"nickname": "Urząd Miasta", "accepts": "on"})
    assert "wygląda" in refused.text and 'value="Urząd Miasta"' in refused.text
    assert client.post(f"{account}nazwa/", {"nickname": "Ewa", "accepts": "on"}).url == f"/pks/temat/{topic.slug}/nowy-watek/"
    said = {"title": "Drzewa przy szkole", "words": "Posadźmy **dęby**.", "stance": "for", "asks_office": "on"}
    answer = client.post(f"/pks/temat/{topic.slug}/nowy-watek/", {**said, **guard("forum.comment")})
    made = Comment.objects.get()
    assert answer.url == f"/pks/wpis/{made.pk}/#wpis-{made.pk}" and made.asks_office and made.is_shown
    page = client.get(f"/pks/watek/{made.thread_id}/").text
    assert "<strong>dęby</strong>" in page and "Piszesz jako <strong>Ewa</strong>" in page and "Napisz komentarz" in page
    assert "Drzewa przy szkole" in client.get("/pks/moje/").text
    assert "Wylogowano" in client.post("/pks/konto/wyjscie/", follow=True).text
    assert client.get("/pks/moje/").status_code == 302
    with pytest.raises(rules.ForumRefused, match="ma już taką nazwę"):
        actions.make_participant(email="inna@example.pl", nickname="EWA")
    assert actions.make_participant(email="ewa@example.pl", nickname="Inna").nickname == "Ewa"


def test_one_account_does_not_flood_the_platform(topic, ewa, jan, monkeypatch):
    limits = {"comments_per_hour": 3, "threads_per_day": 2}
    asked = rules.terms.term
    monkeypatch.setattr(rules.terms, "term", lambda name, at: limits.get(name) or asked(name, at))
    threads = [actions.start_thread(topic=topic, title=f"Wątek {n}", words="Drzewa.", participant=ewa).thread for n in range(2)]
    with pytest.raises(rules.ForumRefused, match="24 godzin to już wiele wątków"):
        actions.start_thread(topic=topic, title="Trzeci", words="Drzewa.", participant=ewa)
    actions.write_comment(thread=threads[0], words="Jeszcze raz.", participant=ewa)
    with pytest.raises(rules.ForumRefused, match="w ciągu godziny"):
        actions.write_comment(thread=threads[0], words="I jeszcze.", participant=ewa)
    actions.write_comment(thread=threads[0], words="Ja też.", participant=jan)
    Comment.objects.filter(author=ewa).update(written_at=database_now() - timedelta(hours=2))
    actions.write_comment(thread=threads[0], words="Po przerwie.", participant=ewa)


@pytest.mark.slow
def test_answers_nest_once_and_then_say_whom_they_answer(client, topic, ewa, jan, browser_of):
    first = make_opening(topic, ewa)
    second = actions.write_comment(thread=first.thread, parent=first, words="Cień dadzą lipy.", participant=jan)
    third = actions.write_comment(thread=first.thread, parent=second, words="Albo żagle.", participant=ewa)
    assert (third.root, third.parent) == (first, second)
    page = client.get(f"/pks/watek/{first.thread_id}/").text
    assert "w odpowiedzi do: Jan od rowerów" in page and page.index("Cień dadzą lipy") < page.index("Albo żagle")
    first.refresh_from_db()
    assert (first.answer_count, Thread.objects.get().comment_count) == (2, 3)
    titles = DigestItem.objects.order_by("pk").values_list("address", "purpose")
    assert list(titles) == [(ewa.contact_id, "forum.answers"), (jan.contact_id, "forum.answers")]
    reading = browser_of(jan)
    assert "Popierasz ten komentarz" in reading.post(f"/pks/wpis/{first.pk}/poparcie/", follow=True).text
    actions.support(comment=first, participant=jan)
    first.refresh_from_db()
    assert first.support_count == 1
    assert "Cofnij poparcie" in reading.get(f"/pks/watek/{first.thread_id}/").text
    reading.post(f"/pks/wpis/{first.pk}/poparcie/", {"deed": "back"})
    with pytest.raises(rules.ForumRefused, match="innych"):
        actions.support(comment=first, participant=ewa)
    answered = reading.post(f"/pks/wpis/{third.pk}/odpowiedz/", {"words": "Zgoda.", "stance": "for", **guard("forum.comment")})
    assert answered.status_code == 302 and Comment.objects.order_by("-pk").first().root == first
    assert reading.post(f"/pks/wpis/{third.pk}/odpowiedz/", {"words": "", **guard("forum.comment")}).status_code == 422
    refused = reading.post(
        f"/pks/watek/{first.thread_id}/wpis/", {"words": "Treść zostaje", "stance": "x", **guard("forum.comment")}
    )
    assert refused.status_code == 422 and "Treść zostaje" in refused.text


@pytest.mark.slow
def test_what_waits_is_seen_by_its_author_alone_and_told_to_nobody(client, ewa, jan, browser_of):
    topic = TopicFactory(moderation=Mode.PRE)
    first = make_opening(topic, ewa)
    where = f"/pks/watek/{first.thread_id}/"
    assert client.get(where).status_code == 404 and Item.objects.get().thing == first.key
    assert browser_of(jan).get(where).status_code == 404
    for own in (where, f"/pks/wpis/{first.pk}/"):
        assert "Widzisz to tylko Ty" in browser_of(ewa).get(own).text
    judged(Item.objects.get(), "approve", reason="", facts="")
    assert client.get(where).status_code == 200
    answer = actions.write_comment(thread=first.thread, parent=first, words="Mój telefon to 601 602 603.", participant=jan)
    assert "601 602 603" not in client.get(where).text and "Widzisz to tylko Ty" in browser_of(jan).get(where).text
    assert not DigestItem.objects.exists()
    judged(Item.objects.open().get(), "hide")
    assert "601 602 603" not in browser_of(jan).get(where).text
    assert OutboxMessage.objects.filter(purpose="moderation.statement", address=jan.contact).count() == 1
    moderation.put_in_queue(thing=answer.key, sender="line:x")
    judged(Item.objects.open().get(), "edit", words="Zadzwońcie do mnie.")
    answer.refresh_from_db()
    assert answer.words == "Zadzwońcie do mnie." and answer.versions.get().is_public is False


@pytest.mark.parametrize(
    ("mode", "words", "waits"),
    [("post", "x@example.pl", False), ("pre", "Tak", True), ("hybrid", "Tak", False), ("hybrid", "Zobacz www.example.pl", True),
     ("hybrid", "PESEL 44051401359", True)],
)  # fmt: skip
def test_which_changes_a_moderator_reads_first(mode, words, waits):
    assert rules.waits_again(mode, words) is waits


def test_a_comment_is_changed_within_its_time_and_keeps_its_history(client, topic, ewa, jan, browser_of):
    first = make_opening(topic, ewa)
    editing = browser_of(ewa)
    assert editing.post(f"/pks/wpis/{first.pk}/zmiana/", {"words": "Latem nie da się tam usiąść."}).status_code == 422
    assert editing.post(f"/pks/wpis/{first.pk}/zmiana/", {"words": "Latem jest za gorąco.", "reason": ""}).status_code == 302
    page = client.get(f"/pks/wpis/{first.pk}/").text
    assert "Powód: nie podano" in page and "Latem nie da się tam usiąść." in page and "Latem jest za gorąco." in page
    assert browser_of(jan).get(f"/pks/wpis/{first.pk}/zmiana/").status_code == 404
    with pytest.raises(rules.NotYours):
        actions.edit_comment(comment=first, words="Nie", reason="", participant=jan)
    Comment.objects.update(written_at=database_now() - timedelta(minutes=30))
    with pytest.raises(rules.ForumRefused, match="nie można już zmienić"):
        actions.edit_comment(comment=first, words="Za późno", reason="", participant=ewa)


@pytest.mark.slow
def test_a_moderator_reads_all_that_everybody_reads_and_a_change_leaves_none_of_it(client, topic, ewa, staff_client):
    """The title of a thread, its earlier wordings and files are judged with the words; each change says its reason."""
    picture = SimpleUploadedFile("plac.png", make_image("PNG"), content_type="image/png")
    first = make_opening(topic, ewa, title="Sąsiad Kowalski to złodziej", words="Ukradł ławkę, głupek.", files=[picture])
    actions.edit_comment(comment=first, words="Ukradł ławkę.", reason="", participant=ewa)
    moderation.put_in_queue(thing=first.key, sender="line:x")
    item = Item.objects.open().get()
    at = f"/admin/moderacja/{item.pk}/"
    moderator = staff_client("moderator")
    page = moderator.get(at).text
    assert "Sąsiad Kowalski" in page and "Ukradł ławkę, głupek." in page and "plac.png" in page
    assert moderator.get(f"{at}plik/0/").getvalue().startswith(b"\x89PNG")
    assert [moderator.get(f"{at}plik/1/").status_code, client.get(f"{at}plik/0/").status_code] == [404, 302]
    judged(item, "edit", words="Zniknęła ławka\n\nKto ją widział?")
    first.refresh_from_db()
    assert (first.words, first.thread.title) == ("Kto ją widział?", "Zniknęła ławka")
    page = client.get(f"/pks/wpis/{first.pk}/").text
    assert "Zniknęła ławka" in page and "Powód: Dane osobowe, decyzja moderacji" in page
    assert "głupek" not in page and "Kowalski" not in page and "Ukradł" not in page
    made = Judgement.objects.get()
    assert made.words_before.startswith("Sąsiad Kowalski") and "Kowalski" in made.statement
    moderation.decide_appeal(
        appeal=moderation.appeal(judgement=made), outcome="reversed", answer="Wraca.",
        person=AppointmentFactory(role_code="appeal_moderator").person,
    )  # fmt: skip
    page = client.get(f"/pks/wpis/{first.pk}/").text
    assert "Sąsiad Kowalski" in page and "Powód: decyzja moderacji" in page
    actions.erase_words(comment=first, ground="art. 17 RODO", person=AppointmentFactory(role_code="head").person)
    made.refresh_from_db()
    assert (made.words_before, made.statement, Thread.objects.get().title) == ("", "", "Usunięty tytuł")


def test_a_title_that_looks_like_spam_is_held(topic, ewa):
    BannedWord.objects.create(words="viagra", key="viagra", reason="spam", weight=95, starts=database_now())
    assert not make_opening(topic, ewa, title="Tania viagra", words="Dzień dobry.").is_shown


def test_a_change_into_spam_is_held_as_spam_is(topic, ewa):
    BannedWord.objects.create(words="tani kredyt", key="tani kredyt", reason="spam", weight=100, starts=database_now())
    first = make_opening(topic, ewa)
    changed = actions.edit_comment(comment=first, words="Tani kredyt bez BIK!", reason="", participant=ewa)
    judgement = Judgement.objects.get()
    assert not changed.is_shown and (judgement.deed, judgement.is_automatic) == ("quarantine", True)
    assert not Thread.objects.get().is_shown


def test_what_waits_again_is_not_read_over_the_answers_to_it(client, topic, ewa, jan, browser_of):
    first = make_opening(topic, ewa)
    above = actions.write_comment(thread=first.thread, words="Wolę lipy.", participant=jan)
    answer = actions.write_comment(thread=first.thread, parent=above, words="A ja klony.", participant=ewa)
    where = f"/pks/wpis/{answer.pk}/"
    assert "Wolę lipy." in client.get(where).text
    Topic.objects.update(moderation=Mode.HYBRID)
    actions.edit_comment(comment=above, words="Mój adres to jan@example.pl", reason="", participant=jan)
    assert [browser.get(where).status_code for browser in (client, browser_of(ewa), browser_of(jan))] == [404, 404, 200]


def test_where_nothing_may_be_written(client, topic, ewa):
    first = make_opening(topic, ewa)
    keeper = AppointmentFactory(role_code="moderator").person
    actions.lock_thread(thread=first.thread, is_locked=True, reason="spór osobisty", person=keeper)
    with pytest.raises(rules.ForumRefused, match="zablokowany"):
        actions.write_comment(thread=first.thread, words="a", participant=ewa)
    assert "spór osobisty" in client.get(f"/pks/watek/{first.thread_id}/").text
    actions.lock_thread(thread=first.thread, is_locked=False, person=keeper)
    for words, match in ((" \x00 ", "napisz"), ("a" * 10_001, "za długie")):
        with pytest.raises(rules.ForumRefused, match=match):
            actions.write_comment(thread=first.thread, words=words, participant=ewa)
    actions.close_topic(topic=topic, person=keeper)
    with pytest.raises(rules.ForumRefused, match="zamknięty"):
        actions.write_comment(thread=first.thread, words="a", participant=ewa)
    with pytest.raises(rules.ForumRefused, match="Zaloguj"):
        actions.write_comment(thread=first.thread, words="a", participant=None)


@pytest.mark.slow
def test_a_suspended_account_reads_appeals_and_is_erased_but_does_not_write(topic, ewa, browser_of):
    first = make_opening(topic, ewa, words="Pisz do mnie: ewa@example.pl, tel. 601602603. Ewa z Koszutki")
    item = moderation.put_in_queue(thing=first.key, sender="staff")
    judged(item, "suspend", reason="insult", until=local_day(database_now()) + timedelta(days=7))
    with pytest.raises(rules.ForumRefused, match="zawieszone"):
        actions.write_comment(thread=first.thread, words="a", participant=ewa)
    assert "zawieszone" in browser_of(ewa).get("/pks/moje/").text
    judgement = Judgement.objects.get()
    appeal = moderation.appeal(judgement=judgement, words="To nie ja.")
    other = AppointmentFactory(role_code="head").person
    moderation.decide_appeal(appeal=appeal, outcome="reversed", answer="Racja.", words="", person=other)
    assert not with_suspension(ewa, database_now()).is_suspended(database_now())
    assert erase_with_address(ewa.contact) == 1
    first.refresh_from_db()
    assert first.words == "Pisz do mnie: […], tel. […]. […]" and Participant.objects.get().nickname == f"Usunięte konto {ewa.pk}"
    assert browser_of(ewa).get("/pks/moje/").status_code == 302


def test_nothing_is_deleted_but_by_an_erasure_the_law_asks_for(topic, ewa):
    first = make_opening(topic, ewa)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Comment.objects.filter(pk=first.pk)._raw_delete("default")
    with pytest.raises(IntegrityError, match="only_an_erased_comment_is_empty"), transaction.atomic():
        Comment.objects.update(words="")
    officer = AppointmentFactory(role_code="data_protection_officer").person
    with pytest.raises(rules.ForumRefused, match="podstawę"):
        actions.erase_words(comment=first, ground=" ", person=officer)
    actions.erase_words(comment=first, ground="wniosek z art. 17 RODO", person=officer)
    first.refresh_from_db()
    assert (first.words, first.erased_at is not None) == ("", True)
    with pytest.raises(rules.NotYours):
        actions.erase_words(comment=first, ground="x", person=AppointmentFactory(role_code="press_officer").person)


def test_anybody_flags_and_the_author_does_not_flag_themselves(client, topic, ewa, browser_of):
    first = make_opening(topic, ewa)
    where = f"/pks/wpis/{first.pk}/zglos/"
    assert client.get(where).status_code == 200 and client.post(where, guard("forum.flag")).status_code == 422
    assert client.post(where, {"reason": "insult", "words": "obraża", **guard("forum.flag")}).status_code == 302
    assert Item.objects.get().flags.get().words == "obraża"
    assert browser_of(ewa).get(where).status_code == 404
    with pytest.raises(rules.ForumRefused):
        actions.flag(comment=first, reason="", words="", participant=ewa)


def test_similar_threads_are_shown_before_a_new_one_is_sent(topic, ewa, browser_of):
    make_opening(topic, ewa, title="Ławki na placu zabaw przy Słonecznej")
    said = {"title": "Place zabaw bez ławek", "words": "Brakuje.", "stance": "neutral"}
    writing, where = browser_of(make_participant("Ala")), f"/pks/temat/{topic.slug}/nowy-watek/"
    first = writing.post(where, {**said, **guard("forum.comment")})
    assert first.status_code == 422 and "Ławki na placu zabaw" in first.text and "Brakuje." in first.text
    assert writing.post(where, {**said, "again": "1", **guard("forum.comment")}).status_code == 302
    assert queries.similar_to("ul. na", database_now()) == []

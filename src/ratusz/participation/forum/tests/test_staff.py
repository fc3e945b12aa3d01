"""Staff keep the platform: topics, threads locked, moved and merged, official answers owed and given, exports, erasures."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ratusz.casework.moderation.models import Item
from ratusz.foundation.audit.models import Entry
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.notifications.models import DigestItem
from ratusz.foundation.units.factories import AppointmentFactory
from ratusz.participation.consultations.factories import ConsultationFactory
from ratusz.participation.forum import actions, judged, moves, queries, rules
from ratusz.participation.forum.factories import CategoryFactory, TopicFactory, make_opening, make_participant
from ratusz.participation.forum.models import Category, Comment, Thread, Topic

pytestmark = pytest.mark.django_db


def facts(category, **more):
    return {
        "category": category.pk,
        "title": "Park na Wzgórzu",
        "slug": "park",
        "opens_at": "2026-01-02T08:00",
        "moderation": "hybrid",
        **more,
    }


@pytest.mark.slow
def test_a_topic_is_set_up_closed_and_opened_again(staff_client, client):
    keeper = staff_client("moderator")
    shelf = {"name": "Zieleń", "slug": "zielen", "position": 10}
    assert keeper.post("/admin/pks/kategorie/nowa/", shelf).status_code == 302
    assert "Istnieje już" in keeper.post("/admin/pks/kategorie/nowa/", shelf | {"name": "Inna"}).text
    category, consultation = Category.objects.get(), ConsultationFactory(running=True)
    address = "/admin/pks/tematy/nowy/"
    wrong = keeper.post(address, facts(category, closes_at="2026-01-01T08:00"))
    assert "Ostatni dzień jest przed pierwszym" in wrong.text and 'value="Park na Wzgórzu"' in wrong.text
    assert keeper.post(address, facts(category, consultation=consultation.pk)).status_code == 302
    topic = Topic.objects.get()
    assert topic.is_formal and topic.created_by == keeper.person
    page = f"/admin/pks/tematy/{topic.pk}/"
    assert "Najpierw wskaż komórkę" in keeper.post(page, {"title": "Start", "words": "Dzień dobry"}).text
    topic.unit = consultation.owner_unit
    topic.save()
    assert keeper.post(page, {"title": "Start", "words": "Dzień dobry"}).status_code == 302
    assert "Start" in client.get("/pks/temat/park/").text and "część formalnych" in keeper.get("/admin/pks/").text
    assert keeper.post(f"{page}zmiana/", {"deed": "close"}).status_code == 302 and not Topic.objects.get().is_open(database_now())
    assert keeper.post(f"{page}zmiana/", {"deed": "close"}, follow=True).status_code == 200
    keeper.post(f"{page}zmiana/", {"deed": "reopen"})
    assert Topic.objects.get().is_open(database_now()) and keeper.post(f"{page}zmiana/", {"deed": "x"}).status_code == 404
    assert keeper.get(f"{page}dane/").status_code == 200
    assert "Żaden temat" in keeper.get("/admin/pks/", {"stan": "archiwum", "szukaj": "park", "kategoria": category.pk}).text
    assert "Park" in keeper.get("/admin/pks/", {"stan": "otwarte", "kolejnosc": "tytul"}).text
    stranger = staff_client("press_officer")
    assert stranger.get("/admin/pks/").status_code in (302, 403)


@pytest.mark.slow
def test_threads_are_locked_moved_and_merged(staff_client, client, topic, ewa):
    keeper, other = staff_client("head"), TopicFactory()
    one, two = make_opening(topic, ewa, title="Pierwszy"), make_opening(topic, ewa, title="Drugi")
    page = f"/admin/pks/watki/{one.thread_id}/"
    assert keeper.post(page, {"deed": "lock", "lock-reason": ""}).status_code == 200
    assert keeper.post(page, {"deed": "lock", "lock-reason": "kłótnia"}).status_code == 302
    assert "kłótnia" in keeper.get(page).text and keeper.post(page, {"deed": "unlock"}).status_code == 302
    assert keeper.post(page, {"deed": "move", "move-topic": other.pk}).status_code == 302
    assert Thread.objects.get(pk=one.thread_id).topic == other
    assert keeper.post(page, {"deed": "merge", "merge-into": one.thread_id}).status_code == 200
    assert keeper.post(page, {"deed": "merge", "merge-into": two.thread_id}).status_code == 302
    moved = client.get(f"/pks/watek/{one.thread_id}/")
    assert (moved.status_code, moved.url) == (301, f"/pks/watek/{two.thread_id}/")
    assert Thread.objects.get(pk=two.thread_id).comment_count == 2 and keeper.get(page).status_code == 200
    assert keeper.post(page, {"deed": "x"}).status_code == 404
    with pytest.raises(rules.ForumRefused, match="połączony"):
        actions.merge_threads(thread=one.thread, into=two.thread, person=keeper.person)
    with pytest.raises(rules.NotYours):
        actions.move_thread(thread=two.thread, to=other, person=AppointmentFactory(role_code="press_officer").person)


@pytest.mark.slow
@settings(max_examples=5, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=6))
def test_merging_keeps_every_comment(pairs):
    topic, keeper = TopicFactory(), AppointmentFactory(role_code="moderator").person
    author = make_participant(f"Osoba {topic.pk}", email=f"o{topic.pk}@example.pl")
    threads = [make_opening(topic, author, title=f"Wątek {each}").thread for each in range(5)]
    numbers = set(Comment.objects.filter(thread__topic=topic).values_list("pk", flat=True))
    for one, two in pairs:
        try:
            actions.merge_threads(thread=threads[one], into=threads[two], person=keeper)
        except rules.ForumRefused:
            continue
    assert set(Comment.objects.filter(thread__topic=topic).values_list("pk", flat=True)) == numbers
    standing = Thread.objects.filter(topic=topic, merged_into=None)
    assert sum(standing.values_list("comment_count", flat=True)) == 5
    assert not Thread.objects.filter(topic=topic, merged_into__merged_into__isnull=False).exists()


@pytest.mark.slow
def test_the_unit_answers_what_it_was_asked(staff_client, client, ewa):
    topic = TopicFactory()
    first = make_opening(topic, ewa, asks_office=True)
    officer = staff_client("unit_editor", unit=topic.unit)
    at = database_now()
    waiting = list(moves.moves_of(officer.person, at))
    assert [each.url for each in waiting] == [f"/admin/pks/wpisy/{first.pk}/odpowiedz/"] and waiting[
        0
    ].due_at - first.written_at == timedelta(14)
    assert "Latem" in officer.get("/admin/pks/odpowiedzi/").text
    page = waiting[0].url
    for each in range(4):
        actions.write_comment(thread=first.thread, parent=first, words=f"Głos {each}", participant=ewa)
    assert officer.post(page, {"words": ""}).status_code == 200
    assert officer.post(page, {"words": "Zasadzimy **trzy lipy** w marcu."}).url == f"/admin/pks/wpisy/{first.pk}/"
    shown = client.get(f"/pks/watek/{first.thread_id}/").text
    assert "Oficjalna odpowiedź" in shown and topic.unit.name in shown and "<strong>trzy lipy</strong>" in shown
    assert not queries.owed().exists() and DigestItem.objects.get().title == f"Urząd odpowiedział Ci w wątku „{first.thread.title}”"
    assert not judged.is_far_enough(officer.person, first, at)
    stranger = staff_client("unit_editor")
    assert stranger.get(page).status_code in (302, 403)
    with pytest.raises(rules.ForumRefused, match="wskaż komórkę"):
        keeper = AppointmentFactory(role_code="moderator").person
        actions.answer_officially(thread=make_opening(TopicFactory(unit=None), ewa).thread, words="a", person=keeper)


@pytest.mark.slow
def test_a_comment_for_staff_is_read_on_record_judged_and_erased(staff_client, topic, ewa):
    first = make_opening(topic, ewa)
    actions.edit_comment(comment=first, words="Inaczej.", reason="literówka", participant=ewa)
    head = staff_client("head")
    page = f"/admin/pks/wpisy/{first.pk}/"
    assert "Latem nie da się" in head.get(page).text and Entry.objects.filter(is_read=True).count() == 1
    in_its_thread = head.get(f"/admin/pks/watki/{first.thread_id}/").text
    assert page in in_its_thread and "Inaczej." in in_its_thread and Entry.objects.filter(is_read=True).count() == 2
    head.post(f"{page}moderacja/", {"words": "obraża"})
    assert Item.objects.get().thing == first.key
    assert head.post(f"{page}usuniecie/", {"ground": "art. 17 RODO"}).status_code == 302
    assert Comment.objects.get().words == "" and "Latem" not in head.get(page).text


@pytest.mark.slow
def test_a_topic_is_taken_along_without_names(staff_client, topic, ewa):
    first = make_opening(topic, ewa, stance="for", words="=SUMA(1)")
    keeper = staff_client("moderator")
    address = f"/admin/pks/tematy/{topic.pk}/plik."
    rows = keeper.get(f"{address}csv").content.decode()
    assert "'=SUMA(1)" in rows and first.thread.title in rows and "Ewa" not in rows
    assert keeper.get(f"{address}pdf").content.startswith(b"%PDF") and keeper.get(f"{address}docx").content.startswith(b"PK")
    assert keeper.get(f"{address}exe").status_code == 404
    assert CategoryFactory().get_absolute_url().startswith("/pks/kategoria/")


def test_what_a_moderator_took_away_is_read_by_the_topics_own_unit_and_by_keepers_alone(staff_client, topic, ewa):
    shown, taken = make_opening(topic, ewa, title="Ławki"), make_opening(topic, ewa, title="Dane sąsiada")
    actions.hide_comment(comment=taken, person=AppointmentFactory(role_code="head").person)
    own, other, keeper = staff_client("unit_editor", unit=topic.unit), staff_client("unit_editor"), staff_client("moderator")
    came = [[client.get(f"/admin/pks/wpisy/{each.pk}/").status_code for each in (shown, taken)] for client in (own, other, keeper)]
    assert came == [[200, 200], [200, 302], [200, 200]]
    titles = [("Dane sąsiada" in client.get(f"/admin/pks/tematy/{topic.pk}/").text) for client in (own, other, keeper)]
    assert titles == [True, False, True]

"""Several pages, texts and redirects go out together at one moment, or nothing does and somebody knows why."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from wagtail.contrib.redirects.models import Redirect

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.outgoing import Hold, holds
from ratusz.foundation.notifications.models import OutboxMessage
from ratusz.publishing.editing import actions, release_kinds, rules
from ratusz.publishing.editing.actions import sets
from ratusz.publishing.editing.factories import appointed, approved, big_set, content
from ratusz.publishing.editing.models import ReleaseItem, ReleaseSet
from ratusz.publishing.editing.moves import moves_of
from ratusz.publishing.editing.registries import release_kinds as kinds
from ratusz.publishing.messages.actions import approve_variant
from ratusz.publishing.messages.factories import make_message
from ratusz.publishing.website.factories import make_article
from ratusz.publishing.website.models import ArticlePage, NewsPage

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


def changed(homes):
    """A published page with a change that waits."""
    page = make_article(homes, title="Przewodnik")
    page.title = "Przewodnik po lecie"
    page.save_revision()
    return page


@pytest.fixture
def filled(portal):
    """An approved set: a text of a unit, a changed page, a redirect; due in two days."""
    maker, second = appointed("editor"), appointed("head")
    submission, page = approved(), changed(portal)
    release = actions.make_set(name="Lato w mieście", person=maker, goes_out_at=database_now() + timedelta(days=2))
    for kind, key in (
        ("submission", str(submission.pk)), ("page", release_kinds.key_of_page(page)),
        ("redirect", release_kinds.key_of_redirect("/lato-2025/", "/aktualnosci/")),
    ):  # fmt: skip
        actions.add_item(release=release, kind=kind, key=key, person=maker)
    return actions.approve_set(release=release, person=second)


def out(homes):
    return (NewsPage.objects.count(), Redirect.objects.count(), ArticlePage.objects.get().title)


NOTHING = (0, 0, "Przewodnik")
EVERYTHING = (1, 1, "Przewodnik po lecie")


def test_all_of_it_goes_out_at_once(portal, filled):
    assert out(portal) == NOTHING
    release = actions.release_set(release=filled, person=filled.approved_by)
    assert (out(portal), release.state, ReleaseItem.objects.filter(is_held=True).count()) == (EVERYTHING, "released", 0)
    with pytest.raises(rules.NotNow, match="już poszła"):
        actions.release_set(release=filled, person=filled.approved_by)


def test_one_that_may_not_go_holds_the_whole_set(portal, filled, monkeypatch):
    hold = lambda outgoing, at: Hold("silence", "Trwa cisza wyborcza.") if "Przewodnik" in outgoing.title else None  # noqa: E731
    monkeypatch.setitem(holds._entries, "test", hold)
    with pytest.raises(rules.NotComplete, match="Przewodnik po lecie: Trwa cisza wyborcza."):
        actions.release_set(release=filled, person=filled.approved_by)
    filled.refresh_from_db()
    page = ArticlePage.objects.get()
    assert (out(portal), filled.state, filled.troubles) == (
        NOTHING, "approved", [["Przewodnik po lecie: Trwa cisza wyborcza.", f"/admin/pages/{page.pk}/edit/"]],
    )  # fmt: skip
    assert filled.stopped_at is not None
    assert [move.what for move in moves_of(filled.made_by, database_now())] == ["Popraw paczkę: Lato w mieście"]
    letter = OutboxMessage.objects.get(purpose="editing.submission", content__subject__startswith="Paczka nie poszła")
    assert "Trwa cisza wyborcza." in letter.content.text
    monkeypatch.setitem(holds._entries, "test", lambda outgoing, at: None)
    actions.release_set(release=filled, person=filled.approved_by)
    assert out(portal) == EVERYTHING


def test_one_that_fails_on_its_way_takes_all_back(portal, filled, monkeypatch):
    def fail(key, person, at):
        raise RuntimeError("dysk pełny")

    broken = kinds["redirect"].__class__(**{**kinds["redirect"].__dict__, "release": fail})
    monkeypatch.setitem(kinds._entries, "redirect", broken)
    with pytest.raises(rules.NotComplete, match="dysk pełny"):
        actions.release_set(release=filled, person=filled.approved_by)
    assert out(portal) == NOTHING


def test_it_goes_by_itself_and_two_schedulers_release_once(portal, filled, monkeypatch):
    assert actions.release_due_sets() == 0
    ReleaseSet.objects.update(goes_out_at=database_now())
    assert (actions.release_due_sets(), actions.release_due_sets(), out(portal)) == (1, 0, EVERYTHING)


def test_a_due_set_that_may_not_go_is_tried_once_and_waits_for_a_person(portal, filled, monkeypatch):
    monkeypatch.setitem(holds._entries, "test", lambda outgoing, at: Hold("silence", "Cisza."))
    ReleaseSet.objects.update(goes_out_at=database_now())
    assert (actions.release_due_sets(), actions.release_due_sets(), out(portal)) == (0, 0, NOTHING)
    assert OutboxMessage.objects.filter(content__subject__startswith="Paczka nie poszła").count() == 1


def test_gates_are_asked_a_day_and_an_hour_before(portal, filled, monkeypatch):
    moment = filled.goes_out_at
    steps = []
    monkeypatch.setitem(holds._entries, "test", lambda outgoing, at: Hold("silence", "Cisza."))
    for before in (timedelta(hours=25), timedelta(hours=24), timedelta(hours=23), timedelta(hours=1), timedelta(minutes=30)):
        monkeypatch.setattr(sets, "database_now", lambda before=before: moment - before)
        steps.append(actions.check_sets())
    filled.refresh_from_db()
    assert (steps, filled.day_check_at, filled.hour_check_at) == (
        [0, 1, 0, 1, 0], moment - timedelta(hours=24), moment - timedelta(hours=1),
    )  # fmt: skip
    letters = OutboxMessage.objects.filter(content__subject__startswith="Coś zatrzyma paczkę")
    assert (letters.count(), len(filled.troubles)) == (2, 2)
    monkeypatch.setitem(holds._entries, "test", lambda outgoing, at: None)
    monkeypatch.setattr(sets, "database_now", database_now)
    actions.change_set(release=filled, name="Lato", goes_out_at=moment, person=filled.made_by)
    actions.approve_set(release=filled, person=filled.approved_by)
    monkeypatch.setattr(sets, "database_now", lambda: moment - timedelta(minutes=59))
    assert (actions.check_sets(), actions.check_sets(), letters.count()) == (1, 0, 2)


def test_four_eyes_look_at_a_set_too(portal, filled):
    maker, second = filled.made_by, filled.approved_by
    with pytest.raises(rules.NotNow, match="już zatwierdzona"):
        actions.approve_set(release=filled, person=second)
    item = filled.items.last()
    actions.remove_item(item=item, person=second)
    filled.refresh_from_db()
    assert (filled.state, filled.approved_by) == ("draft", None), "a changed set is approved anew"
    for person in (maker, second):
        with pytest.raises(rules.NotNow, match="Zatwierdzi ją ktoś inny"):
            actions.approve_set(release=filled, person=person)
    with pytest.raises(rules.NotNow, match="Zanim paczka pójdzie"):
        actions.release_set(release=filled, person=maker)
    third = appointed("editor")
    assert [move.what for move in moves_of(third, database_now())] == ["Przejrzyj i zatwierdź paczkę: Lato w mieście"]
    with pytest.raises(PermissionDenied):
        actions.approve_set(release=filled, person=appointed("unit_editor"))
    for broken in ({"approved_by": maker}, {"state": "approved"}, {"state": "released", "approved_by": third}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ReleaseSet.objects.update(**broken)


def test_what_is_in_a_set_stands_in_one_set_and_is_still_there(portal, filled):
    maker = filled.made_by
    other = actions.make_set(name="Druga", person=maker)
    with pytest.raises(rules.NotComplete, match="nic jeszcze nie ma"):
        actions.approve_set(release=other, person=filled.approved_by)
    for kind, key in (("submission", filled.items.get(kind="submission").key), ("submission", "9999"), ("submission", "x"),
                      ("page", "1:x"), ("page", "9:9"), ("redirect", "bez ukośnika"), ("redirect", "/a javascript:x"), ("message", "77")):  # fmt: skip
        with pytest.raises(rules.NotNow):
            actions.add_item(release=other, kind=kind, key=key, person=maker)
    ArticlePage.objects.get().save_revision()
    submission = approved().__class__.objects.get(pk=filled.items.get(kind="submission").key)
    actions.save_submission(submission=submission, content=content(lead="x"), seen_version=1, person=maker)
    ReleaseItem.objects.create(release_set=filled, kind="nieznane", key="1")
    ReleaseItem.objects.create(release_set=filled, kind="message", key="5")
    words = [words for words, _address in sets.troubles_of_set(filled, database_now())]
    assert words == [
        "Nowy plac zabaw w Ligocie: nie ma zatwierdzenia (stan: u wydziału)",
        "Przewodnik po lecie: strona zmieniła się od włożenia do paczki. Włóż ją od nowa",
        "Program nie zna już rzeczy tego rodzaju: nieznane 1.",
        "Czegoś z tej paczki już nie ma: message 5. Wyjmij to.",
    ]
    actions.close_set(release=filled, person=maker)
    actions.close_set(release=other, person=maker)
    assert ReleaseItem.objects.filter(is_held=True).count() == 0


def test_texts_of_messages_go_with_it(portal, filled):
    person = appointed("editor")
    message = make_message(person=person, places=["bip"])
    variant = message.variants.get()
    release = actions.make_set(name="Z komunikatem", person=person)
    actions.add_item(release=release, kind="message", key=str(variant.pk), person=person)
    with pytest.raises(rules.NotComplete, match="zatwierdz"):
        actions.approve_set(release=release, person=filled.approved_by)
    approve_variant(variant=variant, person=filled.approved_by)
    actions.approve_set(release=release, person=filled.approved_by)
    actions.release_set(release=release, person=person)
    variant.refresh_from_db()
    assert variant.state == "by_hand"


def test_a_text_that_was_held_on_its_way_holds_the_set(portal, filled, monkeypatch):
    person = appointed("editor")
    message = make_message(person=person, places=["bip"])
    variant = message.variants.get()
    approve_variant(variant=variant, person=filled.approved_by)
    release = actions.make_set(name="Z komunikatem", person=person)
    actions.add_item(release=release, kind="message", key=str(variant.pk), person=person)
    actions.approve_set(release=release, person=filled.approved_by)
    from ratusz.publishing.editing.actions import releasing

    held = variant.__class__(state="held", trouble="Cisza wyborcza")
    monkeypatch.setattr(releasing, "send_variant", lambda **given: held)
    with pytest.raises(rules.NotComplete, match="Cisza wyborcza"):
        actions.release_set(release=release, person=person)


def test_twelve_pages_go_out_together(portal):
    """How long two hundred take is measured in bench/bench_release_set.py."""
    release, maker = big_set(portal, 12)
    actions.release_set(release=release, person=maker)
    assert NewsPage.objects.filter(title__endswith="nowa").count() == 12


def test_a_set_closed_meanwhile_keeps_no_troubles(portal, filled):
    actions.close_set(release=filled, person=filled.made_by)
    sets._stop(filled, [("x", "")])
    assert ReleaseSet.objects.get().stopped_at is None

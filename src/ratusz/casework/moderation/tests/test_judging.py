"""A thing comes into the queue, is judged with a reason, its author gets a statement; nothing is done without a reason."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from ratusz.casework.deadlines.models import Clock
from ratusz.casework.moderation import actions, catalogue, queries, rules
from ratusz.casework.moderation.factories import NAME, Posts
from ratusz.casework.moderation.models import Deed, Flag, Item, Judgement, State
from ratusz.casework.moderation.moves import moves_of
from ratusz.casework.moderation.registries import judged_kinds
from ratusz.foundation.audit.models import Entry
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.kit.working_days import is_working_day
from ratusz.foundation.notifications.models import OutboxMessage
from ratusz.foundation.people.factories import UserFactory
from ratusz.foundation.units.factories import AppointmentFactory

pytestmark = pytest.mark.django_db
WHY = {"reason": "insult", "facts": "Nazywa autora pomysłu idiotą."}


@pytest.fixture
def posts(monkeypatch):
    made = Posts()
    monkeypatch.setitem(judged_kinds._entries, NAME, made.kind)
    return made


def moderator(role: str = "moderator"):
    return AppointmentFactory(role_code=role).person


def running() -> list[str]:
    return sorted(Clock.objects.running().values_list("rule_code", flat=True))


def deeds() -> list[str]:
    return list(Entry.objects.filter(deed__startswith="moderation.").order_by("pk").values_list("deed", flat=True))


def test_flagged_by_three_it_is_one_item_with_three_flags(posts):
    post = posts.write()
    readers = UserFactory.create_batch(2)
    items = [posts.in_queue(post, reporter=each, words="Obraża", reason="insult") for each in readers]
    items.append(posts.in_queue(post, sender="abc"))
    posts.in_queue(post, reporter=readers[0], words="Jeszcze raz")  # the same reader: nothing new
    assert {each.pk for each in items} == {Item.objects.get().pk}
    assert (Flag.objects.count(), running()) == (3, ["moderation.first_look"])
    assert queries.with_terms().get().flag_count == 3
    assert deeds() == ["moderation.put_in_queue", *["moderation.flag"] * 3]
    assert {str(Item.objects.get()), Item.objects.get().label_in_record} == {"wpis 1 w wątku próbnym", "test.post:1"}


def test_what_may_be_illegal_has_an_hour(posts):
    post = posts.write()
    item = posts.in_queue(post)
    posts.in_queue(post, sender="x", is_urgent=True)
    item.refresh_from_db()
    clock = Clock.objects.get(rule_code="moderation.illegal")
    assert (item.is_urgent, clock.due_at - clock.started_at, running()) == (
        True, timedelta(hours=1), ["moderation.first_look", "moderation.illegal"]
    )  # fmt: skip


def test_what_is_gone_or_of_no_kind_does_not_come_in(posts):
    post = posts.write(is_gone=True)
    with pytest.raises(rules.ModerationRefused):
        posts.in_queue(post)
    with pytest.raises(KeyError):
        actions.put_in_queue(thing="nobody.knows:1")


def test_taking_stops_the_first_look_and_starts_the_decision(posts):
    item, first, second = posts.in_queue(), moderator(), moderator()
    taken = actions.take(item=item, person=first)
    assert (taken.person, taken.seen_at is not None, running()) == (first, True, ["moderation.decision"])
    with pytest.raises(rules.ModerationRefused, match="przed chwilą|moment ago"):
        actions.take(item=item, person=second)
    assert actions.take(item=item, person=second, instead_of=first.pk).person == second
    assert Clock.objects.running().get().person == second


def test_waiting_to_be_published_has_its_own_clock(posts):
    item = posts.in_queue(posts.write(is_hidden=True), source="before")
    actions.take(item=item, person=moderator())
    assert running() == ["moderation.before_publishing"]
    actions.judge(item=item, deed="approve", person=moderator())
    assert (posts.made[1].is_hidden, running(), OutboxMessage.objects.count()) == (False, [], 0)


@pytest.mark.parametrize(
    ("deed", "state", "hidden", "locked", "words"),
    [
        ("approve", State.JUDGED, False, False, "Tylko idiota mógł to wymyślić."),
        ("hide", State.JUDGED, True, False, "Tylko idiota mógł to wymyślić."),
        ("lock", State.JUDGED, True, True, "Tylko idiota mógł to wymyślić."),
        ("quarantine", State.QUARANTINE, True, False, "Tylko idiota mógł to wymyślić."),
        ("edit", State.JUDGED, False, False, "Kto to wymyślił?"),
        ("ask", State.WITH_AUTHOR, False, False, "Tylko idiota mógł to wymyślić."),
    ],
)
def test_each_deed_does_what_it_says(posts, deed, state, hidden, locked, words):
    author = UserFactory()
    item = posts.in_queue(posts.write(author=author), reporter=UserFactory())
    actions.judge(item=item, deed=deed, person=moderator(), words="Kto to wymyślił?", seen=0, **WHY)
    item.refresh_from_db()
    post = posts.made[1]
    assert (item.state, post.is_hidden, post.is_locked, post.words) == (state, hidden, locked, words)
    made = Judgement.objects.get()
    sent = deed != "approve"
    assert (made.was_sent, bool(made.statement), made.words_before) == (sent, sent, "Tylko idiota mógł to wymyślić.")
    assert (made.appeal_until is not None) == (deed not in ("approve", "ask"))
    told = OutboxMessage.objects.filter(purpose="moderation.reporter").count()
    assert (OutboxMessage.objects.filter(purpose="moderation.statement").count(), told) == (int(sent), int(deed in rules.FINAL))


def test_the_statement_says_what_where_when_facts_rule_who_and_how_to_appeal(posts):
    item = posts.in_queue(posts.write(address="ktos@example.pl"))
    made = actions.judge(item=item, deed="edit", person=moderator(), words="Kto to wymyślił?", **WHY)
    for said in (
        "wpis 1 w wątku próbnym", "wątek próbny", "Obrażanie", "Spieramy się o sprawy", "Nazywa autora pomysłu idiotą.",
        "Tylko idiota mógł to wymyślić.", "Kto to wymyślił?",
    ):  # fmt: skip
        assert said in made.statement
    letter = OutboxMessage.objects.get()
    assert (letter.address.value, letter.content.text.startswith(made.statement[:40])) == ("ktos@example.pl", True)
    assert "zasady-moderacji/decyzja/" in letter.content.text + str(letter.content.__dict__)


def test_the_machine_only_quarantines_and_a_person_looks_next(posts):
    post = posts.write(author=UserFactory())
    item = posts.in_queue(post, source="automatic")
    made = actions.quarantine_automatically(thing=f"{NAME}:1", reason="spam", facts="Ten sam odnośnik dziesięć razy.")
    assert (made.person, made.is_automatic, post.is_hidden, running()) == (None, True, True, ["moderation.quarantine"])
    assert "maszyn" in made.statement or "machine" in made.statement or "automat" in made.statement
    person = moderator()
    assert Deed.QUARANTINE not in rules.deeds_for(Item.objects.get())
    actions.judge(item=item, deed="approve", person=person)
    assert (post.is_hidden, running(), item.judgements.count()) == (False, [], 2)
    post.is_gone = True
    item.pk and posts.made.update({2: post})
    with pytest.raises(Item.DoesNotExist):
        actions.quarantine_automatically(thing=f"{NAME}:1", reason="spam", facts="x")


def test_the_machine_finds_the_thing_gone(posts):
    post = posts.write()
    posts.in_queue(post, source="automatic")
    post.is_gone = True
    with pytest.raises(rules.ModerationRefused):
        actions.quarantine_automatically(thing=f"{NAME}:1", reason="spam", facts="x")


@pytest.mark.parametrize(
    "facts",
    [
        {"deed": "hide", "reason": "", "facts": "x"},
        {"deed": "hide", "reason": "nobody_knows", "facts": "x"},
        {"deed": "hide", "reason": "insult", "facts": "  "},
        {"deed": "hide", "reason": "other", "facts": ""},
        {"deed": "edit", "reason": "insult", "facts": "x", "words": ""},
        {"deed": "edit", "reason": "insult", "facts": "x", "words": "Tylko idiota mógł to wymyślić. "},
        {"deed": "delete", "reason": "insult", "facts": "x"},
    ],
)
def test_nothing_is_done_without_a_reason(posts, facts):
    item = posts.in_queue()
    with pytest.raises(rules.ModerationRefused):
        actions.judge(item=item, person=moderator(), **facts)
    assert (Judgement.objects.count(), posts.made[1].is_hidden) == (0, False)


def test_a_kind_that_cannot_be_edited_or_locked_offers_neither(posts, monkeypatch):
    from dataclasses import replace

    monkeypatch.setitem(judged_kinds._entries, NAME, replace(posts.kind, edit=None, lock=None, move=None, suspends=False))
    assert rules.deeds_for(posts.in_queue()) == [Deed.APPROVE, Deed.HIDE, Deed.QUARANTINE]


def test_the_author_the_reporter_and_whoever_is_too_near_do_not_judge(posts):
    author, reporter, friend, other, head = (moderator() for _number in range(4)), None, None, None, None
    author, reporter, friend, other = author
    head = moderator("head")
    item = posts.in_queue(posts.write(author=author), reporter=reporter)
    posts.friends.add(friend.pk)
    at = database_now()
    assert [rules.may(each, "judge", item, at) for each in (author, reporter, friend, other, head)] == [False] * 3 + [True] * 2
    assert [rules.may(moderator(role), "see", None, at) for role in ("moderator", "head", "editor", "desk_officer")] == [
        True, True, False, False,
    ]  # fmt: skip
    assert [rules.may(each, "teach", None, at) for each in (other, head)] == [False, True]
    assert rules.may(other, "no_such_deed", None, at) is False
    with pytest.raises(rules.NotYours):
        actions.judge(item=item, deed="approve", person=author)
    assert [move.what for move in moves_of(author, at)] == []
    assert len([move.what for move in moves_of(other, at)]) == 1
    assert list(moves_of(reporter, at)) == []
    assert list(moves_of(moderator("editor"), at)) == []


def test_a_kind_nobody_registers_any_more_keeps_its_items(posts):
    item = posts.in_queue()
    del judged_kinds._entries[NAME]
    assert rules.is_too_near(UserFactory(), item, database_now()) is False


def test_the_second_of_two_decisions_is_refused(posts):
    item, first, second = posts.in_queue(), moderator(), moderator()
    actions.judge(item=item, deed="ask", person=first, seen=0, **WHY)
    with pytest.raises(rules.ModerationRefused, match="[Pp]rzed chwilą|moment ago"):
        actions.judge(item=item, deed="hide", person=second, seen=0, **WHY)
    actions.judge(item=item, deed="hide", person=second, seen=1, **WHY)
    with pytest.raises(rules.ModerationRefused):
        actions.judge(item=item, deed="approve", person=first)
    with pytest.raises(rules.ModerationRefused):
        actions.take(item=item, person=first)


def test_what_is_gone_leaves_the_queue_without_a_judgement(posts):
    post = posts.write()
    item, person = posts.in_queue(post), moderator()
    post.is_gone = True
    with pytest.raises(rules.ModerationRefused):
        actions.judge(item=item, deed="approve", person=person)
    assert actions.withdraw_from_queue(thing=item.thing).state == State.GONE
    assert (actions.withdraw_from_queue(thing=item.thing), running(), list(moves_of(person, database_now()))) == (None, [], [])


def test_what_vanished_without_a_word_leaves_the_queue_at_night(posts):
    stays, gone = posts.in_queue(), posts.in_queue()
    posts.made[2].is_gone = True
    assert (actions.close_gone(), actions.close_gone()) == (1, 0)
    assert dict(Item.objects.values_list("pk", "state")) == {stays.pk: State.WAITING, gone.pk: State.GONE}


def test_the_author_changes_what_was_asked_for(posts):
    item = posts.in_queue(posts.write(author=UserFactory()))
    person = moderator()
    actions.take(item=item, person=person)
    made = actions.judge(item=item, deed="ask", person=person, **WHY)
    assert Clock.objects.running().get().paused_at is not None
    for words in ("", "Tylko idiota mógł to wymyślić."):
        with pytest.raises(rules.ModerationRefused):
            actions.change_as_author(judgement=made, words=words)
    item = actions.change_as_author(judgement=made, words="Nie podoba mi się to.")
    assert (item.state, posts.made[1].words, Clock.objects.running().get().paused_at) == (
        State.WAITING, "Nie podoba mi się to.", None,
    )  # fmt: skip
    with pytest.raises(rules.ModerationRefused):
        actions.change_as_author(judgement=made, words="Jeszcze raz")
    posts.made[1].is_gone = True
    with pytest.raises(rules.ModerationRefused):
        actions.change_as_author(judgement=made, words="Jeszcze raz")


def test_an_hour_for_what_may_be_illegal_is_not_stopped_by_asking(posts):
    item = posts.in_queue(posts.write(author=UserFactory()), sender="x", reason="illegal")
    actions.judge(item=item, deed="ask", person=moderator(), **WHY)
    paused = dict(Clock.objects.running().values_list("rule_code", "paused_at"))
    assert (paused["moderation.illegal"], paused["moderation.decision"] is not None) == (None, True)


def test_a_kind_that_lost_its_edit_meanwhile_sends_the_thing_back_as_it_is(posts, monkeypatch):
    from dataclasses import replace

    item = posts.in_queue(posts.write(author=UserFactory()))
    made = actions.judge(item=item, deed="ask", person=moderator(), **WHY)
    monkeypatch.setitem(judged_kinds._entries, NAME, replace(posts.kind, edit=None))
    assert actions.change_as_author(judgement=made, words="Inaczej").state == State.WAITING
    assert posts.made[1].words == "Tylko idiota mógł to wymyślić."


def test_an_address_that_cannot_be_one_gets_no_letter(posts):
    item = posts.in_queue(posts.write(address="to-nie-adres"), reporter=UserFactory(email="tez-nie"))
    assert actions.judge(item=item, deed="hide", person=moderator(), **WHY).was_sent is False
    assert OutboxMessage.objects.count() == 0


def test_asked_without_being_taken_it_has_been_seen_and_the_author_has_time(posts):
    item = posts.in_queue(posts.write(author=UserFactory()))
    actions.judge(item=item, deed="ask", person=moderator(), **WHY)
    clock = Clock.objects.running().get()
    assert (clock.rule_code, clock.paused_at is not None) == ("moderation.decision", True)
    assert Clock.objects.get(rule_code="moderation.first_look").stop_event == "seen"


def test_an_author_without_an_address_and_one_who_left_get_no_letter(posts):
    gone = UserFactory(is_active=False)
    for post in (posts.write(), posts.write(author=gone, address="")):
        item = posts.in_queue(post, reporter=UserFactory(is_active=False))
        assert actions.judge(item=item, deed="hide", person=moderator(), **WHY).was_sent is False
    assert OutboxMessage.objects.count() == 0


FACTS = {"deed": "hide", "reason": "insult", "rule_quoted": "r", "facts": "f", "statement": "s"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"reason": ""}, {"rule_quoted": ""}, {"reason": "other", "facts": ""}, {"statement": ""}, {"person": None},
        {"person": None, "is_automatic": True}, {"appeal_until": None}, {"deed": "edit"}, {"is_automatic": True},
    ],
    ids=str,
)  # fmt: skip
def test_the_database_refuses_a_judgement_without(posts, wrong):
    now = database_now()
    start = {
        "item": posts.in_queue(),
        "number": 1,
        "person": moderator(),
        "judged_at": now,
        "appeal_until": now + timedelta(days=1),
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        Judgement.objects.create(**(start | FACTS | wrong))


def test_a_judgement_stays_as_it_was_made(posts):
    made = actions.judge(item=posts.in_queue(), deed="hide", person=moderator(), **WHY)
    for change in ({"reason": "spam"}, {"facts": "inne"}, {"erased_at": database_now()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Judgement.objects.filter(pk=made.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        Judgement.objects.filter(pk=made.pk).delete()
    assert actions.erase_items(items=Item.objects.all()) == 1
    made.refresh_from_db()
    assert (made.facts, made.statement, made.words_before, made.reason) == ("", "", "", "insult")


def test_a_thing_is_open_once_and_of_its_kind(posts):
    item = posts.in_queue()
    facts = {"label": "x", "source": "flagged", "opened_at": database_now()}
    for wrong in ({"kind": NAME, "thing": item.thing}, {"kind": "other.kind", "thing": f"{NAME}:9"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Item.objects.create(**facts, **wrong)


def test_words_go_three_years_after_the_end(posts, monkeypatch):
    item = posts.in_queue(posts.write(author=UserFactory()), reporter=UserFactory(), words="Obraża")
    actions.judge(item=item, deed="hide", person=moderator(), **WHY)
    assert actions.forget_words() == 0
    Item.objects.update(closed_at=database_now() - timedelta(days=1096))
    assert (actions.forget_words(), actions.forget_words()) == (3, 0)
    item.refresh_from_db()
    flag = Flag.objects.get()
    assert (item.author, flag.reporter, flag.words, flag.sender) == (None, None, "", f"erased:{flag.pk}")


@pytest.mark.parametrize(
    ("start", "due"),
    [
        ("2026-05-05 08:00", "2026-05-05 12:00"),
        ("2026-05-05 14:30", "2026-05-06 10:30"),
        ("2026-05-05 22:00", "2026-05-06 11:30"),
        ("2026-05-05 03:00", "2026-05-05 11:30"),
        ("2026-05-08 15:00", "2026-05-11 11:00"),
        ("2026-04-30 15:00", "2026-05-04 11:00"),  # 1 and 3 May, then Monday
        ("2026-10-23 15:00", "2026-10-26 11:00"),  # over the change of clocks
    ],
)
def test_a_first_look_is_due_in_hours_of_work(start, due):
    from zoneinfo import ZoneInfo

    zone = ZoneInfo("Europe/Warsaw")
    moment, wanted = (datetime.fromisoformat(each).replace(tzinfo=zone) for each in (start, due))
    assert rules.first_look_due(moment, 4) == wanted


@settings(max_examples=40)
@given(st.datetimes(datetime(2026, 1, 2), datetime(2027, 12, 1)), st.integers(1, 40))
def test_a_first_look_ends_in_office_hours_of_a_working_day_and_later_starts_end_no_earlier(start, hours):
    start = start.replace(tzinfo=UTC)
    due = rules.first_look_due(start, hours)
    day = local_day(due)
    opens, closes = catalogue.office_hours(day)
    assert is_working_day(day) and opens < due.time() <= closes and due - start >= timedelta(hours=hours)
    assert rules.first_look_due(start + timedelta(minutes=7), hours) >= due


def test_every_reason_has_its_words_and_names_stay_after_they_leave():
    found = catalogue.reasons_on(local_day(datetime(2026, 11, 29, tzinfo=UTC)))
    assert list(found)[0] == "off_topic" and list(found)[-1] == "other" and len(found) == 13
    assert all(each.rule and each.example and each.statement and each.basis for each in found.values())
    assert catalogue.reason_name("gone_long_ago", datetime(2026, 11, 29, tzinfo=UTC)) == "gone_long_ago"

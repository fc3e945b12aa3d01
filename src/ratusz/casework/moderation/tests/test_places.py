"""Who moderates where and from when to when, how a place publishes, and what becomes of what people send."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ratusz.casework.moderation import actions, queries, rules
from ratusz.casework.moderation.factories import NAME, PLACE, Posts, Threads
from ratusz.casework.moderation.models import Admission, Admitted, BannedWord, Item, Judgement, Mandate, Suspension
from ratusz.casework.moderation.moves import moves_of
from ratusz.casework.moderation.registries import judged_kinds, place_kinds
from ratusz.casework.moderation.risks import Banned, Signal, assess, banned_in, score, spam_chance, train
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.kit.working_days import end_of_day
from ratusz.foundation.notifications.models import OutboxMessage
from ratusz.foundation.people.factories import UserFactory
from ratusz.foundation.units.actions import sync_access
from ratusz.foundation.units.factories import AppointmentFactory, UnitFactory
from ratusz.foundation.units.models import AccountInvitation, Appointment

pytestmark = pytest.mark.django_db


@pytest.fixture
def posts(monkeypatch):
    made = Posts()
    monkeypatch.setitem(judged_kinds._entries, NAME, made.kind)
    return made


@pytest.fixture
def threads(monkeypatch):
    made = Threads()
    monkeypatch.setitem(place_kinds._entries, PLACE, made.kind)
    return made


@pytest.fixture
def parks():
    """A unit outside the department, with its head."""
    AppointmentFactory()
    return AppointmentFactory(role_code="head", unit=UnitFactory(name="Zieleń"))


def today():
    return local_day(database_now())


def appointed(threads, parks, **facts):
    place = threads.made.get(1) or threads.open(unit=parks.unit)
    who = facts.pop("moderator", None) or UserFactory(is_staff=True)
    return actions.appoint_moderator(place=place.key, moderator=who, first=today(), person=parks.person, **facts)


def test_a_unit_s_moderator_sees_and_judges_their_place_alone_and_loses_it_when_called_off(posts, threads, parks):
    here, elsewhere = threads.open(unit=parks.unit), threads.open(2, unit=parks.unit)
    substitute = UserFactory(is_staff=True)
    mandate = appointed(threads, parks, substitute=substitute, trained_on=today())
    mine, other = posts.in_queue(posts.write(place=here.key)), posts.in_queue(posts.write(place=elsewhere.key))
    for who in (mandate.person, substitute):
        at = database_now()
        assert [rules.may(who, "judge", each, at) for each in (mine, other)] == [True, False]
        assert (rules.may(who, "see", None, at), rules.may(who, "decide", None, at), rules.may(who, "teach", None, at)) == (
            True,
            False,
            False,
        )
        assert [each.pk for each in queries.queue({}, who, at)] == [mine.pk]
        assert [each.what for each in moves_of(who, at)] == ["Weź i oceń: wpis 1 w wątku próbnym"]
    assert OutboxMessage.objects.filter(purpose="moderation.appointment").count() == 2
    told = OutboxMessage.objects.filter(purpose="moderation.queue")
    assert [each.dedup_key for each in told] == [f"{mine.key}:waits:{mandate.person.pk}"]
    actions.end_mandate(mandate=mandate, why="Kończy pracę w wydziale.", person=parks.person)
    assert not rules.may(mandate.person, "see", None, database_now())
    assert not Appointment.objects.in_force(database_now()).filter(role__code="unit_moderator").exists()
    with pytest.raises(rules.ModerationRefused, match="skończyło się już"):
        actions.end_mandate(mandate=mandate, why="Drugi raz", person=parks.person)


def test_an_outsider_is_invited_and_their_rights_end_with_the_topic_by_themselves(posts, threads, parks):
    at = database_now()
    place = threads.open(unit=parks.unit, ends_at=at + timedelta(days=10))
    guest = actions.Outsider("gosc@example.pl", "Gość", "Z Zewnątrz")
    mandate = appointed(threads, parks, moderator=guest)
    assert (mandate.is_outsider, mandate.ends, mandate.person) == (True, place.ends_at, None)
    account = UserFactory(email="gosc@example.pl")
    assert not rules.may(account, "see", None, database_now())  # invited, has not come yet
    AccountInvitation.objects.update(accepted_at=at)
    Appointment.objects.create(person=account, role=mandate.invitation.role, unit=parks.unit, starts=at, ends=mandate.ends)
    sync_access(person=account, at=database_now())
    item = posts.in_queue(posts.write(place=place.key))
    assert rules.may(account, "judge", item, database_now())
    threads.open(unit=parks.unit, ends_at=database_now())  # the topic is closed before its time
    assert not rules.may(account, "judge", item, database_now() + timedelta(seconds=1))
    assert (actions.follow_places(), actions.follow_places()) == (1, 0)
    account.refresh_from_db()
    assert (account.is_staff, Mandate.objects.get().end_reason) == (False, "to miejsce jest już zamknięte")


def test_who_appoints_and_what_is_refused_in_words(threads, parks, monkeypatch):
    place, stranger = threads.open(unit=parks.unit), AppointmentFactory(role_code="head", unit=UnitFactory())
    someone = UserFactory(is_staff=True)
    facts = {"place": place.key, "moderator": someone, "first": today()}
    with pytest.raises(rules.NotYours):
        actions.appoint_moderator(**facts, person=stranger.person)
    refused = [
        ({"first": today() - timedelta(days=1)}, "Wybierz pierwszy dzień od dziś"),
        ({"last": today() - timedelta(days=1)}, "Wybierz pierwszy dzień od dziś"),
        ({"substitute": someone}, "Nikt nie zastępuje samego siebie"),
        ({"is_outsider": True}, "potrzebuje ostatniego dnia"),
        ({"trained_on": today() + timedelta(days=1)}, "jeszcze się nie liczy"),
        ({"place": "test.thread:99"}, "Nikt już tam nie pisze"),
    ]  # fmt: skip
    for change, words in refused:
        person = AppointmentFactory(role_code="lead_moderator").person
        with pytest.raises(rules.ModerationRefused, match=words):
            actions.appoint_moderator(**facts | change, person=person)
    actions.appoint_moderator(**facts, person=parks.person)
    with pytest.raises(rules.ModerationRefused, match="moderuje już to miejsce"):
        actions.appoint_moderator(**facts, person=parks.person)
    monkeypatch.setattr(rules.catalogue, "term", lambda name, at: "refuse")
    with pytest.raises(rules.ModerationRefused, match="bez szkolenia"):
        actions.appoint_moderator(**facts | {"moderator": UserFactory()}, person=parks.person)


def test_whoever_is_answered_does_not_moderate_the_answer_and_an_appeal_moderator_judges_nothing(posts, threads, parks):
    threads.open(unit=parks.unit)
    mandate = appointed(threads, parks)
    reply = posts.in_queue(posts.write(place="test.thread:1", reply_to=mandate.person))
    assert not rules.may(mandate.person, "judge", reply, database_now())
    moderator, appeals = (AppointmentFactory(role_code=code).person for code in ("moderator", "appeal_moderator"))
    at = database_now()
    deeds = [[rules.may(who, deed, None, at) for deed in ("see", "judge", "decide")] for who in (moderator, appeals)]
    assert deeds == [[True, True, False], [True, False, True]]


def test_how_a_place_publishes_is_dated_and_says_who_and_why(posts, threads, parks):
    place = threads.open(unit=parks.unit, default_mode="pre")
    sent = [actions.admit(thing=f"{NAME}:{posts.write(place=place.key, words='Proszę o ławkę.').number}")]
    actions.set_mode(place=place.key, mode="post", why="Spokojna rozmowa", person=parks.person)
    sent.append(actions.admit(thing=f"{NAME}:{posts.write(place=place.key, words='I o kosz.').number}"))
    assert [(each.mode, each.outcome, each.is_published) for each in sent] == [
        ("pre", "waiting", False),
        ("post", "published", True),
    ]
    assert [(each.source, each.place) for each in Item.objects.all()] == [("before", place.key)]
    assert actions.admit(thing=sent[0].thing).pk == sent[0].pk
    for mode, why, words in (("never", "x", "Wybierz, jak"), ("pre", " ", "Napisz, dlaczego")):
        with pytest.raises(rules.ModerationRefused, match=words):
            actions.set_mode(place=place.key, mode=mode, why=why, person=parks.person)


def test_in_a_mixed_place_new_authors_and_risky_texts_wait_and_spam_is_held_with_a_letter(posts, threads, parks):
    place = threads.open(unit=parks.unit, default_mode="hybrid")
    BannedWord.objects.create(words="idiota", key="idiota", reason="insult", weight=60, starts=database_now())
    known, moderator = UserFactory(), AppointmentFactory(role_code="moderator").person

    def send(words, author):
        return actions.admit(thing=f"{NAME}:{posts.write(place=place.key, words=words, author=author).number}").outcome

    for words in ("Pierwszy głos.", "Drugi, o ławkach.", "Trzeci, o drzewach w parku."):
        assert send(words, known) == Admitted.WAITING
        actions.judge(item=Item.objects.open().get(), deed="approve", person=moderator)
    assert send("Czwarty: kiedy remont?", known) == Admitted.PUBLISHED
    assert send("Tylko id1ot@ to wymyślił.", known) == Admitted.WAITING
    item = Item.objects.open().get()
    assert (item.score, item.signals) == (68, [["banned", 60, "idiota"], ["haste", 20, "3"]])
    advert = (
        "TANIE KREDYTY!!! http://a.top http://b.top http://c.top TANIE KREDYTY TANIE KREDYTY TANIE KREDYTY TANIE KREDYTY ID1OTO"
    )
    assert send(advert, UserFactory()) == Admitted.QUARANTINED
    held = Judgement.objects.get(deed="quarantine")
    assert (held.is_automatic, held.reason, held.was_sent, posts.made[6].is_hidden) == (True, "spam", True, True)
    assert "linki: 3" in held.statement and "słowo z listy: idiota" in held.statement
    assert list(Admission.objects.order_by("pk").values_list("outcome", flat=True)) == [
        *["waiting"] * 3,
        "published",
        "waiting",
        "quarantined",
    ]


def test_a_suspension_has_an_end_is_told_and_an_appeal_lifts_it(posts, parks):
    moderator, appeals = (AppointmentFactory(role_code=code).person for code in ("moderator", "appeal_moderator"))
    item, last = posts.in_queue(posts.write(address="piszaca@example.pl")), today() + timedelta(days=7)
    why = {"deed": "suspend", "reason": "insult", "facts": "Trzeci raz obraża sąsiadów.", "person": moderator}
    for until in (None, today(), today() + timedelta(days=91)):
        with pytest.raises(rules.ModerationRefused, match="Wybierz ostatni dzień zawieszenia"):
            actions.judge(item=item, until=until, **why)
    with pytest.raises(rules.ModerationRefused, match="nie można nikogo zawiesić"):
        actions.judge(item=posts.in_queue(), until=last, **why)
    judged = actions.judge(item=item, until=last, **why)
    at = database_now()
    assert queries.suspension_of(address="PISZACA@example.pl", at=at).ends == end_of_day(last)
    assert queries.suspension_of(address="ktos@example.pl", at=at) is None
    assert "nie możesz tu pisać" in judged.statement and judged.appeal_until is not None
    filed = actions.appeal(judgement=judged)
    actions.decide_appeal(appeal=filed, outcome="reversed", answer="To nie była obraza.", person=appeals)
    assert queries.suspension_of(address="piszaca@example.pl", at=database_now()) is None
    assert Suspension.objects.get().lifted_by == appeals


def test_a_thing_is_moved_with_a_reason_and_an_appeal_moves_it_back(posts, parks):
    moderator, appeals = (AppointmentFactory(role_code=code).person for code in ("moderator", "appeal_moderator"))
    post = posts.write(address="piszaca@example.pl", place="test.thread:1")
    why = {"deed": "move", "reason": "off_topic", "facts": "Pyta o park, nie o drogę.", "person": moderator}
    with pytest.raises(rules.ModerationRefused, match="Wybierz, gdzie"):
        actions.judge(item=posts.in_queue(post), target="test.thread:9", **why)
    judged = actions.judge(item=Item.objects.get(), target="test.thread:2", **why)
    assert (post.place, judged.moved_from, "drugi wątek próbny" in judged.statement) == ("test.thread:2", "test.thread:1", True)
    actions.decide_appeal(appeal=actions.appeal(judgement=judged), outcome="reversed", answer="Było dobrze.", person=appeals)
    assert post.place == "test.thread:1"


BANNED = [Banned("idiota", 40), Banned("tani kredyt", 70)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Z idiotami nie rozmawiam", ["idiota"]), ("i d i o t a", ["idiota"]), ("ID1OT@!", ["idiota"]), ("idioootą", ["idiota"]),
        ("idi\u200bota", ["idiota"]), ("Tanich kredytów nie bierz", ["tani kredyt"]), ("kredyt, ale nie tani", []),
        ("Idiom to zwrot; 1000 osób w parku", []), ("", []),
    ],
)  # fmt: skip
def test_banned_words_are_found_in_every_form_and_disguise(text, found):
    assert [each.words for each in banned_in(text, BANNED)] == found


def test_the_classifier_learns_from_judgements_and_says_which_words():
    spam = [f"Kredyt od ręki numer {number}, zadzwoń do nas" for number in range(20)]
    fine = [f"Proszę o ławkę przy ulicy Słonecznej {number}" for number in range(20)]
    chance, words = spam_chance(train(spam, fine), "Kredyt! Zadzwoń!")
    assert chance > 0.9 and "kredyt" in words
    assert spam_chance(train(spam, fine), "Ławka przy ulicy")[0] < 0.1
    assert spam_chance(train(spam[:3], fine), "Kredyt")[0] == 0
    assert {each.code for each in assess(spam[0], spam=[spam[0] + " dziś"], own=[spam[0]], recent=6)} == {
        "like_spam",
        "copy",
        "haste",
    }


@given(st.text(max_size=200), st.lists(st.integers(0, 100), max_size=6))
def test_any_text_is_assessed_and_more_signals_never_make_it_less_risky(text, weights):
    assert 0 <= score(assess(text, banned=BANNED)) <= 100
    found = [Signal("x", weight) for weight in weights]
    assert score(found[:-1]) <= score(found) <= 100

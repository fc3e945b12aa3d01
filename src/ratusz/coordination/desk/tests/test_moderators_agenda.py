"""The moderators' meeting finds on its agenda what the month brought, though meetings and moderation know nothing of each other."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from ratusz.casework.deadlines.models import Clock
from ratusz.casework.meetings.actions.agenda import compose_agenda
from ratusz.casework.meetings.factories import make_meeting
from ratusz.casework.meetings.kinds import kind_on
from ratusz.casework.meetings.models.meetings import State
from ratusz.casework.meetings.registries import agenda_sources
from ratusz.casework.moderation import actions
from ratusz.casework.moderation.factories import NAME, Posts
from ratusz.casework.moderation.models import Item
from ratusz.casework.moderation.registries import OwedAnswer, judged_kinds, owed_answers
from ratusz.coordination.desk.moderators_agenda import since
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.people.factories import UserFactory
from ratusz.foundation.units.factories import AppointmentFactory, UnitFactory

pytestmark = pytest.mark.django_db
SOURCE = "moderation.month"


@pytest.fixture
def posts(monkeypatch):
    made = Posts()
    monkeypatch.setitem(judged_kinds._entries, NAME, made.kind)
    return made


def judged(posts, reason: str = "insult"):
    item = posts.in_queue(posts.write(author=UserFactory()))
    moderator = AppointmentFactory(role_code="moderator").person
    return actions.judge(item=item, deed="hide", reason=reason, facts="Słowa autora", person=moderator)


def told(meeting, at) -> list[tuple[str, str]]:
    return [(point.key.partition(":")[0], point.title.partition(":")[0]) for point in agenda_sources[SOURCE].points(meeting, at)]


def test_the_kind_asks_for_the_source_and_the_source_is_there():
    assert SOURCE in kind_on("moderators", local_day(database_now())).sources and SOURCE in agenda_sources


@pytest.mark.slow
def test_the_agenda_has_all_appeals_missed_terms_reversed_decisions_and_every_other(posts):
    last = make_meeting("moderators", in_days=-28)
    reversed_one, upheld, waiting, _quiet = (judged(posts) for _number in range(4))
    judged(posts, "other")
    for made in (reversed_one, upheld, waiting):
        actions.appeal(judgement=made, words="Słowa odwołania")
    for made, outcome in ((reversed_one, "reversed"), (upheld, "upheld")):
        decider = AppointmentFactory(role_code="head").person
        actions.decide_appeal(appeal=made.appeal, outcome=outcome, answer="Odpowiedź", person=decider)
    late = posts.in_queue()
    Clock.objects.filter(subject=late.key).update(due_at=database_now())
    meeting, at = make_meeting("moderators", in_days=1), database_now()
    points = list(agenda_sources[SOURCE].points(meeting, at))
    assert [(point.key, point.title, point.state, point.is_late) for point in points] == [
        (reversed_one.appeal.key, "Decyzja zmieniona po odwołaniu: wpis 1 w wątku próbnym", "słuszne: wpis wraca w dawnej postaci", False),
        (upheld.appeal.key, "Odwołanie: wpis 2 w wątku próbnym", "oddalone: decyzja zostaje", False),
        (waiting.appeal.key, "Odwołanie: wpis 3 w wątku próbnym", "czeka na rozstrzygnięcie", False),
        (points[3].key, "Inny powód, spoza katalogu: wpis 5 w wątku próbnym", "oceniony", False),
        (points[4].key, "Przekroczony termin: wpis 6 w wątku próbnym", "czeka na moderatora", True),
        (late.key, "Bez decyzji: wpis 6 w wątku próbnym", "czeka na moderatora", False),
    ]  # fmt: skip
    assert points[4].text == "Zgłoszony wpis: pierwsze spojrzenie" and points[0].text.startswith("ukryj, powód: Obrażanie, ")
    assert not any(point.is_public or "Słowa" in point.text + point.title for point in points), "people's words stay where they are"
    assert len({point.key for point in points}) == 6 and since(meeting) == last.starts_at


def test_december_is_skipped_and_nothing_of_it_is_forgotten(posts):
    november = make_meeting("moderators", in_days=-40)
    make_meeting("moderators", in_days=-10, state=State.CANCELLED, cancelled_at=database_now(), cancel_reason="święta")
    make_meeting("moderators", in_days=-5, announced=False)
    make_meeting("residents", in_days=-3)
    january = make_meeting("moderators", in_days=1)
    assert since(january) == november.starts_at
    waiting = posts.in_queue()
    at = database_now()
    assert told(january, at) == [("moderation.item", "Bez decyzji")]
    assert told(november, at) == [], "what came after a meeting is not on its agenda"
    actions.judge(item=waiting, deed="approve", person=AppointmentFactory(role_code="moderator").person)
    assert told(january, database_now()) == []


def test_the_first_meeting_looks_back_a_month(posts):
    first = make_meeting("moderators", in_days=1)
    assert timedelta(days=27) <= first.starts_at - since(first) <= timedelta(days=32)


def test_the_meeting_is_generated_from_the_source_for_staff_alone_and_once(posts):
    judged(posts, "other")
    waiting = posts.in_queue()
    meeting, head = make_meeting("moderators", in_days=1), AppointmentFactory(role_code="head").person
    assert [len(compose_agenda(meeting=meeting, person=head)) for _time in range(2)] == [2, 0]
    actions.take(item=waiting, person=head)
    actions.judge(item=waiting, deed="quarantine", reason="spam", facts="Reklama.", person=head)
    compose_agenda(meeting=meeting, person=head)
    points = meeting.agenda.order_by("order").values_list("title", "visibility", "source", "facts__state")
    assert list(points) == [
        ("Inny powód, spoza katalogu: wpis 1 w wątku próbnym", "internal", SOURCE, "oceniony"),
        ("Bez decyzji: wpis 2 w wątku próbnym", "internal", SOURCE, "w kwarantannie"),
    ]


@pytest.mark.slow
@settings(max_examples=12)
@given(st.lists(st.sampled_from(["quiet", "appealed", "decided", "other", "late"]), min_size=1, max_size=6))
def test_whatever_the_month_was_the_agenda_holds_every_appeal_and_every_missed_term(kinds):
    made = Posts()
    judged_kinds._entries[NAME] = made.kind
    try:
        with transaction.atomic():
            keys = {_happened(made, kind) for kind in kinds} - {""}
            meeting = make_meeting("moderators", in_days=1)
            points = {point.key for point in agenda_sources[SOURCE].points(meeting, database_now())}
            assert keys <= points
            transaction.set_rollback(True)
    finally:
        del judged_kinds._entries[NAME]


def _happened(made: Posts, kind: str) -> str:
    """One thing of the month; gives the key that the agenda must hold."""
    if kind == "late":
        item = made.in_queue()
        Clock.objects.filter(subject=item.key).update(due_at=database_now())
        return f"moderation.late:{Clock.objects.get(subject=item.key).pk}"
    judgement = judged(made, "other" if kind == "other" else "insult")
    if kind == "other":
        return f"moderation.judgement:{judgement.pk}"
    if kind == "quiet":
        return ""
    filed = actions.appeal(judgement=judgement)
    if kind == "decided":
        actions.decide_appeal(appeal=filed, outcome="upheld", answer="Zostaje.", person=AppointmentFactory(role_code="head").person)
    return filed.key


@pytest.mark.slow
def test_what_many_flagged_answers_owed_the_load_and_faults_stand_there_too(posts, monkeypatch):
    units = UnitFactory(name="Zieleń"), UnitFactory(name="Drogi")
    item = posts.in_queue(posts.write(), sender="a")
    for sender in "bc":
        posts.in_queue(posts.made[1], sender=sender)
    moderator = AppointmentFactory(role_code="moderator").person
    actions.judge(item=item, deed="approve", person=moderator)
    posts.in_queue(posts.write(), sender="a")
    for number, unit in enumerate(units, 1):
        Item.objects.filter(thing=f"{NAME}:{number}").update(unit=unit)
    monkeypatch.setitem(owed_answers._entries, "test", lambda at: [OwedAnswer("test:1", "wątek o ławkach", "Zieleń", is_late=True)])
    actions.report_fault(words="Nie działa wyszukiwarka.", person=moderator)
    meeting, at = make_meeting("moderators", in_days=1), database_now()
    month = [(point.key, point.text) for point in agenda_sources[SOURCE].points(meeting, at) if "flagged" in point.key]
    assert month == [(f"moderation.flagged:{item.pk}", "zgłosiły to 3 osoby")]
    titles = [(point.title, point.is_late) for point in agenda_sources["moderation.office"].points(meeting, at)]
    assert titles == [
        ("Czeka na odpowiedź: wątek o ławkach", True), ("Obciążenie komórek przez ostatnie 30 dni", False),
        ("Usterka platformy: Nie działa wyszukiwarka.", False),
    ]  # fmt: skip

"""The roster and its gaps, banned words, faults, the load of units, the table of a month: deeds, pages and what is refused."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from ratusz.casework.moderation import actions, months, office, rules
from ratusz.casework.moderation.factories import NAME, PLACE, Posts, Threads
from ratusz.casework.moderation.models import Absence, BannedWord, Fault, Item, Mandate, MonthTable, PlaceRules, Shift
from ratusz.casework.moderation.registries import judged_kinds, place_kinds
from ratusz.casework.moderation.roster import first_gap, turns_on
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.kit.working_days import end_of_day, is_working_day, working_day_from
from ratusz.foundation.notifications.models import OutboxMessage
from ratusz.foundation.people.factories import UserFactory
from ratusz.foundation.units.factories import AppointmentFactory, UnitFactory

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
def lead():
    return AppointmentFactory(role_code="lead_moderator").person


def today():
    return local_day(database_now())


def shift(unit, person, lead, **facts):
    day = working_day_from(today())
    start = {"unit": unit, "weekday": day.weekday(), "opens": time(8), "closes": time(12), "moderator": person, "first": today()}
    return actions.set_shift(**start | facts, person=lead)


def test_the_substitute_comes_when_somebody_is_away_and_nobody_when_both_are(threads, lead):
    unit, first, second = UnitFactory(), UserFactory(), UserFactory()
    made, day = shift(unit, first, lead, substitute=second), working_day_from(today())
    seen = []
    for who in (None, first, second):
        absence = who and actions.tell_absence(moderator=who, first=day, last=day, person=lead)
        weeks = office.week_of(day - timedelta(days=day.weekday()), [unit])
        seen += [(turn.person, turn.is_substitute) for each, turns in weeks[0].days if each == day for turn in turns]
    assert seen == [(first, False), (second, True), (None, True)]
    actions.cancel_absence(absence=absence, person=second)
    with pytest.raises(rules.ModerationRefused, match="jest już wpisana"):
        actions.tell_absence(moderator=first, first=day, last=day, person=first)
    with pytest.raises(rules.NotYours):
        actions.tell_absence(moderator=first, first=day, last=day, person=second)
    actions.end_shift(shift=made, last=today(), person=lead)
    assert turns_on(day + timedelta(days=7), [Shift.objects.get()], []) == []


def test_a_place_that_nobody_looks_after_alarms_the_lead_once(threads, lead):
    unit, head = UnitFactory(), AppointmentFactory(role_code="head", unit=UnitFactory()).person
    place = threads.open(unit=unit)
    threads.open(2, unit=lead.appointments.get().unit)  # of the department: its own moderators look after it
    assert [(gap.place.key, gap.days) for gap in office.uncovered(database_now())] == [(place.key, 10)]
    assert (actions.watch_cover(), actions.watch_cover()) == (1, 1)
    letter = OutboxMessage.objects.get(purpose="moderation.cover")
    assert "wątek próbny 1" in str(vars(letter.content))
    for weekday in range(5):
        shift(unit, head, lead, weekday=weekday)
    assert (office.uncovered(database_now()), actions.watch_cover()) == ([], 0)


def test_nobody_is_missed_where_nobody_can_write_any_more(threads, lead):
    threads.open(unit=UnitFactory(), ends_at=end_of_day(today()))
    assert office.uncovered(database_now()) == []


def test_a_mandate_covers_its_place_until_its_holder_and_the_substitute_are_away(threads, lead):
    unit = UnitFactory()
    place, who = threads.open(unit=unit), UserFactory(is_staff=True)
    actions.appoint_moderator(place=place.key, moderator=who, first=today(), person=lead)
    assert office.uncovered(database_now()) == []
    actions.tell_absence(moderator=who, first=today(), last=today() + timedelta(days=60), person=who)
    assert [gap.days for gap in office.uncovered(database_now())] == [10]


@given(st.lists(st.booleans(), max_size=12), st.integers(0, 3))
def test_the_first_gap_is_the_first_run_that_is_too_long(covered, more_than):
    days = [date(2026, 1, 1) + timedelta(days=step) for step in range(len(covered))]
    gap = first_gap("x", days, covered, more_than)
    text = "".join("1" if each else "0" for each in covered)
    place = text.find("0" * (more_than + 1))
    assert (gap is None) == (place < 0)
    if gap is not None:
        assert gap.first == days[place] and set(text[place : place + gap.days]) == {"0"}


@given(st.datetimes(datetime(2026, 1, 2), datetime(2026, 12, 20)), st.integers(0, 60))
def test_hours_of_work_are_the_reverse_of_the_term(start, hours):
    start = start.replace(tzinfo=UTC)
    due = rules.first_look_due(start, hours)
    assert rules.working_hours(start, due) == pytest.approx(hours)
    assert hours == 0 or is_working_day(local_day(due))


def test_the_word_list_and_faults_are_kept_with_refusals_in_words(lead):
    moderator = AppointmentFactory(role_code="moderator").person
    facts = {"words": "Kredycik", "reason": "spam", "weight": 40}
    with pytest.raises(rules.NotYours):
        actions.add_banned_word(**facts, person=moderator)
    word = actions.add_banned_word(**facts, person=lead)
    for change, text in (
        ({}, "jest już na liście"),
        ({"words": "…"}, "z liter"),
        ({"reason": "x"}, "Wybierz powód"),
        ({"weight": 0}, "od 1"),
    ):
        with pytest.raises(rules.ModerationRefused, match=text):
            actions.add_banned_word(**facts | change, person=lead)
    actions.retire_banned_word(word=word, person=lead)
    assert not BannedWord.objects.in_force(database_now()).exists()
    actions.add_banned_word(**facts, person=lead)
    fault = actions.report_fault(words="Nie działa wyszukiwarka wątków.", person=moderator)
    with pytest.raises(rules.ModerationRefused, match="Napisz, co zrobiono"):
        actions.mend_fault(fault=fault, answer=" ", person=moderator)
    actions.mend_fault(fault=fault, answer="Naprawiono indeks.", person=moderator)
    with pytest.raises(rules.ModerationRefused, match="już naprawiona"):
        actions.mend_fault(fault=fault, answer="Jeszcze raz", person=moderator)


def last_month() -> date:
    return (today().replace(day=1) - timedelta(days=1)).replace(day=1)


@pytest.mark.slow
def test_a_month_is_counted_once_it_is_over_frozen_and_corrected_by_a_version(posts, lead, monkeypatch):
    unit = UnitFactory(name="Zieleń")
    moderator = AppointmentFactory(role_code="moderator").person
    kinds = ("insult", "insult", "insult", "spam", "hate", "hate", "hate", "hate")
    for reason in kinds:
        item = posts.in_queue(posts.write(author=UserFactory()), sender="a")
        made = actions.judge(item=item, deed="hide", reason=reason, facts="Fakty", person=moderator)
    actions.decide_appeal(appeal=actions.appeal(judgement=made), outcome="reversed", answer="Wraca.", person=lead)
    Item.objects.update(unit=unit)
    month = today().replace(day=1)
    found = months.figures(month)
    assert {code: found[code] for code in ("flags", "hidden", "appeals", "reversed", "restored", "units", "late")} == {
        "flags": 8, "hidden": {"hate": 4, "insult": 3, "spam": 1}, "appeals": 1, "reversed": 1, "restored": 1, "units": {"Zieleń": 8}, "late": 0,
    }  # fmt: skip
    with pytest.raises(rules.ModerationRefused, match="jeszcze trwa"):
        actions.freeze_month(month=month, person=lead)
    after = months.bounds(month)[1] + timedelta(days=1)
    monkeypatch.setattr("ratusz.casework.moderation.actions.freezing.database_now", lambda: after)
    assert (actions.freeze_last_month(), actions.freeze_last_month()) == (1, 0)
    with pytest.raises(rules.ModerationRefused, match="po co nowa wersja"):
        actions.freeze_month(month=month, person=lead)
    second = actions.freeze_month(month=month, why="Dopisano odwołanie z 30. dnia.", person=lead)
    assert (second.version, [each.rows == found for each in MonthTable.objects.all()]) == (2, [True, True])
    rows = dict(months.rows_of(second))
    assert {name: rows[f"Ukryte, powód: {name}"] for name in ("Nienawiść", "Obrażanie")} == {
        "Nienawiść": "4",
        "Obrażanie": "za mało, żeby podać",
    }
    with pytest.raises(DatabaseError), transaction.atomic():
        MonthTable.objects.update(rows={})
    client, address = Client(), reverse("moderation:month", args=[f"{month:%Y-%m}"])
    page = client.get(address).content.decode()
    assert "Ukryte, powód: Nienawiść" in page and "Dopisano odwołanie" in page and "wersja 1" in page
    assert b"Zg\xc5\x82oszenia czytelnik\xc3\xb3w;8" in client.get(address, {"plik": "csv", "wersja": "1"}).content
    kinds_of_files = [client.get(address, {"plik": kind}).content[:4] for kind in ("xlsx", "pdf")]
    assert kinds_of_files == [b"PK\x03\x04", b"%PDF"]
    assert f'href="{address}"' in client.get(reverse("moderation:months")).content.decode()
    assert [client.get(address, {"wersja": "9"}).status_code, client.get("/zasady-moderacji/miesiace/2026-13/").status_code] == [
        404,
        404,
    ]


@given(st.dictionaries(st.text(max_size=3), st.integers(0, 40), max_size=6), st.integers(2, 5))
def test_small_cells_are_never_told_and_never_come_out_by_subtraction(cells, least):
    told = months.safe(cells, least)
    hidden = [cells[name] for name, count in told.items() if count is None]
    assert all(count is None or count == 0 or count >= least for count in told.values())
    assert not hidden or sum(hidden) >= least or all(count == 0 or told[name] is None for name, count in cells.items())


@pytest.mark.slow
def test_screens_of_the_office_open_for_whoever_keeps_it_and_each_form_does_its_deed(staff_client, threads, lead):
    client, place = staff_client("lead_moderator"), threads.open(unit=UnitFactory(name="Zieleń"))
    names = ("places", "roster", "words", "load", "faults", "months", "queue", "appeals", "reasons")
    assert [client.get(reverse(f"moderation_{name}")).status_code for name in names] == [200] * len(names)
    at = reverse("moderation_place", args=[place.key])
    who = AppointmentFactory(role_code="unit_editor", unit=place.unit).person
    sent = {"deed": "mandate", "mandate-moderator": who.pk, "mandate-first": today().isoformat()}
    assert client.post(at, sent).status_code == 302
    assert client.post(at, {"deed": "mode", "mode-mode": "hybrid", "mode-why": "Gorący temat"}).status_code == 302
    refused = client.post(at, {"deed": "outsider", "outsider-email": "to nie adres", "outsider-first_name": "Gość"})
    assert refused.status_code == 422 and "to nie adres" in refused.content.decode()
    assert (Mandate.objects.get().person, PlaceRules.objects.get().mode) == (who, "hybrid")
    page = client.get(at).content.decode()
    assert "jeszcze bez szkolenia" in page and "Gorący temat" in page
    assert client.get(reverse("moderation_letter", args=[Mandate.objects.get().pk])).content[:4] == b"%PDF"
    roster = {
        "deed": "shift", "shift-unit": place.unit.pk, "shift-weekday": "0", "shift-opens": "08:00", "shift-closes": "12:00",
        "shift-moderator": who.pk, "shift-first": today().isoformat(),
    }  # fmt: skip
    at = reverse("moderation_roster")
    idle = AppointmentFactory(role_code="unit_moderator").person
    said = client.post(at, roster | {"shift-moderator": idle.pk, "shift-weekday": "2"}, follow=True).content.decode()
    assert "nie moderuje jeszcze niczego w tej komórce" in said
    nobody = AppointmentFactory(role_code="unit_editor").person
    assert client.post(at, roster | {"shift-moderator": nobody.pk}).status_code == 422, "who moderates nothing is not offered"
    client.post(reverse("moderation_end_shift", args=[Shift.objects.get().pk]))
    assert client.post(at, roster).status_code == 302
    assert client.post(at, roster | {"shift-closes": "07:00"}).status_code == 422
    monday = today() + timedelta(days=7 - today().weekday())
    assert who.display_name in client.get(at, {"dzien": monday.isoformat()}).content.decode()
    assert client.get(at, {"dzien": "nigdy"}).status_code == 200
    client.post(reverse("moderation_words"), {"words": "reklama", "reason": "spam", "weight": "30"})
    client.post(reverse("moderation_faults"), {"words": "Nie działa."})
    assert (BannedWord.objects.count(), Fault.objects.count()) == (1, 1)
    client.post(reverse("moderation_mend_fault", args=[Fault.objects.get().pk]), {"answer": "Już działa."})
    client.post(reverse("moderation_retire_word", args=[BannedWord.objects.get().pk]))
    client.post(reverse("moderation_end_shift", args=[Shift.objects.latest("pk").pk]))
    client.post(reverse("moderation_end_mandate", args=[Mandate.objects.get().pk]), {"why": "Koniec."})
    assert client.post(reverse("moderation_months"), {"month": last_month().isoformat()}).status_code == 302
    assert MonthTable.objects.get().month == last_month() and Mandate.objects.get().ended_at is not None
    assert client.get(reverse("moderation_load"), {"plik": "csv"}).content.startswith("\ufeffKomórka;Czeka teraz".encode())


@pytest.mark.slow
def test_heads_of_units_keep_their_own_places_alone(threads, staff_client):
    AppointmentFactory()
    unit = UnitFactory(name="Zieleń")
    client = staff_client("head", unit=unit)
    mine, other = threads.open(unit=unit), threads.open(2, unit=UnitFactory(name="Drogi"))
    page = client.get(reverse("moderation_places")).content.decode()
    assert "wątek próbny 1" in page and "wątek próbny 2" not in page
    codes = [client.get(reverse("moderation_place", args=[each.key])).status_code for each in (mine, other)]
    assert codes == [200, 302] and client.get(reverse("moderation_queue")).status_code == 302


@pytest.mark.slow
def test_a_moderator_of_a_place_opens_its_queue_and_decides_there_but_no_other(posts, threads, staff_client, lead):
    unit = UnitFactory(name="Zieleń")
    client, place = staff_client("unit_moderator", unit=unit), threads.open(unit=unit)
    assert client.get(reverse("moderation_queue")).status_code == 302  # the role alone opens nothing
    actions.appoint_moderator(place=place.key, moderator=client.person, first=today(), person=lead)
    mine, other = (posts.in_queue(posts.write(place=key), sender="a") for key in (place.key, "test.thread:2"))
    page = client.get(reverse("moderation_queue")).content.decode()
    assert f"/admin/moderacja/{mine.pk}/" in page and f"/admin/moderacja/{other.pk}/" not in page
    codes = [client.get(reverse("moderation_item", args=[each.pk])).status_code for each in (mine, other)]
    sent = {"deed": "hide", "reason": "insult", "facts": "Obraża sąsiada.", "seen": "0"}
    codes += [client.post(reverse("moderation_judge", args=[each.pk]), sent).status_code for each in (mine, other)]
    assert codes == [200, 302, 302, 302]
    assert [Item.objects.get(pk=each.pk).state for each in (mine, other)] == ["judged", "waiting"]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["places", "roster"])
def test_lists_of_the_office_ask_as_much_of_three_as_of_one(threads, staff_client, lead, name):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client, unit, counts = staff_client("lead_moderator"), UnitFactory(), []
    for number in (1, 2, 3):
        place, who = threads.open(number, unit=unit), UserFactory(is_staff=True)
        actions.appoint_moderator(place=place.key, moderator=who, first=today(), person=lead)
        shift(unit, who, lead)
        client.get(reverse(f"moderation_{name}"))
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(reverse(f"moderation_{name}"))
        counts.append(len(asked))
    assert counts[0] == counts[2]


def test_heads_tell_and_cancel_absences_of_their_own_people_alone(staff_client, lead):
    unit, other = UnitFactory(), UnitFactory()
    own, theirs = (AppointmentFactory(role_code="unit_moderator", unit=each).person for each in (unit, other))
    day = working_day_from(today())
    shift(other, theirs, lead)
    for each in (own, theirs):
        actions.tell_absence(moderator=each, first=day, last=day, person=lead)
    client = staff_client("head", unit=unit)
    page = client.get(reverse("moderation_roster"))
    shown = [row["absence"].person for row in page.context["absences"]]
    assert (shown, list(page.context["absence_form"].fields["moderator"].queryset)) == ([own], [own, client.person])
    for absence in Absence.objects.all():
        client.post(reverse("moderation_cancel_absence", args=[absence.pk]))
    assert [each.person for each in Absence.objects.all()] == [theirs]
    later = {"deed": "absence", "absence-first": day + timedelta(days=9), "absence-last": day + timedelta(days=9)}
    assert client.post(reverse("moderation_roster"), {**later, "absence-moderator": theirs.pk}).status_code == 422
    with pytest.raises(rules.NotYours):
        actions.tell_absence(moderator=theirs, first=day + timedelta(days=9), last=day + timedelta(days=9), person=client.person)

"""Phases of elections by the city's clock; what the silence holds, who lets it out, and that nothing floods out after it."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from ratusz.coordination.calendar import actions, holds, rules
from ratusz.coordination.calendar.election_dates import dates_of_elections
from ratusz.coordination.calendar.factories import make_election
from ratusz.coordination.calendar.models import Candidate, Election, HeldItem
from ratusz.coordination.calendar.phase_line import stages_of
from ratusz.foundation.audit.models import Entry
from ratusz.foundation.kit import outgoing as kit
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.outgoing import Outgoing, hold_back, holds_on, stopping, tell_override
from ratusz.foundation.kit.registries import Registry
from ratusz.foundation.people.factories import UserFactory
from ratusz.foundation.units.factories import AppointmentFactory, UnitFactory


def warsaw(*parts):
    return datetime(*parts, tzinfo=rules.WARSAW)


def plain(**facts):
    given = {
        "ordered_on": date(2024, 1, 29), "voting_day": date(2024, 4, 7), "second_round_day": None, "polls_to": time(21),
    }  # fmt: skip
    return SimpleNamespace(**{**given, **facts})


def line(election):
    return [(phase.code, phase.starts, phase.ends, phase.round) for phase in rules.phases(election)]


def test_two_rounds_have_two_campaigns_and_two_silences():
    election = plain(second_round_day=date(2024, 4, 21))
    begins, first, close = warsaw(2024, 1, 29), warsaw(2024, 4, 6), warsaw(2024, 4, 7, 21)
    second, end = warsaw(2024, 4, 20), warsaw(2024, 4, 21, 21)
    assert line(election) == [
        ("setup", None, begins, 1), ("campaign", begins, first, 1), ("silence", first, close, 1),
        ("campaign", close, second, 2), ("silence", second, end, 2), ("after", end, None, 2),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("day", "starts", "ends", "hours"),
    [
        (date(2024, 3, 31), datetime(2024, 3, 29, 23, tzinfo=UTC), datetime(2024, 3, 31, 19, tzinfo=UTC), 44),
        (date(2023, 10, 29), datetime(2023, 10, 27, 22, tzinfo=UTC), datetime(2023, 10, 29, 20, tzinfo=UTC), 46),
        (date(2023, 10, 15), datetime(2023, 10, 13, 22, tzinfo=UTC), datetime(2023, 10, 15, 19, tzinfo=UTC), 45),
    ],
)
def test_the_silence_is_right_on_nights_of_changed_clocks(day, starts, ends, hours):
    silence = next(phase for phase in rules.phases(plain(voting_day=day, ordered_on=date(2023, 8, 8))) if phase.code == "silence")
    assert (silence.starts.astimezone(UTC), silence.ends.astimezone(UTC)) == (starts, ends)
    assert silence.ends.astimezone(UTC) - silence.starts.astimezone(UTC) == timedelta(hours=hours)


def test_a_late_order_leaves_no_campaign_and_a_late_closing_makes_a_longer_silence():
    assert [phase[0] for phase in line(plain(ordered_on=date(2024, 4, 6)))] == ["setup", "silence", "after"]
    assert line(plain(polls_to=time(23, 30)))[-1][1] == warsaw(2024, 4, 7, 23, 30)


@given(
    st.dates(date(2012, 1, 1), date(2035, 1, 1)), st.integers(1, 120), st.none() | st.integers(1, 30), st.times(time(8), time(23, 59)),
    st.integers(-500, 500),
)  # fmt: skip
def test_phases_follow_one_another_without_gaps(ordered, until_voting, until_second, polls_to, hours):
    voting = ordered + timedelta(days=until_voting)
    second = voting + timedelta(days=until_second) if until_second else None
    election = plain(ordered_on=ordered, voting_day=voting, second_round_day=second, polls_to=polls_to)
    found = rules.phases(election)
    assert found[0].starts is None and found[-1].ends is None
    for earlier, later in zip(found, found[1:], strict=False):
        assert earlier.ends == later.starts and (earlier.starts is None or earlier.starts < earlier.ends)
    at = warsaw(voting.year, voting.month, voting.day) + timedelta(hours=hours)
    assert [phase.holds_at(at) for phase in found].count(True) == 1


pytestmark_db = pytest.mark.django_db
SILENT, AFTER, CAMPAIGN = warsaw(2024, 4, 6, 12), warsaw(2024, 5, 1, 9), warsaw(2024, 3, 1, 9)
POST = Outgoing("social.post:1", "social", "Nowy park", "Otwieramy park na Załężu.", url="/admin/x/")


@pytest.fixture
def head(db):
    return AppointmentFactory(role_code="head", starts=datetime(2020, 1, 1, tzinfo=UTC)).person


@pytest.fixture
def election(head):
    return make_election(head)


@pytest.fixture
def moment(monkeypatch):
    def be(at):
        monkeypatch.setattr(actions, "database_now", lambda: at)
        return at

    return be


def codes(thing, at):
    return [(hold.code, hold.blocks) for hold in holds_on(thing, at) if hold.code.startswith("elections.")]


def test_the_silence_holds_everything_but_crisis_and_plain_voter_information(election):
    assert codes(POST, SILENT) == [(holds.SILENCE, True)]
    assert codes(POST, warsaw(2024, 4, 5, 23, 59)) == codes(POST, warsaw(2024, 4, 7, 21)) == []
    assert codes(POST, warsaw(2024, 4, 6)) == codes(POST, warsaw(2024, 4, 20, 10)) == [(holds.SILENCE, True)]
    for flag in ("is_crisis", "is_voter_information"):
        alone, seen = (
            Outgoing("m:1", "www", "Awaria", **{flag: True}),
            Outgoing("m:1", "www", "Awaria", second_person=True, **{flag: True}),
        )
        assert codes(alone, SILENT) == [(holds.SECOND, False)] and codes(seen, SILENT) == []
        assert [hold.code for hold in stopping(holds_on(alone, SILENT), alone)] == [holds.SECOND]
    assert "6 kwietnia" not in str(holds.hold(POST, SILENT).words) and "7 kwietnia 2024 r., godz. 21.00" in str(
        holds.hold(POST, SILENT).words
    )


def test_what_was_held_does_not_flood_out(election, head, moment):
    assert [hold.code for hold in hold_back(POST, SILENT)] == [holds.SILENCE]
    hold_back(POST, SILENT + timedelta(minutes=1))
    item = HeldItem.objects.get()
    assert (item.subject, item.title, item.url, item.held_at, item.held_until) == (
        POST.subject, "Nowy park", "/admin/x/", SILENT, warsaw(2024, 4, 7, 21),
    )  # fmt: skip
    assert codes(POST, AFTER) == [(holds.FRESH, True)]
    moment(SILENT)
    with pytest.raises(rules.StillSilent):
        actions.release_held(item=item, person=head)
    moment(AFTER)
    actions.release_held(item=item, person=head, reason="nadal aktualne")
    assert codes(POST, AFTER) == []
    with pytest.raises(rules.AlreadyDecided):
        actions.drop_held(item=item, person=head)


def test_what_is_dropped_never_leaves_and_its_owner_hears(election, head, moment, monkeypatch):
    heard = []
    monkeypatch.setattr(kit, "decision_listeners", Registry("test"))
    kit.decision_listeners.register("x", lambda subject, decision, at: heard.append((subject, decision)))
    hold_back(POST, SILENT)
    moment(AFTER)
    actions.drop_held(item=HeldItem.objects.get(), person=head, reason="nieaktualne")
    assert codes(POST, AFTER) == [(holds.DROPPED, True)]
    assert heard == [("social.post:1", "dropped")]


def test_what_a_head_dropped_only_those_who_decide_let_out(election, head, moment):
    """The same text by an editor stays, however often it tried in the silence; another text is another matter."""
    editor = AppointmentFactory(role_code="editor", starts=datetime(2020, 1, 1, tzinfo=UTC)).person
    by_editor, by_head = replace(POST, by=editor), replace(POST, by=head)
    hold_back(by_editor, SILENT)
    moment(SILENT)
    actions.drop_held(item=HeldItem.objects.get(), person=head)
    hold_back(by_editor, SILENT)
    assert HeldItem.objects.get().decision == "dropped"
    assert [hold.code for hold in hold_back(by_editor, AFTER)] == [holds.DROPPED]
    assert codes(replace(by_editor, title="Nowy park i plac zabaw"), AFTER) == []
    assert (hold_back(by_head, AFTER), HeldItem.objects.get().decision) == ([], "released")
    assert codes(by_editor, AFTER) == []


def test_an_override_is_of_one_text(election, head, moment):
    hold_back(POST, SILENT)
    moment(SILENT)
    actions.override_held(item=HeldItem.objects.get(), person=head, reason="Zmiana lokalu wyborczego.")
    others = [replace(POST, title="Głosuj"), replace(POST, text="Głosuj"), replace(POST, content="obraz")]
    assert [codes(each, SILENT) for each in (POST, *others)] == [[], *[[(holds.SILENCE, True)]] * 3]
    for each in others:
        hold_back(each, SILENT)
    assert list(HeldItem.objects.open().values_list("title", "fingerprint")) == [(POST.title, others[2].fingerprint)]
    assert codes(POST, SILENT) == [], "what was let out stays so"


def test_a_decision_is_about_the_text_that_was_seen(election, head, moment):
    hold_back(POST, SILENT)
    hold_back(replace(POST, title="Inny"), SILENT)
    item = HeldItem.objects.get()
    moment(SILENT)
    for decide in (actions.override_held, actions.drop_held, actions.release_held):
        with pytest.raises(rules.TextChanged):
            decide(item=item, person=head, reason="Pilne.", seen=POST.fingerprint)
    assert actions.override_held(item=item, person=head, reason="Pilne.", seen=item.fingerprint).title == "Inny"


def test_whoever_sends_by_hand_after_it_decides_afresh(election, head):
    hold_back(POST, SILENT)
    by_hand = Outgoing("social.post:1", "social", "Nowy park", by=head)
    assert hold_back(by_hand, AFTER) == []
    item = HeldItem.objects.get()
    assert (item.decision, item.decided_by) == ("released", head)


def test_a_head_lets_one_out_with_a_reason_and_the_next_silence_holds_it_again(election, head, moment):
    hold_back(POST, SILENT)
    item = HeldItem.objects.get()
    moment(SILENT)
    with pytest.raises(rules.ReasonMissing):
        actions.override_held(item=item, person=head, reason="  ")
    for role_code in ("press_officer", "editor"):
        other = AppointmentFactory(role_code=role_code, starts=datetime(2020, 1, 1, tzinfo=UTC)).person
        with pytest.raises(PermissionDenied):
            actions.override_held(item=item, person=other, reason="bo tak")
    actions.override_held(item=item, person=head, reason="Woda nie nadaje się do picia.")
    assert codes(POST, SILENT) == [] and codes(POST, warsaw(2024, 4, 20, 10)) == [(holds.SILENCE, True)]
    assert Entry.objects.filter(deed="calendar.overridden_item", actor_id=str(head.pk)).count() == 1


def test_an_override_where_it_was_about_to_leave_is_kept_too(election, head):
    tell_override(POST, head, "Pilne.", SILENT)
    hold_back(Outgoing("social.post:2", "social", "Drugi"), SILENT)
    tell_override(Outgoing("social.post:2", "social", "Drugi"), head, "Też pilne.", SILENT)
    tell_override(POST, head, "Nic teraz nie trwa.", warsaw(2030, 1, 1))
    assert sorted(HeldItem.objects.values_list("subject", "decision", "reason")) == [
        ("social.post:1", "overridden", "Pilne."), ("social.post:2", "overridden", "Też pilne."),
    ]  # fmt: skip


def test_the_campaign_asks_for_a_second_person_when_a_candidate_is_named(election, head):
    assert actions.read_candidates(election=election, rows=[("Anna", "Wzorcowa", "Komitet Próbny")], person=head) == 1
    assert actions.read_candidates(election=election, rows=[("Anna", "Wzorcowa", "Komitet Próbny")], person=head) == 0
    named = Outgoing("m:1", "www", "Spotkanie", "Rozmawiamy z Anną Wzorcową o parku.")
    assert codes(named, CAMPAIGN) == [(holds.NAMES, False)]
    assert "Anna Wzorcowa" in str(holds.hold(named, CAMPAIGN).words)
    assert codes(Outgoing("m:1", "www", "Spotkanie", named.text, second_person=True), CAMPAIGN) == []
    assert codes(POST, CAMPAIGN) == codes(named, AFTER) == codes(named, warsaw(2024, 1, 28, 23)) == []
    assert actions.remove_candidates(election=election, person=head) == 1
    assert not Candidate.objects.exists()


def test_the_rule_about_names_is_a_dated_setting(election, head, monkeypatch):
    actions.read_candidates(election=election, rows=[("Anna", "Wzorcowa", "")], person=head)
    named = Outgoing("test:1", "www", "Anna Wzorcowa otwiera park")
    said = rules.setting
    monkeypatch.setattr(rules, "setting", lambda name, day: said(name, day) and not name.startswith("candidate"))
    assert codes(named, CAMPAIGN) == []


def test_an_override_in_the_campaign_says_what_it_overrode_and_lets_out_one_sending(election, head):
    actions.read_candidates(election=election, rows=[("Anna", "Wzorcowa", "")], person=head)
    named = Outgoing("m:1", "www", "Spotkanie", "Rozmawiamy z Anną Wzorcową o parku.")
    tell_override(named, head, "Cytat z uchwały.", CAMPAIGN)
    assert list(HeldItem.objects.values_list("hold_code", "decision")) == [(holds.NAMES, "overridden")]
    assert codes(named, CAMPAIGN) == [(holds.NAMES, False)]


def test_a_running_campaign_keeps_its_beginning(election, head, moment):
    moment(CAMPAIGN)
    with pytest.raises(rules.CampaignRuns):
        actions.set_up_election(person=head, election=election, ordered_on=date(2024, 2, 1))
    changed = actions.set_up_election(person=head, election=election, ordered_on=election.ordered_on, polls_to=time(22))
    assert changed.polls_to == time(22)
    moment(warsaw(2024, 1, 1))
    assert actions.set_up_election(person=head, election=election, name="Inna nazwa").name == "Inna nazwa"
    with pytest.raises(PermissionDenied):
        actions.set_up_election(person=UserFactory(), name="x")


def test_a_press_officer_does_not_end_the_silence_by_other_days(election, head, moment):
    officer = AppointmentFactory(role_code="press_officer", starts=datetime(2020, 1, 1, tzinfo=UTC)).person
    moment(SILENT)
    with pytest.raises(rules.SilenceStays):
        actions.set_up_election(person=officer, election=election, voting_day=date(2024, 4, 5))
    longer = actions.set_up_election(person=officer, election=election, polls_to=time(23))
    assert rules.phase_at(longer, warsaw(2024, 4, 7, 22)).code == "silence"
    ended = actions.set_up_election(person=head, election=election, voting_day=date(2024, 4, 14))
    assert rules.phase_at(ended, SILENT).code == "campaign"


def test_the_database_keeps_the_order_of_days_and_one_open_hold(election, head):
    for wrong in ({"voting_day": date(2024, 1, 1)}, {"second_round_day": date(2024, 4, 7)}, {"polls_to": time(6)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Election.objects.filter(pk=election.pk).update(**wrong)
    hold_back(POST, SILENT)
    for wrong in (
        {"decision": "released"},
        {"decision": "maybe"},
        {"decided_by": head},
        {"decision": "overridden", "decided_by": head, "decided_at": SILENT},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            HeldItem.objects.update(**wrong)
    item = HeldItem.objects.get()
    item.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        item.save()


def test_phases_stand_in_the_departments_calendar_and_on_the_line(election):
    things = list(dates_of_elections(warsaw(2024, 4, 1), warsaw(2024, 4, 15)))
    assert [(thing.title.partition(":")[0], thing.is_public) for thing in things] == [
        ("Kampania wyborcza", False), ("Cisza wyborcza", False), ("Kampania wyborcza", False),
    ]  # fmt: skip
    stages = stages_of(election, SILENT)
    assert [stage.when for stage in stages] == ["past", "past", "now", "ahead", "ahead", "ahead"]
    assert stages[2].dates == "od 6 kwietnia 2024 r., godz. 0.00 do 7 kwietnia 2024 r., godz. 21.00"
    assert stages[4].title == "cisza wyborcza, druga tura"


def test_candidates_go_half_a_year_after_the_last_round(election, head):
    actions.read_candidates(election=election, rows=[("Anna", "Wzorcowa", "")], person=head)
    assert Candidate.objects.long_over(date(2024, 4, 21)).count() == 0
    assert Candidate.objects.long_over(date(2024, 4, 22)).count() == 1


def test_a_head_of_elsewhere_may_nothing_here(election):
    deeds, now = ("see", "set_up", "decide", "override"), database_now()
    for role, may in (
        ("head", deeds),
        ("deputy_head", deeds),
        ("press_officer", deeds[:3]),
        ("editor", deeds[:1]),
        ("moderator", deeds[:1]),
    ):
        person = AppointmentFactory(role_code=role).person
        assert tuple(deed for deed in deeds if rules.may(person, deed, election, now)) == may
    elsewhere = AppointmentFactory(role_code="head", unit=UnitFactory()).person
    assert not any(rules.may(elsewhere, deed, election, now) for deed in deeds)
    hold_back(POST, SILENT)
    with pytest.raises(PermissionDenied):
        actions.override_held(item=HeldItem.objects.get(), person=elsewhere, reason="Pilne.")

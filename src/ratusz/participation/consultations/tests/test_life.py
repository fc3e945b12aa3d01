"""From plan to report: what a launch needs, evidence, extension, cancelling, the clock of the report and its red badge."""

from datetime import date, datetime, timedelta

import pytest
from django.utils.timezone import get_default_timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from ratusz.casework.deadlines.actions import tell_of_clocks
from ratusz.casework.deadlines.models import Clock
from ratusz.foundation.audit.models import Entry
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.notifications.models import OutboxMessage
from ratusz.foundation.people.factories import UserFactory
from ratusz.foundation.units.factories import AppointmentFactory
from ratusz.participation.consultations import actions, registries, rules, standing
from ratusz.participation.consultations.factories import ConsultationFactory, FormFactory
from ratusz.participation.consultations.models import Consultation, Extension, Notice
from ratusz.participation.consultations.modes.pack import rules_for
from ratusz.participation.consultations.tests.conftest import evidence, facts, launch, make_plan

pytestmark = pytest.mark.django_db


def today() -> date:
    return local_day(database_now())


def codes(findings, level="error"):
    return {each.code for each in findings if each.level == level}


def test_an_empty_plan_is_kept_and_told_all_that_is_missing(editor):
    plan = actions.begin_consultation(facts={"title": "Skwer"}, person=editor)
    assert plan.number and plan.number.startswith("KS/")
    assert codes(standing.findings_of(plan, today())) == {
        "label", "purpose", "open_questions", "decided_by", "summary", "owner_unit", "days",
    }  # fmt: skip
    with pytest.raises(rules.ConsultationRefused) as refused:
        actions.launch_consultation(consultation=plan, person=editor)
    assert {each.code for each in refused.value.findings} == codes(standing.findings_of(plan, today()))


@pytest.mark.slow
def test_a_launch_freezes_the_rules_and_keeps_its_own_notice_as_evidence(editor, monkeypatch):
    made = launch(editor)
    own = made.notices.get()
    assert (own.channel, own.is_made, len(own.sha256)) == ("website", True, 64)
    assert (made.report_days, made.rules["versions"][0]["mode"]) == (30, "art5a")
    frozen = made.rules
    # Property 10: a changed pack never changes what runs.
    monkeypatch.setattr(standing, "rules_for", lambda *_given: rules_for(["revitalisation"], date(2026, 1, 1)))
    assert standing.rules_of(Consultation.objects.get(pk=made.pk)).content == frozen
    assert actions.launch_consultation(consultation=made, person=editor).announced_at == made.announced_at
    assert Entry.objects.filter(deed="consultations.launch").count() == 1
    with pytest.raises(rules.ConsultationRefused, match="ogłoszone"):
        actions.change_plan(consultation=made, facts={"title": "Inny"}, person=editor)


@pytest.mark.slow
def test_a_launch_waits_for_evidence_of_every_channel_and_on_its_first_day_only_warns(editor):
    demands = {"modes": ["environment"], "open_questions": "Wszystko."}
    plan = make_plan(editor, **demands)
    with pytest.raises(rules.ConsultationRefused, match="BIP"):
        actions.launch_consultation(consultation=plan, person=editor)
    for channel in ("bip", "office"):
        notice = actions.add_notice(
            consultation=plan, channel=channel, published_on=today(), evidence=evidence(), person=editor, place="tablica"
        )
    assert actions.launch_consultation(consultation=plan, person=editor).announced_at
    actions.withdraw_notice(notice=notice, reason="zła tablica", person=editor)
    plan = Consultation.objects.get(pk=plan.pk)
    assert [names for _limit, _extension, names in standing.notice_gaps(plan)] == ["tablica w siedzibie urzędu"]
    late = launch(editor, **demands, starts_on=today(), ends_on=today() + timedelta(days=40))
    assert len(standing.notice_gaps(Consultation.objects.get(pk=late.pk))) == 2
    with pytest.raises(rules.ConsultationRefused, match="dopiero nadejdzie"):
        actions.add_notice(consultation=late, channel="bip", published_on=today() + timedelta(days=1), evidence=None, person=editor)


def test_good_faith_a_hard_abstract_and_the_internet_alone_are_warned_of(editor):
    plan = make_plan(editor, final_act="uchwała nr 1/2026", summary=HARD, starts_on=date(2026, 12, 21))
    actions.remove_form(form=plan.forms.get(), person=editor)
    actions.add_form(consultation=plan, kind="survey", facts={"title": "Ankieta"}, person=editor)
    found = standing.findings_of(Consultation.objects.get(pk=plan.pk), today())
    assert {"good_faith", "fog", "offline", "christmas"} <= codes(found, "warn")


HARD = (
    "Przedmiotowe rozstrzygnięcie administracyjne uwarunkowane jest koniecznością przeprowadzenia wieloetapowego postępowania "
    "konsultacyjnego ukierunkowanego na zidentyfikowanie zapotrzebowania społeczności lokalnej w zakresie zagospodarowania."
)


@pytest.mark.slow
def test_an_extension_is_told_anew_on_every_channel_and_moves_the_report(editor, head):
    """Case 6: from 11 to 18 May; new notices, a new end, a new day of the report, the history stays."""
    heard = []
    registries.change_listeners.register("test", lambda consultation, event: heard.append(event))
    try:
        made = ConsultationFactory(running=True, modes=["environment"], rules=rules_for(["environment"], date(2026, 1, 1)).content)
        was, later = made.ends_on, made.ends_on + timedelta(days=7)
        for wrong in (was, was - timedelta(days=1)):
            with pytest.raises(rules.ConsultationRefused, match="nigdy nie skraca"):
                actions.extend_consultation(consultation=made, ends_on=wrong, reason="bo tak", person=head)
        extension = actions.extend_consultation(consultation=made, ends_on=later, reason="prośby mieszkańców", person=head)
        made = Consultation.objects.get(pk=made.pk)
        assert (made.ends_on, made.report_day, heard) == (later, later + timedelta(days=30), ["extended"])
        assert (extension.was_ends_on, extension.notices.get().occasion) == (was, "extension")
        missing = [(each, names) for _limit, each, names in standing.notice_gaps(made) if each]
        assert [names for _each, names in missing] == ["Biuletyn Informacji Publicznej", "tablica w siedzibie urzędu"]
        actions.add_notice(
            consultation=made, channel="bip", published_on=today(), evidence=evidence(), person=head, occasion="extension",
            extension=extension,
        )  # fmt: skip
        left = [names for _limit, each, names in standing.notice_gaps(Consultation.objects.get(pk=made.pk)) if each]
        assert left == ["tablica w siedzibie urzędu"]
        over = ConsultationFactory(ended=True)
        with pytest.raises(rules.ConsultationRefused, match="nowe konsultacje"):
            actions.extend_consultation(consultation=over, ends_on=today(), reason="za późno", person=head)
    finally:
        registries.change_listeners._entries.pop("test")


def test_after_the_launch_a_meeting_outside_the_days_that_the_law_leaves_is_told_until_the_end():
    """The window of plans (+7, −7) follows the last day, also one that was moved."""
    intent = {"intent_resolution": date(2024, 1, 10)}
    made = ConsultationFactory(running=True, modes=["plan"], rules=rules_for(["plan"], date(2026, 1, 1), intent).content)
    made.ends_on = made.starts_on + timedelta(days=30)
    made.save()
    day = datetime.combine(made.ends_on - timedelta(days=3), datetime.min.time(), tzinfo=get_default_timezone())
    FormFactory(
        consultation=made, kind="open_meeting", starts_at=day, ends_at=day + timedelta(hours=2), details={"opens_with_draft": True}
    )
    found = {each.code: each.basis for each in standing.live_findings(made, today())}
    assert set(found) == {"form", "before"} and "8i ust. 3" in found["before"]
    Consultation.objects.filter(pk=made.pk).update(ends_on=made.ends_on + timedelta(days=14))
    later = Consultation.objects.get(pk=made.pk)
    assert codes(standing.live_findings(later, today())) == {"form"}
    assert standing.live_findings(later, later.ends_on + timedelta(days=1)) == []


class Extending(TestCase):
    """Property 4: an extension never shortens and always leaves a notice; refused ones change nothing."""

    @settings(max_examples=15, deadline=None)
    @given(st.lists(st.integers(-30, 60), max_size=4))
    def test_extensions_never_shorten(self, steps):
        person = AppointmentFactory(role_code="head").person
        rules_of = rules_for(["environment"], date(2026, 1, 1)).content
        made = ConsultationFactory(running=True, modes=["environment"], rules=rules_of)
        for step in steps:
            before = Consultation.objects.get(pk=made.pk).ends_on
            try:
                actions.extend_consultation(consultation=made, ends_on=before + timedelta(days=step), reason="powód", person=person)
            except rules.ConsultationRefused:
                assert step <= 0 and Consultation.objects.get(pk=made.pk).ends_on == before
            else:
                assert step > 0
        rows = Extension.objects.filter(consultation=made)
        owed = [each for _limit, each, _names in standing.notice_gaps(Consultation.objects.get(pk=made.pk)) if each]
        # Each extension owes a new notice on both other channels of the mode; evidence of the launch does not count for it.
        assert sorted(each.pk for each in owed) == sorted([each.pk for each in rows] * 2)
        assert all(each.ends_on > each.was_ends_on for each in rows)
        assert Notice.objects.filter(extension__in=rows).count() == rows.count()


Extending.test_extensions_never_shorten = pytest.mark.slow(Extending.test_extensions_never_shorten)


def ended(days_ago: int, **facts):
    """A formal consultation whose last day was so many days ago."""
    last = today() - timedelta(days=days_ago)
    content = rules_for(["art5a"], date(2026, 1, 1)).content
    return ConsultationFactory(ended=True, starts_on=last - timedelta(days=20), ends_on=last, rules=content, **facts)


def test_the_badge_turns_red_by_itself_on_day_31():
    badges = [rules.badge_of(each, today()) for each in (ended(20), ended(30), ended(31))]
    assert [(each.code, each.words) for each in badges] == [
        ("report_due", "raport za 10 dni"), ("report_due", "raport: termin dziś"), ("overdue", "raport po terminie o 1 dzień"),
    ]  # fmt: skip
    assert [each.pk for each in Consultation.objects.overdue(today())] == [Consultation.objects.order_by("-pk")[0].pk]


@pytest.mark.slow
def test_a_shelter_talk_run_as_formal_mails_on_days_20_25_and_30_and_stops_with_the_report(head):
    """Case 8 replayed: whoever answers and the head are written to; the clock counts 30 days from the last day."""
    owner = AppointmentFactory(role_code="editor").person
    found = ended(20, owner_person=owner)
    assert (actions.start_report_clocks(), actions.start_report_clocks()) == (1, 0)
    clock = Clock.objects.get(subject=found.key)
    assert local_day(clock.due_at - timedelta(seconds=1)) == found.ends_on + timedelta(days=30)
    tell_of_clocks()
    told = {message.address.value for message in OutboxMessage.objects.select_related("address")}
    assert told == {owner.email, head.email}
    Consultation.objects.filter(pk=found.pk).update(reported_at=database_now())
    registries.tell(found, "reported")
    assert Clock.objects.get(pk=clock.pk).stop_event == "published"
    assert rules.stage_of(Consultation.objects.get(pk=found.pk), today()) == "reported"


def test_zaleze_has_a_saturday_as_target_and_a_tuesday_after_epiphany():
    """Case 2: the clock ends on Saturday 04.01.2020, the next working day is Tuesday 07.01."""
    case = Consultation(label="formal", starts_on=date(2019, 11, 21), ends_on=date(2019, 12, 5), report_days=30)
    case.announced_at = datetime(2019, 10, 29, 12, tzinfo=get_default_timezone())
    assert rules.report_days(case) == (date(2020, 1, 4), date(2020, 1, 7))
    assert [rules.stage_of(case, date(2020, 1, day)) for day in (4, 5)] == ["report_due", "overdue"]


@pytest.mark.slow
def test_a_cancelled_consultation_gives_a_reason_and_still_owes_its_report(editor):
    made = launch(editor)
    with pytest.raises(rules.ConsultationRefused, match="dlaczego"):
        actions.cancel_consultation(consultation=made, reason=" ", person=editor)
    made = actions.cancel_consultation(consultation=made, reason="Zmienił się projekt.", person=editor)
    assert (made.closed_day, made.report_day) == (today(), today() + timedelta(days=30))
    assert rules.stage_of(made, today()) == "report_due"
    assert made.notices.filter(occasion="cancelling").exists() and Clock.objects.filter(subject=made.key).exists()
    with pytest.raises(rules.ConsultationRefused, match="raport"):
        actions.archive_consultation(consultation=made, person=editor)
    Consultation.objects.filter(pk=made.pk).update(reported_at=database_now())
    assert actions.archive_consultation(consultation=made, person=editor).archived_at


def test_an_informal_talk_has_no_clock_and_says_so(editor, client):
    talk = launch(editor, label="informal", modes=[], order_number="", ordered_on=None)
    assert talk.notices.count() == 0 and talk.report_day is None
    assert "rozmowa bez trybu" in client.get(talk.get_absolute_url()).content.decode().lower()
    Consultation.objects.filter(pk=talk.pk).update(starts_on=today() - timedelta(days=9), ends_on=today() - timedelta(days=1))
    assert actions.start_report_clocks() == 0
    assert actions.archive_consultation(consultation=talk, person=editor).archived_at


@pytest.mark.slow
def test_an_opinion_is_answered_or_waived_by_silence(editor):
    made = launch(editor)
    council = {"consultation": made, "body_kind": "district_council", "person": editor}
    asked = actions.ask_opinion(body="Rada Jednostki Pomocniczej nr 1 (próbna)", days=14, **council)
    silent = actions.ask_opinion(body="Rada Seniorów (próbna)", asked_on=today() - timedelta(days=20), days=14, **council)
    with pytest.raises(rules.ConsultationRefused, match="już poproszony"):
        actions.ask_opinion(body=asked.body, **council)
    assert (asked.is_waived(today()), silent.is_waived(today())) == (False, True)
    assert actions.close_silent_opinions() == 1
    actions.record_answer(opinion=asked, answered_on=today(), stance="with_remarks", text="Więcej ławek.", person=editor)
    stopped = dict(Clock.objects.filter(rule_code="consultation.opinion").values_list("subject", "stop_event"))
    assert stopped == {asked.key: "given", silent.key: "silence"}
    with pytest.raises(rules.ConsultationRefused, match="już zapisana"):
        actions.record_answer(opinion=asked, answered_on=today(), stance="for", text="", person=editor)


def test_who_may_do_what(editor):
    plan = make_plan(editor)
    unit_editor = AppointmentFactory(role_code="unit_editor", unit=plan.owner_unit).person
    stranger, at = UserFactory(is_staff=True), database_now()
    told = {
        name: [rules.may(person, deed, plan, at) for deed in ("see", "plan", "launch")]
        for name, person in (("editor", editor), ("unit", unit_editor), ("stranger", stranger))
    }
    assert told == {"editor": [True] * 3, "unit": [True, True, False], "stranger": [False] * 3}
    with pytest.raises(rules.NotYours):
        actions.begin_consultation(facts=facts(), person=stranger)

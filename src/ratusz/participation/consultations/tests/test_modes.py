"""Modes: the right version of the law, strictest of several, three answers on days, each breach with its article."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ratusz.participation.consultations.modes import terms
from ratusz.participation.consultations.modes.content import combined, rules_from
from ratusz.participation.consultations.modes.days import counted, targets
from ratusz.participation.consultations.modes.guard import Planned, PlannedForm, PlannedNotice, check, holiday_findings, matched
from ratusz.participation.consultations.modes.pack import KeyDateMissing, ModeRefused, all_modes, read_modes, rules_for

INTENT = {"intent_resolution": date(2024, 1, 10)}
EVERYWHERE = ("press", "office", "website", "bip", "customary")


def plan_of(start, days, *forms, notices=EVERYWHERE):
    """A plan of so many days after the first, with remarks and the forms given as (kind, day after the start)."""
    made = [PlannedForm("remarks")]
    for kind, offset in forms:
        day = start + timedelta(days=offset)
        made.append(PlannedForm(kind, kind, day, day, opens_with_draft=True))
    put_up = tuple(PlannedNotice(channel, start - timedelta(days=1)) for channel in notices)
    return Planned(start, start + timedelta(days=days), forms=tuple(made), notices=put_up)


def told(findings):
    return [(each.level, each.code) for each in findings]


START = date(2024, 4, 8)
GOOD = (("open_meeting", 10), ("study_walk", 12))


def plan_findings(days, *forms, today=START - timedelta(days=1), **facts):
    return check(rules_for(["plan"], START, INTENT), plan_of(START, days, *forms, **facts), today)


def test_a_plan_of_27_days_is_refused_with_the_28_of_the_law():
    assert plan_findings(28, *GOOD) == []
    edge, short = plan_findings(27, *GOOD), plan_findings(26, *GOOD)
    assert (told(edge), told(short)) == ([("warn", "length")], [("error", "length")])
    assert "art. 8i ust. 2 upzp" in short[0].basis
    assert ("28" in short[0].expected, "27" in short[0].actual) == (True, True)


def test_a_meeting_on_day_5_is_too_early_and_on_the_edge_a_warning():
    early = plan_findings(28, ("open_meeting", 5), ("study_walk", 12))
    assert told(early) == [("error", "after")]
    assert "art. 8i ust. 3 upzp" in early[0].basis
    assert told(plan_findings(28, ("open_meeting", 7), ("study_walk", 21))) == [("warn", "after"), ("warn", "before")]


def test_remarks_and_a_meeting_alone_lack_one_of_points_3_to_5():
    found = plan_findings(28, ("open_meeting", 10))
    assert told(found) == [("error", "form")]
    assert found[0].basis == "art. 8i ust. 1 pkt 3–5 upzp"
    assert "spacer badawczy" in found[0].expected


def test_a_start_without_evidence_is_blocked_and_on_the_day_itself_a_warning():
    wanted = EVERYWHERE[1:]
    blocked, same_day = (plan_findings(28, *GOOD, notices=wanted, today=day) for day in (START - timedelta(days=3), START))
    assert (told(blocked), told(same_day)) == ([("error", "channel")], [("warn", "channel")])
    assert "prasa miejscowa" in blocked[0].expected


def test_a_box_or_a_survey_with_days_of_its_own_is_open_as_long_as_the_law_asks():
    def found(*spans, mode="plan"):
        kinds = [
            PlannedForm(kind, kind, START + timedelta(days=first), START + timedelta(days=last)) for kind, first, last in spans
        ]
        planned = Planned(START, START + timedelta(days=40), forms=tuple(kinds))
        return [
            (each.level, each.actual[:12])
            for each in check(rules_for([mode], START, INTENT), planned, START)
            if each.code == "open"
        ]

    assert found(("remarks", 0, 28), ("geo_survey", 0, 29)) == []
    assert found(("remarks", 0, 27)) == [("warn", "zbieranie uw")] and found(("remarks", 0, 10)) == [("error", "zbieranie uw")]
    assert found(("survey", 3, 20)) == [("error", "ankieta: 18 ")]
    # A second box for a few days beside one that is open long enough takes nothing from anybody.
    assert found(("remarks", 0, 30), ("document_review", 0, 5)) == []
    assert found(("map_remarks", 0, 20), mode="environment") == [("warn", "zbieranie uw")]


def test_revitalisation_asks_30_days_before_and_35_since_24_september_2023():
    numbers = [
        [limit.number for limit in rules_for(["revitalisation"], day).of_kind("length")]
        for day in (date(2023, 9, 23), date(2023, 9, 24))
    ]
    assert numbers == [[30], [35]]


def test_a_plan_follows_the_law_of_the_day_its_procedure_was_opened():
    old, new = (rules_for(["plan"], date(2024, 5, 1), {"intent_resolution": day}) for day in (date(2023, 9, 1), date(2023, 10, 1)))
    assert ([each.id for each in old.versions], [each.id for each in new.versions]) == (["2003"], ["2023"])
    with pytest.raises(KeyDateMissing):
        rules_for(["plan"], date(2024, 5, 1))


def test_two_forms_of_revitalisation_are_two_kinds():
    wanted = ("meeting", "debate", "workshop", "study_walk", "survey")
    one = {"open_meeting": ("open_meeting", "meeting"), "outdoor_meeting": ("outdoor_meeting", "meeting")}
    assert (matched(one, wanted), matched(one | {"debate": ("debate", "meeting")}, wanted)) == (1, 2)


@pytest.mark.parametrize(
    ("mode", "first", "last", "level"),
    [
        ("strategy", date(2023, 4, 24), date(2023, 5, 29), None), ("strategy", date(2023, 4, 24), date(2023, 5, 28), "warn"),
        ("strategy", date(2023, 4, 24), date(2023, 5, 27), "error"), ("strategy", date(2023, 12, 13), date(2024, 1, 26), None),
        ("environment", date(2020, 4, 21), date(2020, 5, 11), "warn"), ("environment", date(2020, 4, 21), date(2020, 5, 18), None),
        ("district_statutes", date(2021, 6, 25), date(2021, 7, 4), "warn"),
    ],
)  # fmt: skip
def test_days_have_three_answers(mode, first, last, level):
    """Cases 5, 6 and 7: 36 days of the strategy pass, 35 warn, 34 fail; the noise programme and its extension."""
    found = [each.level for each in check(rules_for([mode], first), Planned(first, last), first) if each.code == "length"]
    assert [each for each in found if each != "advice"] == ([level] if level else [])


@pytest.mark.parametrize(
    ("first", "last", "codes"),
    [
        (date(2023, 12, 27), date(2024, 1, 15), {"many_free_days"}), (date(2019, 4, 24), date(2019, 5, 13), {"may_days"}),
        (date(2015, 4, 1), date(2015, 4, 17), {"easter"}), (date(2021, 6, 25), date(2021, 7, 4), {"free_end", "summer"}),
        (date(2025, 12, 20), date(2026, 1, 9), {"free_start", "christmas", "many_free_days"}),
        (date(2026, 2, 10), date(2026, 3, 4), {"winter_break"}), (date(2027, 1, 11), date(2027, 2, 8), {"winter_break"}),
        (date(2035, 1, 15), date(2035, 2, 9), {"winter_unknown"}), (date(2025, 10, 1), date(2025, 10, 31), set()),
    ],
)  # fmt: skip
def test_days_of_rest_are_warned_of(first, last, codes):
    """Case 5: 7 of 20 days are free at the turn of 2023; the others have a feast, a free last day, the summer."""
    assert {each.code for each in holiday_findings(Planned(first, last))} >= codes
    assert codes or not holiday_findings(Planned(first, last))


def test_the_term_of_a_report_has_a_target_and_a_working_day():
    assert targets(date(2019, 12, 5), 30) == (date(2020, 1, 4), date(2020, 1, 7))


def test_a_mode_written_wrong_is_refused_by_name():
    text = 'code = "x"\nname = "x"\nkey_date = "launch"\n[[version]]\nid = "1"\nvalid_from = 2020-01-01\nbasis = "b"\ncertainty = "confirmed"\n'
    for wrong in ("[[version.length]]\ndays = 5\nbasis = ''\ncertainty = 'confirmed'", "[[version.length]]\nday = 5", "colour = 1"):
        with pytest.raises(ModeRefused, match="x"):
            read_modes([(text + wrong, "x.toml")])


def test_every_word_of_the_packs_is_known():
    for mode in all_modes().values():
        for version in mode.versions:
            rules = mode.rules_on(version.valid_from)
            forms = {code for form in terms.forms_on(version.valid_from).values() for code in form.counts_as}
            for limit in rules.limits:
                known = terms.channels_on(version.valid_from) if limit.kind == "channel" else forms
                assert {*limit.of} <= {*known}, (mode.code, limit)
            assert {each.body for each in rules.opinions} <= {*terms.bodies_on(version.valid_from)}


modes = st.lists(st.sampled_from(sorted(all_modes())), max_size=4)
days = st.dates(date(2023, 9, 24), date(2027, 12, 31))
channels = st.lists(st.sampled_from(sorted(terms.channels_on(date(2026, 1, 1)))), max_size=8).map(tuple)
some_forms = st.lists(st.tuples(st.sampled_from(sorted(terms.forms_on(date(2026, 1, 1)))), st.integers(0, 40)), max_size=6)


@pytest.mark.slow
@given(modes, modes, days, st.integers(0, 50), some_forms, channels)
def test_combining_is_never_looser_than_any_part(ones, others, day, length, forms, put_up):
    """Property 8: commutative, idempotent, and whatever breaks one mode breaks every combination with it."""
    one, other = (rules_for(codes, day, INTENT) for codes in (ones, others))
    both = combined([one, other])
    assert both == combined([other, one]) == combined([both, both, one]) == rules_for([*others, *ones, *others], day, INTENT)
    plan = plan_of(day, length, *forms, notices=put_up)
    whole = check(both, plan, day - timedelta(days=1))
    assert {each.part for each in check(one, plan, day - timedelta(days=1)) if each.level == "error"} <= {
        each.part for each in whole if each.level == "error"
    }
    for form in [each.form for each in one.data]:
        assert {*(both.allowed_data(form) or ())} <= {*(one.allowed_data(form) or ())}
    assert {each.code for each in both.closings} == {each.code for each in (*one.closings, *other.closings)}


@given(modes, days)
def test_rules_kept_as_content_come_back_the_same(codes, day):
    """Property 10: what a consultation froze at its launch is all it needs, whatever the packs say later."""
    rules = rules_for(codes, day, INTENT)
    assert rules_from(rules.content) == rules


@given(days, st.integers(0, 80), st.integers(1, 60))
def test_a_longer_consultation_is_never_worse(day, length, needed):
    order = ["breach", "edge", "pass"]
    answers = [order.index(counted(day, day + timedelta(days=each)).answer(needed)) for each in (length, length + 1)]
    assert answers == sorted(answers)

"""An edition from its draft to the frozen ballot: calendar, settings, pools by the formula, opening, changes by two people."""

import csv
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import DatabaseError

from ratusz.casework.deadlines.models import Clock
from ratusz.foundation.people.factories import UserFactory
from ratusz.foundation.people.models import Role
from ratusz.foundation.units.factories import AppointmentFactory
from ratusz.participation.budget import actions, calendars, queries, stages
from ratusz.participation.budget.edition_rules import canonical, rules_of, sha256_of, signature_limit, signatures_needed
from ratusz.participation.budget.factories import EditionFactory
from ratusz.participation.budget.models import EditionChange, ExclusionSet, Project, RulesVersion, Stage
from ratusz.participation.budget.pool_making import PoolInput
from ratusz.participation.budget.rules import NotAllowed, NotPossible

pytestmark = pytest.mark.django_db
ZONE = ZoneInfo("Europe/Warsaw")
DAYS = {
    "submission": (date(2027, 3, 11), date(2027, 4, 9)), "formal": (date(2027, 4, 12), date(2027, 5, 6)),
    "substantive": (date(2027, 5, 7), date(2027, 8, 19)), "ballot_list": (date(2027, 8, 26), date(2027, 8, 31)),
    "voting": (date(2027, 9, 10), date(2027, 9, 23)), "results": (date(2027, 9, 24), date(2027, 9, 30)),
}  # fmt: skip
PEOPLE = {"L1": 25_320, "L9": 20_831, "L14": 4_619, "L21": 11_518, "L22": 6_647}
FOUR = PoolInput(PEOPLE, dict.fromkeys(PEOPLE, 100_00), ("L22", "L14", "L21"))


def officer(code):
    person = UserFactory()
    AppointmentFactory(person=person, role=Role.objects.get(code=code))
    return person


@pytest.fixture
def two():
    return officer("budget_coordinator"), officer("deputy_head")


@pytest.fixture
def draft():
    edition = EditionFactory(number=14, year=2027)
    actions.set_calendar(edition=edition, days=DAYS)
    actions.make_pools(edition=edition, given=FOUR)
    return edition


@pytest.fixture
def opened(draft):
    actions.open_edition(edition=draft)
    draft.refresh_from_db()
    return draft


def plain(words):
    return words.replace("\xa0", " ")


def test_pools_of_2021_come_out_as_the_city_published_them(shared_data):
    rows = list(csv.DictReader((shared_data / "katowice" / "pool_formula_2021.csv").read_text(encoding="utf-8").splitlines()))
    given = PoolInput(
        {row["bo_code"]: int(row["registered_2020"]) for row in rows},
        {row["bo_code"]: int(row["left_from_2020"]) * 100 for row in rows} | {"M": 3437_00},
        ("L22", "L14", "L21"), {"L22": (-2_00, "tabela miasta")}, all_people=272_531,
    )  # fmt: skip
    made = {pool.code: pool for pool in actions.make_pools(edition=EditionFactory(), given=given)}
    published = {row["bo_code"]: int(row["published_pool"]) * 100 for row in rows} | {"M": 3_003_437_00}
    assert len(made) == 23 and {code: abs(made[code].budget_grosze - published[code]) <= 100 for code in made} == dict.fromkeys(
        made, True
    )
    terms = [(term.kind, term.grosze, plain(term.reason)) for term in made["L1"].terms.all()]
    assert terms == [
        ("equal_part", 218_181_82, "40 % z 12 000 000 zł przez liczbę pul: 22"),
        ("population_part", 668_929_41, "60 % z 12 000 000 zł razy 25 320 z 272 531 mieszkańców"),
        ("carried", 116_092_80, "90 % z 128 992 zł z poprzedniej edycji"),
        ("correction", -3, "zaokrąglenie do pełnych złotych"),
    ]  # fmt: skip
    bonus = made["L22"].terms.get(kind="bonus")
    assert bonus.grosze == 31_688_85 and plain(bonus.reason) == (
        "50 % nagród, a nagrody to 10 % z 633 777 zł, które zostało w pozostałych pulach (19)"
    )
    assert [term.reason for term in made["L22"].terms.filter(kind="correction")][0] == "tabela miasta"
    assert all(sum(term.grosze for term in pool.terms.all()) == pool.budget_grosze for pool in made.values())


def test_numbers_of_the_formula_are_settings_of_the_edition():
    """Other percentages, another base, two rewarded districts: the pools follow, and the arithmetic says so."""
    edition = EditionFactory()
    for wrong in ({"pool.equal_percent": 101}, {"pool.bonus": "60, 30"}, {"pool.bonus": "sto"}, {"pool.kept_percent": -1}):
        with pytest.raises(NotPossible, match="Nie da się odczytać"):
            actions.set_rules(edition=edition, values=wrong)
    changed = {
        "pool.base": 8_000_000,
        "pool.city_base": 1_000_000,
        "pool.equal_percent": 50,
        "pool.kept_percent": 80,
        "pool.bonus": "70, 30",
    }
    actions.set_rules(edition=edition, values=changed)
    given = PoolInput({"L1": 100, "L2": 300, "L3": 400}, {"L1": 1_000_00, "L2": 500_00, "M": 7_00}, ("L2", "L3"))
    made = {pool.code: pool for pool in actions.make_pools(edition=edition, given=given)}
    terms = {code: [(term.kind, term.grosze) for term in pool.terms.all()] for code, pool in made.items()}
    assert terms["L1"][:3] == [("equal_part", 1_333_333_33), ("population_part", 500_000_00), ("carried", 800_00)]
    assert terms["L2"][2:4] == [("carried", 500_00), ("bonus", 140_00)] and terms["M"] == [
        ("base", 1_000_000_00),
        ("carried", 7_00),
    ]
    assert plain(made["L1"].terms.first().reason) == "50 % z 8 000 000 zł przez liczbę pul: 3"


def test_pools_need_three_confirmed_districts_and_reasons_for_corrections():
    edition = EditionFactory()
    for given in (PoolInput(PEOPLE, {}, ("L22",)), PoolInput(PEOPLE, {}, ("L22", "L14", "L21"), {"L1": (1, " ")})):
        with pytest.raises(NotPossible, match="trzy różne dzielnice"):
            actions.make_pools(edition=edition, given=given)
    with pytest.raises(NotPossible, match="nie mają wzoru"):
        actions.make_pools(edition=EditionFactory(city="Kraków", rules_preset="krakow"), given=FOUR)


def test_a_calendar_is_checked_for_order_and_warns_of_days_off():
    assert calendars.faults(DAYS) == [] and calendars.warnings(DAYS) == []
    assert len(calendars.faults({})) == len(calendars.NEEDED)
    for stage, day in (("results", date.max), ("submission", date.min)):
        far = tuple(sorted({*DAYS[stage], day}))
        assert any("od 2000 do 2099" in fault for fault in calendars.faults(DAYS | {stage: (far[0], far[-1])}))
    swapped = DAYS | {"formal": (date(2027, 4, 9), date(2027, 4, 8))}
    assert calendars.faults(swapped) == [
        "ocena formalna i jej lista: ostatni dzień jest przed pierwszym.",
        "ocena formalna i jej lista zaczyna się, zanim skończy się: zgłaszanie projektów. Przesuń jeden z tych etapów.",
    ]
    short = DAYS | {"voting": (date(2027, 9, 10), date(2027, 9, 12)), "formal": (date(2027, 4, 10), date(2027, 5, 6)),
                    "ballot_list": (date(2027, 8, 20), date(2027, 8, 23))}  # fmt: skip
    assert len(calendars.warnings(short)) == 3


def test_last_year_moves_by_a_year_to_working_days_and_keeps_its_order():
    before = {
        "submission": (date(2026, 3, 11), date(2026, 4, 9)), "formal": (date(2026, 4, 10), date(2026, 5, 6)),
        "substantive": (date(2026, 5, 7), date(2026, 8, 19)), "ballot_list": (date(2026, 8, 27), date(2026, 8, 31)),
        "voting": (date(2026, 9, 10), date(2026, 9, 23)), "results": (date(2026, 9, 24), date(2026, 9, 30)),
    }  # fmt: skip
    moved = calendars.moved_by_a_year(before)
    assert moved["submission"] == (date(2027, 3, 10), date(2027, 4, 8)) and moved["voting"] == (date(2027, 9, 9), date(2027, 9, 22))
    assert calendars.faults(moved) == [] and calendars.warnings(moved) == []
    assert calendars.moved_by_a_year({"voting": (date(2028, 2, 29), date(2028, 3, 13))})["voting"][0] == date(2029, 2, 27)


def test_a_stage_is_open_from_its_first_midnight_to_the_midnight_after_its_last_day(draft):
    first = datetime(2027, 3, 11, tzinfo=ZONE)
    assert not stages.is_open(draft, "submission", first), "a draft is open to nobody"
    actions.open_edition(edition=draft)
    draft.refresh_from_db()
    last = datetime(2027, 4, 10, tzinfo=ZONE)
    tick = timedelta(microseconds=1)
    assert [stages.is_open(draft, "submission", at) for at in (first - tick, first, last - tick, last)] == [
        False,
        True,
        True,
        False,
    ]
    assert stages.stage(draft, "evaluation") is None and not stages.is_open(draft, "evaluation", first)


@pytest.mark.parametrize("values", [
    {"signatures.local_permyriad": 11}, {"signatures.city": 69}, {"signatures.city": "50"}, {"signatures.city": -1}, {"nothing": 1},
    {"identity.preset": "mother"}, {"tie": "oldest"}, {"who.voter": ""}, {"signatures.online": 1},
])  # fmt: skip
def test_settings_that_cannot_stand_are_refused(draft, values):
    before = rules_of(draft)
    with pytest.raises(NotPossible):
        actions.set_rules(edition=draft, values=values)
    draft.refresh_from_db()
    assert rules_of(draft) == before


def test_settings_of_the_draft_reach_the_count_and_the_signatures(draft):
    settings = actions.set_rules(edition=draft, values={"signatures.city": 48, "threshold.local": 60, "cost.local_percent": 50})
    pool = draft.pools.get(code="L1")
    assert (pool.threshold, pool.rules["threshold"]["value"], pool.rules["cost"]["cap_percent"]) == (60, 60, 50)
    assert [signatures_needed(settings, one) for one in draft.pools.order_by("position")] == [48, 25, 20, 4, 11, 6]
    assert (signature_limit(12_123), signature_limit(400)) == (12, 1)
    draft.refresh_from_db()
    assert draft.draft_rules == {"signatures.city": 48, "threshold.local": 60, "cost.local_percent": 50}


def test_what_needs_a_clause_is_off_in_katowice_and_says_the_article():
    settings = rules_of(EditionFactory())
    off = ("signatures.online", "extension.after_outage", "annulment.before_count", "key_committee")
    assert [settings.value(name) for name in off] == [False] * 4 and settings.value("double_vote") == "first"
    assert all("art. 5a ust. 7" in settings.needs_clause(name) for name in (*off, "double_vote"))
    assert settings.basis("appeal.days") and settings.certainty("appeal.days") == "verify"


@pytest.mark.parametrize(("city", "code"), [("Warszawa", "warszawa_2026"), ("Kraków", "krakow"), ("Łódź", "lodz"), ("Gdynia", "gdynia"),
                                            ("Wrocław", "wroclaw"), ("Częstochowa", "czestochowa"), ("Poznań", "poznan_2026")])  # fmt: skip
def test_other_cities_start_an_edition_too(city, code):
    settings = rules_of(EditionFactory(city=city, rules_preset=code))
    found = {name: settings.value(name) for name in ("threshold.local", "threshold.city")}
    assert found == {
        "warszawa_2026": {"threshold.local": 30, "threshold.city": 3000}, "krakow": {"threshold.local": 0, "threshold.city": 0},
        "lodz": {"threshold.local": 50, "threshold.city": 50}, "gdynia": {"threshold.local": 50, "threshold.city": 1000},
        "wroclaw": {"threshold.local": 0, "threshold.city": 0}, "czestochowa": {"threshold.local": 300, "threshold.city": 1000},
        "poznan_2026": {"threshold.local": 0, "threshold.city": 0},
    }[code]  # fmt: skip


def test_opening_freezes_the_rules_under_a_hash_anybody_can_check(opened):
    version = RulesVersion.objects.get()
    assert (opened.state, opened.rules_hash, version.number) == ("open", version.sha256, 1)
    assert sha256_of(version.content) == version.sha256 and b'"stages"' in canonical(version.content)
    assert sorted(Clock.objects.running().values_list("rule_code", flat=True)) == [
        "budget.formal_list", "budget.results", "budget.substantive_list",
    ]  # fmt: skip
    for deed in (lambda: actions.set_rules(edition=opened, values={"signatures.city": 10}),
                 lambda: actions.set_calendar(edition=opened, days=DAYS), lambda: actions.open_edition(edition=opened),
                 lambda: actions.make_pools(edition=opened, given=FOUR)):  # fmt: skip
        with pytest.raises(NotPossible):
            deed()


def test_an_edition_without_calendar_or_pools_does_not_open():
    edition = EditionFactory()
    with pytest.raises(NotPossible, match="Kalendarz nie jest pełny"):
        actions.open_edition(edition=edition)
    actions.set_calendar(edition=edition, days=DAYS)
    with pytest.raises(NotPossible, match="Nie ma jeszcze pul"):
        actions.open_edition(edition=edition)


def test_a_change_after_the_opening_needs_another_person_and_a_reason(opened, two):
    first, second = two
    values = {"appeal.days": 5}
    with pytest.raises(NotPossible, match="powód"):
        actions.propose_rules(edition=opened, values=values, reason=" ", person=first)
    with pytest.raises(NotPossible, match="Nic się nie zmienia"):
        actions.propose_rules(edition=opened, values={"appeal.days": 3}, reason="Bez zmian", person=first)
    change = actions.propose_rules(edition=opened, values=values, reason="Uchwała z 4 marca", person=first)
    with pytest.raises(NotPossible, match="czeka już"):
        actions.propose_rules(edition=opened, values=values, reason="Druga", person=second)
    with pytest.raises(NotPossible, match="inna osoba"):
        actions.settle_change(change=change, approve=True, person=first)
    assert rules_of(opened).value("appeal.days") == 3
    actions.settle_change(change=change, approve=True, person=second)
    settings = rules_of(opened)
    opened.refresh_from_db()
    assert (settings.value("appeal.days"), settings.version, settings.sha256) == (5, 2, opened.rules_hash)
    with pytest.raises(NotPossible, match="już rozstrzygnął"):
        actions.settle_change(change=change, approve=False, person=second)


def test_a_stage_moves_with_two_people_and_its_clock_follows(opened, two):
    first, second = two
    with pytest.raises(NotPossible, match="Przesuń"):
        actions.propose_stage(
            edition=opened, code="formal", first=date(2027, 4, 1), last=date(2027, 5, 6), reason="x", person=first
        )
    with pytest.raises(NotPossible, match="Nic się nie zmienia"):
        actions.propose_stage(
            edition=opened, code="formal", first=DAYS["formal"][0], last=DAYS["formal"][1], reason="x", person=first
        )
    days = {"first": date(2027, 9, 24), "last": date(2027, 10, 1)}
    change = actions.propose_stage(edition=opened, code="results", reason="Więcej kart papierowych", person=second, **days)
    actions.settle_change(change=change, approve=True, person=first)
    assert stages.stage(opened, "results").ends_at == datetime(2027, 10, 2, tzinfo=ZONE)
    assert Clock.objects.running().get(rule_code="budget.results").due_at == datetime(2027, 10, 2, tzinfo=ZONE)
    change = actions.propose_stage(
        edition=opened, code="evaluation", first=date(2027, 10, 4), last=date(2027, 10, 18), reason="Brak", person=first
    )
    actions.settle_change(change=change, approve=False, person=first)
    assert stages.stage(opened, "evaluation") is None and RulesVersion.objects.count() == 2


def test_an_extension_needs_the_clause_and_at_least_the_minutes_of_the_outage(draft, two):
    first, second = two
    actions.set_rules(edition=draft, values={"extension.after_outage": True})
    actions.open_edition(edition=draft)
    say = {"edition": draft, "code": "voting", "reason": "Awaria zasilania", "person": first}
    with pytest.raises(NotPossible, match="co najmniej tyle minut"):
        actions.propose_extension(outage=90, minutes=89, **say)
    with pytest.raises(NotPossible, match="takiego etapu"):
        actions.propose_extension(outage=90, minutes=90, **say | {"code": "evaluation"})
    change = actions.propose_extension(outage=90, minutes=90, **say)
    actions.settle_change(change=change, approve=True, person=second)
    draft.refresh_from_db()
    end = datetime(2027, 9, 24, 1, 30, tzinfo=ZONE)
    tick = timedelta(microseconds=1)
    assert [stages.is_open(draft, "voting", at) for at in (end - tick, end)] == [True, False]
    again = actions.propose_extension(outage=10, minutes=30, **say)
    actions.settle_change(change=again, approve=True, person=second)
    assert stages.stage(draft, "voting").closes_at == end + timedelta(minutes=30)


def test_without_the_clause_nothing_is_extended(opened, two):
    with pytest.raises(NotPossible, match="wymaga przepisu"):
        actions.propose_extension(edition=opened, code="voting", outage=5, minutes=5, reason="Awaria", person=two[0])


def put(edition, code, number, cost=100_000_00):
    return actions.put_on_ballot(
        pool=edition.pools.get(code=code), number=number, name=f"Ławka {number}", cost_grosze=cost, category="zieleń",
        place="ul. Przykładowa", point=(19.02, 50.26), url="/projekty/1/",
    )  # fmt: skip


@pytest.mark.parametrize("order", ["number", "lot"])
def test_two_people_freeze_the_ballot_and_nothing_moves_after(draft, two, order):
    first, second = two
    actions.set_rules(edition=draft, values={"ballot.order": order})
    with pytest.raises(NotPossible, match="Najpierw otwórz"):
        actions.freeze_ballot(edition=draft, person=first)
    actions.open_edition(edition=draft)
    with pytest.raises(NotPossible, match="Na liście do głosowania"):
        actions.freeze_ballot(edition=draft, person=first)
    for number in ("L1/10/XIV", "L1/02/XIV", "L1/03/XIV"):
        put(draft, "L1", number)
    put(draft, "M", "M/01/XIV")
    put(draft, "L1", "L1/02/XIV", cost=90_000_00)
    kept = actions.exclude_one_another(
        pool=draft.pools.get(code="L1"), numbers=["L1/03/XIV", "L1/02/XIV"], reason="ta sama działka"
    )
    actions.freeze_ballot(edition=draft, person=first)
    with pytest.raises(NotPossible, match="inna osoba"):
        actions.freeze_ballot(edition=draft, person=first)
    put(draft, "L14", "L14/01/XIV")
    actions.freeze_ballot(edition=draft, person=first)
    frozen = actions.freeze_ballot(edition=draft, person=second)
    numbers = [project.number for project in Project.objects.on_ballot(draft)]
    if order == "number":
        assert numbers == ["M/01/XIV", "L1/02/XIV", "L1/03/XIV", "L1/10/XIV", "L14/01/XIV"] and frozen.ballot_seed == ""
    else:
        assert sorted(numbers[1:4]) == ["L1/02/XIV", "L1/03/XIV", "L1/10/XIV"] and len(frozen.ballot_seed) == 32
    assert len(frozen.ballot_hash) == 64 and [change.is_approved for change in EditionChange.objects.order_by("pk")] == [
        False,
        True,
    ]
    for deed in (lambda: put(draft, "L1", "L1/11/XIV"), lambda: actions.freeze_ballot(edition=draft, person=second)):
        with pytest.raises(NotPossible, match="zamrożona"):
            deed()
    for write in (lambda: Project.objects.filter(number="L1/02/XIV").update(cost_grosze=1), lambda: kept.delete(),
                  lambda: ExclusionSet.objects.update(reason="x"), lambda: Project.objects.filter(number="L1/10/XIV").delete(),
                  lambda: type(draft).objects.filter(pk=draft.pk).update(ballot_hash="0" * 64)):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            write()


def test_a_bad_project_or_set_does_not_get_on_the_ballot(draft):
    with pytest.raises(NotPossible, match="L12/03/X"):
        put(draft, "L1", "projekt")
    with pytest.raises(NotPossible, match="nie mieści się"):
        put(draft, "L1", "L1/01/XIV", cost=-1)
    with pytest.raises(NotPossible, match="co najmniej dwa"):
        actions.exclude_one_another(pool=draft.pools.get(code="L1"), numbers=["L1/01/XIV"], reason="x")


def test_the_database_keeps_rules_changes_and_stages(opened, two):
    first, second = two
    change = actions.propose_rules(edition=opened, values={"appeal.days": 5}, reason="Uchwała", person=first)
    refused = (
        lambda: RulesVersion.objects.update(sha256="0" * 64),
        lambda: RulesVersion.objects.all().delete(),
        lambda: Stage.objects.filter(code="voting").update(ends_at=datetime(2028, 1, 1, tzinfo=ZONE)),
        lambda: Stage.objects.all().delete(),
        lambda: Stage.objects.filter(code="voting").update(change=change, ends_at=datetime(2028, 1, 1, tzinfo=ZONE)),
        lambda: EditionChange.objects.update(reason="inny"),
        lambda: EditionChange.objects.update(is_approved=True, settled_by=first, settled_at=opened.opened_at),
        lambda: EditionChange.objects.all().delete(),
        lambda: type(opened).objects.update(state="draft"),
        lambda: type(opened).objects.update(rules_hash="0" * 64),
    )
    for write in refused:
        with pytest.raises(DatabaseError), transaction.atomic():
            write()


def test_only_the_budgets_people_prepare_and_only_three_roles_settle(draft):
    deputy, editor = officer("deputy_head"), officer("editor")
    for person in (deputy, editor):
        with pytest.raises(NotAllowed):
            actions.open_edition(edition=draft, person=person)
    actions.open_edition(edition=draft)
    with pytest.raises(NotAllowed):
        actions.propose_rules(edition=draft, values={"appeal.days": 5}, reason="x", person=editor)
    assert actions.propose_rules(edition=draft, values={"appeal.days": 5}, reason="x", person=deputy).proposed_by == deputy


def test_the_count_builds_at_most_one_of_an_exclusion_set(draft):
    pool = draft.pools.get(code="L1")
    for number in ("L1/01/XIV", "L1/02/XIV"):
        actions.put_on_ballot(pool=pool, number=number, name=f"Ławka {number}", cost_grosze=100_00)
    actions.exclude_one_another(pool=pool, numbers=["L1/02/XIV", "L1/01/XIV"], reason="to samo miejsce")
    (kept,) = queries.decisions_of(pool).exclusions
    assert (kept.numbers, kept.mode, kept.reference) == (frozenset({"L1/01/XIV", "L1/02/XIV"}), "higher_stays", "to samo miejsce")

"""Real consultations in the demo city: pages and reports show the public numbers; loading twice makes none twice."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from ratusz.demo.cases import landscape, load, load_statutes, polls, singles, statutes
from ratusz.demo.cases.past import AGAIN
from ratusz.demo.people import load as load_people
from ratusz.demo.territory import load as load_districts
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.kit.working_days import working_day_from
from ratusz.participation.consultations.models import Consultation, Series
from ratusz.participation.consultations.modes.guard import holiday_findings
from ratusz.participation.consultations.standing import findings_of, planned_of
from ratusz.participation.polls.queries import polls_of, result_of
from ratusz.participation.reports import together
from ratusz.participation.reports.models import Version

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def case(title):
    return Consultation.objects.get(title=f"{title} {AGAIN}")


def warned_of(consultation):
    return {each.code for each in holiday_findings(planned_of(consultation))}


def report_page(client, consultation):
    return client.get(f"/konsultacje/{consultation.slug}/raport/").content.decode()


def test_cases_stand_with_their_public_numbers(client):
    for part in (load_districts, load_people, load, load, load_statutes, load_statutes):
        part(lambda words: None)
    assert Version.objects.published().count() == Consultation.objects.count() - 1 == 6 + 44
    _koszutka(client, case(polls.KOSZUTKA))
    _tie_and_lead(client, case(polls.TWO))
    dab = case(singles.DAB)
    assert (dab.order_number, dab.starts_on, dab.ends_on) == ("83/2015", date(2015, 2, 23), date(2015, 3, 9))
    assert "Nie przyszła żadna uwaga" in report_page(client, dab)
    assert "easter" in warned_of(case(singles.ZAWODZIE)) and "may_days" in warned_of(case(singles.CENTRE))
    _landscape(client, case(landscape.TITLE), case(landscape.NEXT))
    for said in statutes.SERIES:
        _statutes(Series.objects.get(title=said.title), said)


def _koszutka(client, consultation):
    result = result_of(polls_of(consultation)[0])
    assert [(each.words, each.count) for each in result.lines] == [("za", 313), ("przeciw", 334), ("inna odpowiedź", 1)]
    assert (result.received, result.valid, result.invalid_count, result.margin) == (1181, 648, 533, 21)
    assert result.invalid_share == Decimal("45.1")
    by_reason = [sum(line.get(code, 0) for line in result.by_channel.values()) for code, _count in polls.INVALID]
    assert sum(by_reason) == 533
    report, page = report_page(client, consultation), client.get(consultation.get_absolute_url()).content.decode()
    for words in ("334", "313", "648", "533", "MDK Koszutka"):
        assert words in report
    assert "Zmyślone" in page and "doradcz" in page


def _tie_and_lead(client, consultation):
    tie, lead = (result_of(each) for each in polls_of(consultation))
    assert [line.count for line in tie.lines] == [260, 260, 3] and tie.is_tie and tie.wrong_form == 263
    assert [line.share for line in lead.lines] == [Decimal("55.6"), Decimal("43.7"), Decimal("0.7")]
    assert tie.valid + lead.valid == 1207
    assert consultation.report_day == date(2020, 1, 4) and working_day_from(date(2020, 1, 4)) == date(2020, 1, 7)
    report = report_page(client, consultation)
    for words in ("611/2019", "remis", "263", "380", "299"):
        assert words in report


def _landscape(client, consultation, following):
    version = Version.objects.get(report__consultation=consultation)
    assert [(each["number"], each["kind"]) for each in version.annexes] == [
        ("1", "ordinance"), ("2", "ordinance"), ("3", "survey"), ("4", "meeting"), ("5", "other"), ("6", "register"),
    ]  # fmt: skip
    assert version.rows.count() == version.remarks == 62
    report = report_page(client, consultation)
    for words in ("1418", "1235/2017", "1629/2017", "11 stycznia 2018"):
        assert words in report
    assert following.follows == consultation and following.announced_at is None
    found = findings_of(following, local_day(database_now()))
    assert any("8i" in each.basis and each.level == "error" for each in found)


def _statutes(series, said):
    consultations = [each.consultation for each in series.instances.select_related("consultation")]
    assert len(together.newest_of(consultations)) == 22 and len({each.title for each in consultations}) == 22
    assert {each.order_number for each in consultations} == {said.order}
    combined = together.combined_of(series.title, together.newest_of(consultations))
    assert len(combined.blocks[0].rows) == 22
    assert ("free_end" if said.year == "2021" else "many_free_days") in warned_of(consultations[0])

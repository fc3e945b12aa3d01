"""Real consultations in the demo city: pages and reports show the public numbers; loading twice makes none twice."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from ratusz.demo.cases import load, polls, singles
from ratusz.demo.cases.past import AGAIN
from ratusz.demo.people import load as load_people
from ratusz.demo.territory import load as load_districts
from ratusz.foundation.kit.working_days import working_day_from
from ratusz.participation.consultations.models import Consultation
from ratusz.participation.polls.queries import polls_of, result_of
from ratusz.participation.reports.models import Version

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def case(title):
    return Consultation.objects.get(title=f"{title} {AGAIN}")


def report_page(client, consultation):
    return client.get(f"/konsultacje/{consultation.slug}/raport/").content.decode()


def test_cases_stand_with_their_public_numbers(client):
    for part in (load_districts, load_people, load, load):
        part(lambda words: None)
    assert Version.objects.published().count() == Consultation.objects.count()
    _koszutka(client, case(polls.KOSZUTKA))
    _tie_and_lead(client, case(polls.TWO))
    dab = case(singles.DAB)
    assert (dab.order_number, dab.starts_on, dab.ends_on) == ("83/2015", date(2015, 2, 23), date(2015, 3, 9))
    assert "Nie przyszła żadna uwaga" in report_page(client, dab)


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

"""The demo city's reports: one published with what came of it, one being written whose gaps are named; loading twice makes none twice."""

from __future__ import annotations

import pytest

from ratusz.demo import consultation_reports
from ratusz.demo.people import load as load_people
from ratusz.foundation.kit.clock import database_now
from ratusz.participation.reports import gate
from ratusz.participation.reports.models import Report, Version


@pytest.mark.django_db
@pytest.mark.slow
def test_one_report_is_published_and_one_still_lacks_things(client):
    for _time in range(2):
        load_people(lambda words: None)
        consultation_reports.load(lambda words: None)
    assert (Report.objects.count(), Version.objects.published().count()) == (2, 1)
    page = client.get(f"/konsultacje/{consultation_reports.PUBLISHED}/raport/").content.decode()
    for words in ("przykład zmyślony", "Dwanaście lip wzdłuż ulicy", "zrobiono", "pokój 205"):
        assert words in page
    draft = Report.objects.get(consultation__slug=consultation_reports.DRAFT)
    codes = {gap.code for gap in gate.look(draft, database_now()).refusing}
    assert {"remarks.position", "remarks.reasons", "next", "annex.file", "sign.president"} <= codes

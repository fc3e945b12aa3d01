"""A report tells groups apart, says which districts a drawn area reaches and what organisations said; then it lies in the unit."""

import pytest

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.territory.actions import load_districts
from ratusz.participation.consultations import actions as consultations
from ratusz.participation.consultations.factories import AreaFactory, FormFactory
from ratusz.participation.remarks.models import Intake
from ratusz.participation.reports import actions, moves
from ratusz.participation.reports.factories import Staff, answer, ended_consultation, written_report
from ratusz.participation.reports.gathering import frame, people, results
from ratusz.participation.reports.models import Report, Version

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
KOSZUTKA = [[19.010, 50.266], [19.030, 50.266], [19.030, 50.276], [19.010, 50.276], [19.010, 50.266]]


def test_residents_firms_and_organisations_stand_apart_and_a_drawn_area_names_its_districts():
    consultation = ended_consultation(Staff())
    answer(consultation, 2)
    answer(consultation, 1, category="firm")
    form = FormFactory(consultation=consultation, kind="opinion_form", title="Opinia organizacji")
    (remark,) = answer(consultation, 1, category="ngo", organisation="Próbne Stowarzyszenie", form=form)
    tables = {each.caption: each for each in results.numbers(consultation) if hasattr(each, "rows")}
    groups = {row[0]: row[1] for row in tables["Zgłoszenia według tego, kto zabiera głos"].rows}
    assert groups == {"mieszkanka lub mieszkaniec": "2", "firma": "1", "organizacja pozarządowa": "1"}
    said = [each.text for each in people.opinions(consultation, database_now())]
    assert said == [f"opinia w wykazie pod numerami: {remark.number}"]
    load_districts()
    consultation.areas.all().delete()
    shape = {"type": "Polygon", "coordinates": [KOSZUTKA]}
    AreaFactory(consultation=consultation, kind="drawn", name="Koszutka od Spodka", shape=shape)
    facts = dict(frame.frame(consultation)[0].rows)
    assert "Koszutka" in facts["Dzielnice, których dotyczy"] and Intake.objects.count() == 4


def test_a_report_shows_the_card_of_the_campaign_and_how_people_heard():
    staff = Staff()
    consultation = ended_consultation(staff)
    answer(consultation, 3)
    Intake.objects.filter(pk__in=Intake.objects.order_by("pk").values("pk")[:2]).update(heard_from="poster")
    consultations.save_campaign(
        consultation=consultation, facts={"goal": "Wie każdy dom.", "channels": ["press"]}, person=staff.head
    )
    consultation.refresh_from_db()
    blocks = frame.campaign(Report(campaign_notes=""), consultation)
    assert dict(blocks[0].rows) == {"Cel kampanii": "Wie każdy dom.", "Kanały kampanii": "prasa miejscowa"}
    assert blocks[-1].rows == [["z plakatu, ulotki albo tablicy", "2"]]


def test_whoever_writes_reports_is_asked_to_lay_the_newest_version_out_in_the_unit():
    staff = Staff()
    report, now = written_report(staff, ended_consultation(staff)), database_now()
    facts = {"title": "Raport", "digest": "0" * 64, "begun_at": now, "published_at": now}
    first = Version.objects.create(report=report, number=1, **facts)
    asked = [each.what for each in moves.moves_of(staff.editor, now) if "do wglądu" in each.what]
    assert len(asked) == 1 and report.consultation.title in asked[0]
    actions.note_evidence(version=first, place="unit", done_on=local_day(now), words="pokój 7", person=staff.editor)
    assert not [each for each in moves.moves_of(staff.editor, now) if "do wglądu" in each.what]

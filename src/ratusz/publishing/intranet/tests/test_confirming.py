"""People confirm on screen, superiors enter sheets; a report says who is missing, to the superior alone."""

import io
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, transaction

from ratusz.foundation.audit.models import Entry
from ratusz.foundation.files.factories import make_pdf
from ratusz.foundation.files.rules import FileRefused
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.publishing.intranet import actions, audience, privacy, queries, rules
from ratusz.publishing.intranet.factories import AppointmentFactory, UnitFactory, make_notice, make_staff, make_writer
from ratusz.publishing.intranet.models import Acknowledgement, Notice, NoticeTarget, SignedSheet
from ratusz.publishing.intranet.moves import moves_of
from ratusz.publishing.intranet.structure import from_text

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 20, 10, tzinfo=UTC)


@pytest.fixture
def office(settings, tmp_path):
    """A unit with its head, two people and one below it; a notice that asks the whole unit."""
    unit = UnitFactory(name="Zakład Zieleni", sort_key="zaklad")
    below = UnitFactory(name="Brygada", sort_key="brygada", parent=unit)
    made = {
        "unit": unit, "below": below, "head": make_staff(unit, "head", first_name="Hanna", last_name="Szefowa"),
        "anna": make_staff(unit, first_name="Anna", last_name="Żwirek"), "jan": make_staff(unit, first_name="Jan", last_name="Ćwiek"),
        "ola": make_staff(below, first_name="Ola", last_name="Łąka"), "writer": make_writer(),
    }  # fmt: skip
    made["notice"] = make_notice(made["writer"], is_required=True, targets=[NoticeTarget(unit=unit)])
    return made


def test_a_person_confirms_once(office):
    given = actions.acknowledge(notice=office["notice"], person=office["anna"], number=1)
    assert (given.version.number, given.way, given.entered_by) == (1, "screen", None)
    assert actions.acknowledge(notice=office["notice"], person=office["anna"], number=1) == given
    assert Entry.objects.filter(deed="intranet.acknowledge").count() == 1
    assert [move.what for move in moves_of(office["jan"], AT)] == ["Przeczytaj i potwierdź: Próbna ewakuacja"]
    assert list(moves_of(office["anna"], AT)) == []
    with pytest.raises(IntegrityError), transaction.atomic():
        Acknowledgement.objects.create(version=given.version, person=office["anna"], at=AT, way="screen")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Acknowledgement.objects.update(way="superior")


def test_whom_it_is_not_for_cannot_confirm(office):
    with pytest.raises(PermissionDenied):
        actions.acknowledge(notice=office["notice"], person=office["writer"], number=1)
    plain = make_notice(office["writer"])
    with pytest.raises(rules.NotAsked):
        actions.acknowledge(notice=plain, person=office["anna"], number=1)
    actions.close_notice(notice=office["notice"], person=office["writer"])
    with pytest.raises(rules.NotOnView):
        actions.acknowledge(notice=office["notice"], person=office["anna"], number=1)


def test_a_major_version_asks_again_and_a_minor_one_does_not(office):
    notice, writer, anna = office["notice"], office["writer"], office["anna"]
    actions.acknowledge(notice=notice, person=anna, number=1)
    for text, is_major, waits in (("Drobiazg.", False, 0), ("Zbiórka gdzie indziej.", True, 1)):
        actions.change_notice(notice=notice, person=writer, body=from_text(text))
        actions.publish_notice(notice=notice, person=writer, is_major=is_major)
        assert audience.waiting_for(anna, AT).count() == waits
    actions.acknowledge(notice=notice, person=anna, number=3)
    assert list(Acknowledgement.objects.filter(person=anna).order_by("pk").values_list("version__number", flat=True)) == [1, 3]


def test_one_may_confirm_late_but_not_past_the_end(office):
    Notice.objects.filter(pk=office["notice"].pk).update(due_at=AT - timedelta(days=100))
    actions.acknowledge(notice=office["notice"], person=office["anna"], number=1)
    Notice.objects.filter(pk=office["notice"].pk).update(valid_until=AT - timedelta(days=90))
    with pytest.raises(rules.NotOnView):
        actions.acknowledge(notice=office["notice"], person=office["jan"], number=1)


def test_the_report_names_the_missing_to_their_superior_and_counts_to_others(office):
    actions.acknowledge(notice=office["notice"], person=office["jan"], number=1)

    def rows(person):
        found = queries.report(office["notice"], person, AT, whole=True)
        assert (found.asked, found.confirmed) == (4, 1)
        return [
            (row.unit.name, row.asked, row.confirmed, row.missing_count, [each.last_name for each in row.missing])
            for row in found.units
        ]

    assert rows(office["head"]) == [("Brygada", 1, 0, 1, ["Łąka"]), ("Zakład Zieleni", 3, 1, 2, ["Szefowa", "Żwirek"])]
    assert rows(office["writer"]) == [("Brygada", 1, 0, 1, []), ("Zakład Zieleni", 3, 1, 2, [])]
    assert not queries.report(office["notice"], office["writer"], AT, whole=True).shows_names


def test_somebody_of_two_units_counts_once_in_the_whole(office):
    AppointmentFactory(person=office["ola"], role_code="employee", unit=office["unit"])
    AppointmentFactory(person=office["ola"], role_code="unit_editor", unit=office["unit"])
    found = queries.report(office["notice"], office["head"], AT, whole=True)
    assert (found.asked, [row.asked for row in found.units]) == (4, [1, 4])


def test_the_report_costs_the_same_for_any_number_of_people(office, django_assert_num_queries):
    with django_assert_num_queries(7):
        queries.report(office["notice"], office["head"], AT, whole=True)
    for _number in range(5):
        make_staff(UnitFactory(parent=office["unit"]))
    with django_assert_num_queries(7):
        queries.report(office["notice"], office["head"], AT, whole=True)


@pytest.fixture
def private_files(settings, tmp_path, monkeypatch):
    from django.core.files.storage import storages

    monkeypatch.setattr(storages["private"], "_location", str(tmp_path))
    for name in ("base_location", "location"):
        storages["private"].__dict__.pop(name, None)
    yield
    for name in ("base_location", "location"):
        storages["private"].__dict__.pop(name, None)


def enter(office, people, **facts):
    given = {
        "photo": io.BytesIO(make_pdf()),
        "photo_name": "arkusz.pdf",
        "signed_on": local_day(database_now()),
        "person": office["head"],
        "number": 1,
    }
    return actions.enter_sheet(notice=office["notice"], unit=office["unit"], people=people, **{**given, **facts})


def test_a_superior_enters_a_signed_sheet(office, private_files):
    sheet = enter(office, [office["anna"], office["jan"]])
    rows = Acknowledgement.objects.order_by("pk").values_list("person", "way", "entered_by", "sheet")
    assert sorted(rows) == sorted((each.pk, "sheet", office["head"].pk, sheet.pk) for each in (office["anna"], office["jan"]))
    assert (sheet.unit, sheet.signed_on, sheet.entered_by) == (office["unit"], local_day(sheet.entered_at), office["head"])
    assert privacy.may_read_sheet(office["head"], sheet.photo, AT)
    assert not privacy.may_read_sheet(office["writer"], sheet.photo, AT)
    sheet.photo.subject = "nothing"
    assert not privacy.may_read_sheet(office["head"], sheet.photo, AT)


def test_nobody_is_entered_twice_nor_by_themselves_nor_from_elsewhere(office, private_files):
    enter(office, [office["anna"]])
    for people in ([office["anna"]], [office["head"]], [office["ola"]], [office["writer"]], []):
        with pytest.raises(rules.NotOnTheList):
            enter(office, people)
    assert SignedSheet.objects.count() == 1


def test_a_head_of_one_unit_compares_no_others(office):
    found = queries.report(office["notice"], make_staff(office["below"], "head"), AT, whole=False)
    assert [(row.unit.name, row.asked, len(row.missing)) for row in found.units] == [("Brygada", 2, 2)]
    assert (found.asked, found.confirmed) == (2, 0)


def test_a_sheet_proves_the_version_that_was_signed(office, private_files):
    notice, writer = office["notice"], office["writer"]
    with pytest.raises(rules.SignedTooEarly):
        enter(office, [office["anna"]], signed_on=date(2020, 1, 1))
    with pytest.raises(rules.NotSignedYet):
        enter(office, [office["anna"]], signed_on=local_day(database_now()) + timedelta(days=1))
    actions.change_notice(notice=notice, person=writer, body=from_text("Drobiazg."))
    actions.publish_notice(notice=notice, person=writer, is_major=False)
    assert enter(office, [office["anna"]]).version.number == 1
    actions.change_notice(notice=notice, person=writer, body=from_text("Zbiórka gdzie indziej."))
    actions.publish_notice(notice=notice, person=writer)
    for number in (1, 2, 9):
        with pytest.raises(rules.OldSheet):
            enter(office, [office["jan"]], number=number)
        with pytest.raises(rules.OldSheet):
            actions.enter_for_people(
                notice=notice, number=number, unit=office["unit"], people=[office["jan"]], person=office["head"]
            )
    assert enter(office, [office["jan"]], number=3).version.number == 3


def test_who_is_no_superior_enters_nothing(office, private_files):
    with pytest.raises(PermissionDenied):
        enter(office, [office["anna"]], person=office["writer"])
    with pytest.raises(PermissionDenied):
        enter(office, [office["jan"]], person=office["anna"])


def test_a_wrong_file_enters_nobody(office, private_files):
    with pytest.raises(FileRefused):
        enter(office, [office["anna"]], photo=io.BytesIO(b"MZ not a picture"), photo_name="arkusz.exe")
    assert not Acknowledgement.objects.exists()


def test_a_superior_enters_who_said_so(office):
    count = actions.enter_for_people(
        notice=office["notice"], number=1, unit=office["below"], people=[office["ola"]], person=office["head"]
    )
    assert count == 1
    given = Acknowledgement.objects.get()
    assert (given.person, given.way, given.entered_by, given.sheet) == (office["ola"], "superior", office["head"], None)
    for wrong in ({"way": "screen"}, {"way": "sheet"}, {"entered_by": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            facts = {"version": given.version, "person": office["anna"], "at": AT, "way": "superior", "entered_by": office["head"]}
            Acknowledgement.objects.create(**{**facts, **wrong})


def test_the_difference_waits_until_the_next_version(office):
    notice, anna, writer = office["notice"], office["anna"], office["writer"]

    def seen():
        reading = actions.note_reading(notice=notice, person=anna)
        return reading.seen_before, reading.last_seen

    assert seen() == (0, 1)
    actions.change_notice(notice=notice, person=writer, lead="Ćwiczymy we wtorek.")
    assert seen() == (0, 1)
    actions.publish_notice(notice=notice, person=writer)
    assert seen() == seen() == (1, 2)
    from ratusz.publishing.intranet.factories import make_draft

    assert actions.note_reading(notice=make_draft(writer), person=anna) is None


def test_confirmations_go_three_years_after_the_notice_and_not_before(office, private_files):
    notice = office["notice"]
    old = datetime(2021, 1, 1, tzinfo=UTC)
    version = notice.versions.create(number=2, title="x", body=[], written_by=office["writer"], written_at=old)
    Acknowledgement.objects.create(version=version, person=office["anna"], at=old, way="screen")
    assert actions.forget_confirmations() == 0
    Notice.objects.filter(pk=notice.pk).update(valid_until=AT - timedelta(days=5 * 366))
    assert actions.forget_confirmations() == 1
    assert not Acknowledgement.objects.exists()


def test_what_a_person_wrote_and_read_is_forgotten_and_the_proof_stays(office):
    anna, notice = office["anna"], make_notice(office["writer"], comments_open=True, is_required=True)
    actions.acknowledge(notice=notice, person=anna, number=1)
    actions.note_reading(notice=notice, person=anna)
    actions.write_comment(notice=notice, text="Tak.", person=anna)
    assert actions.forget_readings(person=anna) == actions.erase_comments(person=anna) == 1
    assert Acknowledgement.objects.filter(person=anna).count() == 1

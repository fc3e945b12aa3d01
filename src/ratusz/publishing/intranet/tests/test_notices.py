"""Notices are written, published version by version, changed and closed; the database holds what must never be false."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, transaction

from ratusz.foundation.audit.models import Entry
from ratusz.foundation.jobs.models import DueJob
from ratusz.publishing.intranet import actions, rules
from ratusz.publishing.intranet.factories import (
    FAR,
    AppointmentFactory,
    UnitFactory,
    make_draft,
    make_notice,
    make_staff,
    make_writer,
)
from ratusz.publishing.intranet.models import Acknowledgement, Notice, NoticeTarget, State
from ratusz.publishing.intranet.structure import from_text

pytestmark = pytest.mark.django_db


def test_a_draft_is_published_as_its_first_version():
    writer = make_writer()
    notice = make_draft(writer, on_behalf_of="Sekretarz Miasta")
    assert (notice.state, notice.current_version) == (State.DRAFT, 0)
    version = actions.publish_notice(notice=notice, person=writer, is_major=False)
    notice.refresh_from_db()
    assert (notice.state, notice.current_version, version.number, version.is_major) == (State.PUBLISHED, 1, 1, True)
    assert (version.title, version.body, version.written_by) == (notice.title, notice.body, writer)
    assert notice.published_at == notice.changed_at == version.written_at
    assert list(Entry.objects.filter(deed__startswith="intranet.").order_by("pk").values_list("deed", flat=True)) == [
        "intranet.write_notice", "intranet.publish_notice",
    ]  # fmt: skip


def test_readers_see_new_words_only_with_the_next_version():
    writer = make_writer()
    notice = make_notice(writer)
    actions.change_notice(notice=notice, person=writer, title="Nowy tytuł")
    assert notice.versions.get().title == "Próbna ewakuacja"
    version = actions.publish_notice(notice=notice, person=writer, is_major=False, what_changed="Tytuł.")
    assert (version.number, version.is_major, version.title, version.what_changed) == (2, False, "Nowy tytuł", "Tytuł.")
    with pytest.raises(rules.NothingChanged):
        actions.publish_notice(notice=notice, person=writer)


def test_a_published_version_can_neither_be_changed_nor_deleted():
    version = make_notice().versions.get()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        version.save()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        version.delete()


def test_a_closed_notice_is_left_alone():
    writer = make_writer()
    notice = make_notice(writer)
    actions.close_notice(notice=notice, person=writer)
    for deed in (
        lambda: actions.close_notice(notice=notice, person=writer),
        lambda: actions.change_notice(notice=notice, person=writer, title="x"),
        lambda: actions.publish_notice(notice=notice, person=writer),
    ):
        with pytest.raises(rules.NotOnView):
            deed()
    notice.refresh_from_db()
    assert notice.state == State.CLOSED and notice.closed_at is not None
    assert not Notice.objects.on_view(datetime.now(UTC)).exists()


def test_an_empty_or_overdue_notice_is_not_published():
    writer = make_writer()
    with pytest.raises(rules.NoText):
        actions.publish_notice(notice=make_draft(writer, lead="", body=[]), person=writer)
    late = make_draft(writer, is_required=True, due_at=datetime.now(UTC) - timedelta(days=1))
    with pytest.raises(rules.TermPassed):
        actions.publish_notice(notice=late, person=writer)


def test_a_required_notice_has_a_term_and_an_urgent_one_a_reason():
    writer = make_writer()
    with pytest.raises(rules.TermPassed):
        make_draft(writer, is_required=True)
    with pytest.raises(rules.NoReasonForUrgency):
        make_draft(writer, is_urgent=True, urgent_reason="  ")
    with pytest.raises(TypeError, match="colour"):
        make_draft(writer, colour="red")
    notice = make_draft(writer)
    for wrong in ({"is_required": True}, {"is_urgent": True}, {"state": "published"}, {"state": "closed"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Notice.objects.filter(pk=notice.pk).update(**wrong)


def test_there_is_one_lead_story():
    writer = make_writer()
    first = make_notice(writer, is_lead_story=True)
    second = make_notice(writer, is_lead_story=True, title="Nowa centrala")
    assert list(Notice.objects.filter(is_lead_story=True)) == [second]
    actions.change_notice(notice=first, person=writer, is_lead_story=True)
    assert list(Notice.objects.filter(is_lead_story=True)) == [first]
    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.filter(pk=second.pk).update(is_lead_story=True)


def test_a_head_elsewhere_writes_to_the_own_unit_and_below_alone():
    unit, other = UnitFactory(), UnitFactory()
    below = UnitFactory(parent=unit)
    head = make_staff(unit, "head")
    notice = make_notice(head, owner_unit=unit, targets=[NoticeTarget(unit=below), NoticeTarget(unit=unit)])
    assert notice.targets.count() == 2
    for targets in ([], [NoticeTarget(unit=other)], [NoticeTarget(unit=unit), NoticeTarget(unit=other)]):
        with pytest.raises(rules.NotTheirUnit):
            make_draft(head, owner_unit=unit, targets=targets)
    with pytest.raises(PermissionDenied):
        make_draft(head, owner_unit=other, targets=[NoticeTarget(unit=unit)])
    with pytest.raises(PermissionDenied):
        actions.change_notice(notice=notice, person=head, is_pinned=True)
    with pytest.raises(PermissionDenied):
        actions.change_notice(notice=notice, person=head, owner_unit=other)


def test_what_the_department_pinned_a_head_may_still_correct():
    unit = UnitFactory()
    head, writer = make_staff(unit, "head"), make_writer()
    notice = make_notice(writer, owner_unit=unit, is_pinned=True, targets=[NoticeTarget(unit=unit)])
    actions.change_notice(notice=notice, person=head, title="Poprawka")
    notice.refresh_from_db()
    assert (notice.title, notice.is_pinned) == ("Poprawka", True)


@pytest.mark.parametrize("role_code", ["employee", "unit_editor", "administrator", "moderator"])
def test_others_write_to_nobody(role_code):
    person = AppointmentFactory(role_code=role_code).person
    with pytest.raises(PermissionDenied):
        make_draft(person)
    with pytest.raises(PermissionDenied):
        actions.publish_notice(notice=make_draft(), person=person)


def test_targets_are_replaced_whole():
    writer, unit = make_writer(), UnitFactory()
    notice = make_notice(writer, targets=[NoticeTarget(unit=unit)])
    actions.change_notice(notice=notice, person=writer, title="Bez zmiany grup")
    assert [each.unit for each in notice.targets.all()] == [unit]
    actions.change_notice(notice=notice, person=writer, targets=[])
    assert not notice.targets.exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        NoticeTarget.objects.create(notice=notice)


def test_only_major_versions_of_required_or_urgent_notices_are_told():
    writer = make_writer()
    make_notice(writer)
    assert not DueJob.objects.filter(action="intranet.tell_staff").exists()
    notice = make_notice(writer, is_required=True)
    actions.change_notice(notice=notice, person=writer, body=from_text("Co innego."))
    actions.publish_notice(notice=notice, person=writer, is_major=False)
    told = DueJob.objects.get(action="intranet.tell_staff")
    assert told.arguments == {"version": notice.versions.get(number=1).pk}


def test_a_new_version_and_a_confirmation_of_the_old_one_do_not_cross():
    writer = make_writer()
    notice = make_notice(writer, is_required=True)
    actions.change_notice(notice=notice, person=writer, body=from_text("Zbiórka przy fontannie."))
    actions.publish_notice(notice=notice, person=writer)
    with pytest.raises(rules.NewerVersion):
        actions.acknowledge(notice=notice, person=writer, number=1)
    with pytest.raises(rules.NewerVersion):
        actions.acknowledge(notice=notice, person=writer, number=7)
    assert not Acknowledgement.objects.exists()
    assert notice.due_at == FAR

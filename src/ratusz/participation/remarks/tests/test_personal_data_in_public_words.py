"""What everybody reads of remarks is looked through for personal data and signed off by a person before the report."""

import pytest
from django.urls import reverse

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.units.factories import AppointmentFactory
from ratusz.participation.consultations.registries import report_gaps
from ratusz.participation.remarks import personal_data
from ratusz.participation.remarks.actions import showing, signing_off
from ratusz.participation.remarks.models import LetMark, SignOff
from ratusz.participation.remarks.rules import NotYours, RemarkRefused
from ratusz.participation.remarks.tests.written import a_consultation, enter, write

pytestmark = pytest.mark.django_db
SECRET = "Proszę dzwonić do Anny Przykładowej, 600 100 200. Park im. Jana Kochanowskiego jest ciemny."


@pytest.fixture
def editor():
    return AppointmentFactory(role_code="editor").person


@pytest.fixture
def remark():
    (made,) = write(a_consultation(), SECRET)
    return showing.show_remark(remark=made, person=None)


def marks(remark):
    remark.refresh_from_db()
    found, _later = personal_data.marked_after(remark.consultation, 0, 10)
    return [piece for each in found for piece in each.open]


def codes_of_gaps(consultation):
    return [gap.code for gap in report_gaps["remarks.personal_data"](consultation, database_now()) if gap.is_warning]


def test_marks_are_covered_or_let_stand_then_all_is_signed_off(remark, editor):
    name, phone = marks(remark)
    assert (name.words, name.kind, phone.words, phone.kind) == ("Anny Przykładowej", "name", "600 100 200", "phone")
    with pytest.raises(RemarkRefused, match="nr 1"):
        signing_off.sign_off(consultation=remark.consultation, person=editor)
    signing_off.cover(remark=remark, kind="phone", digest=phone.digest, person=editor)
    signing_off.let_stand(remark=remark, kind="name", digest=name.digest, person=editor)
    signing_off.let_stand(remark=remark, kind="name", digest=name.digest, person=editor)
    remark.refresh_from_db()
    assert remark.public_content == SECRET.replace("600 100 200", "[dane osobowe]")
    assert remark.content == SECRET
    assert (marks(remark), LetMark.objects.count()) == ([], 1)
    assert "Przykładow" not in str(LetMark.objects.values())
    with pytest.raises(RemarkRefused, match="zmieniły"):
        signing_off.cover(remark=remark, kind="phone", digest=phone.digest, person=editor)
    assert codes_of_gaps(remark.consultation) == ["remarks.personal_data"]
    made = signing_off.sign_off(consultation=remark.consultation, person=editor)
    assert (made.remarks, codes_of_gaps(remark.consultation)) == (1, [])
    showing.edit_public_words(remark=remark, words="Pani Ewa Zmyślona pisze.", person=editor)
    assert codes_of_gaps(remark.consultation) == ["remarks.personal_data"]
    assert codes_of_gaps(a_consultation()) == []


def test_only_those_who_run_consultations_sign_off(remark):
    clerk = AppointmentFactory(role_code="desk_officer").person
    piece = marks(remark)[0]
    for deed in (
        lambda: signing_off.sign_off(consultation=remark.consultation, person=clerk),
        lambda: signing_off.cover(remark=remark, kind=piece.kind, digest=piece.digest, person=clerk),
        lambda: signing_off.let_stand(remark=remark, kind=piece.kind, digest=piece.digest, person=clerk),
    ):
        with pytest.raises(NotYours):
            deed()


@pytest.mark.slow
def test_the_screen_shows_each_mark_and_signs_off(remark, editor, client):
    enter(client, editor)
    screen = reverse("remarks_personal_data", args=[remark.consultation_id])
    assert "<mark>Anny Przykładowej</mark>" in client.get(screen).content.decode()
    for piece in marks(remark):
        judged = {"kind": piece.kind, "digest": piece.digest, "deed": "cover"}
        client.post(reverse("remarks_judge_mark", args=[remark.pk]), judged)
    assert "Żadne oznaczenie tu nie czeka" in client.get(screen).content.decode()
    assert "Zaakceptowano" in client.post(reverse("remarks_sign_off", args=[remark.consultation_id]), follow=True).content.decode()
    assert SignOff.objects.count() == 1

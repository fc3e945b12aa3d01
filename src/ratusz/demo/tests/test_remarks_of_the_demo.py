"""The demo shows a register that takes remarks and one that is being answered, once however often it is loaded."""

import pytest

from ratusz.demo import people, remarks, territory
from ratusz.participation.consultations.models import Consultation
from ratusz.participation.remarks.models import Intake, PaperReturn, Position, Remark

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_one_consultation_takes_remarks_and_one_is_being_answered(client):
    for part in (territory, people, remarks, remarks):
        part.load(print)
    running, ended = (Consultation.objects.get(slug=slug) for slug in (remarks.RUNNING, remarks.ENDED))
    assert (running.remarks.count(), Remark.objects.filter(consultation=running, is_public=False).count()) == (9, 1)
    assert set(Intake.objects.filter(consultation=ended).values_list("state", flat=True)) == {"accepted", "late", "withdrawn"}
    states = list(Position.objects.filter(remark__consultation=ended).values_list("state", flat=True))
    assert (states.count("approved"), states.count("review")) == (5, 2) and PaperReturn.objects.get().state == "once"
    page = client.get(f"/konsultacje/{remarks.ENDED}/uwagi/").content.decode()
    assert "9 uwag" in page and "uwzględniona częściowo" in page
    assert "jest 14 uwag z miejscem" in client.get(f"/konsultacje/{remarks.ON_MAP}/uwagi/mapa/").content.decode()
    assert "Zgłoś uwagę" in client.get(f"/konsultacje/{remarks.RUNNING}/uwagi/").content.decode()

"""Remarks as rows, for tests of what is done with many of them at once."""

import uuid

from tests.harness.signing_in import sign_in_staff

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.units.actions import sync_access
from ratusz.participation.consultations.factories import ConsultationFactory
from ratusz.participation.remarks.models import Cluster, Intake, Remark


def a_consultation(**facts):
    return ConsultationFactory(running=True, **facts)


def write(consultation, *contents, state="accepted", **facts):
    """One intake and one remark of each text, in order; gives the remarks."""
    at, last = database_now(), Remark.objects.filter(consultation=consultation).count()
    made = []
    for number, content in enumerate(contents, last + 1):
        intake = Intake.objects.create(
            consultation=consultation, receipt=f"T{consultation.pk}-{number:05}", form_key=uuid.uuid4(), channel="online",
            received_at=at, entered_at=at, state=state,
        )  # fmt: skip
        made.append(
            Remark.objects.create(consultation=consultation, intake=intake, number=number, content=content, made_at=at, **facts)
        )
    return made


def standing(consultation):
    """Group name (or "") to the sorted receipts of its remarks."""
    found = {}
    for remark in Remark.objects.filter(consultation=consultation).select_related("intake", "cluster").order_by("number"):
        found.setdefault(remark.cluster.name if remark.cluster else "", []).append(remark.intake.receipt[-2:])
    return found


def group_of(remark):
    return Cluster.objects.get(remarks=remark)


def enter(client, person):
    """Signs a member of staff in with the rights of their roles."""
    sync_access(person=person, at=database_now())
    person.refresh_from_db()
    return sign_in_staff(client, person)

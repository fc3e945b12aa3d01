"""Two people press the same button at one moment: a consultation is launched and extended once, an application decided once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.harness.at_once import at_once, outcomes

from ratusz.casework.deadlines.models import Clock
from ratusz.casework.signatures.factories import make_signature
from ratusz.casework.signatures.queries import of_subject
from ratusz.foundation.audit.models import Entry
from ratusz.foundation.people.factories import UserFactory
from ratusz.foundation.units.factories import AppointmentFactory
from ratusz.participation.consultations import actions, rules
from ratusz.participation.consultations.applications import actions as applications
from ratusz.participation.consultations.applications import rules as rules_of_applications
from ratusz.participation.consultations.applications.factories import make_application, make_worker
from ratusz.participation.consultations.factories import AreaFactory, ConsultationFactory
from ratusz.participation.consultations.models import Application, ApplicationStep, Consultation, Extension, Notice
from ratusz.participation.consultations.tests.conftest import make_plan

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
REFUSED = (rules.ConsultationRefused, rules_of_applications.ApplicationRefused)


def editor():
    return AppointmentFactory(role_code="editor", person=UserFactory(is_staff=True)).person


def test_a_launch_pressed_twice_is_one_launch_with_one_number_and_one_notice():
    person = editor()
    plan = make_plan(person)
    came = at_once(*[lambda: actions.launch_consultation(consultation=plan, person=person)] * 3)
    assert len({(each.number, each.announced_at) for each in came}) == 1
    assert Entry.objects.filter(deed="consultations.launch").count() == 1
    assert Notice.objects.filter(consultation=plan, is_made=True).count() == 1


def test_an_extension_sent_twice_moves_the_day_once():
    person, made = editor(), ConsultationFactory(running=True)
    AreaFactory(consultation=made)
    later = made.ends_on + timedelta(days=7)

    def press():
        return actions.extend_consultation(consultation=made, ends_on=later, reason="prośby mieszkańców", person=person)

    assert outcomes(press, press, refusals=REFUSED) == ["ConsultationRefused", "done"]
    assert [each.was_ends_on for each in Extension.objects.all()] == [made.ends_on]
    assert Consultation.objects.get(pk=made.pk).ends_on == later
    assert Notice.objects.filter(consultation=made, occasion="extension").count() == 1


def test_who_accepts_and_who_refuses_at_once_leave_one_decision():
    head, application = make_worker("head"), make_application(complete=True)
    deeds = (
        lambda: applications.accept_application(application=application, words="Zapytamy w maju.", person=head),
        lambda: applications.refuse_application(
            application=application, words="Sprawa jest rozstrzygnięta uchwałą, która obowiązuje.", person=head
        ),
        lambda: applications.accept_application(application=application, words="Zapytamy w maju.", person=head),
    )
    assert outcomes(*deeds, refusals=REFUSED) == ["ApplicationRefused", "ApplicationRefused", "done"]
    decided = ApplicationStep.objects.get(application=application, kind__in=("accepted", "refused"))
    assert Application.objects.get(pk=application.pk).state == decided.kind
    assert Consultation.objects.count() == (decided.kind == "accepted")
    assert not Clock.objects.running().filter(subject=application.key, rule_code=rules_of_applications.DECISION).exists()


def test_the_same_supporter_twice_at_once_is_one_voice_and_the_check_is_done_once(monkeypatch):
    head, application = make_worker("head"), make_application(submitted=True)
    monkeypatch.setattr(rules_of_applications, "check_complete", lambda *_given: None)
    make_signature(of_subject(application.key), name="Anna Setna", home="ul. Próbna 100/1")

    def press():
        return applications.find_complete(application=application, person=head)

    assert outcomes(press, press, refusals=REFUSED) == ["ApplicationRefused", "done"]
    assert ApplicationStep.objects.filter(application=application, kind="complete").count() == 1

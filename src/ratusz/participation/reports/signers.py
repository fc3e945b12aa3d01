"""Who signs each step of a report's approval, in words; and whether there is anybody at all in the unit that answers."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from ratusz.foundation.units.models import Appointment
from ratusz.participation.consultations.models import Consultation
from ratusz.participation.reports.models import SignOff
from ratusz.participation.reports.rules import HEADS


def unit_has_a_head(consultation: Consultation, at: datetime) -> bool:
    """Whether somebody heads the unit in charge, or one that it is part of."""
    unit = consultation.owner_unit
    if unit is None:
        return False
    places = [each.pk for each in unit.ancestors()]
    return Appointment.objects.in_force(at).filter(role__code__in=HEADS, unit__in=places, person__is_active=True).exists()


def nobody_signs(consultation: Consultation, at: datetime) -> str:
    """Why the unit's step has nobody to sign it and what to do; "" where there is somebody."""
    if consultation.owner_person is not None and consultation.owner_person.is_active:
        return ""
    if consultation.owner_unit is None:
        return _("The plan names no unit that answers, so nobody can sign this step.")
    if unit_has_a_head(consultation, at):
        return ""
    words = _("Nobody heads the unit %(unit)s in the program. An administrator gives that role to a person under “Appointments”.")
    return words % {"unit": consultation.owner_unit}


def who_signs(consultation: Consultation, at: datetime) -> dict[str, str]:
    """Step to who signs it: the unit's own by its head or by the person that the plan names."""
    step, named = SignOff.Step, consultation.owner_person
    heads = [_("the head of the unit %(unit)s") % {"unit": consultation.owner_unit}] if unit_has_a_head(consultation, at) else []
    own = [*([str(named)] if named is not None and named.is_active else []), *heads]
    return {
        step.PERSONAL_DATA: _("the department or the data protection officer"),
        step.UNIT: ", ".join(own) or nobody_signs(consultation, at),
        step.DEPARTMENT: _("the head of the department"), step.PRESIDENT: _("the President's office"),
    }  # fmt: skip

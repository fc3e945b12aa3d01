"""Consultations: what is asked, of whom, where, when and in which forms."""

from ratusz.participation.consultations.models.consultations import Area as Area
from ratusz.participation.consultations.models.consultations import Consultation as Consultation
from ratusz.participation.consultations.models.forms import Form as Form

__all__ = ["Area", "Consultation", "Form"]

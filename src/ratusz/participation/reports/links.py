"""Where staff mend what a report lacks."""

from __future__ import annotations

from django.urls import reverse

from ratusz.participation.consultations.models import Consultation


def remarks_url(consultation: Consultation) -> str:
    """The register of remarks of a consultation for staff."""
    return reverse("remarks_register", args=[consultation.pk])

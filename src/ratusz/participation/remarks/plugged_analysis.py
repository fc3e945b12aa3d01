"""What the analysis, groups and consulted texts bring to lower modules: the job, the form, a part of a consultation's page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ratusz.foundation.jobs.registry import register_action
from ratusz.participation.consultations.registries import Gap, report_gaps
from ratusz.participation.remarks import personal_data, texts_plugged
from ratusz.participation.remarks.actions import analysing

MOST_SILENT = timedelta(minutes=30)
"""Ten thousand remarks take half a minute; a busy machine is given more before another worker begins anew."""


def personal_data_gap(consultation: Any, at: datetime) -> Iterator[Gap]:
    """A warning while nobody looked through the public words: the report's own signature refuses, this reminds."""
    if not personal_data.public_remarks(consultation).exists() or personal_data.sign_off_in_force(consultation):
        return
    url = reverse("remarks_personal_data", args=[consultation.pk])
    words = _("The public words of remarks are not signed off: nobody looked for personal data.")
    yield Gap("remarks.personal_data", words, url, is_warning=True)


def register() -> None:
    """Fills the registries."""
    register_action(
        analysing.JOB, analysing.run_analysis, what=gettext_lazy("Analyse the remarks of a consultation"), in_transaction=False,
        lease=MOST_SILENT, tries=3,
    )  # fmt: skip
    texts_plugged.register()
    report_gaps.register("remarks.personal_data", personal_data_gap)

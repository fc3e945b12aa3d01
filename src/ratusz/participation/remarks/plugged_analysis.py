"""What the analysis, groups and consulted texts bring to lower modules: the job, the form, a part of a consultation's page."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from ratusz.foundation.jobs.registry import register_action
from ratusz.participation.remarks import texts_plugged
from ratusz.participation.remarks.actions import analysing

MOST_SILENT = timedelta(minutes=30)
"""Ten thousand remarks take half a minute; a busy machine is given more before another worker begins anew."""


def register() -> None:
    """Fills the registries."""
    register_action(
        analysing.JOB, analysing.run_analysis, what=_("Analyse the remarks of a consultation"), in_transaction=False,
        lease=MOST_SILENT, tries=3,
    )  # fmt: skip
    texts_plugged.register()

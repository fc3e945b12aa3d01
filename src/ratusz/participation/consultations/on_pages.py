"""What consultations put on other pages of the portal: a district's page and the civic guide."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from ratusz.foundation.kit.dates import local_day
from ratusz.participation.consultations import presentation, queries
from ratusz.participation.consultations.models import Consultation
from ratusz.publishing.website.registries import LiveProcess, PagePart

MOST = 5


def district_part(district: Any, at: datetime) -> PagePart | None:
    """What concerns the district now: to take part in, to come, waiting for its report."""
    rows = [presentation.row(each, at) for each in queries.of_district(district, local_day(at))[:MOST]]
    if not rows:
        return None
    context = {"rows": rows, "url": f"{reverse('consultations:list')}?dzielnica={district.slug}"}
    return PagePart(_("Public consultations"), "consultations/district.html", context, order=40, anchor="konsultacje")


def live_process(at: datetime) -> LiveProcess:
    """What runs now with its last day, or what comes next."""
    day, url = local_day(at), reverse("consultations:list")
    running = Consultation.objects.running(day).order_by("ends_on", "pk").first()
    if running is not None:
        return LiveProcess(running.title, "open", running.get_absolute_url(), _("Take part"), running.ends_on)
    rows = Consultation.objects.public().filter(starts_on__gt=day, cancelled_at=None)
    if coming := rows.order_by("starts_on", "pk").first():
        return LiveProcess(coming.title, "soon", coming.get_absolute_url(), until=coming.starts_on)
    return LiveProcess(_("No consultations go on now"), "closed", url, _("See the earlier ones"))

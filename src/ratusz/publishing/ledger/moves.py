"""What the ledger asks of a person at the desk: pages to be read again, links to be mended."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.kit.registries import Move

from . import queries, rules

REVIEW_AHEAD = timedelta(days=14)
"""How long before its review day a page comes to the desk."""


def moves_of(person: Any, at: datetime) -> Iterator[Move]:
    """To whoever keeps the ledger or edits a unit; nobody else is asked."""
    if not rules.may(person, "see_ledger", None, at):
        return
    pages = queries.pages_of_ledger(queries.units_seen(person, at))
    due = pages.filter(review_date__lte=local_day(at) + REVIEW_AHEAD, standing_code=None).order_by("review_date", "pk")
    for page in due:
        what = _("Read again and confirm: %(title)s") % {"title": page.get_admin_display_title()}
        end_of_day = timezone.make_aware(datetime.combine(page.review_date + timedelta(days=1), time.min))
        yield Move(what, reverse("ledger_page", args=[page.pk]), due_at=end_of_day, kind="ledger")
    number = pages.filter(broken__gt=0).aggregate(number=Sum("broken"))["number"]
    if number:
        what = ngettext("Mend %(number)d broken link", "Mend %(number)d broken links", number) % {"number": number}
        yield Move(what, reverse("ledger_pages") + "?stan=zepsute", kind="ledger")

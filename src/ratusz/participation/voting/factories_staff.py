"""An opened edition with a calendar and a frozen ballot for tests and the demo, and a vote taken as far as a test needs."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from ratusz.foundation.kit.clock import database_now
from ratusz.participation.budget import actions as budget
from ratusz.participation.budget.models import Edition, Stage
from ratusz.participation.voting.factories import edition_to_vote_on

BEFORE = ("submission", "formal", "substantive", "ballot_list")
DAY = timedelta(days=1)


def set_stages(edition: Edition, opens: datetime, closes: datetime) -> None:
    """Every stage an opened edition needs, around the voting."""
    for place, code in enumerate(reversed(BEFORE), 1):
        Stage.objects.create(edition=edition, code=code, starts_at=opens - (2 * place + 1) * DAY, ends_at=opens - 2 * place * DAY)
    Stage.objects.create(edition=edition, code="voting", starts_at=opens, ends_at=closes)
    Stage.objects.create(edition=edition, code="results", starts_at=closes + 30 * DAY, ends_at=closes + 37 * DAY)


def opened_edition(two: tuple[Any, Any], *, opens: datetime | None = None, closes: datetime | None = None, **facts: Any) -> Edition:
    """Such an edition of `edition_to_vote_on`; `two` people freeze its ballot."""
    now = database_now()
    edition = edition_to_vote_on(**facts)
    set_stages(edition, opens or now - timedelta(hours=1), closes or now + DAY)
    budget.open_edition(edition=edition)
    for person in two:
        budget.freeze_ballot(edition=edition, person=person)
    edition.refresh_from_db()
    return edition

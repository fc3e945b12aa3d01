"""How decisions are found: the portal's search, the number on a receipt, the number of a decision."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from ratusz.foundation.kit.codes import CodeMistyped, read_code
from ratusz.foundation.kit.dates import local_day, polish_date
from ratusz.foundation.kit.registries import Receipt, SearchEntry
from ratusz.governance.decisions import wording
from ratusz.governance.decisions.lineage import newest_of
from ratusz.governance.decisions.models import Asker, Decision

KIND = "decisions"
_NUMBER = re.compile(r"U[/-]?(\d{4})[/-]?(\d{4,})")


def search_entries() -> Iterator[SearchEntry]:
    """Each decision that everybody may see; public words alone."""
    for decision in Decision.objects.shown().select_related("district").iterator(500):
        yield _entry(decision)


def search_entry(key: str) -> SearchEntry | None:
    """One of them; None when it is not shown any more."""
    decision = Decision.objects.shown().select_related("district").filter(number=key.partition(":")[2]).first()
    return _entry(decision) if decision else None


def _entry(decision: Decision) -> SearchEntry:
    day = decision.settled_at or decision.taken_at
    words = [decision.asked_words, decision.settle_note, decision.district.name if decision.district else ""]
    return SearchEntry(
        key=f"decision:{decision.number}", url=decision.get_absolute_url(), title=f"{decision.title} ({decision.number})",
        summary=decision.public_text, body=" ".join(filter(None, words)), kind=KIND, day=local_day(day) if day else None,
    )  # fmt: skip


def find_receipt(typed: str, at: datetime) -> Receipt | None:
    """What the number of whoever asked tells: the state and the days; of a decision that is not public nothing else."""
    try:
        code = read_code(typed)
    except CodeMistyped:
        return None
    asker = Asker.objects.filter(code=code).select_related("decision").first()
    if asker is None:
        return None
    decision = newest_of(asker.decision)
    if decision.taken_at is None:
        return Receipt(title=_("What you asked about"), status=_("We have written it down; it is not decided yet."))
    return _receipt(decision, at)


def find_decision(typed: str, at: datetime) -> Receipt | None:
    """A public decision by its number, however it is typed."""
    found = _NUMBER.fullmatch(typed)
    if found is None:
        return None
    decision = Decision.objects.shown().filter(number=f"U/{found[1]}/{found[2]}").first()
    return _receipt(decision, at) if decision else None


def _receipt(decision: Decision, at: datetime) -> Receipt:
    status = wording.capital(str(wording.public_state(decision, at).words)) + "."
    facts = []
    if decision.is_open and decision.due_on:
        facts.append((_("Due day"), polish_date(decision.due_on)))
    if decision.settled_at:
        facts.append((_("Ended"), polish_date(decision.settled_at)))
    if not decision.is_public:
        return Receipt(title=_("What you asked about"), status=status, facts=tuple(facts))
    title = f"{decision.number} {decision.title}"
    return Receipt(title=title, status=status, url=decision.get_absolute_url(), facts=tuple(facts))

"""Results of an agency come in from a file: whole or not at all, the same file once, a corrected one as the next version."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.participation.surveys.models import ResearchCard, ResearchResults, ResearchState
from ratusz.participation.surveys.research import found_by, results_file, rules
from ratusz.publishing.website.actions import refresh_after_commit


@dataclass
class Brought:
    """What came, or would come, of a file. `known`: the version that this very file made before."""

    rows: int = 0
    questions: list[dict[str, Any]] = field(default_factory=list)
    faults: list[results_file.Fault] = field(default_factory=list)
    known: int | None = None
    made: ResearchResults | None = None


def bring_results(*, card: ResearchCard, content: bytes, name: str, person: Any, only_look: bool = False) -> Brought:
    """Reads the table and keeps it as the next version. With one fault nothing is written; `only_look` writes nothing either.

    Raises NotYours, ResearchRefused.
    """
    rules.check_may(person, _deed(card), card, database_now())
    rules.check_size(len(content))
    digest = hashlib.sha256(content).hexdigest()
    found = results_file.read(content)
    brought = Brought(found.rows, found.content["questions"], found.faults)
    with transaction.atomic():
        mine = ResearchCard.objects.select_for_update(of=("self",)).select_related("unit").get(pk=card.pk)
        _check(mine)
        rules.check_may(person, _deed(mine), mine, database_now())
        brought.known = mine.results.filter(sha256=digest).values_list("number", flat=True).first()
        if not only_look and not brought.faults and brought.known is None:
            brought.made = _keep(mine, found, digest, name, person)
    return brought


def _deed(card: ResearchCard) -> str:
    return "draft" if card.state == ResearchState.DRAFT else "publish"


def _check(card: ResearchCard) -> None:
    if card.survey_id is not None:
        raise rules.ResearchRefused(_("The results of this card come from its survey. No file is needed."))
    if card.state == ResearchState.WITHDRAWN:
        raise rules.ResearchRefused(_("This card is withdrawn. It stays as it is."))


def _keep(card: ResearchCard, found: results_file.Found, digest: str, name: str, person: Any) -> ResearchResults:
    made = ResearchResults.objects.create(
        card=card, number=card.results.count() + 1, sha256=digest, name=name[:200], content=found.content, rows=found.rows,
        brought_at=database_now(), brought_by=person,
    )  # fmt: skip
    after = {"version": made.number, "rows": made.rows, "sha256": digest}
    record(deed="surveys.bring_results", subject=made, after=after, actor=person)
    refresh_after_commit(source=found_by.SOURCE, key=found_by.key_of(card))
    return made

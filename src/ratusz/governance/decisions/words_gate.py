"""The gate of public words: short, and nothing that names or reaches a private person."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from ratusz.governance.decisions.models import Decision, Report
from ratusz.governance.decisions.models.decisions import LONGEST_PUBLIC
from ratusz.governance.decisions.rules import DecisionRefused, check_words
from ratusz.publishing.gates.checks.personal import personal_data
from ratusz.publishing.gates.reading import Passage, Reading
from ratusz.publishing.gates.targets import targets_of


def check_public(at: datetime, *texts: str) -> None:
    """Raises DecisionRefused when a text is too long or holds personal data; the data are never repeated in the words."""
    texts = tuple(text for text in texts if text.strip())
    for text in texts:
        check_words(text, LONGEST_PUBLIC)
    reading = Reading(
        subject="decisions.words", kind="decisions.words", title="", passages=tuple(Passage(text) for text in texts), has_care=False
    )
    for found in personal_data(reading, targets_of("web", at), at):
        raise DecisionRefused(found.words)


def check_shown_again(decision: Decision, at: datetime) -> None:
    """Words written while the decision was hidden met no gate: all of them do before everybody reads them.

    Raises DecisionRefused, which says where they stand.
    """
    why, places = "", []
    for place, texts in _written_meanwhile(decision):
        try:
            check_public(at, *texts)
        except DecisionRefused as refusal:
            why = why or str(refusal)
            places.append(place)
    if places:
        words = _("It was hidden until now, and some of its words are not fit for everybody: %(why)s Where they stand: %(places)s.")
        raise DecisionRefused(words % {"why": why, "places": ", ".join(places)})


def _written_meanwhile(decision: Decision) -> list[tuple[str, list[str]]]:
    reports = list(decision.reports.filter(answer__in=(Report.Answer.ACCEPTED, Report.Answer.WAITS)).prefetch_related("evidence"))
    told = [text for each in reports for text in (each.text, each.instead)]
    told += [text for each in reports for proof in each.evidence.all() if proof.is_public for text in words_of_proof(proof)]
    return [
        (_("reports and evidence"), told),
        (_("moves of the due day"), [each.reason for each in decision.due_changes.all()]),
        (_("explanation of the delay"), [decision.explanation]),
        (_("reason of the suspension"), [decision.suspend_reason]),
        (_("note on how it ended"), [decision.settle_note]),
    ]


def words_of_proof(proof: Any) -> tuple[str, str, str]:
    """What everybody reads of a piece of evidence, beside its file and its address."""
    return proof.label, proof.alt, proof.number

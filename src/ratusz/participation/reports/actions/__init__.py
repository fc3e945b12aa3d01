"""What is done with reports: begun, written, annexes hung in, signed, published in versions, laid out, followed to its effects."""

from ratusz.participation.reports.actions.annexes import (
    add_annex,
    give_file,
    move_annex,
    remove_annex,
    renumber,
    suggest_annexes,
)
from ratusz.participation.reports.actions.drafting import begin_report, write_texts
from ratusz.participation.reports.actions.effects import add_effect, note_outcome, tell_effect
from ratusz.participation.reports.actions.making import make_version
from ratusz.participation.reports.actions.publishing import begin_publication, note_evidence
from ratusz.participation.reports.actions.series import write_series_texts
from ratusz.participation.reports.actions.signing import sign

__all__ = [
    "add_annex", "add_effect", "begin_publication", "begin_report", "give_file", "make_version", "move_annex", "note_evidence",
    "note_outcome", "remove_annex", "renumber", "sign", "suggest_annexes", "tell_effect", "write_series_texts",
    "write_texts",
]  # fmt: skip

"""What is done with cases: numbered, opened, closed, packed, handed to the document system, its answers written down."""

from ratusz.casework.documents.actions.cases import close_case, note_number, open_case
from ratusz.casework.documents.actions.numbers import take_number
from ratusz.casework.documents.actions.packages import hand_over, hand_waiting, make_package, read_answers

__all__ = ["close_case", "hand_over", "hand_waiting", "make_package", "note_number", "open_case", "read_answers", "take_number"]

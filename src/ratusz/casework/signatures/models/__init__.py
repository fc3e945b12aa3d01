"""Supporters' signatures: the collection of one thing, each signature, the paper sheets with both readings, the checks."""

from ratusz.casework.signatures.models.checks import CheckProtocol, LookedAtPair
from ratusz.casework.signatures.models.collections import Collection
from ratusz.casework.signatures.models.sheets import LineEntry, LineSettlement, LineState, Sheet, SheetLine
from ratusz.casework.signatures.models.signatures import Channel, Signature, State

__all__ = [
    "Channel", "CheckProtocol", "Collection", "LineEntry", "LineSettlement", "LineState", "LookedAtPair", "Sheet", "SheetLine",
    "Signature", "State",
]  # fmt: skip

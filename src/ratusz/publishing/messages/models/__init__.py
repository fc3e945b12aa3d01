"""Messages of the city: facts in versions, a variant for each outlet, what left the house, corrections and proofs."""

from .corrections import Correction, CorrectionTask
from .facts import FACTS, TEXTS, FactsVersion
from .message import Message, MessagePicture
from .proofs import Hanging, Proof
from .variant import Release, Variant

__all__ = [
    "FACTS", "TEXTS", "Correction", "CorrectionTask", "FactsVersion", "Hanging", "Message", "MessagePicture", "Proof", "Release",
    "Variant",
]  # fmt: skip

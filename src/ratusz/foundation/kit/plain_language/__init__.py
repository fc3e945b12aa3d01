"""How hard a Polish text is to read, by a published rule: the FOG-PL index, and what to mend in which sentence."""

from .hints import Hint, hints_of
from .measuring import Measured, MeasuredSentence, measure
from .sentences import sentences
from .syllables import syllables

__all__ = ["Hint", "Measured", "MeasuredSentence", "hints_of", "measure", "sentences", "syllables"]

"""Things in the queue with the words of those who flagged them, judgements, appeals against them, examples of the catalogue."""

from ratusz.casework.moderation.models.examples import Example
from ratusz.casework.moderation.models.items import Flag, Item, Source, State
from ratusz.casework.moderation.models.judgements import Appeal, Deed, Judgement, Outcome

__all__ = ["Appeal", "Deed", "Example", "Flag", "Item", "Judgement", "Outcome", "Source", "State"]

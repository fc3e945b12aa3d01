"""Things in the queue and judgements with appeals; places, their moderators and roster; signals; examples; tables of months."""

from ratusz.casework.moderation.models.examples import Example
from ratusz.casework.moderation.models.items import Flag, Item, Source, State
from ratusz.casework.moderation.models.judgements import Appeal, Deed, Judgement, Outcome
from ratusz.casework.moderation.models.months import MonthTable
from ratusz.casework.moderation.models.places import Admission, Admitted, Mandate, Mode, PlaceRules
from ratusz.casework.moderation.models.restraints import BannedWord, Suspension
from ratusz.casework.moderation.models.roster import Absence, Fault, Shift, Weekday

__all__ = [
    "Absence", "Admission", "Admitted", "Appeal", "BannedWord", "Deed", "Example", "Fault", "Flag", "Item", "Judgement", "Mandate",
    "Mode", "MonthTable", "Outcome", "PlaceRules", "Shift", "Source", "State", "Suspension", "Weekday",
]  # fmt: skip

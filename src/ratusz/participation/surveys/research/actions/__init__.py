"""What is done with research cards: written, published, withdrawn, results brought in, wordings compared, uses told."""

from ratusz.participation.surveys.research.actions.cards import (
    drop_card,
    make_card,
    publish_card,
    save_card,
    withdraw_card,
)
from ratusz.participation.surveys.research.actions.results import Brought, bring_results
from ratusz.participation.surveys.research.actions.uses import take_back_use, tell_use
from ratusz.participation.surveys.research.actions.waves import join_questions, part_questions, say_of_wording

__all__ = [
    "Brought", "bring_results", "drop_card", "join_questions", "make_card", "part_questions",
    "publish_card", "save_card", "say_of_wording",
    "take_back_use", "tell_use", "withdraw_card",
]  # fmt: skip

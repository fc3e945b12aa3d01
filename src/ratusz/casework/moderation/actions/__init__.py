"""What is done in moderation: queued, taken, judged with a statement, appealed, decided by somebody else, forgotten in time."""

from ratusz.casework.moderation.actions.admitting import admit, look_again
from ratusz.casework.moderation.actions.appealing import appeal, decide_appeal
from ratusz.casework.moderation.actions.catalogue import add_example, retire_example
from ratusz.casework.moderation.actions.forgetting import erase_flags, erase_items, forget_words
from ratusz.casework.moderation.actions.freezing import freeze_last_month, freeze_month
from ratusz.casework.moderation.actions.holding import hold
from ratusz.casework.moderation.actions.judging import change_as_author, judge, quarantine_automatically
from ratusz.casework.moderation.actions.placing import Outsider, appoint_moderator, end_mandate, follow_places, set_mode
from ratusz.casework.moderation.actions.queueing import close_gone, put_in_queue, take, withdraw_from_queue
from ratusz.casework.moderation.actions.rostering import (
    add_banned_word,
    cancel_absence,
    end_shift,
    mend_fault,
    report_fault,
    retire_banned_word,
    set_shift,
    tell_absence,
    watch_cover,
)

__all__ = [
    "Outsider", "add_banned_word", "add_example", "admit", "appeal", "appoint_moderator", "cancel_absence", "change_as_author",
    "close_gone", "decide_appeal", "end_mandate", "end_shift", "erase_flags", "erase_items", "follow_places", "forget_words",
    "freeze_last_month", "freeze_month", "hold", "judge", "look_again", "mend_fault", "put_in_queue", "quarantine_automatically",
    "report_fault", "retire_banned_word", "retire_example", "set_mode", "set_shift", "take", "tell_absence", "watch_cover",
    "withdraw_from_queue",
]  # fmt: skip

"""What people do with messages: write, change facts, approve, send, correct, bring proofs back."""

from .approving import approve_all, approve_variant
from .changing import change_facts
from .correcting import hear_decision_on_correction, publish_correction, release_correction, settle_task, withdraw_message
from .pictures import remove_picture, set_picture
from .proving import hang_poster, record_by_hand, take_poster_down
from .sending import cancel_sending, hear_decision, schedule_variant, send_due, send_variant
from .writing import add_variant, change_message, confirm_variant, edit_variant, hand_in_message, write_message

__all__ = [
    "add_variant", "approve_all", "approve_variant", "cancel_sending", "change_facts", "change_message", "confirm_variant",
    "edit_variant", "hand_in_message", "hang_poster", "hear_decision", "hear_decision_on_correction", "publish_correction",
    "record_by_hand", "release_correction", "remove_picture", "schedule_variant", "send_due", "send_variant", "set_picture",
    "settle_task", "take_poster_down", "withdraw_message", "write_message",
]  # fmt: skip

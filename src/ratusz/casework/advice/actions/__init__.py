"""What is done at consultation points: hours are set, times booked and called off, conversations logged, people forgotten."""

from ratusz.casework.advice.actions.booking import (
    Guest,
    book_for_somebody,
    book_online,
    cancel_appointment,
    confirm_appointment,
    note_visit,
    send_code_again,
)
from ratusz.casework.advice.actions.conversing import (
    Said,
    correct_conversation,
    log_conversation,
    note_followed_up,
)
from ratusz.casework.advice.actions.forgetting import erase_appointments, forget_past
from ratusz.casework.advice.actions.points import (
    add_hours,
    call_off_outing,
    close_point,
    drop_special_day,
    end_hours,
    plan_outing,
    save_point,
    set_special_day,
)
from ratusz.casework.advice.actions.reminding import remind

__all__ = [
    "Guest", "Said", "add_hours", "book_for_somebody", "book_online", "call_off_outing", "cancel_appointment", "close_point",
    "confirm_appointment", "correct_conversation", "drop_special_day", "end_hours", "erase_appointments", "forget_past",
    "log_conversation", "note_followed_up", "note_visit", "plan_outing", "remind", "save_point", "send_code_again",
    "set_special_day",
]  # fmt: skip

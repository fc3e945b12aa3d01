"""What is done with meetings: planned, announced, moved; people registered, put on the list, told; their data forgotten."""

from ratusz.casework.meetings.actions.announcing import announce, cancel_meeting, mark_held, move_meeting
from ratusz.casework.meetings.actions.forgetting import erase_invitations, erase_registrations, forget_registrations
from ratusz.casework.meetings.actions.forgetting_the_day import erase_questions, erase_requests, forget_the_day
from ratusz.casework.meetings.actions.inviting import (
    Guest,
    accept_invitation,
    decline_invitation,
    invite,
    name_substitute,
    read_guests,
    send_invitations,
)
from ratusz.casework.meetings.actions.planning import (
    Clashes,
    change_meeting,
    extend_all_series,
    extend_series,
    plan_meeting,
    plan_series,
    set_recurrence,
    set_seat_groups,
)
from ratusz.casework.meetings.actions.registering import (
    Person,
    change_registration,
    confirm_by_code,
    confirm_registration,
    join_registrations,
    judge_registration,
    keep_seat_after_move,
    register,
)
from ratusz.casework.meetings.actions.telling import remind, tell_registered
from ratusz.casework.meetings.actions.waiting import TooLate, accept_offer, give_up_seat, refill_meeting, rejoin, sweep_seats

__all__ = [
    "Clashes",
    "Guest",
    "Person",
    "TooLate",
    "accept_invitation",
    "accept_offer",
    "announce",
    "cancel_meeting",
    "change_meeting",
    "change_registration",
    "confirm_by_code",
    "confirm_registration",
    "decline_invitation",
    "erase_invitations",
    "erase_questions",
    "erase_registrations",
    "erase_requests",
    "extend_all_series",
    "extend_series",
    "forget_registrations",
    "forget_the_day",
    "give_up_seat",
    "invite",
    "join_registrations",
    "judge_registration",
    "keep_seat_after_move",
    "mark_held",
    "move_meeting",
    "name_substitute",
    "plan_meeting",
    "plan_series",
    "read_guests",
    "refill_meeting",
    "register",
    "rejoin",
    "remind",
    "send_invitations",
    "set_recurrence",
    "set_seat_groups",
    "sweep_seats",
    "tell_registered",
]

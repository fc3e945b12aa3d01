"""What is done with meetings: planned, announced, moved; people registered, put on the list, told; their data forgotten."""

from ratusz.casework.meetings.actions.forgetting import erase_invitations, erase_registrations, forget_registrations
from ratusz.casework.meetings.actions.forgetting_the_day import erase_questions, erase_requests, forget_the_day

__all__ = [
    "erase_invitations",
    "erase_questions",
    "erase_registrations",
    "erase_requests",
    "forget_registrations",
    "forget_the_day",
]

"""What is done with meetings: planned, announced, moved; people registered, put on the list, told; their data forgotten."""

from ratusz.casework.meetings.actions.forgetting import erase_invitations, erase_registrations, forget_registrations

__all__ = [
    "erase_invitations",
    "erase_registrations",
    "forget_registrations",
]

"""Meetings of every kind: series, places, meetings with their groups of seats, who does what there."""

from ratusz.casework.meetings.models.meetings import Meeting, MeetingDuty, Move, SeatGroup
from ratusz.casework.meetings.models.places import Official, Place
from ratusz.casework.meetings.models.registrations import Invitation, Notice, Registration, Standing
from ratusz.casework.meetings.models.series import Series

__all__ = [
    "Invitation",
    "Meeting",
    "MeetingDuty",
    "Move",
    "Notice",
    "Official",
    "Place",
    "Registration",
    "SeatGroup",
    "Series",
    "Standing",
]

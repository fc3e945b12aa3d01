"""Meetings of every kind: series, places, meetings with their groups of seats, who does what there."""

from ratusz.casework.meetings.models.meetings import Meeting, MeetingDuty, Move, SeatGroup
from ratusz.casework.meetings.models.places import Official, Place
from ratusz.casework.meetings.models.series import Series

__all__ = ["Meeting", "MeetingDuty", "Move", "Official", "Place", "SeatGroup", "Series"]

"""Meetings of every kind: series, places, meetings with their groups of seats, who does what there."""

from ratusz.casework.meetings.models.agenda import AgendaItem, AgendaVersion, PointState, Visibility
from ratusz.casework.meetings.models.day import MeetingRequest, Outcome, Question, Speaker, Support, Voice
from ratusz.casework.meetings.models.door import CheckIn, WalkIn
from ratusz.casework.meetings.models.meetings import Meeting, MeetingDuty, Move, SeatGroup
from ratusz.casework.meetings.models.minutes import (
    Minutes,
    MinutesBlock,
    MinutesPublication,
    MinutesState,
    MinutesUpload,
    MinutesVersion,
    ReviewLink,
    Suggestion,
)
from ratusz.casework.meetings.models.places import Official, Place
from ratusz.casework.meetings.models.preparing import ChecklistItem, Preparation, UnitReply
from ratusz.casework.meetings.models.registrations import Invitation, Notice, Registration, Standing
from ratusz.casework.meetings.models.series import Series

__all__ = [
    "AgendaItem",
    "AgendaVersion",
    "CheckIn",
    "ChecklistItem",
    "Invitation",
    "Meeting",
    "MeetingDuty",
    "MeetingRequest",
    "Minutes",
    "MinutesBlock",
    "MinutesPublication",
    "MinutesState",
    "MinutesUpload",
    "MinutesVersion",
    "Move",
    "Notice",
    "Official",
    "Outcome",
    "Place",
    "PointState",
    "Preparation",
    "Question",
    "Registration",
    "ReviewLink",
    "SeatGroup",
    "Series",
    "Speaker",
    "Standing",
    "Suggestion",
    "Support",
    "UnitReply",
    "Visibility",
    "Voice",
    "WalkIn",
]

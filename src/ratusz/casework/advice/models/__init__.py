"""Consultation points with hours, exceptions and outings; appointments at them; conversations with what was advised."""

from ratusz.casework.advice.models.appointments import Appointment, State
from ratusz.casework.advice.models.conversations import Conversation, Way
from ratusz.casework.advice.models.points import Hours, Outing, Point, SpecialDay

__all__ = ["Appointment", "Conversation", "Hours", "Outing", "Point", "SpecialDay", "State", "Way"]

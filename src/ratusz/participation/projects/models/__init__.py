"""What is told of projects: the application with its author, cost lines, versions, files and course."""

from .applications import Application, ApplicationQuerySet, Attachment, CostLine, Course, State, Version
from .people import Party

__all__ = ["Application", "ApplicationQuerySet", "Attachment", "CostLine", "Course", "Party", "State", "Version"]

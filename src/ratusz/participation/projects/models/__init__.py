"""What is told of projects: the application with its people and course, its checks, ties, appeals and the published lists."""

from .applications import Application, ApplicationQuerySet, Attachment, CostLine, Course, State, Version
from .checks import Call, Check, Estimate, Mark, Opinion, Stage
from .outcomes import Appeal, ListKind, Merger, ProjectList, Tie
from .people import Party

__all__ = [
    "Appeal", "Application", "ApplicationQuerySet", "Attachment", "Call", "Check", "CostLine", "Course", "Estimate",
    "ListKind", "Mark", "Merger", "Opinion", "Party", "ProjectList", "Stage", "State", "Tie", "Version",
]  # fmt: skip

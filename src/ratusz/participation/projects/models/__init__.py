"""What is told of projects: the application with its people, its checks, appeals and lists, and the building of what won."""

from .applications import Application, ApplicationQuerySet, Attachment, CostLine, Course, State, Version
from .checks import Call, Check, Estimate, Mark, Opinion, Stage
from .delivery import DayMove, Delivery, DeliveryDay, DeliveryPhoto, DeliveryState, DeliveryStep, DropKind
from .ideas import IdeaAnswer, IdeaSurvey, IdeaWords, Urn
from .land import LandCheck
from .outcomes import Appeal, ListKind, Merger, ProjectList, Tie
from .people import Party
from .remarks import Remark
from .substitutions import Substitution

__all__ = [
    "Appeal", "Application", "ApplicationQuerySet", "Attachment", "Call", "Check", "CostLine", "Course", "DayMove", "Delivery",
    "DeliveryDay", "DeliveryPhoto", "DeliveryState", "DeliveryStep", "DropKind", "Estimate", "IdeaAnswer", "IdeaSurvey",
    "IdeaWords", "LandCheck", "ListKind", "Mark", "Merger", "Opinion", "Party", "ProjectList", "Remark", "Stage",
    "State", "Substitution", "Tie", "Urn", "Version",
]  # fmt: skip

"""What units hand in: submissions with their versions, pictures and history, links of approval, lone publications, release sets."""

from .links import ApprovalAnswer, ApprovalLink
from .lone import LonePublication
from .sets import ReleaseItem, ReleaseSet
from .submissions import Submission, SubmissionNote, SubmissionPicture, SubmissionVersion

__all__ = [
    "ApprovalAnswer",
    "ApprovalLink",
    "LonePublication",
    "ReleaseItem",
    "ReleaseSet",
    "Submission",
    "SubmissionNote",
    "SubmissionPicture",
    "SubmissionVersion",
]

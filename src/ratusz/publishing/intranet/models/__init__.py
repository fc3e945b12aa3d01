"""Notices to staff with their versions and targets, acknowledgements, what was read last, comments, and buildings of the Office."""

from ratusz.publishing.intranet.models.answers import Acknowledgement, Comment, Reading, SignedSheet, Way
from ratusz.publishing.intranet.models.notices import Category, Notice, NoticeTarget, NoticeVersion, State
from ratusz.publishing.intranet.models.places import Building

__all__ = [
    "Acknowledgement",
    "Building",
    "Category",
    "Comment",
    "Notice",
    "NoticeTarget",
    "NoticeVersion",
    "Reading",
    "SignedSheet",
    "State",
    "Way",
]

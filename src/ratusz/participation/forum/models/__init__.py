"""The consultation platform: categories, topics with scope and days, threads, comments with stance, and the imported archive."""

from ratusz.participation.forum.models.archive import ImportBatch as ImportBatch
from ratusz.participation.forum.models.archive import OldAuthor as OldAuthor
from ratusz.participation.forum.models.comments import Attachment as Attachment
from ratusz.participation.forum.models.comments import Comment as Comment
from ratusz.participation.forum.models.comments import CommentVersion as CommentVersion
from ratusz.participation.forum.models.comments import Support as Support
from ratusz.participation.forum.models.participants import Participant as Participant
from ratusz.participation.forum.models.places import Category as Category
from ratusz.participation.forum.models.places import Thread as Thread
from ratusz.participation.forum.models.places import Topic as Topic

__all__ = [
    "Attachment", "Category", "Comment", "CommentVersion", "ImportBatch", "OldAuthor", "Participant", "Support", "Thread", "Topic",
]  # fmt: skip

"""What is done with projects: drafts, intake, checks, assessments, appeals, lists."""

from .drafts import accept_invitation, add_attachment, invite_co_author, save_draft, start_draft
from .forgetting import erase_parties, forget_drafts
from .intake import enter_paper, submit

__all__ = [
    "accept_invitation", "add_attachment", "enter_paper", "erase_parties", "forget_drafts", "invite_co_author", "save_draft",
    "start_draft", "submit",
]  # fmt: skip

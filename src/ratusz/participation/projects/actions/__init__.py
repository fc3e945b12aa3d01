"""What is done with projects: drafts, intake, checks, assessments, appeals, lists."""

from .calling import answer_call, call_author, close_call
from .checking import approve_refusal, assign_check, mark_formal, pass_formal, propose_refusal, share_out
from .drafts import accept_invitation, add_attachment, invite_co_author, save_draft, start_draft
from .forgetting import erase_parties, forget_drafts
from .intake import enter_paper, submit

__all__ = [
    "accept_invitation", "add_attachment", "answer_call", "approve_refusal", "assign_check", "call_author", "close_call",
    "enter_paper", "erase_parties", "forget_drafts", "invite_co_author", "mark_formal", "pass_formal", "propose_refusal",
    "save_draft", "share_out", "start_draft", "submit",
]  # fmt: skip

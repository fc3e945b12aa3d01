"""What is done with projects: drafts, intake, checks, assessments, appeals, lists."""

from .appealing import decide_appeal, enter_appeal
from .assessing import ask_unit, decide_substantive, give_opinion, reopen_opinion, take_question_back, tie_projects
from .balloting import put_on_ballot
from .calling import answer_call, call_author, close_call, enter_answer
from .checking import approve_refusal, assign_check, mark_formal, pass_formal, propose_refusal, send_back_refusal, share_out
from .drafts import accept_invitation, add_attachment, invite_co_author, save_draft, start_draft
from .forgetting import erase_parties, forget_drafts
from .intake import enter_paper, submit
from .merging import answer_merger, propose_merger, withdraw
from .publishing import publish_list
from .supporting import hand_in_scan, start_collecting

__all__ = [
    "accept_invitation", "add_attachment", "answer_call", "answer_merger", "approve_refusal", "ask_unit", "assign_check",
    "call_author", "close_call", "decide_appeal", "decide_substantive", "enter_answer", "enter_appeal", "enter_paper",
    "erase_parties", "forget_drafts", "give_opinion", "hand_in_scan", "invite_co_author", "mark_formal", "pass_formal",
    "propose_merger", "propose_refusal", "publish_list", "put_on_ballot", "reopen_opinion", "save_draft", "send_back_refusal",
    "share_out", "start_collecting", "start_draft", "submit", "take_question_back", "tie_projects", "withdraw",
]  # fmt: skip

"""What is done with projects: drafts, intake, checks, assessments, appeals, lists."""

from .appealing import decide_appeal, enter_appeal
from .assessing import ask_unit, decide_substantive, give_opinion, reopen_opinion, take_question_back, tie_projects
from .balloting import put_on_ballot
from .calling import answer_call, call_author, close_call, enter_answer
from .checking import approve_refusal, assign_check, mark_formal, pass_formal, propose_refusal, send_back_refusal, share_out
from .drafts import accept_invitation, add_attachment, invite_co_author, save_draft, start_draft
from .forgetting import erase_parties, erase_statements, forget_drafts, forget_statements
from .ideas import answer_survey, count_urn, enter_card, judge_words, publish_survey, save_survey
from .intake import enter_paper, submit
from .land import check_land
from .merging import answer_merger, propose_merger, withdraw
from .publishing import publish_list
from .remarking import answer_remark, edit_remark, erase_remarks, hide_remark, show_remark, write_remark
from .standing_in import end_substitute, set_substitute
from .supporting import hand_in_scan, start_collecting

__all__ = [
    "check_land", "end_substitute", "set_substitute",
    "answer_survey", "count_urn", "enter_card", "judge_words", "publish_survey", "save_survey",
    "accept_invitation", "add_attachment", "answer_call", "answer_merger", "answer_remark", "approve_refusal", "ask_unit",
    "assign_check", "call_author", "close_call", "decide_appeal", "decide_substantive", "edit_remark", "enter_answer",
    "enter_appeal", "enter_paper", "erase_parties", "erase_remarks", "erase_statements", "forget_drafts", "forget_statements",
    "give_opinion", "hand_in_scan", "hide_remark", "invite_co_author", "mark_formal", "pass_formal", "propose_merger",
    "propose_refusal", "publish_list", "put_on_ballot", "reopen_opinion", "save_draft", "send_back_refusal", "share_out",
    "show_remark", "start_collecting", "start_draft", "submit", "take_question_back", "tie_projects", "withdraw",
    "write_remark",
]  # fmt: skip

"""Draft and take a decision, carry it out, report, accept, move its day, end it; the ladder; followers; councillors' questions."""

from ratusz.governance.decisions.actions.carrying import (
    accept_decision,
    decline_decision,
    delegate_decision,
    give_decision,
    return_decision,
    take_over_decision,
)
from ratusz.governance.decisions.actions.days import (
    answer_later_day,
    ask_later_day,
    explain_delay,
    resume_decision,
    suspend_decision,
)
from ratusz.governance.decisions.actions.effects import draft_from_effect
from ratusz.governance.decisions.actions.ending import reopen_decision, replace_decision, withdraw_decision
from ratusz.governance.decisions.actions.following import (
    ask_to_follow,
    confirm_follow,
    forget_address,
    forget_askers,
    hear_decision,
    stop_following,
    tell_changes,
)
from ratusz.governance.decisions.actions.ladder import run_ladder
from ratusz.governance.decisions.actions.links import look_at_link, send_link, use_link
from ratusz.governance.decisions.actions.questions import answer_question, enter_question
from ratusz.governance.decisions.actions.reporting import (
    accept_report,
    report_decision,
    report_part,
    send_report_back,
    waive_part,
)
from ratusz.governance.decisions.actions.requests import draft_from_request
from ratusz.governance.decisions.actions.writing import add_asker, draft_decision, edit_draft, reword_decision, take_decision

__all__ = [
    "accept_decision", "accept_report", "add_asker", "answer_later_day", "answer_question", "ask_later_day", "ask_to_follow",
    "confirm_follow", "decline_decision", "delegate_decision", "draft_decision", "draft_from_effect", "draft_from_request",
    "edit_draft",
    "enter_question", "explain_delay", "forget_address", "forget_askers", "give_decision", "hear_decision", "look_at_link",
    "reopen_decision", "replace_decision", "report_decision", "report_part", "resume_decision", "return_decision",
    "reword_decision", "run_ladder", "send_link", "send_report_back", "stop_following", "suspend_decision", "take_decision",
    "take_over_decision", "tell_changes", "use_link", "waive_part", "withdraw_decision",
]  # fmt: skip

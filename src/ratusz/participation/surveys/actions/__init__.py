"""What is done with surveys: written and published, answered once, kept as drafts, opened by codes, typed from paper, forgotten."""

from ratusz.participation.surveys.actions.answering import Sent, submit_answer
from ratusz.participation.surveys.actions.drafts import drop_draft, keep_page, send_draft, send_draft_link, start_draft
from ratusz.participation.surveys.actions.editing import begin_version, change_questions, take_back_change
from ratusz.participation.surveys.actions.exports import ask_export, write_export
from ratusz.participation.surveys.actions.forgetting import erase_drafts, forget_drafts, forget_words
from ratusz.participation.surveys.actions.paper import count_batch, keep_scan, settle_card, type_card
from ratusz.participation.surveys.actions.parting import part_answers
from ratusz.participation.surveys.actions.population import drop_population, load_population
from ratusz.participation.surveys.actions.surveys import (
    close_survey,
    close_with,
    drop_quota,
    follow_end,
    make_survey,
    move_end,
    publish,
    save_survey,
    set_quota,
)
from ratusz.participation.surveys.actions.tokens import enter_with_code, give_right, make_codes

__all__ = [
    "Sent", "ask_export", "begin_version", "change_questions", "close_survey", "close_with", "count_batch", "drop_draft",
    "drop_population", "drop_quota", "enter_with_code", "erase_drafts", "follow_end", "forget_drafts", "forget_words",
    "give_right", "keep_page", "keep_scan", "load_population", "make_codes", "make_survey", "move_end", "part_answers",
    "publish", "save_survey", "send_draft", "send_draft_link", "set_quota", "settle_card", "start_draft", "submit_answer",
    "take_back_change", "type_card", "write_export",
]  # fmt: skip

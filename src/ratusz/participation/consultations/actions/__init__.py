"""What is done with consultations: planned, launched, made known with evidence, extended, cancelled, closed; opinions asked."""

from ratusz.participation.consultations.actions.campaigns import save_campaign
from ratusz.participation.consultations.actions.ending import (
    archive_consultation,
    cancel_consultation,
    hear_report,
    start_report_clocks,
    write_to_heads,
)
from ratusz.participation.consultations.actions.extending import extend_consultation
from ratusz.participation.consultations.actions.forms import (
    add_form,
    cancel_form,
    change_form,
    hold_form,
    prepare_form,
    remove_form,
)
from ratusz.participation.consultations.actions.launching import launch_consultation
from ratusz.participation.consultations.actions.meetings import hear_meeting
from ratusz.participation.consultations.actions.notices import add_notice, withdraw_notice
from ratusz.participation.consultations.actions.opinions import (
    ask_opinion,
    close_silent_opinions,
    record_answer,
    take_back_question,
)
from ratusz.participation.consultations.actions.planning import begin_consultation, change_plan, delete_plan

__all__ = [
    "add_form", "add_notice", "archive_consultation", "ask_opinion", "begin_consultation", "cancel_consultation", "cancel_form",
    "change_form", "change_plan", "close_silent_opinions", "delete_plan", "extend_consultation", "hear_meeting", "hear_report",
    "hold_form", "launch_consultation", "prepare_form", "record_answer", "remove_form", "save_campaign", "start_report_clocks",
    "take_back_question", "withdraw_notice", "write_to_heads",
]  # fmt: skip

"""What is done with applications for consultations: written, supported, submitted, checked, decided, appealed, forgotten."""

from ratusz.participation.consultations.applications.actions.checking import answer_call, call_to_complete, find_complete
from ratusz.participation.consultations.applications.actions.council import (
    close_what_lapsed,
    file_appeal,
    note_council,
    note_delivery,
    note_session,
)
from ratusz.participation.consultations.applications.actions.deciding import accept_application, refuse_application
from ratusz.participation.consultations.applications.actions.drafts import (
    change_draft,
    enter_application,
    open_collection,
    save_draft,
    submit_application,
    withdraw_application,
)
from ratusz.participation.consultations.applications.actions.forgetting import erase_applications, forget_drafts, forget_people
from ratusz.participation.consultations.applications.actions.terms import set_support_terms

__all__ = [
    "accept_application", "answer_call", "call_to_complete", "change_draft", "close_what_lapsed", "enter_application",
    "erase_applications", "file_appeal", "find_complete", "forget_drafts", "forget_people", "note_council", "note_delivery",
    "note_session", "open_collection", "refuse_application", "save_draft", "set_support_terms", "submit_application",
    "withdraw_application",
]  # fmt: skip

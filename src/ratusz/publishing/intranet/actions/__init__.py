"""What is done in the intranet: notices written, published, changed and closed; read, confirmed and commented; staff told."""

from ratusz.publishing.intranet.actions.answers import (
    acknowledge,
    enter_for_people,
    enter_sheet,
    forget_confirmations,
    forget_readings,
    note_reading,
)
from ratusz.publishing.intranet.actions.comments import (
    edit_comment,
    erase_comments,
    flag_comment,
    hide_comment,
    open_comments,
    remove_comment,
    restore_comment,
    write_comment,
)
from ratusz.publishing.intranet.actions.messages import close_message, show_message
from ratusz.publishing.intranet.actions.notices import change_notice, close_notice, edition_of, publish_notice, write_notice
from ratusz.publishing.intranet.actions.telling import tell_staff

__all__ = [
    "acknowledge",
    "change_notice",
    "close_message",
    "close_notice",
    "edit_comment",
    "edition_of",
    "enter_for_people",
    "enter_sheet",
    "erase_comments",
    "flag_comment",
    "forget_confirmations",
    "forget_readings",
    "hide_comment",
    "note_reading",
    "open_comments",
    "publish_notice",
    "remove_comment",
    "restore_comment",
    "show_message",
    "tell_staff",
    "write_comment",
    "write_notice",
]

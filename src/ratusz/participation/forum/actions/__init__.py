"""What is done on the platform: accounts by a code, comments and supports, judgements, official answers, topics, erasures."""

from ratusz.participation.forum.actions.accounts import claim_old_author, make_participant, rename_participant
from ratusz.participation.forum.actions.answering import answer_officially
from ratusz.participation.forum.actions.erasing import erase_participants, erase_words
from ratusz.participation.forum.actions.importing import bring_in
from ratusz.participation.forum.actions.judging import (
    change_words,
    gave_title,
    hide_comment,
    restore_comment,
    set_lock,
)
from ratusz.participation.forum.actions.marking import give_opinion, mark_remark
from ratusz.participation.forum.actions.topics import (
    close_topic,
    lock_thread,
    merge_threads,
    move_judged_thread,
    move_thread,
    prepare_topic,
    reopen_topic,
    save_category,
    save_topic,
    start_office_thread,
)
from ratusz.participation.forum.actions.writing import (
    edit_comment,
    flag,
    start_thread,
    support,
    take_support_back,
    write_comment,
)

__all__ = [
    "answer_officially", "bring_in", "change_words", "claim_old_author", "close_topic", "edit_comment",
    "erase_participants", "erase_words", "flag", "gave_title", "give_opinion", "hide_comment", "lock_thread", "make_participant",
    "mark_remark", "merge_threads", "move_judged_thread", "move_thread", "prepare_topic", "rename_participant",
    "reopen_topic", "restore_comment", "save_category", "save_topic", "set_lock", "start_office_thread", "start_thread",
    "support", "take_support_back", "write_comment",
]  # fmt: skip

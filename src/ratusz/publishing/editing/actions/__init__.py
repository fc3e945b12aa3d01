"""What people do with submissions: write, send, claim, ask back, approve, schedule, publish, ask by a link, release in sets."""

from .claiming import approve, ask_back, claim, close, comment, release_claim
from .links import answer_link, look_at_link, make_link, revoke_link
from .pages import ask_for_second_pair, publish_page_alone
from .pictures import keep_picture, say_basis, settle_pictures
from .publishing import publish, publish_alone, publish_due, review_lone_publication, schedule, unschedule
from .sets import (
    add_item,
    approve_set,
    change_set,
    check_sets,
    close_set,
    make_set,
    release_due_sets,
    release_set,
    remove_item,
)  # fmt: skip
from .taking_in import take_in_document, take_in_html, take_in_pictures
from .writing import save_submission, send_submission, start_change, start_submission, take_in_page_changes

__all__ = [
    "add_item",
    "answer_link",
    "approve",
    "approve_set",
    "ask_back",
    "ask_for_second_pair",
    "change_set",
    "check_sets",
    "claim",
    "close",
    "close_set",
    "comment",
    "keep_picture",
    "look_at_link",
    "make_link",
    "make_set",
    "publish",
    "publish_alone",
    "publish_due",
    "publish_page_alone",
    "release_claim",
    "release_due_sets",
    "release_set",
    "remove_item",
    "review_lone_publication",
    "revoke_link",
    "save_submission",
    "say_basis",
    "schedule",
    "send_submission",
    "settle_pictures",
    "start_change",
    "start_submission",
    "take_in_document",
    "take_in_html",
    "take_in_page_changes",
    "take_in_pictures",
    "unschedule",
]

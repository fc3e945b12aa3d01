"""What is done with the ledger: links checked, pages taken down, confirmed and archived, readers' answers written down."""

from .answers import add_comment, answer_page, forget_answers
from .checking import check_due_links
from .links import measure_text, page_went, read_links, rebuild_links
from .reviews import archive_page, confirm_page, hear_clock, page_care_changed, sync_review, sync_reviews
from .unpublishing import bring_back_page, take_down_page

__all__ = [
    "add_comment", "answer_page", "archive_page", "bring_back_page", "check_due_links", "confirm_page", "forget_answers",
    "hear_clock", "measure_text", "page_care_changed", "page_went", "read_links", "rebuild_links", "sync_review", "sync_reviews",
    "take_down_page",
]  # fmt: skip

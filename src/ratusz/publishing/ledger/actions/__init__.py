"""What is done with the ledger: links read and checked, pages taken down and brought back."""

from .checking import check_due_links
from .links import page_went, read_links, rebuild_links
from .unpublishing import bring_back_page, take_down_page

__all__ = ["bring_back_page", "check_due_links", "page_went", "read_links", "rebuild_links", "take_down_page"]

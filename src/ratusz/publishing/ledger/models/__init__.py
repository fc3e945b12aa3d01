"""Links of pages and what foreign addresses answered, pages taken down with their reason."""

from .links import ForeignAddress, PageLink
from .unpublishing import Unpublishing

__all__ = ["ForeignAddress", "PageLink", "Unpublishing"]

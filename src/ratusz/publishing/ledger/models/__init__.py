"""Links of pages and what foreign addresses answered, figures of texts, pages taken down with their reason, readers' answers."""

from .answers import AnswerCount, AnswerTry, ReaderAnswer
from .figures import PageText
from .links import ForeignAddress, PageLink
from .unpublishing import Unpublishing

__all__ = ["AnswerCount", "AnswerTry", "ForeignAddress", "PageLink", "PageText", "ReaderAnswer", "Unpublishing"]

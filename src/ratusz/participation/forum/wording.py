"""The platform in words: the label on every page, scope, days, and a comment as a page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ratusz.foundation.kit.dates import polish_moment, polish_until
from ratusz.foundation.kit.words import size_in_words
from ratusz.participation.forum import rules, terms, texts
from ratusz.participation.forum.models import Attachment, Comment, Participant, Topic
from ratusz.participation.forum.queries import Branch
from ratusz.ui.parts import Download


def label_of(topic: Topic) -> str:
    """Stands on every page: whether what is said here has a mode, a clock and a report."""
    if topic.is_archive:
        return _("archive of the old forum: it is only read")
    return _("part of a formal consultation: the report lists remarks") if topic.is_formal else _("informal talk, without a mode")


def scope_of(topic: Topic) -> str:
    """Which part of the city it concerns."""
    names = [each.name for each in topic.districts.all()]
    if not names and topic.consultation is not None:
        names = [each.name for each in topic.consultation.areas.all() if each.kind != "city"]
    return ", ".join(names) or _("the whole city")


def days_of(topic: Topic, at: datetime) -> str:
    """What one can do now, and until when."""
    if topic.is_archive:
        return _("only to read")
    if not topic.is_open(at):
        return _("closed, one can read it")
    return _("one can write %(until)s") % {"until": polish_until(topic.closes_at)} if topic.closes_at else _("one can write")


def threads_in_words(number: int) -> str:
    """So many threads."""
    return ngettext("%(count)s thread", "%(count)s threads", number) % {"count": number}


def comments_in_words(number: int) -> str:
    """So many comments."""
    return ngettext("%(count)s comment", "%(count)s comments", number) % {"count": number}


@dataclass(frozen=True)
class ShownComment:
    """A comment as the page draws it; `html` is None for one whose words are not shown, and then `instead` says why."""

    comment: Comment
    author: str
    html: SafeString | None
    instead: str
    answers_to: str
    """Of an answer deeper than the second level: whom it answers."""
    answers_to_url: str
    edited: str
    files: tuple[Download, ...]
    may_support: bool
    is_supported: bool
    may_edit: bool
    may_answer: bool
    may_flag: bool
    stance: str


def shown(comment: Comment, reader: Participant | None, supported: set[int], *, is_open: bool, at: datetime) -> ShownComment:
    """One comment for one reader."""
    words, is_own = instead_of(comment), reader is not None and comment.author_id == reader.pk
    may_act = is_open and words == "" and comment.is_shown and reader is not None and not reader.is_suspended(at)
    deeper = comment.parent if comment.parent_id and comment.parent_id != comment.root_id else None
    return ShownComment(
        comment=comment, author=author_of(comment), html=texts.rendered(comment.words) if not words else None, instead=words,
        answers_to=author_of(deeper) if deeper else "", answers_to_url=deeper.get_absolute_url() if deeper else "",
        edited=edited_in_words(comment), files=tuple(_file(each) for each in comment.attachments.all()) if not words else (),
        may_support=may_act and not is_own, is_supported=comment.pk in supported,
        may_edit=rules.may_edit(comment, reader, at) and is_open, may_answer=may_act,
        may_flag=comment.is_shown and not words and not is_own,
        stance=str(comment.get_stance_display()) if comment.stance != Comment.Stance.NEUTRAL else "",
    )  # fmt: skip


def branch_shown(branch: Branch, *facts: Any, **named: Any) -> dict[str, Any]:
    """A branch for the template."""
    answers = [shown(each, *facts, **named) for each in branch.answers]
    more = ngettext("%(count)s more answer", "%(count)s more answers", branch.more) % {"count": branch.more}
    return {"root": shown(branch.root, *facts, **named), "answers": answers, "more": more if branch.more else ""}


def author_of(comment: Comment) -> str:
    """The name under a comment: an account's, or the unit's for the Office."""
    return comment.unit.name if comment.unit else str(comment.author)


def instead_of(comment: Comment) -> str:
    """What stands in the place of words that are not shown; "" when they are."""
    if comment.erased_at is not None:
        return _("These words were erased because the law asks for it.")
    if comment.hidden_at is not None:
        return _("A moderator hid this comment. Its author knows why and may appeal.")
    return ""


def edited_in_words(comment: Comment) -> str:
    """The stamp of a change with its reason; "Reason: not given" as the old forum had it."""
    if comment.edited_at is None or comment.erased_at is not None:
        return ""
    return _("Reason: %(reason)s") % {"reason": comment.edit_reason or _("not given")}


def _file(attachment: Attachment) -> Download:
    address = reverse("forum:file", args=[attachment.pk])
    return Download(attachment.name, address, attachment.file.kind.upper(), size_in_words(attachment.file.size))


def edit_window(at: datetime) -> int:
    """Minutes within which one may change one's comment."""
    return terms.term("edit_minutes", at)


def days_for_staff(topic: Topic, at: datetime) -> str:
    """As for everybody, and when one opens that nobody sees yet."""
    if topic.opens_at > at:
        return _("opens on %(moment)s") % {"moment": polish_moment(topic.opens_at)}
    return days_of(topic, at)

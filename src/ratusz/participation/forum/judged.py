"""Comments of the platform as things that moderators judge, topics as places where people write, answers that units owe."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from ratusz.casework.moderation.actions.admitting import HASTE
from ratusz.casework.moderation.registries import (
    JudgedKind,
    OwedAnswer,
    Place,
    PlaceKind,
    Shown,
    judged_kinds,
    owed_answers,
    place_kinds,
)
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import polish_date
from ratusz.participation.forum import actions, queries, rules
from ratusz.participation.forum.models import Comment, Topic

AROUND = 3
"""Comments shown before the one that is judged."""


def find_comment(number: int) -> Comment | None:
    """A comment that still has its words."""
    found = Comment.objects.filter(pk=number, erased_at=None, thread__topic__is_archive=False)
    return found.select_related("thread__topic__unit", "author__contact", "staff_author", "parent__staff_author").first()


def show_comment(comment: Comment) -> Shown:
    """The comment, its thread and what stands before it. With the first words of a thread goes the title their author gave it."""
    around = Comment.objects.filter(thread=comment.thread_id).shown().filter(written_at__lt=comment.written_at)
    before = [each.words for each in around.order_by("-written_at", "-pk")[:AROUND]]
    title = comment.thread.title
    return Shown(
        label=_("comment %(number)s on the platform") % {"number": comment.pk}, where=_("thread “%(title)s”") % {"title": title},
        words=f"{title}\n\n{comment.words}" if actions.gave_title(comment) else comment.words,
        written_at=comment.written_at, url=reverse("forum:comment", args=[comment.pk]),
        author=comment.staff_author, author_name=str(comment.author or ""),
        author_address=comment.author.address if comment.author else "",
        unit=comment.thread.topic.unit, context=(*reversed(before), *_earlier_wordings(comment)), is_hidden=not comment.is_shown,
        place=comment.thread.topic.key, sent_lately=_sent_lately(comment),
        reply_to=comment.parent.staff_author if comment.parent else None,
        files=tuple(each.file for each in comment.attachments.select_related("file")),
    )  # fmt: skip


def _earlier_wordings(comment: Comment) -> list[str]:
    """How it read before its author changed it, as everybody may still read it."""
    told = _("An earlier wording that everybody can read: %(words)s")
    return [told % {"words": each.words} for each in comment.versions.filter(is_public=True)]


def _edit(comment: Comment, person: Any, words: str) -> None:
    """Of the comment that opens a thread the first line is the title, as it was shown."""
    title, _line, rest = words.strip().partition("\n")
    if actions.gave_title(comment) and rest.strip():
        actions.change_words(comment=comment, words=rest.strip(), title=title, person=person)
    else:
        actions.change_words(comment=comment, words=words, person=person)


def _sent_lately(comment: Comment) -> int:
    """What the author wrote in the ten minutes before and moderation let through at once."""
    recent = Comment.objects.filter(author=comment.author_id, written_at__gt=comment.written_at - HASTE).exclude(pk=comment.pk)
    return recent.shown().count() if comment.author_id else 0


def is_far_enough(person: Any, comment: Comment, at: datetime) -> bool:
    """Not for whoever answered in this thread for the Office: they would judge what is said of their own words."""
    return not Comment.objects.filter(thread=comment.thread_id, staff_author=person.pk).exists()


def topics_to_move_to(comment: Comment) -> list[tuple[str, str]]:
    """Open topics of the same consultation, or of none, to which a thread may go."""
    now = database_now()
    found = Topic.objects.open(now).filter(consultation=comment.thread.topic.consultation_id).exclude(pk=comment.thread.topic_id)
    return [(each.key, each.title) for each in found.order_by("title")[:50]]


def move(comment: Comment, person: Any, place: str) -> None:
    """The whole thread goes to the topic with that key."""
    to = Topic.objects.get(pk=int(place.rpartition(":")[2]))
    actions.move_judged_thread(thread=comment.thread, to=to, person=person)


def place_of(number: int) -> Place | None:
    """A topic as a place where people write."""
    topic = Topic.objects.select_related("unit").filter(pk=number, is_archive=False).first()
    return _place(topic) if topic else None


def _place(topic: Topic) -> Place:
    ends = [each for each in (topic.closed_at, topic.closes_at) if each is not None]
    return Place(
        key=topic.key, name=topic.title, unit=topic.unit, url=topic.get_absolute_url(), ends_at=min(ends, default=None),
        default_mode=topic.moderation,
    )  # fmt: skip


def current_places(at: datetime) -> Iterator[Place]:
    """Topics that are open, or open later."""
    standing = Topic.objects.filter(is_archive=False, closed_at=None).filter(Q(closes_at=None) | Q(closes_at__gt=at))
    for topic in standing.select_related("unit").order_by("title", "pk"):
        yield _place(topic)


def owed_answers_at(at: datetime) -> Iterator[OwedAnswer]:
    """Comments that wait for a unit, for the agenda of the moderators' meeting."""
    for each in queries.owed():
        due, unit = rules.answer_due(each, at), each.thread.topic.unit
        yield OwedAnswer(
            key=each.key, title=each.thread.title, unit=unit.name if unit else "", due=polish_date(due), is_late=due <= at,
            url=reverse("forum_answer", args=[each.pk]),
        )  # fmt: skip


def register() -> None:
    """Tells moderation of comments, of the topics they stand in, and of answers owed."""
    comment = JudgedKind(
        name=pgettext_lazy("platform", "comment"), find=find_comment, show=show_comment,
        hide=lambda thing, person: actions.hide_comment(comment=thing, person=person),
        restore=lambda thing, person: actions.restore_comment(comment=thing, person=person),
        edit=_edit,
        lock=lambda thing, person: actions.set_lock(thread=thing.thread, is_locked=True, person=person),
        unlock=lambda thing, person: actions.set_lock(thread=thing.thread, is_locked=False, person=person),
        may_judge=is_far_enough, suspends=True, move=move, may_move_to=topics_to_move_to,
    )  # fmt: skip
    judged_kinds.register("forum.comment", comment)
    place_kinds.register("forum.topic", PlaceKind(gettext_lazy("topic of the platform"), place_of, current_places))
    owed_answers.register("forum", owed_answers_at)

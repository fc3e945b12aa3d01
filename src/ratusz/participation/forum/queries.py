"""Reads of the platform: the home page, a page of a thread in a fixed number of questions, similar threads, owed answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Count, F, Max, Prefetch, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from ratusz.foundation.kit.lemmas import long_lemmas
from ratusz.participation.forum.models import Attachment, Category, Comment, Participant, Support, Thread, Topic

ROOTS, ANSWERS, BRANCH, THREADS = 25, 3, 50, 30
"""Branches on a page, answers shown with each of them, answers on the page of one branch, threads on a list."""
MOST_SIMILAR, SIMILAR_AMONG = 5, 3000
SOON = timedelta(days=7)
NEWEST, OLDEST, TOP, DISCUSSED = "najnowsze", "najstarsze", "najwyzej-oceniane", "najczesciej-komentowane"
ORDERS = {
    NEWEST: ("written_at", True),
    OLDEST: ("written_at", False),
    TOP: ("support_count", True),
    DISCUSSED: ("answer_count", True),
}
"""How a thread is sorted -> (field, newest or greatest first?); the number of the comment decides between equals."""


@dataclass
class Branch:
    """One comment with the first of its answers."""

    root: Comment
    answers: list[Comment] = field(default_factory=list)

    @property
    def more(self) -> int:
        """How many answers are only on the page of the branch."""
        return max(self.root.answer_count - len([each for each in self.answers if each.is_shown]), 0)


@dataclass(frozen=True)
class ThreadPage:
    """A page of a thread; `following` is the number of the comment the next page begins with, None on the last one."""

    branches: Sequence[Branch]
    following: int | None


def visible(reader: Participant | None) -> Q:
    """What stands in a thread: let out (a hidden one without its words), and one's own that still wait."""
    return Q(shown_at__isnull=False) | Q(author=reader) if reader else Q(shown_at__isnull=False)


def with_people(comments: QuerySet[Comment]) -> QuerySet[Comment]:
    """Comments with all that their words on a page need."""
    files = Prefetch("attachments", Attachment.objects.select_related("file"))
    return comments.select_related("author", "unit", "parent__author", "parent__unit").prefetch_related(files)


def _from(comments: QuerySet[Comment], order: str, start: Comment | None) -> QuerySet[Comment]:
    """The comments in that order, from one of them on: a place that stays where it is when others are added before it."""
    name, is_falling = ORDERS[order]
    sign, compare = ("-", "lt") if is_falling else ("", "gt")
    if start is not None:
        value = getattr(start, name)
        comments = comments.filter(Q(**{f"{name}__{compare}": value}) | Q(**{name: value, f"pk__{compare}e": start.pk}))
    return comments.order_by(f"{sign}{name}", f"{sign}pk")


def page_of_thread(thread: Thread, order: str, start: int | None, reader: Participant | None) -> ThreadPage:
    """Branches of a thread from the comment `start` on, each with its first answers."""
    roots = Comment.objects.filter(thread=thread).roots().filter(visible(reader))
    first = roots.filter(pk=start).first() if start else None
    found = list(with_people(_from(roots, order, first))[: ROOTS + 1])
    branches = {each.pk: Branch(each) for each in found[:ROOTS]}
    for answer in _first_answers(list(branches), reader):
        branches[answer.root_id or 0].answers.append(answer)
    return ThreadPage(list(branches.values()), found[ROOTS].pk if len(found) > ROOTS else None)


def _first_answers(roots: list[int], reader: Participant | None) -> list[Comment]:
    """The first answers of each branch, the Office's before others: numbered first, so that only those shown are read whole."""
    place = Window(RowNumber(), partition_by=F("root"), order_by=[F("unit").asc(nulls_last=True), "written_at", "pk"])
    numbered = Comment.objects.filter(root__in=roots).filter(visible(reader)).annotate(place=place).filter(place__lte=ANSWERS)
    chosen = list(numbered.values_list("pk", flat=True))
    return list(with_people(Comment.objects.filter(pk__in=chosen)).order_by("written_at", "pk"))


def page_of_branch(root: Comment, start: int | None, reader: Participant | None) -> tuple[list[Comment], int | None]:
    """Answers of a branch from one of them on, oldest first, and with which the next page begins."""
    answers = Comment.objects.filter(root=root).filter(visible(reader))
    first = answers.filter(pk=start).first() if start else None
    found = list(with_people(_from(answers, OLDEST, first))[: BRANCH + 1])
    return found[:BRANCH], found[BRANCH].pk if len(found) > BRANCH else None


def supported_by(reader: Participant | None, comments: Sequence[int]) -> set[int]:
    """Which of the comments the reader supports."""
    if reader is None:
        return set()
    return set(Support.objects.filter(participant=reader, comment__in=comments).values_list("comment", flat=True))


def stances(thread: Thread) -> dict[str, int]:
    """How many shown comments of residents are for, against and neutral. Voices, not people and not votes."""
    shown = Comment.objects.filter(thread=thread, unit=None).shown()
    return dict(shown.values_list("stance").annotate(number=Count("pk")).order_by())


def categories(at: datetime) -> QuerySet[Category]:
    """Categories with their public topics and threads counted, those of the archive last."""
    public = Q(topics__opens_at__lte=at)
    shown = public & Q(topics__threads__is_shown=True, topics__threads__merged_into=None)
    return Category.objects.annotate(
        topic_count=Count("topics", filter=public, distinct=True),
        thread_count=Count("topics__threads", filter=shown, distinct=True),
    )


def topics(at: datetime) -> QuerySet[Topic]:
    """Public topics with what their line on a list needs."""
    shown = Q(threads__is_shown=True, threads__merged_into=None)
    found = Topic.objects.public(at).select_related("category", "unit", "consultation")
    counted = found.annotate(thread_count=Count("threads", filter=shown), newest_at=Max("threads__last_at", filter=shown))
    return counted.prefetch_related("districts", "consultation__areas")


def closing_soon(at: datetime) -> list[Topic]:
    """Open topics whose last day is within a week, the nearest first."""
    return list(topics(at).open(at).filter(closes_at__lte=at + SOON).order_by("closes_at", "pk")[:10])  # type: ignore[attr-defined]


def newest_threads(at: datetime, most: int = 10) -> list[Thread]:
    """Threads in which somebody wrote last, without the archive."""
    found = Thread.objects.public(at).filter(topic__is_archive=False).select_related("topic", "author")
    return list(found.order_by("-last_at", "-pk")[:most])


def threads_of(topic: Topic, at: datetime, start: int | None) -> tuple[list[Thread], int | None]:
    """Threads of a topic, those written in last first, from one of them on; and with which the next page begins."""
    threads = Thread.objects.public(at).filter(topic=topic)
    first = threads.filter(pk=start).first() if start else None
    if first is not None:
        threads = threads.filter(Q(last_at__lt=first.last_at) | Q(last_at=first.last_at, pk__lte=first.pk))
    found = list(threads.select_related("author").order_by("-last_at", "-pk")[: THREADS + 1])
    return found[:THREADS], found[THREADS].pk if len(found) > THREADS else None


def similar_to(text: str, at: datetime, *, without: int | None = None) -> list[Thread]:
    """Threads that share at least two longer words with a title (or its only one), in any form; those that share most first."""
    wanted = set(long_lemmas(text))
    if not wanted:
        return []
    newest = Thread.objects.public(at).exclude(pk=without or 0).order_by("-pk").values_list("pk", "lemmas")[:SIMILAR_AMONG]
    shared = {pk: len(wanted.intersection(lemmas)) for pk, lemmas in newest}
    needed = min(2, len(wanted))
    best = sorted((pk for pk, number in shared.items() if number >= needed), key=lambda pk: (-shared[pk], -pk))[:MOST_SIMILAR]
    found = {each.pk: each for each in Thread.objects.filter(pk__in=best).select_related("topic")}
    return [found[pk] for pk in best]


def owed(units: Sequence[int] | None = None) -> QuerySet[Comment]:
    """Comments that wait for the Office, the oldest first; of those units alone when they are given."""
    found = Comment.objects.owed().filter(thread__topic__is_archive=False).select_related("thread__topic__unit", "author")
    if units is not None:
        found = found.filter(thread__topic__unit__in=units)
    return found.order_by("written_at", "pk")


def written_by(participant: Participant) -> QuerySet[Comment]:
    """Everything one wrote, the newest first, also what waits or is hidden."""
    found = Comment.objects.filter(author=participant).select_related("thread__topic").prefetch_related("versions")
    return found.order_by("-written_at", "-pk")


def all_topics() -> QuerySet[Topic]:
    """Every topic for staff, also one that is not open yet, with its threads counted."""
    shown = Q(threads__is_shown=True, threads__merged_into=None)
    return Topic.objects.select_related("category", "unit", "consultation").annotate(thread_count=Count("threads", filter=shown))

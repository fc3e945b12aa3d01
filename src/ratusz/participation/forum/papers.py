"""A topic on paper: facts, figures and what was said, thread by thread, without names; and the same as rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from ratusz.casework.documents.blocks import Block, Document, Facts, Heading, Notice, Table, Text
from ratusz.foundation.kit.dates import last_day_of, polish_moment, polish_range
from ratusz.participation.forum import texts, wording
from ratusz.participation.forum.models import Comment, Thread, Topic

LONGEST = 100_000


def shown_comments(topic: Topic) -> QuerySet[Comment]:
    """What everybody reads in a topic, thread by thread in the order of time."""
    found = Comment.objects.filter(thread__topic=topic, thread__merged_into=None, thread__is_shown=True).shown()
    return found.select_related("thread", "unit", "intake").order_by("thread__started_at", "thread", "written_at", "pk")


def csv_rows(topic: Topic) -> Iterator[Sequence[Any]]:
    """A heading and a row for each comment; who wrote is told as "resident" or by the unit's name."""
    yield (
        _("Number"), _("Thread"), _("Answers the comment"), _("When"), _("Who speaks"), _("Stance"), _("Words"), _("Supports"),
        _("Receipt in the register of remarks"),
    )  # fmt: skip
    for each in shown_comments(topic).iterator(500):
        yield (
            each.pk, each.thread.title, each.parent_id or "", polish_moment(each.written_at), _who(each),
            str(each.get_stance_display()), each.words, each.support_count, each.intake.receipt if each.intake else "",
        )  # fmt: skip


def _who(comment: Comment) -> str:
    return comment.unit.name if comment.unit else _("resident")


def figures(topic: Topic) -> list[tuple[str, str]]:
    """How many threads, comments, stances, answers and remarks; voices, not people."""
    shown = shown_comments(topic)
    residents = list(shown.filter(unit=None).order_by().values_list("stance", flat=True))
    return [
        (_("Threads"), str(Thread.objects.filter(topic=topic, merged_into=None, is_shown=True).count())),
        (_("Comments of residents"), str(len(residents))),
        *[(str(words), str(residents.count(code))) for code, words in Comment.Stance.choices],
        (_("Official answers"), str(shown.exclude(unit=None).count())),
        (_("Taken into the register of remarks"), str(shown.exclude(intake=None).count())),
    ]


def report_blocks(topic: Topic) -> list[Block]:
    """A topic in the report of its consultation: figures with the note, and threads with how much was said. Names nobody."""
    rows = [
        (each.title, str(each.comment_count), polish_moment(each.last_at))
        for each in Thread.objects.filter(topic=topic, merged_into=None, is_shown=True).order_by("started_at", "pk")
    ]
    blocks: list[Block] = [
        Facts([(_("Topic on the platform"), topic.title), (_("When"), _days(topic)), *figures(topic)]),
        Notice(_("Comments are voices of whoever wanted to speak: neither people nor votes, and no sample of residents.")),
    ]
    if rows:
        blocks.append(Table((_("Thread"), _("number of comments"), _("newest comment")), rows, caption=_("Threads of the topic")))
    return blocks


def _days(topic: Topic) -> str:
    if topic.closes_at is None:
        return _("since %(moment)s") % {"moment": polish_moment(topic.opens_at)}
    return polish_range(topic.opens_at, last_day_of(topic.closes_at))


def document_of(topic: Topic, at: datetime) -> Document:
    """The whole topic as a document: figures, then every thread with its words."""
    blocks: list[Block] = [Facts([(_("What part of the city"), wording.scope_of(topic))]), *report_blocks(topic)]
    thread = None
    for each in shown_comments(topic).iterator(500):
        if each.thread_id != thread:
            thread = each.thread_id
            blocks.append(Heading(each.thread.title))
        strong = f"{each.pk}. {_who(each)}, {polish_moment(each.written_at)}"
        strong += f" ({each.get_stance_display()})" if each.stance != Comment.Stance.NEUTRAL else ""
        blocks.append(Text(texts.plain(each.words, LONGEST), strong=strong))
    return Document(
        title=topic.title, subtitle=_("Consultation platform: as of %(moment)s") % {"moment": polish_moment(at)}, blocks=blocks,
        footer=wording.label_of(topic), address=settings.PUBLIC_ADDRESS.rstrip("/") + topic.get_absolute_url(),
        address_words=_("The topic on the platform"),
    )  # fmt: skip

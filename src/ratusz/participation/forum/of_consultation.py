"""What the platform brings to a consultation: the form "pks" with topic, counts, gaps and blocks of the report, parts of pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from ratusz.casework.documents.blocks import Block
from ratusz.participation.consultations.registries import (
    Count,
    FormKind,
    Gap,
    Part,
    asked_at_once,
    by_number,
    form_kinds,
    public_parts,
    staff_parts,
    thing_of,
)  # fmt: skip
from ratusz.participation.forum import actions, papers, rules, wording
from ratusz.participation.forum.models import Comment, Topic

KIND = "pks"


def topic_of(form: Any) -> Topic | None:
    """The topic behind a form of a consultation."""
    return thing_of(form, lambda: behind([form]).get(form.pk))


def behind(forms: Sequence[Any]) -> dict[int, Topic]:
    """Topics of these forms by the form's number."""
    return by_number(forms, "forum.topic:", Topic.objects.select_related("category", "unit"))


def take_part_url(form: Any, at: datetime) -> str:
    """Where one writes; "" when that is not possible now."""
    topic = topic_of(form)
    return topic.get_absolute_url() if topic is not None and topic.is_open(at) else ""


def staff_url(form: Any) -> str:
    """Where staff keep the topic."""
    topic = topic_of(form)
    return reverse("forum_topic", args=[topic.pk]) if topic else reverse("forum_topics")


def counts(form: Any) -> Iterator[Count]:
    """Shown comments of residents; those that became remarks are counted by the register, under their own channel."""
    topic = topic_of(form)
    if topic is not None:
        shown = papers.shown_comments(topic).filter(unit=None).count()
        yield Count(channel="forum", received=shown, valid=shown)


def gaps(form: Any, at: datetime) -> Iterator[Gap]:
    """No topic, comments nobody has judged, a topic still open; unanswered questions are a warning."""
    topic = topic_of(form)
    if topic is None:
        yield Gap("forum.topic", _("The talk on the platform has no topic"), staff_url(form))
        return
    waiting = Comment.objects.filter(thread__topic=topic, shown_at=None, hidden_at=None, erased_at=None).count()
    if waiting:
        words = _("Comments on the platform that wait for a moderator: %(count)s") % {"count": waiting}
        yield Gap("forum.waiting", words, reverse("moderation_queue"))
    if topic.is_open(at):
        yield Gap("forum.open", _("The topic on the platform is still open"), staff_url(form))
    owed = Comment.objects.owed().filter(thread__topic=topic).count()
    if owed:
        words = _("Comments on the platform that wait for an answer of the Office: %(count)s") % {"count": owed}
        yield Gap("forum.owed", words, reverse("forum_owed"), is_warning=True)


def report_blocks(form: Any, at: datetime) -> list[Block]:
    """Figures and threads of the topic, without names."""
    topic = topic_of(form)
    return papers.report_blocks(topic) if topic else []


def prepare(form: Any, person: Any) -> str:
    """A topic of the consultation, open on its days; gives its key. In the transaction of planning."""
    return actions.prepare_topic(form=form, person=person).key


ANY = "has_topics"


def any_topics() -> Exists:
    """Whether there are topics at all, asked together with the consultation."""
    return Exists(Topic.objects.filter(consultation=OuterRef("pk")))


def public_part(consultation: Any, at: datetime) -> Part | None:
    """Topics of the consultation on its page."""
    if not consultation.__dict__.get(ANY, True):
        return None
    rows = [(each, wording.days_of(each, at)) for each in Topic.objects.public(at).filter(consultation=consultation)]
    return Part("forum/part.html", {"forum_topics": rows}, order=45) if rows else None


def staff_part(consultation: Any, person: Any, at: datetime) -> Part | None:
    """The same for staff, with where each is kept."""
    if not rules.may(person, "see", None, at):
        return None
    rows = [(each, wording.days_for_staff(each, at)) for each in Topic.objects.filter(consultation=consultation)]
    return Part("forum/staff/part.html", {"forum_topics": rows}, order=45) if rows else None


def register() -> None:
    """Fills the registries of consultations."""
    kind = FormKind(
        take_part_url=take_part_url, staff_url=staff_url, counts=counts, gaps=gaps, report_blocks=report_blocks, prepare=prepare,
        behind=behind,
    )  # fmt: skip
    form_kinds.register(KIND, kind)
    asked_at_once.register(ANY, any_topics)
    public_parts.register("forum", public_part)
    staff_parts.register("forum", staff_part)

"""Staff keep the platform: categories, topics with scope and days, threads moved, locked and merged. Nothing is deleted."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.lemmas import long_lemmas
from ratusz.foundation.kit.working_days import start_of_day
from ratusz.foundation.territory.models import District
from ratusz.participation.forum import rules
from ratusz.participation.forum.actions import judging
from ratusz.participation.forum.actions.counting import SOURCE, locked_thread, recount
from ratusz.participation.forum.models import Category, Comment, Thread, Topic
from ratusz.publishing.website.actions import bump_content_version, refresh_after_commit

CATEGORY = ("slug", "name", "about", "house_rules", "position")
FACTS = (
    "category_id", "slug", "title", "about", "consultation_id", "is_formal", "unit_id", "opens_at", "closes_at", "moderation",
    "residents_start_threads", "takes_opinions", "house_rules",
)  # fmt: skip


def _facts(thing: Any, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(thing, name) for name in names}


@transaction.atomic
def save_category(*, category: Category, person: Any) -> Category:
    """A new category, or what changed of one. Raises NotYours, ForumRefused for an address that another one has."""
    rules.check_may(person, "manage", category, database_now())
    old = Category.objects.select_for_update().filter(pk=category.pk).first()
    try:
        with transaction.atomic():
            category.save()
    except IntegrityError as problem:
        raise rules.ForumRefused(rules.taken_address_words()) from problem
    before = _facts(old, CATEGORY) if old else None
    record(deed="forum.save_category", subject=category, before=before, after=_facts(category, CATEGORY), actor=person)
    bump_content_version()
    return category


@transaction.atomic
def save_topic(*, topic: Topic, districts: Iterable[District] = (), person: Any) -> Topic:
    """A new topic, or what changed of one; the label follows the consultation's. Raises NotYours, ForumRefused."""
    now = database_now()
    rules.check_may(person, "manage", topic, now)
    old = Topic.objects.select_for_update(of=("self",)).filter(pk=topic.pk).first()
    rules.check_topic(topic, old)
    if old is None:
        topic.created_at, topic.created_by = now, person
    topic.is_formal = topic.consultation is not None and topic.consultation.label == "formal"
    try:
        with transaction.atomic():
            topic.save()
    except IntegrityError as problem:
        raise rules.ForumRefused(rules.taken_address_words()) from problem
    topic.districts.set(districts)
    before = _facts(old, FACTS) if old else None
    record(deed="forum.save_topic", subject=topic, before=before, after=_facts(topic, FACTS), actor=person)
    _told(topic)
    return topic


def _told(topic: Topic) -> None:
    refresh_after_commit(source=SOURCE, key=f"topic:{topic.pk}")
    bump_content_version()


def _locked_topic(topic: Topic, person: Any) -> Topic:
    rules.check_may(person, "manage", topic, database_now())
    found = Topic.objects.select_for_update(of=("self",)).get(pk=topic.pk)
    if found.is_archive:
        raise rules.ForumRefused(rules.archive_words())
    return found


@transaction.atomic
def close_topic(*, topic: Topic, person: Any) -> Topic:
    """Nobody writes in it from now on; everybody reads it. Raises NotYours, ForumRefused."""
    topic, now = _locked_topic(topic, person), database_now()
    if not topic.is_open(now):
        raise rules.ForumRefused(_("This topic is closed already, or not open yet."))
    topic.closed_at = now
    topic.save(update_fields=["closed_at"])
    record(deed="forum.close_topic", subject=topic, actor=person)
    _told(topic)
    return topic


@transaction.atomic
def reopen_topic(*, topic: Topic, person: Any) -> Topic:
    """A topic closed early is open again until its day. Raises NotYours, ForumRefused once that day is over."""
    topic, now = _locked_topic(topic, person), database_now()
    if topic.closed_at is None or (topic.closes_at is not None and topic.closes_at <= now):
        raise rules.ForumRefused(_("It was not closed early, or its last day is over. Change its last day to open it again."))
    topic.closed_at = None
    topic.save(update_fields=["closed_at"])
    record(deed="forum.reopen_topic", subject=topic, actor=person)
    _told(topic)
    return topic


@transaction.atomic
def start_office_thread(*, topic: Topic, title: str, words: str, person: Any) -> Comment:
    """The Office starts a thread, in the name of the topic's unit. Raises NotYours, ForumRefused."""
    topic, now = _locked_topic(topic, person), database_now()
    if topic.unit_id is None:
        raise rules.ForumRefused(rules.unit_words())
    title = " ".join(rules.check_words(title).split())[:200]
    thread = Thread.objects.create(topic=topic, title=title, lemmas=long_lemmas(title), started_at=now, last_at=now)
    made = Comment.objects.create(
        thread=thread, staff_author=person, unit_id=topic.unit_id, words=rules.check_words(words), written_at=now, shown_at=now
    )
    record(deed="forum.start_thread", subject=thread, actor=person)
    recount(thread)
    return made


@transaction.atomic
def lock_thread(*, thread: Thread, is_locked: bool, reason: str = "", person: Any) -> None:
    """By a keeper, with a reason everybody reads. Raises NotYours, ForumRefused."""
    rules.check_may(person, "manage", thread, database_now())
    if is_locked and not reason.strip():
        raise rules.ForumRefused(_("Write why: it stands under the title for everybody."))
    judging.set_lock(thread=thread, is_locked=is_locked, reason=reason.strip(), person=person)


@transaction.atomic
def move_thread(*, thread: Thread, to: Topic, person: Any) -> Thread:
    """Into another topic; its address stays. Raises NotYours, ForumRefused: remarks in a register tie it to their consultation."""
    rules.check_may(person, "manage", thread, database_now())
    return move_judged_thread(thread=thread, to=to, person=person)


@transaction.atomic
def move_judged_thread(*, thread: Thread, to: Topic, person: Any) -> Thread:
    """The same by a moderator's decision, in its transaction; moderation has checked the person. Raises ForumRefused."""
    thread = locked_thread(thread.pk)
    rules.check_moving(thread.topic, to, has_remarks=thread.comments.exclude(intake=None).exists())
    before, thread.topic = thread.topic_id, to
    thread.save(update_fields=["topic"])
    record(deed="forum.move_thread", subject=thread, before={"topic": before}, after={"topic": to.pk}, actor=person)
    recount(thread)
    return thread


@transaction.atomic
def merge_threads(*, thread: Thread, into: Thread, person: Any) -> Thread:
    """Every comment of `thread` stands in `into`, in the order of time; its address leads there. Raises NotYours, ForumRefused."""
    rules.check_may(person, "manage", thread, database_now())
    first, second = sorted((thread.pk, into.pk))
    both = {pk: locked_thread(pk) for pk in dict.fromkeys((first, second))}
    thread, into = both[thread.pk], both[into.pk]
    rules.check_merging(thread, into, has_remarks=thread.comments.exclude(intake=None).exists())
    moved = Comment.objects.filter(thread=thread).update(thread=into)
    thread.merged_into, thread.comment_count, thread.is_shown = into, 0, False
    thread.save(update_fields=["merged_into", "comment_count", "is_shown"])
    Thread.objects.filter(merged_into=thread).update(merged_into=into)
    record(deed="forum.merge_threads", subject=thread, after={"into": into.pk, "comments": moved}, actor=person)
    refresh_after_commit(source=SOURCE, key=f"thread:{thread.pk}")
    recount(into)
    return into


@transaction.atomic
def prepare_topic(*, form: Any, person: Any) -> Topic:
    """The topic of a consultation's talk on the platform, on the consultation's days. The consultation's module has checked who."""
    consultation, now = form.consultation, database_now()
    category, _is_new = Category.objects.get_or_create(
        slug="konsultacje", defaults={"name": _("Consultations"), "position": 1, "about": _("Talks that belong to a consultation.")}
    )
    starts = start_of_day(consultation.starts_on) if consultation.starts_on else now
    made = Topic.objects.create(
        category=category, slug=f"{consultation.slug}-{form.pk}"[:120], title=form.title, about=consultation.subject,
        consultation=consultation, is_formal=consultation.label == "formal", unit=consultation.owner_unit,
        opens_at=form.starts_at or starts, closes_at=form.ends_at or consultation.ends_at, created_at=now, created_by=person,
    )  # fmt: skip
    record(deed="forum.prepare_topic", subject=made, after={"form": form.pk}, actor=person)
    _told(made)
    return made

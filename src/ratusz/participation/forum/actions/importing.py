"""The old forum is brought in: each file once, authors under made-up names, posts with days, stamps and checked attachments."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ratusz.foundation.audit.actions import record
from ratusz.foundation.files.actions import accept_upload
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.lemmas import long_lemmas
from ratusz.foundation.kit.words import slug
from ratusz.foundation.people.keys import keyed_digest
from ratusz.participation.forum import rules
from ratusz.participation.forum.actions.accounts import KEY, OLD_NAME, old_address_digest
from ratusz.participation.forum.actions.counting import recount
from ratusz.participation.forum.actions.writing import FILES
from ratusz.participation.forum.archive.converting import to_marks
from ratusz.participation.forum.archive.reading import BadRow, Export, OldFile, OldPost
from ratusz.participation.forum.models import Attachment, Category, Comment, ImportBatch, OldAuthor, Participant, Thread, Topic
from ratusz.publishing.website.actions import bump_content_version

KEPT_ERRORS = 1000
LEVEL = 5000
"""Posts kept with one statement."""


@transaction.atomic
def bring_in(*, export: Export, file_name: str, person: Any = None) -> ImportBatch:
    """Everything an export holds, or nothing. A file brought in before gives its batch; posts that are there stay as they are.

    `person` None: whoever runs the command on the server. Raises NotYours.
    """
    now = database_now()
    if person is not None:
        rules.check_may(person, "import", None, now)
    start = {"file_name": file_name[:200], "made_at": now, "made_by": person}
    batch, is_new = ImportBatch.objects.get_or_create(file_hash=export.file_hash, defaults=start)
    if not is_new:
        return batch
    errors = list(export.errors)
    known = set(Comment.objects.filter(old_number__in=[each.number for each in export.posts]).values_list("old_number", flat=True))
    fresh = sorted((each for each in export.posts if each.number not in known), key=lambda each: (each.written_at, each.number))
    threads, authors = _threads(fresh, now), _authors(fresh, now)
    made = _comments(fresh, threads, authors)
    files = _attach(fresh, made, export, errors)
    for thread in {each.pk: each for each in threads.values()}.values():
        recount(thread)
    _count_branches(made.values())
    batch.counts = {
        "before": export.counts,
        "after": {
            "posts": Comment.objects.filter(old_number__in=[each.number for each in export.posts]).count(),
            "threads": Thread.objects.filter(old_number__in={each.thread for each in export.posts}).count(),
            "attachments": files, "known": len(known),
        },
    }  # fmt: skip
    batch.errors = [[each.line, each.why] for each in sorted(errors, key=lambda each: each.line)[:KEPT_ERRORS]]
    batch.save(update_fields=["counts", "errors"])
    record(deed="forum.import", subject=batch, after=batch.counts, actor=person)
    bump_content_version()
    return batch


def _threads(posts: Iterable[OldPost], now: Any) -> dict[int, Thread]:
    """Threads by their number on the old forum, each in the archive's topic of its category; in the order of time."""
    found = {each.old_number or 0: each for each in Thread.objects.filter(old_number__in={post.thread for post in posts})}
    topics: dict[str, Topic] = {}
    for post in posts:
        if post.thread in found:
            continue
        if post.category not in topics:
            topics[post.category] = _topic(post, now)
        found[post.thread] = Thread.objects.create(
            topic=topics[post.category], title=post.title, lemmas=long_lemmas(post.title), started_at=post.written_at,
            last_at=post.written_at, old_number=post.thread,
        )  # fmt: skip
    return found


def _topic(post: OldPost, now: Any) -> Topic:
    address = f"archiwum-{slug(post.category, 60)}"
    category, _is_new = Category.objects.get_or_create(
        slug=address, defaults={"name": post.category, "is_archive": True, "position": 900, "about": _("Threads of the old forum.")}
    )
    if post.category_number and category.old_number is None and category.is_archive:
        Category.objects.filter(pk=category.pk).update(old_number=post.category_number)
    start = {"category": category, "title": post.category, "is_archive": True, "opens_at": post.written_at, "closed_at": now}
    topic, _is_new = Topic.objects.get_or_create(slug=address, defaults={**start, "created_at": now, "moderation": "post"})
    if post.written_at < topic.opens_at:
        topic.opens_at = post.written_at
        topic.save(update_fields=["opens_at"])
    return topic


def _authors(posts: Iterable[OldPost], now: Any) -> dict[str, Participant]:
    """Authors by their name on the old forum: a made-up name, or the account that claimed them."""
    wanted = {post.author: keyed_digest(KEY, OLD_NAME, post.author) for post in posts}
    mailboxes = {post.author: post.email for post in posts if "@" in post.email}
    rows = OldAuthor.objects.filter(name_digest__in=list(wanted.values())).select_related("participant", "claimed_by")
    known = {bytes(each.name_digest): each.claimed_by or each.participant for each in rows}
    number = OldAuthor.objects.count()
    found: dict[str, Participant] = {}
    for name, digest in wanted.items():
        if digest not in known:
            number += 1
            made = Participant.objects.create(nickname=_("Somebody of the old forum %(number)s") % {"number": number}, made_at=now)
            mailbox = old_address_digest(mailboxes[name]) if name in mailboxes else None
            OldAuthor.objects.create(participant=made, name_digest=digest, address_digest=mailbox)
            known[digest] = made
        found[name] = known[digest]
    return found


def _comments(posts: Iterable[OldPost], threads: dict[int, Thread], authors: dict[str, Participant]) -> dict[int, Comment]:
    """Comments by their number: those at the top first, then answers, whose branch must be there."""
    made: dict[int, Comment] = {}
    by_number = {post.number: post for post in posts}
    roots: list[OldPost] = []
    answers: list[OldPost] = []
    for post in posts:
        above = by_number.get(post.answers_to or 0)
        is_answer = above is not None and above.thread == post.thread and above.written_at <= post.written_at and above is not post
        (answers if is_answer else roots).append(post)
    _keep([_comment(post, threads, authors, None) for post in roots], made)
    for post in answers:
        parent = made.get(post.answers_to or 0)
        _keep([_comment(post, threads, authors, parent)], made)
    for thread in threads.values():
        first = min((each for each in made.values() if each.thread_id == thread.pk), key=lambda each: each.written_at, default=None)
        if thread.author_id is None and first is not None:
            Thread.objects.filter(pk=thread.pk).update(author=first.author)
    return made


def _keep(comments: list[Comment], made: dict[int, Comment]) -> None:
    for each in Comment.objects.bulk_create(comments, batch_size=LEVEL):
        made[each.old_number or 0] = each


def _comment(post: OldPost, threads: dict[int, Thread], authors: dict[str, Participant], parent: Comment | None) -> Comment:
    return Comment(
        thread=threads[post.thread], author=authors[post.author], words=to_marks(post.words)[: rules.LONGEST] or "…",
        written_at=post.written_at, shown_at=post.written_at, edited_at=post.edited_at, edit_reason=post.edit_reason,
        old_number=post.number, parent=parent, root=(parent.root or parent) if parent else None,
    )  # fmt: skip


def _count_branches(comments: Iterable[Comment]) -> None:
    for root in {each.root_id for each in comments if each.root_id}:
        Comment.objects.filter(pk=root).update(answer_count=Comment.objects.filter(root=root).shown().count())


def _attach(posts: Iterable[OldPost], made: dict[int, Comment], export: Export, errors: list[BadRow]) -> int:
    """Attachments whose bytes are there, are what the export says they are, and may be kept; the rest are told. Gives how many."""
    number = 0
    for post in posts:
        for file in post.files:
            why = _kept(file, made[post.number], export)
            number += not why
            if why:
                errors.append(BadRow(post.line, why))
    return number


def _kept(file: OldFile, comment: Comment, export: Export) -> str:
    """Keeps one attachment; "" or why it was left out."""
    content = export.files.get(file.name)
    if content is None:
        return _("the attachment %(name)s is not in the archive") % {"name": file.name}
    digest = hashlib.sha256(content).hexdigest()
    if file.sha256 and file.sha256 != digest:
        return _("the attachment %(name)s has another hash than the export says") % {"name": file.name}
    try:
        with transaction.atomic():
            kept = accept_upload(
                upload=io.BytesIO(content), name=file.name, purpose=FILES, subject=f"ratusz_forum.Comment:{comment.pk}"
            )
    except ValidationError as refusal:
        return f"{file.name}: {' '.join(refusal.messages)}"
    Attachment.objects.create(comment=comment, file=kept, name=file.name, sha256=digest)
    return ""

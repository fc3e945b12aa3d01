"""Locks and figures of a thread: counted anew after each change, under the thread's lock."""

from __future__ import annotations

from django.db.models import Max

from ratusz.participation.forum.models import Comment, Thread
from ratusz.publishing.website.actions import refresh_after_commit

SOURCE = "forum"


def locked_thread(pk: int) -> Thread:
    """The thread under its lock, with its topic: whoever adds, shows, hides or moves in it goes through here."""
    found = Thread.objects.select_for_update(of=("self",), no_key=True).select_related("topic__consultation", "topic__unit")
    return found.get(pk=pk)


def recount(thread: Thread, root: Comment | None = None) -> None:
    """Counts what is shown of a thread and of one branch; tells the portal's search."""
    shown = Comment.objects.filter(thread=thread).shown()
    opening = Comment.objects.filter(thread=thread).roots().order_by("pk").first()
    thread.comment_count = shown.count()
    thread.last_at = shown.aggregate(newest=Max("written_at"))["newest"] or thread.started_at
    thread.is_shown = opening is not None and opening.is_shown
    thread.save(update_fields=["comment_count", "last_at", "is_shown"])
    if root is not None:
        Comment.objects.filter(pk=root.pk).update(answer_count=Comment.objects.filter(root=root).shown().count())
    refresh_after_commit(source=SOURCE, key=f"thread:{thread.pk}")

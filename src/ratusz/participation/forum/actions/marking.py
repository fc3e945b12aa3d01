"""What is said on the platform comes into the register of remarks: comments that staff mark, opinion forms of organisations."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.participation.forum import rules
from ratusz.participation.forum.actions.counting import locked_thread
from ratusz.participation.forum.actions.telling import tell_author
from ratusz.participation.forum.models import Comment, Thread
from ratusz.participation.remarks.actions.intake import Arrival, Author, Point, take_in
from ratusz.participation.remarks.models import Intake


@transaction.atomic
def mark_remark(*, comment: Comment, content: str, person: Any) -> Intake:
    """A resident's comment is a remark of the consultation from now on, one intake of it alone; its author is told the receipt.

    `content` is what the register keeps of it; "" the whole comment. Raises NotYours, ForumRefused, remarks.rules.RemarkRefused.
    """
    now = database_now()
    rules.check_may(person, "mark", comment, now)
    thread = locked_thread(comment.thread_id)
    comment = Comment.objects.select_for_update(of=("self",)).select_related("author__contact", "intake").get(pk=comment.pk)
    comment.thread = thread
    if comment.intake is not None:
        return comment.intake
    consultation = rules.check_marking(comment)
    author = Author(category=Intake.Category.RESIDENT, email=comment.author.address if comment.author else "")
    made = take_in(
        consultation=consultation, points=[Point(content.strip() or comment.words)], author=author, person=person,
        arrival=Arrival(channel=Intake.Channel.FORUM, received_at=comment.written_at, source_key=comment.key),
    )  # fmt: skip
    comment.intake = made
    comment.save(update_fields=["intake"])
    record(deed="forum.mark_remark", subject=comment, after={"receipt": made.receipt}, actor=person)
    text = _(
        "What you wrote on the platform is now a remark of the consultation “%(title)s”. Its number is %(receipt)s: by it you see "
        "what becomes of the remark."
    ) % {"title": consultation.title, "receipt": made.receipt}  # fmt: skip
    tell_author(comment, key="remark", subject=_("Your comment is in the register of remarks"), text=text)
    return made


def give_opinion(
    *, thread: Thread, organisation: str, krs: str, representative: str, email: str, words: str, form_key: Any
) -> Intake:
    """An organisation's opinion on a draft, beside a thread: one intake of the register. Raises ForumRefused, RemarkRefused."""
    thread = Thread.objects.select_related("topic__consultation").get(pk=thread.pk)
    consultation = rules.check_opinion(thread.topic, database_now())
    author = Author(
        category=Intake.Category.NGO, organisation=organisation, email=email, name=representative,
        answers={"krs": krs, "thread": thread.key},
    )  # fmt: skip
    return take_in(
        consultation=consultation, points=[Point(each) for each in rules.points_of(words)], author=author,
        arrival=Arrival(channel=Intake.Channel.OPINION, form_key=form_key),
    )  # fmt: skip

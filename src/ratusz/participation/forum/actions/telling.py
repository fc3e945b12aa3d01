"""What authors are told: answers in a digest of their own rhythm, what the Office did with their words at once."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext as _

from ratusz.foundation.notifications.actions import collect, send
from ratusz.foundation.notifications.rules import NotDeliverable
from ratusz.participation.forum.models import Comment, Participant

ANSWERS, OFFICE = "forum.answers", "forum.office"


def link_of(comment: Comment) -> str:
    """Where a letter leads to."""
    return settings.PUBLIC_ADDRESS.rstrip("/") + comment.get_absolute_url()


def tell_of_answer(answer: Comment) -> None:
    """The author of the answered comment, or of the thread, learns of an answer once it is shown; of one's own nobody is told."""
    to = _asked(answer)
    if to is None or to.contact is None or to.pk == answer.author_id:
        return
    title = _("An answer to what you wrote in “%(thread)s”") % {"thread": answer.thread.title}
    if answer.unit_id:
        title = _("The Office answered you in “%(thread)s”") % {"thread": answer.thread.title}
    collect(to=to.contact, purpose=ANSWERS, title=title, url=link_of(answer), dedup_key=f"{answer.key}:shown")


def _asked(answer: Comment) -> Participant | None:
    if answer.parent is not None:
        return answer.parent.author
    return answer.thread.author


def tell_author(comment: Comment, *, key: str, subject: str, text: str) -> bool:
    """Writes to the author of a comment at once, about the comment; False when nobody can be written to."""
    if comment.author is None or comment.author.contact is None:
        return False
    try:
        send(
            to=comment.author.contact, purpose=OFFICE, dedup_key=f"{comment.key}:{key}", subject=subject, text=text,
            button=(_("See it on the platform"), link_of(comment)),
        )  # fmt: skip
    except NotDeliverable:
        return False
    return True

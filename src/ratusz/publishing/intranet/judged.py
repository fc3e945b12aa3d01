"""Comments under notices as things that moderators judge."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ratusz.casework.moderation.registries import JudgedKind, Shown, judged_kinds
from ratusz.publishing.intranet import actions, queries
from ratusz.publishing.intranet.models import Comment

AROUND = 3
"""Comments shown before the one that is judged."""


def find(number: int) -> Comment | None:
    """A comment that was not removed."""
    return Comment.objects.filter(pk=number, removed_at=None).select_related("notice__owner_unit", "author").first()


def show(comment: Comment) -> Shown:
    """The comment, the notice it stands under and what was said before."""
    version = queries.newest_version(comment.notice)
    title = version.title if version else comment.notice.title
    before = comment.notice.comments.filter(pk__lt=comment.pk, removed_at=None, hidden_at=None).order_by("-pk")[:AROUND]
    return Shown(
        label=_("comment under the notice “%(title)s”") % {"title": title}, where=_("intranet: “%(title)s”") % {"title": title},
        words=comment.text, written_at=comment.written_at, url=reverse("intranet:notice", args=[comment.notice_id]),
        author=comment.author, author_name=comment.author.display_name, unit=comment.notice.owner_unit,
        context=tuple(each.text for each in reversed(before)), is_hidden=comment.hidden_at is not None,
    )  # fmt: skip


def register() -> None:
    """Tells moderation of comments."""
    kind = JudgedKind(
        name=gettext_lazy("comment in the intranet"), find=find, show=show,
        hide=lambda comment, person: actions.hide_comment(comment=comment, person=person),
        restore=lambda comment, person: actions.restore_comment(comment=comment, person=person),
        edit=lambda comment, person, words: actions.edit_comment(comment=comment, words=words, person=person),
        lock=lambda comment, person: actions.open_comments(notice=comment.notice, is_open=False, person=person),
        unlock=lambda comment, person: actions.open_comments(notice=comment.notice, is_open=True, person=person),
        may_judge=lambda person, comment, at: comment.notice.author_id != person.pk,
    )  # fmt: skip
    judged_kinds.register("intranet.comment", kind)

"""Remarks on projects as things that moderators judge before everybody reads them."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ratusz.casework.moderation.registries import JudgedKind, Shown, judged_kinds
from ratusz.participation.projects import actions
from ratusz.participation.projects.actions.remarking import QUEUE
from ratusz.participation.projects.models import Remark

AROUND = 3
"""Remarks shown before the one that is judged."""


def find(number: int) -> Remark | None:
    """A remark by its number."""
    return Remark.objects.filter(pk=number).select_related("application__edition").first()


def show(remark: Remark) -> Shown:
    """The remark, its project and what was said before."""
    project = remark.application
    before = project.remarks.filter(pk__lt=remark.pk).order_by("-pk")[:AROUND]
    return Shown(
        label=_("remark on the project %(number)s") % {"number": project.number}, where=str(project), words=remark.words,
        written_at=remark.written_at, url=project.get_absolute_url(), author_address=remark.email,
        context=tuple(each.words for each in reversed(before)), is_hidden=remark.shown_at is None,
    )  # fmt: skip


def register() -> None:
    """Tells moderation of remarks."""
    kind = JudgedKind(
        name=gettext_lazy("remark on a project of the budget"), find=find, show=show,
        hide=lambda remark, person: actions.hide_remark(remark=remark, person=person),
        restore=lambda remark, person: actions.show_remark(remark=remark, person=person),
        edit=lambda remark, person, words: actions.edit_remark(remark=remark, words=words, person=person),
    )  # fmt: skip
    judged_kinds.register(QUEUE, kind)

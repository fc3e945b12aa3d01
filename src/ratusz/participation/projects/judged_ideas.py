"""Words of idea surveys as things that moderators judge before everybody reads them."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ratusz.casework.moderation.registries import JudgedKind, Shown, judged_kinds
from ratusz.foundation.kit.clock import database_now
from ratusz.participation.projects import actions
from ratusz.participation.projects.actions.ideas import QUEUE
from ratusz.participation.projects.models import IdeaWords


def find(number: int) -> IdeaWords | None:
    """Words by their number."""
    return IdeaWords.objects.filter(pk=number).select_related("answer__survey__edition").first()


def show(words: IdeaWords) -> Shown:
    """The words and the question they answer; nobody knows who wrote them."""
    survey = words.answer.survey
    asked = next((each["words"] for each in survey.questions if each["code"] == words.code), "")
    return Shown(
        label=_("idea in the survey “%(title)s”") % {"title": survey.title}, where=survey.title, words=words.words,
        written_at=words.answer.received_at, url=reverse("projects:ideas", args=[survey.edition.slug]), author_address="",
        context=(asked,), is_hidden=words.shown_at is None,
    )  # fmt: skip


def register() -> None:
    """Tells moderation of ideas."""
    kind = JudgedKind(
        name=gettext_lazy("idea in a survey of the budget"), find=find, show=show,
        hide=lambda words, person: actions.judge_words(words=words, person=person, deed="projects.hide_idea", shown_at=None),
        restore=lambda words, person: actions.judge_words(
            words=words, person=person, deed="projects.show_idea", shown_at=words.shown_at or database_now()
        ),
        edit=lambda words, person, text: actions.judge_words(words=words, person=person, deed="projects.edit_idea", text=text),
    )  # fmt: skip
    judged_kinds.register(QUEUE, kind)

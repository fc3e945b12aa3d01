"""Letters to authors as documents of blocks: a call, a result; one source for PDF and DOCX."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ratusz.casework.documents.blocks import Block, Document, Facts, Items, Signatures, Text
from ratusz.foundation.kit.dates import polish_moment, polish_until
from ratusz.participation.projects.criteria import criteria
from ratusz.participation.projects.models import Application, Call, Course, Mark, Stage, State
from ratusz.participation.projects.settings import setting


def heading(application: Application) -> Facts:
    """What every letter of a project begins with."""
    return Facts([(_("Project"), application.number), (_("Title"), application.title), (_("Edition"), str(application.edition))])


def _of_unit(mark: Mark) -> str:
    return f"{mark.unit.short_name}: " if mark.unit else ""


def call_letter(call: Call) -> Document:
    """A call to complete, or the intention to refuse with the chance to reply."""
    blocks: list[Block] = [
        heading(call.application), Text(call.text),
        Text(_("We wait for your answer %(until)s.") % {"until": polish_until(call.due_at)}),
        Signatures([_("for the President of the City")]),
    ]  # fmt: skip
    return Document(title=str(call.get_kind_display()).capitalize(), subtitle=polish_moment(call.sent_at), blocks=blocks)


def result_letter(step: Course, stage: str) -> Document:
    """The result of a check, told by its step: every criterion, its basis, what it came to, and how to appeal."""
    application = step.application
    words = {each.code: each for each in criteria(stage)}
    lines = [
        f"{_of_unit(mark)}{words[mark.code].words} ({mark.basis}): "
        f"{Mark.Says(mark.says).label}{': ' + mark.reason if mark.reason else ''}"
        for mark in application.marks.filter(stage=stage).select_related("unit") if mark.code in words
    ]  # fmt: skip
    blocks: list[Block] = [heading(application), Text(str(State(step.state).label), strong=_("Result")), Items(lines)]
    if step.reason:
        blocks.append(Text(step.reason, strong=_("Reasons")))
    if step.state in (State.FORMAL_NO, State.NEGATIVE):
        days = setting(application.edition, "appeal_working_days")
        said = ngettext(
            "You may appeal to the President of the City, in writing, within %(days)s working day of the list's publication.",
            "You may appeal to the President of the City, in writing, within %(days)s working days of the list's publication.",
            days,
        )
        blocks.append(Text(said % {"days": days}))
    blocks.append(Signatures([_("for the President of the City")]))
    return Document(title=str(Stage(stage).label).capitalize(), subtitle=application.number, blocks=blocks)

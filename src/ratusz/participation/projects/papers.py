"""Letters to authors as documents of blocks: a call, a result; one source for PDF and DOCX."""

from __future__ import annotations

from django.utils.translation import gettext as _

from ratusz.casework.documents.blocks import Block, Document, Facts, Items, Signatures, Text
from ratusz.foundation.kit.dates import polish_moment, polish_until
from ratusz.participation.projects.criteria import criteria
from ratusz.participation.projects.models import Application, Call, Mark, Stage


def heading(application: Application) -> Facts:
    """What every letter of a project begins with."""
    return Facts([(_("Project"), application.number), (_("Title"), application.title), (_("Edition"), str(application.edition))])


def call_letter(call: Call) -> Document:
    """A call to complete, or the intention to refuse with the chance to reply."""
    blocks: list[Block] = [
        heading(call.application), Text(call.text),
        Text(_("We wait for your answer %(until)s.") % {"until": polish_until(call.due_at)}),
        Signatures([_("for the President of the City")]),
    ]  # fmt: skip
    return Document(title=str(call.get_kind_display()).capitalize(), subtitle=polish_moment(call.sent_at), blocks=blocks)


def result_letter(application: Application, stage: str) -> Document:
    """The result of a check: every criterion, its basis, what it came to, and how to appeal."""
    words = {each.code: each for each in criteria(stage)}
    lines = [
        f"{words[mark.code].words} ({mark.basis}): {Mark.Says(mark.says).label}{': ' + mark.reason if mark.reason else ''}"
        for mark in application.marks.filter(stage=stage) if mark.code in words
    ]  # fmt: skip
    last = application.course.last()
    blocks: list[Block] = [heading(application), Text(str(application.get_state_display()), strong=_("Result")), Items(lines)]
    if last and last.reason:
        blocks.append(Text(last.reason, strong=_("Reasons")))
    blocks.append(
        Text(_("Against a refusal you may appeal to the President of the City, in writing, within the term said on the list."))
    )
    blocks.append(Signatures([_("for the President of the City")]))
    return Document(title=str(Stage(stage).label).capitalize(), subtitle=application.number, blocks=blocks)

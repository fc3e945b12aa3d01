"""What is missing before a submission may be sent, and what stands in the way of its going out, each with where it is mended."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from ratusz.foundation.kit.outgoing import Hold, Outgoing, holds_on, stopping
from ratusz.publishing.gates.findings import Finding
from ratusz.publishing.gates.queries import findings_of

from .models import Submission
from .page_changes import changes_since
from .reading import read_submission
from .word.blocks import stray_marks


def address_of(submission: Submission) -> str:
    """Where the words of a submission are changed."""
    return reverse("editing_edit", args=[submission.pk])


def plain_text(submission: Submission) -> str:
    """All words of the body, for what looks for words."""
    return "\n".join(_words(block) for block in submission.body).strip()


def _words(block: dict) -> str:
    value = block.get("value")
    if isinstance(value, str):
        return strip_tags(value)
    if isinstance(value, dict):
        return " ".join(each for each in value.values() if isinstance(each, str))
    return ""


def missing_before_sending(submission: Submission) -> list[tuple[str, str]]:
    """What the department could not work without: words, and whom to ask."""
    mend, missing = address_of(submission), []
    if not submission.title.strip():
        missing.append((_("Give the text a title."), f"{mend}#id_title"))
    if not submission.lead.strip() and not plain_text(submission):
        missing.append((_("There is no text yet. Write it, paste it or send the document."), f"{mend}#id_text"))
    if not submission.contact:
        missing.append((_("Give the address of the unit that answers questions about it."), f"{mend}#id_contact"))
    if submission.kind == Submission.Kind.PAGE_CHANGE and (submission.page is None or not submission.page.live):
        missing.append((_("The page that was to change is not published any more. Hand it in as news."), mend))
    return missing


def findings_on(submission: Submission, at: datetime) -> list[Finding]:
    """What the gates find, the blocking first; for advice while the text is written, and before it goes out."""
    return findings_of(read_submission(submission), at)


def blocking_on(submission: Submission, at: datetime) -> list[tuple[str, str]]:
    """What the gates stop in the text as it is, with where it is mended."""
    return [(finding.words, finding.url) for finding in findings_on(submission, at) if finding.blocks]


def troubles_of(submission: Submission, at: datetime, findings: list[Finding] | None = None) -> list[tuple[str, str]]:
    """What the text lacks before it may go out at that moment, in words, with where it is mended."""
    found = findings if findings is not None else findings_on(submission, at)
    missing = missing_before_sending(submission)
    told = {address for _words, address in missing}
    blocking = [(finding.words, finding.url) for finding in found if finding.blocks and finding.url not in told]
    return [*missing, *blocking, *_beyond_the_gates(submission)]


def missing_of(submission: Submission) -> list[tuple[str, str]]:
    """What the text lacks that no gate asks for, with where it is mended."""
    return [*missing_before_sending(submission), *_beyond_the_gates(submission)]


def _beyond_the_gates(submission: Submission) -> list[tuple[str, str]]:
    return [*_of_page(submission), *_marks(submission), *_pictures(submission)]


def _marks(submission: Submission) -> list[tuple[str, str]]:
    words = _("The mark %(mark)s stands for nothing, and readers would see it. Take it out, or put in what it was to show.")
    return [(words % {"mark": mark}, f"{address_of(submission)}#id_text") for mark in stray_marks(submission.body)]


def _of_page(submission: Submission) -> list[tuple[str, str]]:
    """Newer words on the page that nobody has taken into account yet."""
    changes = changes_since(submission)
    if changes is None:
        return []
    what = ", ".join(str(row["label"]) for row in changes.rows) or _("saved anew")
    words = _("The page has changed since this change of it was begun (%(what)s). Look through it and take it into account.")
    return [(words % {"what": what}, f"{reverse('editing_submission', args=[submission.pk])}#page-changes")]


def _pictures(submission: Submission) -> list[tuple[str, str]]:
    """What no gate knows: a picture in quarantine, a table without its caption."""
    mend, troubles = address_of(submission), []
    ready = dict(submission.pictures.values_list("pk", "image_id"))
    for place, block in enumerate(submission.body, 1):
        if block["type"] == "picture" and ready.get(block["value"]["picture"]) is None:
            words = _("A picture still waits for the virus scanner. It takes a few minutes.")
            troubles.append((words, f"{mend}#id_alt_{block['value']['picture']}"))
        if block["type"] == "table" and not block["value"].get("caption", "").strip():
            words = _("A table does not say what it shows. Write it in one sentence.")
            troubles.append((words, f"{mend}#id_table_{place}"))
    return troubles


def outgoing_of(submission: Submission, by: Any = None) -> Outgoing:
    """The text as those see it who may hold it back; `by` lets it out now, None: the program, at its moment."""
    return Outgoing(
        subject=submission.subject,
        channel="www",
        title=submission.title,
        text=f"{submission.lead}\n{plain_text(submission)}".strip(),
        second_person=submission.approved_by_id is not None,
        by=by,
        url=reverse("editing_submission", args=[submission.pk]),
        content=json.dumps([submission.body, submission.contact], sort_keys=True),
    )


def held_words(holds: list[Hold], submission: Submission) -> list[tuple[str, str]]:
    """Holds as troubles: the words, and where the text is."""
    return [(str(hold.words), address_of(submission)) for hold in holds]


def what_holds(submission: Submission, at: datetime) -> list[tuple[str, str]]:
    """What would keep a text that lacks nothing in the house at that moment."""
    outgoing = outgoing_of(submission)
    return held_words(stopping(holds_on(outgoing, at), outgoing), submission)

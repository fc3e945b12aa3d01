"""The guard of personal data in uploaded annexes: their words are read before anybody signs that there are no data in them."""

from __future__ import annotations

import json
from collections.abc import Iterator

from django.utils.translation import gettext as _

from ratusz.casework.documents.word import paragraphs_of
from ratusz.foundation.files.actions import read_allowed_file
from ratusz.foundation.files.inspection.apart import open_apart
from ratusz.foundation.files.models import FileState
from ratusz.foundation.files.rules import FileRefused
from ratusz.foundation.kit.personal_marks import tells_contact
from ratusz.participation.consultations.registries import Gap
from ratusz.participation.remarks.texts.reading import PDF, PDF_SECONDS, WORD
from ratusz.participation.reports.annexes import Placed, tree_of
from ratusz.participation.reports.models import Report
from ratusz.participation.reports.personal import Names

READ = ("pdf", "docx")


def annex_gaps(report: Report) -> Iterator[Gap]:
    """Annexes in which an author is named (refuses), looks named, or whose words no program can read (warnings).

    Opens every file in a process of its own: for the moment of signing and publishing, not for each view of a page.
    """
    names = Names.of(report.consultation)
    for each in tree_of(report):
        file = each.annex.file
        if file is None or file.state != FileState.CLEAN:
            continue
        facts = {"number": each.number, "title": each.title}
        text = _text(each) if file.kind in READ else ""
        if not text:
            words = _("Annex %(number)s “%(title)s” holds pictures or tables: look through it by yourself for personal data.")
            yield Gap("personal.unread", words % facts, is_warning=True)
        elif names.meets(text):
            words = _("The name, address or contact of an author stands in annex %(number)s “%(title)s”. Put in another file.")
            yield Gap("personal.annex", words % facts)
        elif tells_contact(text):
            words = _("Something that looks like a telephone, an e-mail address or a PESEL stands in annex %(number)s “%(title)s”.")
            yield Gap("personal.annex_looks", words % facts, is_warning=True)


def _text(placed: Placed) -> str:
    """All its words; "" for a scan."""
    file = placed.annex.file
    if file is None:
        return ""
    with read_allowed_file(file=file) as content:
        data = content.read()
    try:
        if file.kind == "pdf":
            return " ".join(text for text, _style in json.loads(open_apart(PDF, data, seconds=PDF_SECONDS)))
        return " ".join(each.text for each in paragraphs_of(json.loads(open_apart(WORD, data))))
    except FileRefused:
        return ""

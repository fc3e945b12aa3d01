"""All sections in order, the digest of the whole content, and the document they make."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from ratusz.casework.documents.blocks import Block, Document, Heading, Table, plain
from ratusz.participation.consultations.models import Consultation
from ratusz.participation.reports import annexes, register
from ratusz.participation.reports.gathering import frame, people, results
from ratusz.participation.reports.models import Report
from ratusz.participation.reports.registries import report_parts


@dataclass(frozen=True)
class Section:
    """One section. `code` stays the same in every version; without blocks it is left out."""

    code: str
    title: str
    blocks: list[Block]


@dataclass
class Draft:
    """What a report says at one moment. The register itself is read again as a stream by whoever prints it."""

    title: str
    subtitle: str
    sections: list[Section]
    annexes: list[annexes.Placed]
    digest: str
    remarks: int
    verdicts: dict[str, int] = field(default_factory=dict)


@translation.override("pl")
def gather(report: Report, at: datetime, seen: register.Totals) -> Draft:
    """Everything as it is at that moment, in Polish whatever the reader's screens speak: signatures stand under its digest.

    `seen`: the register in numbers.
    """
    consultation = report.consultation
    tree = annexes.tree_of(report)
    sections = [each for each in _sections(report, consultation, seen, tree, at) if each.blocks]
    title = _("Report of the consultation: %(title)s") % {"title": consultation.title}
    return Draft(title, consultation.number or "", sections, tree, _digest(title, sections, tree, seen), seen.count, seen.verdicts)


def _sections(
    report: Report, consultation: Consultation, seen: register.Totals, tree: list[annexes.Placed], at: datetime
) -> Iterable[Section]:
    parts = {
        "in_short": (_("In short"), people.in_short(report)),
        "basis": (_("Legal basis"), frame.basis(consultation)),
        "frame": (_("What was consulted"), frame.frame(consultation)),
        "campaign": (_("How people were told"), frame.campaign(report, consultation)),
        "forms": (_("How people took part"), results.forms(consultation, at)),
        "numbers": (_("Numbers"), results.numbers(consultation)),
        "register": (_("Public register of remarks"), results.register_summary(seen.count, seen.verdicts)),
        "surveys": (_("Results of surveys"), results.surveys(consultation, at)),
        "heard": (_("Whom we heard"), []),
        "opinions": (_("Other opinions"), people.opinions(consultation, at)),
        "next": (_("What happens next"), people.what_next(report, consultation)),
        "annexes": (_("Annexes"), annexes.listed(tree)),
    }
    for code, (title, blocks) in parts.items():
        yield Section(code, title, [*blocks, *_of_others(code, consultation, at)])


def _of_others(code: str, consultation: Consultation, at: datetime) -> list[Block]:
    return [block for place, write in report_parts if place == code for block in write(consultation, at)]


def _digest(title: str, sections: list[Section], tree: list[annexes.Placed], seen: register.Totals) -> str:
    content = {
        "title": title,
        "sections": [[each.code, each.title, plain(Document(title, each.blocks))] for each in sections],
        "annexes": [[each.number, each.title, each.sha256, each.source] for each in tree],
        "register": seen.digest,
    }
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def document_of(draft: Draft, rows: Iterable[list[str]] = (), **facts: Any) -> Document:
    """The whole as one document; with `rows` the register stands where its section is."""
    blocks: list[Block] = []
    listed = list(rows)
    for section in draft.sections:
        blocks += [Heading(section.title), *section.blocks]
        if section.code == "register" and listed:
            blocks.append(Table(register.columns(), listed, _("Public register of remarks"), is_wide=True))
    return Document(draft.title, blocks, subtitle=draft.subtitle, **facts)

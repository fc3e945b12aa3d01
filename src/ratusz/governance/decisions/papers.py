"""The file of a decision for its case: one document with its words, its course and its proof, and the public files."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.utils.translation import gettext as _

from ratusz.casework.documents.blocks import Block, Document, Facts, Heading, Items, Text
from ratusz.casework.documents.registries import Paper
from ratusz.casework.documents.typeset import pdf_of_document
from ratusz.foundation.files.actions import storage
from ratusz.foundation.kit.dates import polish_date, polish_moment
from ratusz.governance.decisions.models import Decision, Evidence


def papers_of(subject: str) -> Iterator[Paper]:
    """What the archive package of this decision holds."""
    decision = Decision.objects.select_related("lead_unit", "district", "topic").get(pk=int(subject.rpartition(":")[2]))
    made = decision.settled_at or decision.taken_at or decision.made_at
    yield Paper(f"ustalenie-{decision.slug}.pdf", str(decision), "application/pdf", pdf_of_document(document_of(decision)), made)
    for proof in Evidence.objects.filter(report__decision=decision, file__isnull=False).select_related("file"):
        if proof.file is None or not proof.file.storage_name:
            continue
        with storage().open(proof.file.storage_name) as kept:
            name = f"dowod-{proof.pk}-{proof.file.name}"
            yield Paper(name, proof.label, proof.file.media_type, kept.read(), proof.added_at, is_public=proof.is_public)


def document_of(decision: Decision) -> Document:
    """The decision in blocks, for the Office."""
    facts = [
        (_("Number"), decision.number),
        (_("State"), str(decision.get_state_display())),
        (_("Unit in the lead"), str(decision.lead_unit or "–")),
        (_("Due day"), polish_date(decision.due_on) if decision.due_on else "–"),
        (_("First due day"), polish_date(decision.first_due_on) if decision.first_due_on else "–"),
    ]
    course = [f"{polish_moment(each.happened_at)}: {each.get_kind_display()}" for each in decision.changes.all()]
    reports = decision.reports.prefetch_related("evidence").order_by("pk")
    proofs = [
        f"{each.get_kind_display()}: {each.label} {each.number}{each.url} {each.sha256}".strip()
        for one in reports
        for each in one.evidence.all()
    ]
    blocks: list[Block] = [
        Facts(facts), Heading(_("What was decided")), Text(decision.text), Text(decision.public_text, strong=_("For everybody")),
        Heading(_("Course")), Items(course or ["–"]), Heading(_("Reports")),
        *(Text(each.text, strong=f"{each.get_end_display()} ({each.get_answer_display()})") for each in reports),
        Heading(_("Evidence")), Items(proofs or ["–"]),
    ]  # fmt: skip
    address = settings.PUBLIC_ADDRESS.rstrip("/") + decision.get_absolute_url() if decision.is_public and decision.taken_at else ""
    return Document(
        title=f"{decision.number} {decision.title}", blocks=blocks, address=address, author=str(decision.lead_unit or "")
    )

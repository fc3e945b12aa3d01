"""What the screens of groups show: the newest run, proposals, groups with their numbers, copies within a group."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet

from ratusz.foundation.kit.plain_language import sentences
from ratusz.participation.consultations.models import Consultation
from ratusz.participation.remarks.models import AnalysisRun, Cluster, GroupingDeed, Proposal, ProposedRemark, Remark


def newest_run(consultation: Consultation) -> AnalysisRun | None:
    """The run asked for last."""
    return AnalysisRun.objects.filter(consultation=consultation).first()


def open_proposals(consultation: Consultation, kind: str = "") -> QuerySet[Proposal]:
    """Proposals that wait for a person: copies first, then letters, topics, opposed; the largest first."""
    found = Proposal.objects.filter(run__consultation=consultation, state=Proposal.State.OPEN)
    return (found.filter(kind=kind) if kind else found).order_by("kind", "-size", "pk")


def groups(consultation: Consultation) -> QuerySet[Cluster]:
    """Groups with remarks in them (`remarks_in`), the largest first."""
    counted = Cluster.objects.filter(consultation=consultation).annotate(remarks_in=Count("remarks"))
    return counted.filter(remarks_in__gt=0).order_by("-remarks_in", "pk")


def ungrouped(consultation: Consultation) -> QuerySet[Remark]:
    """Remarks in no group, in the order of their numbers."""
    return Remark.objects.filter(consultation=consultation, cluster=None).order_by("number")


def last_deed(consultation: Consultation) -> GroupingDeed | None:
    """The newest deed that was not taken back."""
    return GroupingDeed.objects.filter(consultation=consultation, undone_at=None).select_related("done_by").first()


@dataclass(frozen=True)
class Example:
    """One sentence of one remark, read from the remark itself."""

    number: int
    words: str


def examples_of(proposals: Iterable[Proposal], consultation: Consultation) -> dict[int, list[Example]]:
    """Of each proposal its example sentences, by its key; one query for all."""
    wanted = {proposal.pk: proposal.examples for proposal in proposals}
    numbers = {number for examples in wanted.values() for number, _place in examples}
    words = dict(Remark.objects.filter(consultation=consultation, number__in=numbers).values_list("number", "content"))
    return {
        pk: [Example(number, sentence_at(words[number], place)) for number, place in examples if number in words]
        for pk, examples in wanted.items()
    }


def sentence_at(text: str, place: int) -> str:
    """The sentence at this place; the whole text when it has no such place any more."""
    whole = sentences(text)
    return whole[place] if 0 <= place < len(whole) else text


def said(member: ProposedRemark) -> str:
    """The sentences that are the remark's own, or that take its side; "" when the whole is meant."""
    whole = sentences(member.remark.content) if member.sentences else []
    return " ".join(whole[place] for place in member.sentences if place < len(whole))


def copies_within(cluster: Cluster) -> list[list[Remark]]:
    """Remarks of a group in the same words, by the newest finished run, each listed; the largest set first."""
    run = AnalysisRun.objects.filter(consultation=cluster.consultation_id, state=AnalysisRun.State.DONE).first()
    if run is None:
        return []
    rows = ProposedRemark.objects.filter(proposal__run=run, proposal__kind=Proposal.Kind.COPIES, remark__cluster=cluster)
    sets: dict[int, list[Remark]] = {}
    for row in rows.select_related("remark__intake").order_by("remark__number"):
        sets.setdefault(row.proposal_id, []).append(row.remark)
    return sorted((each for each in sets.values() if len(each) > 1), key=lambda each: (-len(each), each[0].number))


def receipts(remarks: Sequence[Remark] | QuerySet[Any]) -> list[str]:
    """Receipt numbers of these remarks, one for each remark, sorted."""
    return sorted(each.intake.receipt for each in remarks)

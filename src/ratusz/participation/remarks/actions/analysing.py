"""The analysis of a consultation's remarks is asked for, runs in the background, and leaves proposals; nothing is grouped by it."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from typing import Any

from django.db import transaction

from ratusz.foundation.audit.actions import record
from ratusz.foundation.jobs.actions import plan
from ratusz.foundation.kit.analysis.stances import AGAINST, FOR, Opposed
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.plain_language import sentences
from ratusz.foundation.territory.models import District, Street
from ratusz.participation.consultations.models import Consultation
from ratusz.participation.remarks import rules_grouping as rules
from ratusz.participation.remarks.models import AnalysisRun, Intake, Proposal, ProposedRemark, Remark

JOB = "remarks.analyse"
OUTSIDE = (Intake.State.REJECTED, Intake.State.WRONG_FORM, Intake.State.WITHDRAWN)
"""What no position is taken on is not grouped."""
UNFINISHED = (AnalysisRun.State.WAITING, AnalysisRun.State.RUNNING)
BATCH = 2000
logger = logging.getLogger("ratusz.remarks")


@transaction.atomic
def ask_analysis(*, consultation: Consultation, person: Any) -> AnalysisRun:
    """Puts a run into the queue; while one waits or runs, that one is given back. Raises GroupingRefused once reported."""
    held = Consultation.objects.select_for_update(no_key=True, of=("self",)).get(pk=consultation.pk)
    rules.check_open(held)
    unfinished = AnalysisRun.objects.filter(consultation=held, state__in=UNFINISHED).first()
    if unfinished is not None:
        return unfinished
    run = AnalysisRun.objects.create(consultation=held, asked_at=database_now(), asked_by=person)
    plan(action=JOB, arguments={"run": run.pk}, key=f"{JOB}:{run.pk}")
    record(deed="remarks.ask_analysis", subject=run, actor=person)
    return run


def run_analysis(*, run: int) -> None:
    """The job. A run that broke says so and may be asked for again; a job taken over from a dead worker begins anew."""
    # Somebody else may finish it meanwhile: what is ready stays as it is.
    mine = AnalysisRun.objects.filter(pk=run, state__in=UNFINISHED)
    found = mine.select_related("consultation").first()
    if found is None:
        return
    mine.update(state=AnalysisRun.State.RUNNING, started_at=database_now(), step="")
    try:
        _analyse(found)
    except Exception as error:
        # The class only: words of an error may quote a remark.
        logger.error("the analysis %s broke: %s", run, type(error).__name__)
        mine.update(state=AnalysisRun.State.FAILED, finished_at=database_now())


def _analyse(run: AnalysisRun) -> None:
    from ratusz.foundation.kit.analysis.whole import Text, analyse
    from ratusz.foundation.kit.analysis.words import names_of

    rows = Remark.objects.filter(consultation=run.consultation_id).exclude(intake__state__in=OUTSIDE).order_by("number")
    texts = [Text(*row) for row in rows.values_list("number", "content", "passage").iterator(chunk_size=BATCH)]
    names = [*Street.objects.values_list("name", flat=True), *District.objects.values_list("name", flat=True)]
    result = analyse(texts, names_of(names), progress=lambda step: _tell(run, step))
    _keep(run, result, {text.number: text.words for text in texts})


def _tell(run: AnalysisRun, step: str) -> None:
    AnalysisRun.objects.filter(pk=run.pk).update(step=step)


@transaction.atomic
def _keep(run: AnalysisRun, result: Any, words: dict[int, str]) -> None:
    """Proposals of the run; open ones of earlier runs go, decided ones stay as they were decided.

    Of a run that another worker finished nothing is touched: people decide on its proposals already.
    """
    held = AnalysisRun.objects.select_for_update().get(pk=run.pk)
    if held.state not in UNFINISHED:
        return
    Proposal.objects.filter(run__consultation=run.consultation_id, state=Proposal.State.OPEN).exclude(run=run).delete()
    held.proposals.all().delete()
    ids = dict(Remark.objects.filter(consultation=run.consultation_id).values_list("number", "pk"))
    members: list[ProposedRemark] = []
    for each in result.proposals:
        proposal = Proposal.objects.create(
            run=held, kind=each.kind, label=list(each.label), closeness=each.closeness, size=len(each.members),
            examples=[[number, _place(sentence, words[number])] for number, sentence in each.examples],
        )  # fmt: skip
        free = each.free_parts or [()] * len(each.members)
        members += [
            ProposedRemark(proposal=proposal, remark_id=ids[number], sentences=_places(own, words[number]))
            for number, own in zip(each.members, free, strict=True)
        ]
    for opposed in result.opposed:
        members += _kept_sides(held, opposed, ids, words)
    ProposedRemark.objects.bulk_create(members, batch_size=BATCH)
    held.state, held.finished_at, held.made_with, held.remarks = "done", database_now(), result.made_with, len(words)
    held.save(update_fields=["state", "finished_at", "made_with", "remarks"])
    record(deed="remarks.analysed", subject=held, after={"remarks": len(words), "proposals": len(result.proposals)})


def _kept_sides(run: AnalysisRun, opposed: Opposed, ids: dict[int, int], words: dict[int, str]) -> Iterator[ProposedRemark]:
    sides = [(FOR, opposed.one), (AGAINST, opposed.other)]
    numbers = {side.remark for _stance, each in sides for side in each}
    proposal = Proposal.objects.create(run=run, kind=Proposal.Kind.OPPOSED, label=[opposed.subject], size=len(numbers))
    for stance, each in sides:
        said: dict[int, list[str]] = {}
        for side in each:
            said.setdefault(side.remark, []).append(side.sentence)
        for number, sentences_of_one in said.items():
            places = _places(sentences_of_one, words[number])
            yield ProposedRemark(proposal=proposal, remark_id=ids[number], side=stance, sentences=places)


def _place(sentence: str, text: str) -> int:
    """The place of a sentence in its remark; -1 for the remark as a whole."""
    whole = sentences(text)
    return whole.index(sentence) if sentence in whole else -1


def _places(own: Sequence[str], text: str) -> list[int]:
    whole = sentences(text) if own else []
    return sorted({whole.index(each) for each in own if each in whole})

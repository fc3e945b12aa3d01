"""Annexes are hung into the tree, moved, taken out and numbered anew."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from ratusz.foundation.audit.actions import record
from ratusz.foundation.files.actions import accept_upload
from ratusz.foundation.files.models import FileState
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import polish_date
from ratusz.participation.consultations.modes.terms import channel_name
from ratusz.participation.reports import rules
from ratusz.participation.reports.models import Annex, Report

PURPOSE = "reports.annex"
DEEPEST = 2
ASIDE = 10_000
"""Added to numbers while others take their place: no two annexes of one place have one number at any moment."""
SURVEYS = ("survey", "geo_survey")


def _locked(report: Report, person: Any) -> Report:
    rules.check_may(person, "write", report, database_now())
    return Report.objects.select_for_update(of=("self",)).select_related("consultation").get(pk=report.pk)


def _next(report: Report, parent: Annex | None) -> int:
    return (report.annexes.filter(parent=parent).aggregate(last=Max("number"))["last"] or 0) + 1


def _hang(report: Report, **facts: Any) -> Annex:
    parent = facts.get("parent")
    return Annex.objects.create(report=report, number=_next(report, parent), **facts)


def hang_suggested(report: Report) -> list[Annex]:
    """What follows from the consultation and is not there: ordinance, surveys, meetings, opinions, and the register at the end."""
    consultation, kinds = report.consultation, Annex.Kind
    there = set(report.annexes.values_list("source", flat=True)) | {
        f"kind:{kind}" for kind in report.annexes.values_list("kind", flat=True)
    }
    made: list[Annex] = []
    if consultation.order_number and "kind:ordinance" not in there:
        title = _("Ordinance no. %(number)s") % {"number": consultation.order_number}
        made.append(_hang(report, kind=kinds.ORDINANCE, title=title))
    for form in consultation.forms.all():
        if form.kind in SURVEYS and form.cancelled_at is None and f"form:{form.pk}" not in there:
            made.append(_hang(report, kind=kinds.SURVEY, title=form.title[:250], source=f"form:{form.pk}"))
    made += _proofs(report, there)
    if consultation.remarks.exists() and "register" not in there:
        made.append(_hang(report, kind=kinds.REGISTER, title=_("Public register of remarks"), source="register"))
    return made


def _proofs(report: Report, there: set[str]) -> list[Annex]:
    """The evidence of each notice under one heading; files that were checked alone."""
    proven = [each for each in report.consultation.notices.standing().select_related("file") if each.file]
    if not proven or f"kind:{Annex.Kind.NOTICE}" in there:
        return []
    heading = _hang(report, kind=Annex.Kind.NOTICE, title=_("Evidence of notices"))
    under = [
        _hang(
            report, kind=Annex.Kind.NOTICE, parent=heading, file=each.file,
            title=f"{channel_name(each.channel, each.published_on)}, {polish_date(each.published_on)}"[:250],
        )
        for each in proven
    ]  # fmt: skip
    return [heading, *under]


@transaction.atomic
def suggest_annexes(*, report: Report, person: Any) -> int:
    """Hangs in what follows from the consultation and is not there; gives how many. Raises NotYours."""
    report = _locked(report, person)
    made = hang_suggested(report)
    record(deed="reports.suggest_annexes", subject=report, after={"annexes": len(made)}, actor=person)
    return len(made)


@transaction.atomic
def add_annex(*, report: Report, kind: str, title: str, person: Any, parent: Annex | None = None, upload: Any = None) -> Annex:
    """An annex at the end of its place; before the register where that is the last one and nothing was published yet.

    Without `upload` it is a heading over annexes under it. Raises NotYours, ReportRefused, FileRefused.
    """
    report = _locked(report, person)
    if parent is not None and parent.parent_id is not None and parent.parent and parent.parent.parent_id is not None:
        raise rules.ReportRefused(_("Annexes go three levels deep at most. Hang it one level higher."))
    kept = None
    if upload is not None:
        kept = accept_upload(upload=upload, name=upload.name, purpose=PURPOSE, uploaded_by=person, subject=report.key)
    annex = _hang(report, kind=kind, title=title.strip()[:250], parent=parent, file=kept)
    last = report.annexes.filter(parent=None, source="register").first()
    if parent is None and last is not None and last.number == annex.number - 1 and not report.versions.published().exists():
        _swap(annex, last)
    record(deed="reports.add_annex", subject=annex, after={"title": annex.title, "kind": kind}, actor=person)
    return annex


@transaction.atomic
def give_file(*, annex: Annex, upload: Any, person: Any) -> Annex:
    """The file of an annex that has none, or whose own was not let through. Raises NotYours, ReportRefused, FileRefused."""
    report = _locked(annex.report, person)
    _check_unpublished(report, annex)
    annex = _still_there(report, annex)
    if annex.source or (annex.file is not None and annex.file.state == FileState.CLEAN):
        raise rules.ReportRefused(_("This annex has its file. Take it out and add another one instead."))
    annex.file = accept_upload(upload=upload, name=upload.name, purpose=PURPOSE, uploaded_by=person, subject=report.key)
    annex.save(update_fields=["file"])
    record(deed="reports.give_file", subject=annex, after={"title": annex.title}, actor=person)
    return annex


def _swap(one: Annex, other: Annex) -> None:
    """Their numbers change places, past a number that nobody has."""
    first, second = one.number, other.number
    Annex.objects.filter(pk=one.pk).update(number=first + ASIDE)
    Annex.objects.filter(pk=other.pk).update(number=first)
    Annex.objects.filter(pk=one.pk).update(number=second)
    one.number, other.number = second, first


@transaction.atomic
def move_annex(*, annex: Annex, up: bool, person: Any) -> bool:
    """One place up or down among its neighbours; False at the edge. Raises NotYours, ReportRefused: numbers of published annexes
    stay."""
    report = _locked(annex.report, person)
    _check_unpublished(report, annex)
    annex = _still_there(report, annex)
    beside = report.annexes.filter(parent=annex.parent_id)
    found = beside.filter(number__lt=annex.number).order_by("-number") if up else beside.filter(number__gt=annex.number)
    other = found.order_by("-number" if up else "number").first()
    if other is None:
        return False
    _check_unpublished(report, other)
    _swap(annex, other)
    record(deed="reports.move_annex", subject=annex, after={"number": annex.number}, actor=person)
    return True


def _still_there(report: Report, annex: Annex) -> Annex:
    """The annex as it is now; under the report's lock nobody takes it out."""
    found = report.annexes.select_related("file").filter(pk=annex.pk).first()
    if found is None:
        raise rules.ReportRefused(_("Somebody took this annex out a moment ago. Look at the list once more."))
    return found


def _check_unpublished(report: Report, annex: Annex) -> None:
    """Annexes of a published version keep their numbers, so that whoever cites "annex 3.1" is understood."""
    newest = report.versions.published().order_by("-number").first()
    if newest and any(each["id"] == annex.pk for each in newest.annexes):
        raise rules.ReportRefused(_("This annex stands in a published version, so it keeps its number. Add a new one after it."))


@transaction.atomic
def remove_annex(*, annex: Annex, person: Any) -> None:
    """Takes an annex out with those under it; the numbers after it close up. Raises NotYours, ReportRefused."""
    report = _locked(annex.report, person)
    _check_unpublished(report, annex)
    record(deed="reports.remove_annex", subject=annex, before={"title": annex.title}, actor=person)
    parent = annex.parent_id
    annex.delete()
    _close_up(report, parent)


def _close_up(report: Report, parent: int | None) -> None:
    for number, each in enumerate(report.annexes.filter(parent=parent).order_by("number"), 1):
        if each.number != number:
            Annex.objects.filter(pk=each.pk).update(number=number)


@transaction.atomic
def renumber(*, report: Report, person: Any) -> None:
    """Numbers 1, 2, 3 … everywhere in the tree, in the order that is there. Raises NotYours, ReportRefused."""
    report = _locked(report, person)
    if report.versions.published().exists():
        raise rules.ReportRefused(_("A version is published, so the numbers of annexes stay as they are."))
    for parent in {None, *report.annexes.values_list("parent", flat=True)}:
        _close_up(report, parent)
    record(deed="reports.renumber", subject=report, actor=person)

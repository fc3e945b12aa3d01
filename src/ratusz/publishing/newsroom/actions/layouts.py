"""What is done with a layout: a unit sends it, the department answers, the final file stays beside the answer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.urls import reverse

from ratusz.casework.deadlines.actions import start_clock, stop_clock
from ratusz.foundation.audit.actions import record
from ratusz.foundation.files.actions import accept_upload
from ratusz.foundation.files.models import StoredFile
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.units.models import Unit
from ratusz.publishing.newsroom import rules
from ratusz.publishing.newsroom.models import BrandAsset, LayoutRequest, LayoutRound, LayoutState, Verdict

LAYOUT_PURPOSE = "newsroom.layout"
CLOCK = "brand.layout"
NEXT = {Verdict.APPROVED: LayoutState.APPROVED, Verdict.REMARKS: LayoutState.WITH_UNIT, Verdict.REFUSED: LayoutState.CLOSED}


@transaction.atomic
def start_layout(*, unit: Unit, person: Any, **facts: Any) -> LayoutRequest:
    """A draft of a request; nothing is sent yet. Raises PermissionDenied, ValidationError."""
    at = database_now()
    if not rules.sends_for(person, unit, at):
        raise PermissionDenied
    request = LayoutRequest(unit=unit, changed_at=at, **facts)
    request.full_clean()
    request.save()
    record(deed="newsroom.start_layout", subject=request, after={"title": request.title, "unit": unit.short_name}, actor=person)
    return request


@transaction.atomic
def send_layout(*, request: LayoutRequest, upload: Any, person: Any) -> LayoutRound:
    """A file goes to the department and the clock runs. Raises PermissionDenied, LayoutRefused, FileRefused."""
    request = _locked(request, person, "send_layout")
    rules.check_send(request)
    at = database_now()
    number = (request.rounds.aggregate(newest=Max("number"))["newest"] or 0) + 1
    made = LayoutRound.objects.create(request=request, number=number, file=_kept(request, upload), sent_at=at, sent_by=person)
    _move(request, LayoutState.WITH_BRAND)
    start_clock(
        rule=CLOCK, subject=subject_of(request), label=request.title, url=address_of(request), started_at=at,
        unit=Unit.objects.the_department(),
    )  # fmt: skip
    record(deed="newsroom.send_layout", subject=request, after={"round": number}, actor=person)
    return made


@transaction.atomic
def answer_layout(
    *,
    request: LayoutRequest,
    verdict: str,
    person: Any,
    reasons: str = "",
    unmet: Iterable[str] = (),
    marks: Iterable[BrandAsset] = (),
) -> LayoutRound:
    """The department's answer to the newest round; an approved layout says which marks it may carry.

    Raises PermissionDenied (also for whoever sent that round), LayoutRefused.
    """
    request = _locked(request, person, "answer_layout")
    points = [code for code in dict.fromkeys(unmet) if code]
    rules.check_answer(request, verdict, points, reasons)
    newest = request.rounds.order_by("-number")[0]
    newest.verdict, newest.reasons, newest.unmet_points = verdict, reasons.strip()[:2000], points
    newest.answered_at, newest.answered_by = database_now(), person
    newest.save()
    request.allowed_marks.set(marks if verdict == Verdict.APPROVED else [])
    _move(request, NEXT[Verdict(verdict)])
    stop_clock(rule=CLOCK, subject=subject_of(request), event="answered")
    record(
        deed="newsroom.answer_layout",
        subject=request,
        after={"round": newest.number, "verdict": verdict, "unmet": points},
        actor=person,
    )
    return newest


@transaction.atomic
def add_final_file(*, request: LayoutRequest, upload: Any, person: Any) -> LayoutRequest:
    """What goes out, kept beside the answer it was given. Raises PermissionDenied, LayoutRefused, FileRefused."""
    request = _locked(request, person, "send_layout")
    rules.check_final(request)
    request.final_file = _kept(request, upload)
    _move(request, LayoutState.GONE)
    record(deed="newsroom.add_final_layout", subject=request, after={"sha256": request.final_file.sha256}, actor=person)
    return request


@transaction.atomic
def close_layout(*, request: LayoutRequest, person: Any) -> LayoutRequest:
    """Nothing more will be done with it; whoever sends for the unit or the department. A clock that runs ends as withdrawn."""
    request = _locked(request, person, "send_layout")
    before = {"state": request.state}
    _move(request, LayoutState.CLOSED)
    stop_clock(rule=CLOCK, subject=subject_of(request), event="withdrawn")
    record(deed="newsroom.close_layout", subject=request, before=before, after={"state": request.state}, actor=person)
    return request


def subject_of(request: LayoutRequest) -> str:
    """The key of the request's clock."""
    return f"newsroom.layout:{request.pk}"


def address_of(request: LayoutRequest) -> str:
    """Where the request is in the admin."""
    return reverse("newsroom_layout", args=[request.pk])


def _move(request: LayoutRequest, state: str) -> None:
    request.state, request.changed_at = state, database_now()
    request.save()


def _kept(request: LayoutRequest, upload: Any) -> StoredFile:
    """The Office's own file, not the clerk's."""
    return accept_upload(upload=upload, name=upload.name, purpose=LAYOUT_PURPOSE, subject=f"{request._meta.label}:{request.pk}")


def _locked(request: LayoutRequest, person: Any, deed: str) -> LayoutRequest:
    request = LayoutRequest.objects.select_for_update(of=("self",)).select_related("unit").get(pk=request.pk)
    if not rules.may(person, deed, request, database_now()):
        raise PermissionDenied
    return request


@transaction.atomic
def send_new_layout(*, unit: Unit, upload: Any, person: Any, **facts: Any) -> LayoutRequest:
    """A request with its first file, or neither: a refused file leaves no draft behind. Raises as the two it is made of."""
    request = start_layout(unit=unit, person=person, **facts)
    send_layout(request=request, upload=upload, person=person)
    return request

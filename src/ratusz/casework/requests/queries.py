"""Reads of requests: the register narrowed, one with its clock, what a number on a receipt stands for."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import CharField, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Concat

from ratusz.casework.deadlines.models import Clock
from ratusz.casework.requests.models import Request
from ratusz.foundation.kit.codes import CodeMistyped, read_code
from ratusz.foundation.kit.plain_numbers import plain_number


def with_terms() -> QuerySet[Request]:
    """Requests with `due_at` of their newest clock."""
    clocks = Clock.objects.filter(subject=OuterRef("clock_subject")).order_by("-pk")
    keyed = Request.objects.annotate(clock_subject=Concat(Value("requests.request:"), Cast("pk", CharField())))
    return keyed.annotate(due_at=Subquery(clocks.values("due_at")[:1])).select_related("unit", "person")


def register(chosen: dict[str, Any], person: Any, at: datetime) -> QuerySet[Request]:
    """The requests asked for: open ones first, those due first at the top."""
    requests: QuerySet[Any] = with_terms()
    state = chosen.get("stan") or "otwarte"
    if state == "otwarte":
        requests = requests.filter(settled_at=None)
    elif state == "po_terminie":
        requests = requests.filter(settled_at=None, due_at__lte=at)
    elif state == "zamkniete":
        requests = requests.exclude(settled_at=None)
    if kind := chosen.get("rodzaj"):
        requests = requests.filter(kind=kind)
    if chosen.get("moje"):
        requests = requests.filter(person=person.pk)
    if text := (chosen.get("numer") or "").strip():
        number = plain_number(text)
        by_number = Q(pk=number) if number is not None else Q(pk=None)
        requests = requests.filter(Q(case_number__icontains=text) | by_number)
    return requests.order_by(F("settled_at").desc(nulls_first=True), F("due_at").asc(nulls_last=True), "pk")


def by_code(typed: str) -> Request | None:
    """The request of a typed receipt number; None when there is none or it is mistyped."""
    try:
        code = read_code(typed)
    except CodeMistyped:
        return None
    return with_terms().filter(code=code).first()

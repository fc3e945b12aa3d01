"""What the screens share: the right first, the row a page is about, one deed behind a button."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from ratusz.foundation.kit import buttons
from ratusz.foundation.kit.clock import database_now
from ratusz.participation.remarks import queries, rules
from ratusz.participation.remarks.models import Intake, Remark

press = partial(buttons.press, refused=rules.RemarkRefused, not_yours=rules.NotYours)


def check(request: HttpRequest, deed: str, object: Any = None) -> datetime:
    """Refuses whoever may not do the deed; gives the moment."""
    at = database_now()
    if not rules.may(request.user, deed, object, at):
        raise PermissionDenied
    return at


def remark_for(request: HttpRequest, pk: int) -> tuple[Remark, datetime]:
    """A remark that the person may see, with the moment."""
    at = database_now()
    found = Remark.objects.select_related("intake__district", "intake__form", "intake__contact", "consultation", "unit", "cluster")
    remark = get_object_or_404(found, pk=pk)
    if not (rules.sees_all(request.user, at) or rules.may(request.user, "see", remark, at)):
        raise PermissionDenied
    return remark, at


def intake_for(request: HttpRequest, pk: int, deed: str = "enter") -> tuple[Intake, datetime]:
    """An intake for whoever enters or runs the register, with the moment."""
    at = check(request, deed)
    found = Intake.objects.select_related(
        "consultation", "form", "contact", "district", "scan", "judged_by", "second_by", "entered_by"
    )
    return get_object_or_404(found, pk=pk), at


def rights(request: HttpRequest, at: datetime, remark: Any = None) -> dict[str, bool]:
    """Deeds the page offers."""
    deeds = ("run", "enter", "approve", "see_people")
    found = {deed: rules.may(request.user, deed, remark, at) for deed in deeds}
    return found | {"answer": rules.may(request.user, "answer", remark, at), "all": rules.sees_all(request.user, at)}


def chosen_remarks(request: HttpRequest, consultation: Any, at: datetime) -> list[Remark]:
    """The ticked rows of the register that the person sees."""
    numbers = [int(each) for each in request.POST.getlist("remark") if each.isascii() and each.isdecimal() and len(each) < 19]
    mine = queries.register_of(consultation, request.user, at).filter(pk__in=numbers[:1000])
    return list(mine.select_related("intake", "consultation", "unit", "cluster").order_by("number"))

"""What the screens share: the survey a page is about with the right to it, one deed behind a button."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from ratusz.foundation.kit import buttons
from ratusz.foundation.kit.clock import database_now
from ratusz.participation.surveys import rules
from ratusz.participation.surveys.models import Survey


def check(request: HttpRequest, deed: str, survey: Survey | None = None) -> datetime:
    """Refuses whoever may not do the deed; gives the moment."""
    at = database_now()
    if not rules.may(request.user, deed, survey, at):
        raise PermissionDenied
    return at


def survey_for(request: HttpRequest, pk: int, deed: str) -> tuple[Survey, datetime]:
    """The survey, for whoever may do the deed with it, and the moment."""
    check(request, deed)
    found = get_object_or_404(Survey.objects.select_related("unit"), pk=pk)
    return found, check(request, deed, found)


press = partial(buttons.press, refused=rules.SurveyRefused, not_yours=rules.NotYours)

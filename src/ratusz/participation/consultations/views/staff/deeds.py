"""What the screens share: the consultation a person may see, a form that carries out one deed and shows its refusal."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from wagtail.admin import messages

from ratusz.foundation.files.rules import FileRefused
from ratusz.foundation.kit import buttons
from ratusz.foundation.kit.clock import database_now
from ratusz.participation.consultations import queries, rules
from ratusz.participation.consultations.models import Consultation

press = partial(buttons.press, refused=rules.ConsultationRefused, not_yours=rules.NotYours)


def found(request: HttpRequest, pk: int, deed: str = "see") -> tuple[Consultation, datetime]:
    """The consultation and the moment; whoever may see none learns nothing of which numbers there are."""
    at = database_now()
    consultation = queries.whole(Consultation.objects.filter(pk=pk))
    if not rules.may(request.user, deed, consultation, at):
        raise PermissionDenied
    if consultation is None:
        raise Http404
    return consultation, at


def belonging(request: HttpRequest, model: Any, pk: int, deed: str) -> tuple[Any, Consultation, datetime]:
    """A form, a notice or an opinion with its consultation and the moment; one that is missing tells it only to whoever may."""
    row = model.objects.filter(pk=pk).first()
    return row, *found(request, row.consultation_id if row else 0, deed)


def carry_out(
    request: HttpRequest, consultation: Consultation, form: forms.Form, deed: Callable[..., Any], title: str,
    button: str, said: str, told: tuple[str, ...] = (),
) -> HttpResponse:  # fmt: skip
    """The form; filled in well it does the deed and leads back, refused it says why and keeps what was typed."""
    if form.is_bound and form.is_valid():
        try:
            deed(**(form.facts() if hasattr(form, "facts") else form.cleaned_data))
        except rules.NotYours as refusal:
            raise PermissionDenied from refusal
        except rules.ConsultationRefused as refusal:
            form.add_error(None, str(refusal))
        except FileRefused as refusal:
            form.add_error(None, " ".join(refusal.messages))
        else:
            messages.success(request, said)
            return redirect("consultations_consultation", consultation.pk)
    context = {"form": form, "consultation": consultation, "title": title, "button": button, "told": told}
    return render(request, "consultations/staff/form.html", context)


def sent(request: HttpRequest) -> tuple[Any, Any]:
    """Data and files of a form that was sent, or nothing."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)

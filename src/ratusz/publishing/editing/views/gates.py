"""Letting a submission through a gate with a reason, on its own page."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.once.sending import once_only
from ratusz.publishing.editing.models import Submission
from ratusz.publishing.editing.reading import read_submission
from ratusz.publishing.gates.actions import override_gate
from ratusz.publishing.gates.forms import OverrideForm
from ratusz.publishing.gates.rules import OverrideRefused

from .staff import context_of, seen


@once_only
@require_POST
def let_through(request: HttpRequest, pk: int) -> HttpResponse:
    """Lets the text as it is now pass one gate, with a reason; a refused form keeps it."""
    found, form = seen(request, pk), OverrideForm(request.POST)
    form.auto_id = f"id_{form.data.get('gate', '')}_%s"
    if found.state in (Submission.State.PUBLISHED, Submission.State.CLOSED):
        messages.error(request, _("This text is not open any more."))
        return redirect("editing_submission", pk)
    if form.is_valid():
        try:
            override_gate(**form.cleaned_data, subject=found.subject, person=request.user, reading=read_submission(found))
        except OverrideRefused as refusal:
            form.add_error("reason", str(refusal))
        else:
            messages.success(request, _("Let through. A changed text will ask again."))
            return redirect("editing_submission", pk)
    # Said above as well: whoever may not open the gate sees no field to say it beside.
    for words in form.errors.get("reason", []):
        messages.error(request, words)
    at = database_now()
    return render(request, "editing/staff/submission.html", context_of(request, found, at, sent=form))

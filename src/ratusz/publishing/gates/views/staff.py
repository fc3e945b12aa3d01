"""For staff: help with plain language, and letting a text through a gate with a reason."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from ratusz.foundation.kit.clock import database_now
from ratusz.publishing.gates.actions import override_gate
from ratusz.publishing.gates.advice import advice_on
from ratusz.publishing.gates.findings import Finding
from ratusz.publishing.gates.forms import OverrideForm, TextForm
from ratusz.publishing.gates.queries import findings_of
from ratusz.publishing.gates.reading import Reading
from ratusz.publishing.gates.registries import gates, thing_of
from ratusz.publishing.gates.rules import OverrideRefused, may


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("text")
def plain_language(request: HttpRequest) -> HttpResponse:
    """A pasted text, or with ?tekst=page:12 the saved draft of that text; nothing is kept."""
    at = database_now()
    context: dict[str, Any] = {"page_title": _("Plain language")}
    form = TextForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        context["advice"] = advice_on(form.cleaned_data["text"], form.cleaned_data["target"], at)
    elif not form.is_bound and (subject := request.GET.get("tekst", "")):
        reading = _reading_for(request, subject)
        form = TextForm(initial={"text": reading.prose, "target": reading.target})
        context |= {"reading": reading, "advice": advice_on(reading.prose, reading.target, at)}
    return render(request, "gates/staff/plain_language.html", context | {"form": form})


def _reading_for(request: HttpRequest, subject: str) -> Reading:
    found = thing_of(subject.replace("\x00", ""))
    if found is None:
        raise Http404
    reader, thing = found
    if not reader.may_see(request.user, thing, database_now()):
        raise PermissionDenied
    return reader(thing)


@require_http_methods(["GET", "HEAD", "POST"])
def gates_of_text(request: HttpRequest, subject: str) -> HttpResponse:
    """Everything the gates find in a text; whoever may open one says why."""
    reading = _reading_for(request, subject)
    form = OverrideForm(request.POST) if request.method == "POST" else None
    if form is not None and form.is_valid():
        try:
            override_gate(subject=subject, gate=form.cleaned_data["gate"], reason=form.cleaned_data["reason"],
                          person=request.user, reading=reading)  # fmt: skip
        except OverrideRefused as refusal:
            form.add_error("reason", str(refusal))
        else:
            messages.success(request, _("Let through. A changed text will ask again."))
            return redirect("gates_of_text", subject=subject)
    found = findings_of(reading, database_now())
    rows = [_row(request, code, [each for each in found if each.gate == code], form) for code in _codes(found)]
    context = {"reading": reading, "rows": rows, "page_title": _("Before you publish")}
    return render(request, "gates/staff/gates_of_text.html", context)


def _codes(found: list[Finding]) -> list[str]:
    return list(dict.fromkeys(finding.gate for finding in found))


def _row(request: HttpRequest, code: str, found: list[Finding], sent: OverrideForm | None) -> dict[str, Any]:
    """A gate with its findings, and the form for whoever may open it; a refused form keeps what was typed."""
    is_shut = any(finding.blocks for finding in found)
    form = None
    if is_shut and may(request.user, "override", code, database_now()):
        is_sent = sent is not None and sent.data.get("gate") == code
        form = sent if is_sent else OverrideForm(initial={"gate": code}, auto_id=f"id_{code}_%s")
    return {"name": gates[code].name, "findings": found, "form": form, "is_shut": is_shut, "override": found[0].override}

"""The author answers a letter by its link, without an account: what is asked, until when, the form to complete."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from ratusz.foundation.files.rules import FileRefused
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import polish_until
from ratusz.foundation.territory.city_map import city_map
from ratusz.participation.projects import actions, queries, rules
from ratusz.participation.projects.forms import (
    AnswerForm,
    ApplicationForm,
    CostForms,
    FileForm,
    initial_costs,
    initial_of,
    lines_of,
    show_refusal,
)
from ratusz.participation.projects.models import Call


@never_cache
@csrf_protect
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def call(request: HttpRequest, edition_slug: str, token: str) -> HttpResponse:
    """One letter with its answer; a refusal loses nothing of what was typed."""
    found = _call(edition_slug, token)
    application = found.application
    posted = request.POST if request.method == "POST" else None
    answer = AnswerForm(posted)
    completes = found.kind == Call.Kind.COMPLETE
    form = ApplicationForm(posted, edition=application.edition, initial=initial_of(application)) if completes else None
    if form:
        form.fields["pool"].disabled = True
    costs = CostForms(posted, prefix="costs", initial=initial_costs(application)) if completes else None
    parts = [each for each in (answer, form, costs) if each is not None]
    if posted is not None and sum(not each.is_valid() for each in parts) == 0:
        facts = form.facts() if form else None
        try:
            actions.answer_call(
                call=found, answer=answer.cleaned_data["answer"], facts=facts, lines=lines_of(costs) if costs else None
            )
        except rules.ApplicationRefused as refusal:
            show_refusal(form or answer, refusal)
        else:
            return redirect("projects:call", edition_slug, token)
    is_open = not (found.answered_at or found.closed_at) and database_now() < found.due_at
    context = {
        "call": found, "application": application, "edition": application.edition, "answer": answer, "form": form, "costs": costs,
        "sections": form.sections() if form else [], "is_open": is_open, "until": polish_until(found.due_at), "token": token,
        "map": city_map() if form else None, "file_form": FileForm(), "files": application.attachments.select_related("file"),
    }  # fmt: skip
    response = render(request, "projects/call.html", context)
    response["Referrer-Policy"] = "same-origin"
    return response


@never_cache
@csrf_protect
@require_POST
def attach(request: HttpRequest, edition_slug: str, token: str) -> HttpResponse:
    """A file the author was asked for."""
    found = _call(edition_slug, token)
    form = FileForm(request.POST, request.FILES)
    if form.is_valid() and not (found.answered_at or found.closed_at):
        upload = form.cleaned_data["file"]
        try:
            actions.add_attachment(application=found.application, upload=upload, name=upload.name, what=form.cleaned_data["what"])
            messages.success(request, _("The file is added."))
        except (rules.ApplicationRefused, FileRefused) as refusal:
            messages.error(request, " ".join(getattr(refusal, "messages", [str(refusal)])))
    else:
        messages.error(request, _("Choose a file first."))
    return redirect("projects:call", edition_slug, token)


def _call(edition_slug: str, token: str) -> Call:
    found = queries.call_by_link(edition_slug, token)
    if found is None:
        raise Http404
    return found


@never_cache
@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
def merger(request: HttpRequest, edition_slug: str, token: str) -> HttpResponse:
    """An author says yes or no to a merger."""
    found = queries.merger_by_link(edition_slug, token)
    if found is None:
        raise Http404
    asked, digest = found
    if request.method == "POST" and request.POST.get("says") in ("yes", "no"):
        try:
            actions.answer_merger(merger=asked, digest=digest, agrees=request.POST["says"] == "yes")
        except rules.ApplicationRefused as refusal:
            messages.error(request, str(refusal))
        return redirect("projects:merger", edition_slug, token)
    mine = asked.kept_says if digest == asked.kept_link_digest else asked.absorbed_says
    response = render(request, "projects/merger.html", {"merger": asked, "mine": mine, "edition": asked.kept.edition})
    response["Referrer-Policy"] = "same-origin"
    return response

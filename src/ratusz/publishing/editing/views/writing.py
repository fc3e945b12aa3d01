"""The page where a submission's text is written, pasted or sent as a document; what two change at once is shown, not lost."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ratusz.foundation.files.rules import FileRefused
from ratusz.foundation.kit.clock import database_now
from ratusz.publishing.editing import actions, rules, wording
from ratusz.publishing.editing.actions.taking_in import TakenIn
from ratusz.publishing.editing.content import Content
from ratusz.publishing.editing.forms import TextForm
from ratusz.publishing.editing.models import Submission
from ratusz.publishing.editing.page_changes import changes_since
from ratusz.publishing.editing.word.blocks import html_of_blocks
from ratusz.publishing.editing.word.cleaning import clean
from ratusz.publishing.editing.word.typed import html_of_text

from .staff import refused, seen


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Save as often as one likes; look how it will be; send it in."""
    found = seen(request, pk)
    try:
        rules.check(request.user, "edit", found, database_now())
    except rules.NotNow as refusal:
        refused(request, refusal)
        return redirect("editing_submission", pk)
    if request.method != "POST":
        return _shown(request, found, TextForm(submission=found, person=request.user))
    form = TextForm(request.POST, request.FILES, submission=found, person=request.user)
    if not form.is_valid():
        return _shown(request, found, form)
    return _save(request, found, form)


def _save(request: HttpRequest, found: Submission, form: TextForm) -> HttpResponse:
    content = _content(request, found, form)
    if content is None:
        return _shown(request, found, form)
    try:
        actions.save_submission(submission=found, content=content, seen_version=form.cleaned_data["seen"], person=request.user)
        for picture, basis in form.bases():
            actions.say_basis(picture=picture, basis=basis, person=request.user)
        return _go_on(request, found)
    except rules.ChangedMeanwhile as refusal:
        return _both(request, refusal, content)
    except rules.NotNow as refusal:
        refused(request, refusal)
    # The words just taken in, with pictures that are kept already: a refused form holds all of it.
    return _shown(request, found, TextForm(submission=found, person=request.user, content=content))


def _both(request: HttpRequest, refusal: rules.ChangedMeanwhile, mine: Content) -> HttpResponse:
    """The person's words stay in the form; above it stands how the newer version differs. Saving again puts theirs on top."""
    newer = refusal.submission
    form = TextForm(submission=newer, person=request.user, content=mine, seen=newer.version)
    compared = wording.compared(mine, Content.of(newer))
    return _shown(request, newer, form, newer=newer, compared=compared, status=409)


def _content(request: HttpRequest, found: Submission, form: TextForm) -> Content | None:
    """The words with what came as a file; None when a file was refused and the form says why."""
    files, person = form.cleaned_data, request.user
    try:
        if files["document"]:
            taken = actions.take_in_document(submission=found, upload=files["document"], person=person)
        else:
            html = files["html"] or html_of_text(files["text"])
            pasted = request.FILES.getlist("pasted")
            taken = actions.take_in_html(submission=found, html=html, placed=form.placed(), person=person, pasted=pasted)
    except FileRefused as refusal:
        form.add_error("document", refusal)
        return None
    beside = (
        actions.take_in_pictures(submission=found, uploads=files["pictures"], person=person) if files["pictures"] else TakenIn()
    )
    for words in dict.fromkeys(taken.notes + beside.notes):
        messages.warning(request, words)
    return form.content_with(taken.blocks + beside.blocks, taken.title)


def _go_on(request: HttpRequest, found: Submission) -> HttpResponse:
    deed = request.POST.get("deed", "")
    if deed == "preview":
        return redirect("editing_preview", found.pk)
    if deed != "send":
        messages.success(request, _("Saved."))
        return redirect("editing_edit", found.pk)
    try:
        actions.send_submission(submission=found, person=request.user)
    except rules.NotNow as refusal:
        refused(request, refusal)
        return redirect("editing_edit", found.pk)
    messages.success(request, _("The text is with the department. You will hear from us."))
    return redirect("editing_submission", found.pk)


def _shown(request: HttpRequest, found: Submission, form: TextForm, *, status: int = 200, **more: Any) -> HttpResponse:
    at = database_now()
    # A refused form shows what was typed, not what was there before.
    typed = (form.data.get("html") or html_of_text(form.data.get("text", ""))) if form.is_bound else html_of_blocks(form.blocks)
    context = {
        "form": form, "submission": found, "described": list(form.described()), "start": clean(typed).html,
        "page_changes": changes_since(found),
        "may_send": rules.may(request.user, "send", found, at), "state": wording.state_words(found),
    }  # fmt: skip
    return render(request, "editing/staff/edit.html", context | more, status=status)

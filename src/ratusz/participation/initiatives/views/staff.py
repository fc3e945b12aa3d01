"""Screens of staff: the register, registering a committee's notice, one initiative with its deeds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages

from ratusz.casework.documents.docx import docx_of_document
from ratusz.casework.documents.typeset import pdf_of_document
from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import polish_date, polish_until
from ratusz.foundation.kit.made_files import XLSX, made_file
from ratusz.foundation.once.sending import once_only
from ratusz.participation.initiatives import actions, papers, queries, rules, supporting
from ratusz.participation.initiatives import forms as our
from ratusz.participation.initiatives.models import Initiative, InitiativeState, InitiativeStep

PAGE, MOST = 50, 5_000
RENDERED: dict[str, tuple[Callable[..., bytes], str]] = {
    "pdf": (pdf_of_document, "application/pdf"),
    "docx": (docx_of_document, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
}
S = InitiativeState
DEEDS: dict[str, tuple[Any, type | None, tuple[str, ...], Callable[..., Any]]] = {
    "file": (gettext_lazy("The signed lists came"), our.FiledForm, (S.COLLECTING, S.CALLED), actions.file_draft),
    "valid": (gettext_lazy("The requirements are met"), None, (S.FILED,), actions.find_valid),
    "call": (gettext_lazy("Call the committee to complete"), our.WordsForm, (S.FILED,), actions.call_to_complete),
    "return": (gettext_lazy("Return the draft"), our.WordsForm, (S.FILED, S.CALLED), actions.return_draft),
    "agenda": (gettext_lazy("It is on an agenda"), our.SessionForm, (S.VALID, S.AGENDA), actions.put_on_agenda),
    "result": (gettext_lazy("The Council has voted"), our.ResultForm, (S.AGENDA,), actions.note_result),
    "withdraw": (
        gettext_lazy("The committee withdraws it"), None, (S.COLLECTING, S.FILED, S.CALLED, S.VALID, S.AGENDA),
        actions.withdraw_initiative,
    ),
}  # fmt: skip
"""Deed to its words, its form, the states in which it stands on the page, and its action."""


def _check(request: HttpRequest, deed: str) -> datetime:
    at = database_now()
    if not rules.may(request.user, deed, None, at):
        raise PermissionDenied
    return at


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """All initiatives, narrowed."""
    at = _check(request, "see")
    form = our.RegisterFilter(request.GET)
    page = Paginator(queries.register(form.chosen()), PAGE).get_page(request.GET.get("p"))
    query = request.GET.copy()
    query.pop("p", None)
    context = {
        "form": form, "page": page, "query": query.urlencode(), "rows": [(each, polish_date(each.registered_at)) for each in page],
        "may_handle": rules.may(request.user, "handle", None, at),
    }  # fmt: skip
    return render(request, "initiatives/staff/register.html", context)


@require_safe
def download(request: HttpRequest) -> HttpResponse:
    """The register of a filter as a workbook; nobody is named."""
    _check(request, "see")
    found = queries.register(our.RegisterFilter(request.GET).chosen())[:MOST]
    return made_file(papers.workbook(found), XLSX, "inicjatywy.xlsx")


@once_only
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """A committee's notice from paper."""
    _check(request, "handle")
    form = our.RegisterForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            made = actions.register_initiative(**form.facts(), person=request.user)
            messages.success(request, _("The initiative has the number %(number)s.") % {"number": made.number})
            return redirect("initiatives_initiative", made.pk)
        except rules.InitiativeRefused as refusal:
            form.add_error(None, str(refusal))
    return render(request, "initiatives/staff/enter.html", {"form": form})


@once_only
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One initiative: facts, committee, signatures, the term, history, and what may be done now."""
    at = _check(request, "see")
    mine = get_object_or_404(Initiative.objects.select_related("contact"), pk=pk)
    deed = request.POST.get("deed", "") if request.method == "POST" else ""
    offered = _offered(request, mine, deed, at)
    if deed and (deed not in offered or offered[deed] is None or offered[deed].is_valid()):
        try:
            _do(mine, deed, offered.get(deed), request.user)
            messages.success(request, _("Written down. The committee was told."))
            return redirect("initiatives_initiative", pk)
        except rules.NotYours as refusal:
            raise PermissionDenied from refusal
        except rules.InitiativeRefused as refusal:
            messages.error(request, str(refusal))
    return render(request, "initiatives/staff/initiative.html", _context(request, mine, offered, at))


def _offered(request: HttpRequest, mine: Initiative, deed: str, at: datetime) -> dict[str, Any]:
    if not rules.may(request.user, "handle", mine, at):
        return {}
    return {
        name: form(request.POST if deed == name else None, prefix=name) if form else None
        for name, (_words, form, states, _action) in DEEDS.items()
        if mine.state in states
    }


def _do(mine: Initiative, deed: str, form: Any, person: Any) -> None:
    if deed not in DEEDS or (DEEDS[deed][1] is not None and form is None):
        raise rules.InitiativeRefused(_("This initiative has moved on a moment ago. Look where it stands now."))
    DEEDS[deed][3](initiative=mine, person=person, **(form.cleaned_data if form else {}))


def _context(request: HttpRequest, mine: Initiative, offered: dict[str, Any], at: datetime) -> dict[str, Any]:
    members = list(mine.members.all()) if rules.may(request.user, "read", mine, at) else []
    if members and request.method == "GET":
        record(deed="initiatives.read_committee", subject=mine, actor=request.user)
    due = queries.agenda_due(mine)
    return {
        "mine": mine, "members": members, "standing": supporting.standing(mine), "due": polish_until(due) if due else "",
        "steps": [(each, polish_date(each.happened_at)) for each in mine.steps.select_related("person")],
        "letters": papers.LETTERS, "offered": [(name, DEEDS[name][0], form) for name, form in offered.items()],
    }  # fmt: skip


@require_safe
def letter(request: HttpRequest, pk: int, step: int, kind: str) -> HttpResponse:
    """The letter of a step to the committee as PDF or DOCX; it holds names."""
    _check(request, "read")
    if kind not in RENDERED:
        raise Http404
    rows = InitiativeStep.objects.select_related("initiative").filter(initiative=pk, state__in=papers.LETTERS)
    found = get_object_or_404(rows, pk=step)
    record(deed="initiatives.read_letter", subject=found.initiative, actor=request.user)
    rendered, media_type = RENDERED[kind]
    return made_file(rendered(papers.letter(found)), media_type, f"pismo-{found.initiative.slug}-{found.state}.{kind}")

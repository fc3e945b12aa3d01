"""Screens of staff: the register, registering a committee's notice, one initiative with its deeds."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages

from ratusz.casework.documents.made_files import document_file
from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.dates import polish_date, polish_until
from ratusz.foundation.kit.made_files import XLSX, made_file
from ratusz.foundation.once.sending import once_only
from ratusz.participation.initiatives import actions, papers, queries, rules, supporting
from ratusz.participation.initiatives import forms as our
from ratusz.participation.initiatives.models import Initiative, InitiativeState, InitiativeStep
from ratusz.participation.initiatives.views import deeds
from ratusz.participation.initiatives.views.deeds import Deed, check, say_in

PAGE, MOST = 50, 5_000
S = InitiativeState


def _moved(mine: Initiative) -> str:
    told = _("The committee got an e-mail about it.")
    if mine.contact is None:
        told = _("The committee gave no e-mail address: print the letter beside this step and send it.")
    return _("Where the initiative stands now: %(state)s.") % {"state": mine.get_state_display()} + " " + told


DEEDS = {
    "file": Deed(gettext_lazy("The signed lists came"), our.FiledForm, actions.file_draft, (S.COLLECTING, S.CALLED), _moved),
    "valid": Deed(gettext_lazy("The requirements are met"), None, actions.find_valid, (S.FILED,), _moved),
    "call": Deed(gettext_lazy("Call the committee to complete"), our.WordsForm, actions.call_to_complete, (S.FILED,), _moved),
    "return": Deed(gettext_lazy("Return the draft"), our.WordsForm, actions.return_draft, (S.FILED, S.CALLED), _moved),
    "agenda": Deed(gettext_lazy("It is on an agenda"), our.SessionForm, actions.put_on_agenda, (S.VALID, S.AGENDA), _moved),
    "result": Deed(gettext_lazy("The Council has voted"), our.ResultForm, actions.note_result, (S.AGENDA,), _moved),
    "withdraw": Deed(
        gettext_lazy("The committee withdraws it"), None, actions.withdraw_initiative,
        (S.COLLECTING, S.FILED, S.CALLED, S.VALID, S.AGENDA), _moved,
    ),
}  # fmt: skip


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """All initiatives, narrowed."""
    at = check(request, "see")
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
    check(request, "see")
    found = queries.register(our.RegisterFilter(request.GET).chosen())[:MOST]
    return made_file(papers.workbook(found), XLSX, "inicjatywy.xlsx")


@once_only
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """A committee's notice from paper."""
    check(request, "handle")
    form = our.RegisterForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            made = actions.register_initiative(**form.facts(), person=request.user)
            messages.success(request, _("The initiative has the number %(number)s.") % {"number": made.number})
            return redirect("initiatives_initiative", made.pk)
        except rules.InitiativeRefused as refusal:
            say_in(form, refusal)
    return render(request, "initiatives/staff/enter.html", {"form": form})


@once_only
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One initiative: facts, committee, signatures, the term, history, and what may be done now."""
    at = check(request, "see")
    mine = get_object_or_404(Initiative.objects.select_related("contact"), pk=pk)
    offered = deeds.offer(request, DEEDS, at, lambda _name, deed: mine.state in deed.states)
    gone = _("This initiative has moved on a moment ago. Look where it stands now.")
    if deeds.is_done(request, DEEDS, offered, gone=gone, initiative=mine):
        return redirect("initiatives_initiative", pk)
    return render(request, "initiatives/staff/initiative.html", _context(request, mine, offered, at))


def _context(request: HttpRequest, mine: Initiative, offered: deeds.Offered, at: datetime) -> dict[str, Any]:
    members = list(mine.members.all()) if rules.may(request.user, "read", mine, at) else []
    if members and request.method == "GET":
        record(deed="initiatives.read_committee", subject=mine, actor=request.user)
    due = queries.agenda_due(mine)
    return {
        "mine": mine, "members": members, "standing": supporting.standing(mine), "due": polish_until(due) if due else "",
        "steps": [(each, polish_date(each.happened_at)) for each in mine.steps.select_related("person")],
        "offered": deeds.on_page(DEEDS, offered),
    }  # fmt: skip


@require_safe
def letter(request: HttpRequest, pk: int, step: int, kind: str) -> HttpResponse:
    """The letter of a step to the committee as PDF or DOCX; it holds names."""
    check(request, "read")
    rows = InitiativeStep.objects.select_related("initiative").filter(initiative=pk)
    found = get_object_or_404(rows, pk=step)
    file = document_file(papers.letter(found), kind, f"pismo-{found.initiative.slug}-{found.state}")
    record(deed="initiatives.read_letter", subject=found.initiative, actor=request.user)
    return file

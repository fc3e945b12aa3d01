"""Screens of staff: all debates, setting one up, its forms in the order of receipt, one form checked, letters and lists."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages

from ratusz.casework.documents.made_files import document_file
from ratusz.foundation.audit.actions import record
from ratusz.foundation.files.rules import FileRefused
from ratusz.foundation.kit.dates import polish_date, polish_moment, polish_until
from ratusz.foundation.kit.made_files import XLSX, made_file
from ratusz.foundation.once.sending import once_only
from ratusz.foundation.territory.queries import find_district
from ratusz.participation.initiatives import rules as ours
from ratusz.participation.initiatives import terms
from ratusz.participation.initiatives.debates import actions, papers, queries, rules, said
from ratusz.participation.initiatives.debates import forms as our
from ratusz.participation.initiatives.models import Debate, DebateEntry, EntryState
from ratusz.participation.initiatives.views import deeds
from ratusz.participation.initiatives.views.deeds import Deed, check, say_in

E = EntryState
DEEDS = {
    "list": Deed(gettext_lazy("Put on the list"), our.ListForm, actions.list_entry, (E.RECEIVED,), said.listed),
    "refuse": Deed(gettext_lazy("Refuse"), our.RefuseForm, actions.refuse_entry, (E.RECEIVED,), said.refused),
    "withdraw": Deed(
        gettext_lazy("The person withdraws the form"), None, actions.withdraw_entry, (E.RECEIVED, E.LISTED), said.withdrawn
    ),
    "reopen": Deed(
        gettext_lazy("Back to checking: it was decided by mistake"),
        None,
        actions.reopen_entry,
        (E.LISTED, E.REFUSED, E.WITHDRAWN),
        said.reopened,
    ),
}


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """All debates."""
    at = check(request, "see")
    rows = [(each, polish_moment(each.session_at)) for each in queries.register()]
    context = {"rows": rows, "may_handle": ours.may(request.user, "handle", None, at)}
    return render(request, "initiatives/staff/debates/register.html", context)


@once_only
@require_http_methods(["GET", "HEAD", "POST"])
def save(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """A new debate, or one changed."""
    at = check(request, "handle")
    mine = get_object_or_404(Debate, pk=pk) if pk else None
    start = {name: getattr(mine, name) for name in actions.FACTS} if mine else {}
    form = our.DebateForm(request.POST if request.method == "POST" else None, at=at, initial=start)
    if form.is_valid():
        try:
            made = actions.save_debate(facts=form.cleaned_data, debate=mine, person=request.user)
            if words := rules.report_warning(made.report_on, made.year, terms.term("report_day", at)):
                messages.warning(request, words)
            messages.success(request, _("The debate is saved. Everybody sees its page."))
            return redirect("initiatives_debate", made.pk)
        except ours.InitiativeRefused as refusal:
            say_in(form, refusal)
    return render(request, "initiatives/staff/debates/save.html", {"form": form, "mine": mine})


@once_only
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One debate: who speaks, who waits, what is to be checked, and how it went."""
    at = check(request, "read")
    mine = get_object_or_404(Debate, pk=pk)
    start = {"resolution": mine.resolution, "words": mine.words}
    result = our.ResultForm(request.POST if request.method == "POST" else None, initial=start)
    if result.is_valid():
        try:
            actions.note_result(debate=mine, person=request.user, **result.cleaned_data)
            messages.success(request, _("Written down."))
            return redirect("initiatives_debate", pk)
        except ours.NotYours as refusal:
            raise PermissionDenied from refusal
        except ours.InitiativeRefused as refusal:
            say_in(result, refusal)
    if request.method == "GET":
        record(deed="initiatives.read_entries", subject=mine, actor=request.user)
    return render(request, "initiatives/staff/debates/debate.html", _context(request, mine, result, at))


def _context(request: HttpRequest, mine: Debate, result: Any, at: datetime) -> dict[str, Any]:
    entries = list(mine.entries.all())
    places = {each.entry.pk: queries.place_words(each) for each in queries.in_order(mine, entries)}
    chosen = request.GET.get("stan", "")
    shown = [each for each in entries if not chosen or each.state == chosen]
    return {
        "mine": mine, "entries": [(each, polish_moment(each.received_at), places.get(each.pk, "")) for each in shown],
        "session": polish_moment(mine.session_at), "until": polish_until(rules.closes_at(mine.session_at)), "result": result,
        "closed": rules.why_closed(mine, at), "speaking": min(len(places), mine.most_speakers), "chosen": chosen,
        "states": EntryState.choices, "is_over": mine.session_at <= at, "may_handle": ours.may(request.user, "handle", None, at),
        "report_on": polish_date(mine.report_on) if mine.report_on else "",
    }  # fmt: skip


@once_only
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, pk: int) -> HttpResponse:
    """A form from paper; one that came too late is refused at once."""
    check(request, "handle")
    mine = get_object_or_404(Debate, pk=pk)
    posted = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = our.EnterEntryForm(*posted)
    if form.is_valid():
        try:
            made = actions.enter_entry(debate=mine, person=request.user, **form.cleaned_data)
            if made.state == E.REFUSED:
                messages.warning(request, rules.refusal_words(mine, made.refusal, None))
            messages.success(request, _("The form has the number %(code)s on its receipt.") % {"code": made.receipt})
            return redirect("initiatives_debate_entry", pk, made.pk)
        except FileRefused as refusal:
            form.add_error("upload", refusal)
        except ours.InitiativeRefused as refusal:
            say_in(form, refusal)
    return render(request, "initiatives/staff/debates/enter.html", {"form": form, "mine": mine})


@once_only
@require_http_methods(["GET", "HEAD", "POST"])
def entry(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One form: who, where they live, the scan, what was found, and what may be done now."""
    at = check(request, "read")
    mine = get_object_or_404(DebateEntry.objects.select_related("debate", "contact", "scan"), pk=number, debate=pk)
    is_ahead = mine.debate.session_at > at
    offered = deeds.offer(request, DEEDS, at, lambda name, deed: mine.state in deed.states and (is_ahead or name != "reopen"))
    gone = _("This form has been settled a moment ago. Look where it stands now.")
    if deeds.is_done(request, DEEDS, offered, gone=gone, entry=mine):
        return redirect("initiatives_debate_entry", pk, number)
    if request.method == "GET":
        record(deed="initiatives.read_entries", subject=mine, actor=request.user)
    context = {
        "mine": mine, "received": polish_moment(mine.received_at),
        "district": find_district(address=mine.home) if mine.home else None,
        "doubles": list(queries.doubles(mine)), "offered": deeds.on_page(DEEDS, offered),
        "why": rules.refusal_words(mine.debate, mine.refusal, mine.signatures) if mine.refusal else "",
    }  # fmt: skip
    return render(request, "initiatives/staff/debates/entry.html", context)


@require_safe
def letter(request: HttpRequest, pk: int, number: int, kind: str) -> HttpResponse:
    """The letter about a form as PDF or DOCX."""
    check(request, "read")
    mine = get_object_or_404(DebateEntry.objects.select_related("debate"), pk=number, debate=pk)
    file = document_file(papers.letter(mine), kind, f"pismo-debata-{mine.order}")
    record(deed="initiatives.read_entries", subject=mine, actor=request.user)
    return file


@require_safe
def speakers(request: HttpRequest, pk: int) -> HttpResponse:
    """The list with names for whoever presides; each reading is recorded."""
    check(request, "read")
    mine = get_object_or_404(Debate, pk=pk)
    record(deed="initiatives.read_entries", subject=mine, actor=request.user)
    return document_file(papers.speakers_list(mine), "pdf", f"lista-mowcow-{mine.year}")


@require_safe
def download(request: HttpRequest, pk: int) -> HttpResponse:
    """All forms without names as a workbook."""
    check(request, "see")
    mine = get_object_or_404(Debate, pk=pk)
    return made_file(papers.workbook(mine, mine.entries.all()), XLSX, f"debata-{mine.year}.xlsx")

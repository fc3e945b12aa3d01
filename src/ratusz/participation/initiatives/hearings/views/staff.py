"""Screens of staff: all hearings, planning one, one with its opinions and deeds, the position on an opinion."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages

from ratusz.casework.documents.made_files import document_file
from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.dates import local_day, polish_date
from ratusz.foundation.kit.made_files import XLSX, made_file
from ratusz.foundation.once.sending import once_only
from ratusz.participation.initiatives import rules as ours
from ratusz.participation.initiatives import terms
from ratusz.participation.initiatives.hearings import actions, papers, queries, rules, said
from ratusz.participation.initiatives.hearings import forms as our
from ratusz.participation.initiatives.hearings.views.public import dossier_of
from ratusz.participation.initiatives.models import Hearing, HearingOpinion
from ratusz.participation.initiatives.views import deeds
from ratusz.participation.initiatives.views.deeds import Deed, check, say_in

PAGE, MOST = 50, 5_000
DEEDS = {
    "announce": Deed(gettext_lazy("Announce the hearing"), None, actions.announce_hearing, done=said.announced),
    "list": Deed(gettext_lazy("Put the speakers in order"), None, actions.list_speakers, done=said.listed),
    "enter": Deed(
        gettext_lazy("Enter an opinion from paper or e-mail"), our.EnterOpinionForm, actions.file_opinion, done=said.entered
    ),
    "hand": Deed(gettext_lazy("Hand the dossier to councillors"), None, actions.hand_over, done=said.handed_over),
    "vote": Deed(gettext_lazy("The Council has voted"), our.VoteForm, actions.note_vote, done=said.voted),
}


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """All hearings, prepared ones too."""
    at = check(request, "see")
    form = our.RegisterFilter(request.GET)
    page = Paginator(queries.register(form.chosen(), is_staff=True), PAGE).get_page(request.GET.get("p"))
    query = request.GET.copy()
    query.pop("p", None)
    rows = [(each, polish_date(each.meeting.starts_at), queries.state_of(each, at)) for each in page]
    context = {
        "form": form,
        "page": page,
        "query": query.urlencode(),
        "rows": rows,
        "may_handle": ours.may(request.user, "handle", None, at),
    }
    return render(request, "initiatives/staff/hearings/register.html", context)


@require_safe
def download(request: HttpRequest) -> HttpResponse:
    """The register of a filter as a workbook; nobody is named."""
    at = check(request, "see")
    found = queries.register(our.RegisterFilter(request.GET).chosen(), is_staff=True)[:MOST]
    return made_file(papers.workbook(found, at), XLSX, "wysluchania.xlsx")


@once_only
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest) -> HttpResponse:
    """A new hearing with its meeting; an unusual hour is said, not refused."""
    at = check(request, "handle")
    form = our.HearingForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            made = actions.plan_hearing(**form.facts(), person=request.user)
            for words in rules.slot_warnings(made.meeting.starts_at, terms.term("hearing_from_hour", at)):
                messages.warning(request, words)
            messages.success(request, _("The hearing has the number %(number)s.") % {"number": made.number})
            return redirect("initiatives_hearing", made.pk)
        except ours.InitiativeRefused as refusal:
            say_in(form, refusal)
    return render(request, "initiatives/staff/hearings/plan.html", {"form": form})


@once_only
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """What is said of the hearing; its day is changed at its meeting."""
    check(request, "handle")
    mine = get_object_or_404(Hearing.objects.select_related("meeting"), pk=pk)
    start = {name: getattr(mine, name) for name in actions.FACTS}
    day = local_day(mine.meeting.starts_at)
    form = our.HearingFactsForm(request.POST if request.method == "POST" else None, initial=start, hearing_on=day)
    if form.is_valid():
        try:
            actions.change_hearing(hearing=mine, facts=form.cleaned_data, person=request.user)
            messages.success(request, _("Saved."))
            return redirect("initiatives_hearing", pk)
        except ours.InitiativeRefused as refusal:
            say_in(form, refusal)
    return render(request, "initiatives/staff/hearings/plan.html", {"form": form, "mine": mine})


@once_only
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One hearing: its facts, speakers, opinions, what is missing, and what may be done now."""
    at = check(request, "see")
    mine = get_object_or_404(Hearing.objects.select_related("meeting__place"), pk=pk)
    late = queries.not_in_line(mine) if mine.listed_at and mine.meeting.state == "announced" else []
    fits = _fitting(mine, len(late))
    offered = deeds.offer(request, DEEDS, at, lambda name, _deed: fits[name])
    gone = _("This hearing has moved on a moment ago. Look where it stands now.")
    if deeds.is_done(request, DEEDS, offered, gone=gone, hearing=mine):
        return redirect("initiatives_hearing", pk)
    context = _context(mine, offered, at) | {"late": len(late)}
    if request.method == "GET" and any(each.text and not each.shown_text for each in context["opinions"]):
        record(deed="initiatives.read_opinion", subject=mine, actor=request.user)
    return render(request, "initiatives/staff/hearings/hearing.html", context)


def _fitting(mine: Hearing, late: int) -> dict[str, bool]:
    is_open = mine.handed_at is None and mine.meeting.state != "cancelled"
    return {
        "announce": is_open and mine.meeting.state == "draft",
        "list": is_open and mine.meeting.state == "announced" and (late > 0 or not mine.listed_at),
        "enter": is_open and mine.meeting.state != "draft", "hand": is_open and mine.meeting.state == "held",
        "vote": mine.handed_at is not None and mine.is_adopted is None,
    }  # fmt: skip


def _context(mine: Hearing, offered: deeds.Offered, at: datetime) -> dict[str, Any]:
    opinions = list(mine.opinions.all())
    is_ahead, starts_at = mine.meeting.starts_at > at, mine.meeting.starts_at
    return {
        "mine": mine, "state": queries.state_of(mine, at), "facts": papers.facts_of(mine), "opinions": opinions,
        "until": polish_date(mine.opinions_until),
        "speakers": mine.speaker_count if mine.listed_at else queries.speaking(mine).count(),
        "gaps": rules.gaps(mine, opinions, at) if mine.meeting.state == "held" and mine.handed_at is None else [],
        "warnings": rules.slot_warnings(starts_at, terms.term("hearing_from_hour", at)) if is_ahead else [],
        "offered": deeds.on_page(DEEDS, offered),
    }  # fmt: skip


@once_only
@require_http_methods(["GET", "HEAD", "POST"])
def opinion(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One opinion with its author, and the position of the author of the draft."""
    at = check(request, "read")
    rows = HearingOpinion.objects.select_related("hearing__meeting", "contact")
    mine = get_object_or_404(rows, hearing=pk, number=number)
    start = {name: getattr(mine, name) for name in ("organisation", "position", "reasons")}
    start["shown_text"] = mine.shown_text or mine.text
    form = our.PositionForm(request.POST if request.method == "POST" else None, initial=start)
    if form.is_valid():
        try:
            actions.answer_opinion(opinion=mine, **form.cleaned_data, person=request.user)
            messages.success(request, _("The position is written. Everybody reads it."))
            return redirect("initiatives_hearing", pk)
        except ours.NotYours as refusal:
            raise PermissionDenied from refusal
        except ours.InitiativeRefused as refusal:
            say_in(form, refusal)
    if request.method == "GET":
        record(deed="initiatives.read_opinion", subject=mine, actor=request.user)
    context = {
        "mine": mine,
        "form": form,
        "may_answer": ours.may(request.user, "handle", None, at) and (form.is_bound or _is_open(mine)),
    }
    return render(request, "initiatives/staff/hearings/opinion.html", context)


def _is_open(opinion: HearingOpinion) -> bool:
    return opinion.hearing.handed_at is None and not opinion.is_gone


@require_safe
def paper(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The dossier as PDF or DOCX, a working copy before it is handed over."""
    check(request, "see")
    mine = get_object_or_404(Hearing.objects.select_related("meeting__place"), pk=pk)
    return document_file(dossier_of(mine), kind, f"teczka-{mine.slug}")


@require_safe
def speakers(request: HttpRequest, pk: int) -> HttpResponse:
    """The list of speakers in their order for whoever presides; each reading is recorded."""
    check(request, "read")
    mine = get_object_or_404(Hearing.objects.select_related("meeting"), pk=pk)
    record(deed="initiatives.read_speakers", subject=mine, actor=request.user)
    names = [each.who for each in mine.meeting.speakers.all()] if mine.listed_at else [each.name for each in queries.speaking(mine)]
    return document_file(papers.speakers_sheet(mine, names), "pdf", f"mowcy-{mine.slug}")

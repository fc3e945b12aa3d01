"""Pages of everybody: the register of hearings, one hearing with its opinions and papers, writing an opinion."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from ratusz.casework.documents.made_files import document_file
from ratusz.casework.meetings import queries_minutes, signing_up
from ratusz.casework.meetings.wording import path_of
from ratusz.foundation.audit.addresses import client_line
from ratusz.foundation.kit import page_dates
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.made_files import CSV, XLSX, made_file
from ratusz.foundation.kit.spreadsheets import csv_lines
from ratusz.foundation.once.sending import once_only
from ratusz.participation.initiatives.guide import guide_card
from ratusz.participation.initiatives.hearings import actions, papers, queries, rules
from ratusz.participation.initiatives.hearings.forms import PublicOpinionForm, RegisterFilter
from ratusz.participation.initiatives.models import Hearing
from ratusz.participation.initiatives.rules import InitiativeRefused
from ratusz.participation.initiatives.views.deeds import say_in
from ratusz.publishing.website.models import GuidePage
from ratusz.ui.parts import Cell, Column, Fact, Link

PAGE, MOST = 30, 5_000


def crumbs(*more: Link) -> list[Link]:
    """The way to the register."""
    return [Link(_("Public hearings"), reverse("hearings:register")), *more]


@never_cache
@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """All announced hearings, narrowed."""
    form, at = RegisterFilter(request.GET), database_now()
    page = Paginator(queries.register(form.chosen()), PAGE).get_page(request.GET.get("strona"))
    columns = [
        Column("number", _("Number")), Column("title", _("Title of the draft resolution"), is_heading=True),
        Column("day", _("Day of the hearing")), Column("state", _("State of the hearing")),
    ]  # fmt: skip
    rows = [
        {
            "number": each.number, "title": Cell(each.title, url=each.get_absolute_url()),
            "day": page_dates.day(each.meeting.starts_at), "state": queries.state_of(each, at),
        }
        for each in page
    ]  # fmt: skip
    query = request.GET.copy()
    query.pop("strona", None)
    context = {
        "form": form,
        "page": page,
        "columns": columns,
        "rows": rows,
        "query": query.urlencode(),
        "guide": guide_card(GuidePage.Process.HEARING),
    }
    return render(request, "initiatives/hearings/register.html", context)


@require_safe
def download(request: HttpRequest, kind: str) -> HttpResponse:
    """The register of a filter as a table."""
    if kind not in ("csv", "xlsx"):
        raise Http404
    found, at = queries.register(RegisterFilter(request.GET).chosen())[:MOST], database_now()
    if kind == "csv":
        return made_file("".join(csv_lines([papers.columns(), *papers.rows(found, at)])).encode(), CSV, "wysluchania.csv")
    return made_file(papers.workbook(found, at), XLSX, "wysluchania.xlsx")


def _found(slug: str) -> Hearing:
    found = queries.by_slug(slug)
    if found is None:
        raise Http404
    return found


@never_cache
@require_safe
def hearing(request: HttpRequest, slug: str) -> HttpResponse:
    """One hearing: the draft, when and where, how to speak and write, opinions with positions, what the Council resolved."""
    mine, at = _found(slug), database_now()
    closes_at, meeting = signing_up.list_closes_at(mine.meeting), mine.meeting
    context = {
        "mine": mine, "crumbs": crumbs(Link(mine.number, "")), "state": queries.state_of(mine, at),
        "facts": [Fact(*pair) for pair in papers.facts_of(mine)], "meeting_url": path_of(meeting),
        "why_closed": signing_up.why_closed(meeting, at), "closes": page_dates.until(closes_at) if closes_at else "",
        "why_no_opinions": rules.why_no_opinions(mine, at), "until": page_dates.day(mine.opinions_until),
        "speakers": mine.speaker_count if mine.listed_at else queries.speaking(mine).count(),
        "opinions": list(mine.opinions.all()), "minutes": queries_minutes.standing_of(meeting, at),
        "is_over": meeting.ends_at <= at,
        "handed": page_dates.day(mine.handed_at) if mine.handed_at else "",
        "session": page_dates.day(mine.session_on) if mine.session_on else "",
    }  # fmt: skip
    return render(request, "initiatives/hearings/hearing.html", context)


@require_safe
def dossier(request: HttpRequest, slug: str) -> HttpResponse:
    """What councillors got, as PDF; not before they did."""
    mine = _found(slug)
    if mine.handed_at is None:
        raise Http404
    return document_file(dossier_of(mine), "pdf", f"teczka-{mine.slug}")


def dossier_of(mine: Hearing) -> Any:
    """The dossier as blocks."""
    minutes = queries_minutes.standing_of(mine.meeting, database_now())
    return papers.dossier(mine, list(mine.opinions.all()), mine.speaker_count, minutes.number if minutes else "")


@require_safe
def blank(request: HttpRequest, slug: str) -> HttpResponse:
    """An opinion to fill in by hand."""
    mine = _found(slug)
    return document_file(papers.blank_opinion(mine), "pdf", f"opinia-{mine.slug}")


@never_cache
@csrf_protect
@sensitive_post_parameters()
@once_only
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, slug: str) -> HttpResponse:
    """The form of an opinion; after it a receipt."""
    mine, at = _found(slug), database_now()
    context = {"mine": mine, "crumbs": crumbs(Link(mine.number, mine.get_absolute_url()))}
    # Whoever wrote while the term ended is told so above what they typed.
    if request.method != "POST" and (words := rules.why_no_opinions(mine, at)):
        return render(request, "initiatives/hearings/closed.html", context | {"words": words}, status=409)
    form = PublicOpinionForm(request.POST if request.method == "POST" else None, at=at, line=client_line(request))
    if form.is_bound and form.is_valid():
        try:
            made = actions.file_opinion(hearing=mine, **form.cleaned_data)
            return redirect("hearings:sent", mine.slug, made.form_key)
        except InitiativeRefused as refusal:
            say_in(form, refusal)
    return render(
        request, "initiatives/hearings/write.html", context | {"form": form, "until": page_dates.day(mine.opinions_until)}
    )


@never_cache
@require_safe
def sent(request: HttpRequest, slug: str, key: Any) -> HttpResponse:
    """The receipt of an opinion, by the key of its form that nobody can guess."""
    mine = _found(slug)
    made = mine.opinions.filter(form_key=key).first()
    if made is None:
        raise Http404
    context = {"mine": mine, "made": made, "crumbs": crumbs(Link(mine.number, mine.get_absolute_url()))}
    return render(request, "initiatives/hearings/sent.html", context)

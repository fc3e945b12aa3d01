"""Pages of everybody: all debates, one with its list and its paper form, filing a signed form, its receipt."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from ratusz.casework.documents.made_files import document_file
from ratusz.foundation.audit.addresses import client_line
from ratusz.foundation.files.rules import FileRefused
from ratusz.foundation.kit import page_dates
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.once.sending import once_only
from ratusz.participation.initiatives import terms
from ratusz.participation.initiatives.debates import actions, papers, queries, rules
from ratusz.participation.initiatives.debates.forms import PublicEntryForm
from ratusz.participation.initiatives.guide import guide_card
from ratusz.participation.initiatives.models import Debate
from ratusz.participation.initiatives.rules import InitiativeRefused
from ratusz.participation.initiatives.views.deeds import say_in
from ratusz.publishing.website.models import GuidePage
from ratusz.ui.parts import Cell, Column, Fact, Link


def crumbs(*more: Link) -> list[Link]:
    """The way to all debates."""
    return [Link(_("Debates on the state of the municipality"), reverse("debates:register")), *more]


@never_cache
@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """All debates by year."""
    columns = [
        Column("year", _("Report for the year"), is_heading=True), Column("session", _("Session with the debate")),
        Column("listed", _("Residents on the list"), is_number=True),
        Column("resolution", _("Resolution on the vote of confidence")),
    ]  # fmt: skip
    rows = [
        {
            "year": Cell(str(each.year), url=each.get_absolute_url()), "session": page_dates.day(each.session_at),
            "listed": each.listed, "resolution": each.resolution,
        }
        for each in queries.register()
    ]  # fmt: skip
    at = database_now()
    context = {
        "columns": columns,
        "rows": rows,
        "speakers": terms.term("debate_speakers", at),
        "guide": guide_card(GuidePage.Process.DEBATE),
    }
    return render(request, "initiatives/debates/register.html", context)


def _found(year: int) -> Debate:
    return get_object_or_404(Debate, year=year)


def title_of(mine: Debate) -> str:
    """As its pages are headed."""
    return _("Debate on the state of the municipality in %(year)s") % {"year": mine.year}


@never_cache
@require_safe
def debate(request: HttpRequest, year: int) -> HttpResponse:
    """One debate: the report, until when and how to ask to speak, the list by places, how it went."""
    mine, at = _found(year), database_now()
    places, closed = queries.in_order(mine), rules.why_closed(mine, at)
    columns = [Column("place", _("Place on the list"), is_heading=True), Column("received", _("Form received"))]
    facts = [
        Fact(_("Session"), page_dates.moment(mine.session_at, with_weekday=True)), Fact(_("Place"), mine.place),
        Fact(_("How many residents speak"), _speakers(mine)), Fact(_("Signatures needed"), str(mine.signatures_needed)),
    ]  # fmt: skip
    context = {
        "mine": mine, "title": title_of(mine), "crumbs": crumbs(Link(str(mine.year), "")), "facts": facts, "closed": closed,
        "until": "" if closed else page_dates.until(rules.closes_at(mine.session_at)), "columns": columns,
        "rows": [{"place": queries.place_words(each), "received": page_dates.moment(each.entry.received_at)} for each in places],
        "reserve": not closed and sum(each.speaks for each in places) >= mine.most_speakers, "is_over": mine.session_at <= at,
        "report_on": page_dates.day(mine.report_on) if mine.report_on else "",
        "is_presented": mine.report_on is not None and mine.report_on <= local_day(at),
        "basis": terms.entry("debate_signatures", at).legal_basis,
        "scan_is_sure": terms.entry("debate_scan_is_enough", at).is_confirmed,
    }  # fmt: skip
    return render(request, "initiatives/debates/debate.html", context)


def _speakers(mine: Debate) -> str:
    if not mine.raised_by:
        return str(mine.most_speakers)
    return _("%(count)s, raised by the resolution %(number)s") % {"count": mine.most_speakers, "number": mine.raised_by}


@require_safe
def blank(request: HttpRequest, year: int) -> HttpResponse:
    """The form to print, with lines for signatures."""
    return document_file(papers.blank_form(_found(year)), "pdf", f"zgloszenie-do-debaty-{year}")


@never_cache
@csrf_protect
@sensitive_post_parameters()
@once_only
@require_http_methods(["GET", "HEAD", "POST"])
def file(request: HttpRequest, year: int) -> HttpResponse:
    """Filing the scan of a signed form; its place is the moment it came."""
    mine, at = _found(year), database_now()
    context = {"mine": mine, "title": title_of(mine), "crumbs": crumbs(Link(str(year), mine.get_absolute_url()))}
    if request.method != "POST" and (words := rules.why_closed(mine, at)):
        return render(request, "initiatives/debates/closed.html", context | {"words": words}, status=409)
    posted = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = PublicEntryForm(*posted, at=at, line=client_line(request))
    if form.is_bound and form.is_valid():
        try:
            made = actions.file_entry(debate=mine, **form.cleaned_data)
            return redirect("debates:sent", year, made.form_key)
        except FileRefused as refusal:
            form.add_error("upload", refusal)
        except InitiativeRefused as refusal:
            say_in(form, refusal)
    until = page_dates.until(rules.closes_at(mine.session_at))
    return render(request, "initiatives/debates/file.html", context | {"form": form, "until": until})


@never_cache
@require_safe
def sent(request: HttpRequest, year: int, key: Any) -> HttpResponse:
    """The receipt of a form, by the key that nobody can guess."""
    mine = _found(year)
    made = get_object_or_404(mine.entries.all(), form_key=key)
    context = {
        "mine": mine, "made": made, "when": page_dates.moment(made.received_at), "title": title_of(mine),
        "crumbs": crumbs(Link(str(year), mine.get_absolute_url())),
    }  # fmt: skip
    return render(request, "initiatives/debates/sent.html", context)

"""Pages of everybody: the register with its files, one application, the form, and the applicant's own page behind a link."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from ratusz.casework.documents.typeset import pdf_of_document
from ratusz.foundation.audit.addresses import client_line
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import date_in_words, until_in_words
from ratusz.foundation.kit.made_files import CSV, XLSX, made_file
from ratusz.foundation.kit.spreadsheets import csv_lines
from ratusz.foundation.notifications.views.public import private
from ratusz.participation.consultations.applications import actions, links, papers, queries, rules, supporting, terms, wording
from ratusz.participation.consultations.applications.forms import (
    AppealForm,
    CompletionForm,
    DraftForm,
    PublicApplicationForm,
    RegisterFilter,
    ShortForm,
)
from ratusz.participation.consultations.models import Application, ApplicationState
from ratusz.participation.consultations.scope.forms import initial_of
from ratusz.ui.languages import also_in_ukrainian
from ratusz.ui.parts import Cell, Column, Fact, Link

PAGE, MOST = 30, 5_000


def _spoken() -> str:
    return get_language() or "pl"


def crumbs(*more: Link) -> list[Link]:
    """The way to the register."""
    return [Link(_("Applications for consultations"), reverse("consultation_applications:register")), *more]


def _filter(request: HttpRequest) -> RegisterFilter:
    return RegisterFilter(request.GET, years=queries.years())


@never_cache
@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """All public applications, narrowed."""
    form = _filter(request)
    page = Paginator(queries.register(form.chosen()), PAGE).get_page(request.GET.get("strona"))
    columns = [
        Column("number", _("Number")),
        Column("title", _("Title of the application"), is_heading=True),
        Column("scope", _("Territorial scope")),
        Column("state", _("State of the application")),
        Column("received", _("Received by the Office")),
    ]
    query = request.GET.copy()
    query.pop("strona", None)
    context = {
        "form": form,
        "page": page,
        "columns": columns,
        "rows": [_row(each) for each in page],
        "query": query.urlencode(),
        "needed": terms.term("supporters_needed", database_now()),
    }
    return render(request, "consultations/applications/register.html", context)


def _row(mine: Application) -> dict[str, Any]:
    return {
        "number": mine.number,
        "title": Cell(mine.title, url=mine.get_absolute_url()),
        "scope": wording.scope(mine),
        "state": str(mine.get_state_display()),
        "received": date_in_words(mine.submitted_at, _spoken()) if mine.submitted_at else "",
    }


@require_safe
def download(request: HttpRequest, kind: str) -> HttpResponse:
    """The register of a filter as a table."""
    if kind not in ("csv", "xlsx"):
        raise Http404
    found = queries.register(_filter(request).chosen())[:MOST]
    if kind == "csv":
        return made_file("".join(csv_lines([papers.columns(), *papers.rows(found)])).encode(), CSV, "wnioski-o-konsultacje.csv")
    return made_file(papers.workbook(found), XLSX, "wnioski-o-konsultacje.xlsx")


@also_in_ukrainian
@never_cache
@require_safe
def application(request: HttpRequest, slug: str) -> HttpResponse:
    """One application: what it asks for, where it stands, what happened, where to sign."""
    found = queries.by_slug(slug)
    if found is None:
        raise Http404
    return render(request, "consultations/applications/application.html", _shown(found))


def _shown(found: Application) -> dict[str, Any]:
    standing = supporting.standing(found)
    due = queries.terms_of(found)
    return {
        "application": found,
        "crumbs": crumbs(*([Link(found.number, found.get_absolute_url())] if found.number else [])),
        "facts": [Fact(label, words) for label, words in papers.facts_of(found)],
        "standing": standing,
        "collection": standing.collection if standing else None,
        "supporters": _supporters(found, standing),
        "steps": [
            (each, date_in_words(each.happened_at, _spoken()), until_in_words(each.due_at, _spoken()) if each.due_at else "")
            for each in found.steps.all()
        ],
        "state": wording.sentence(str(found.get_state_display())),
        "due": _due(due),
        "collects": found.state in (ApplicationState.COLLECTING, ApplicationState.CALLED),
        "consultation": found.consultation if found.consultation and found.consultation.is_public() else None,
    }


def _supporters(found: Application, standing: Any) -> str:
    if standing is None:
        return ""
    return _("%(valid)s of %(needed)s") % {"valid": standing.valid, "needed": found.needed}


def _due(due: dict[str, datetime | None]) -> list[str]:
    """Terms that run now, in words."""
    words = {
        rules.REPLY: _("The applicant completes the application %(until)s."),
        rules.DECISION: _("The President answers %(until)s."),
        rules.APPEAL: _("The applicant may appeal %(until)s."),
        rules.COUNCIL: _("The City Council hears the appeal %(until)s."),
    }
    return [text % {"until": until_in_words(moment, _spoken())} for rule, text in words.items() if (moment := due.get(rule))]


@also_in_ukrainian
@require_safe
def paper(request: HttpRequest, slug: str) -> HttpResponse:
    """The application as PDF."""
    found = queries.by_slug(slug)
    if found is None:
        raise Http404
    content = papers.document(found, found.steps.all(), _supporters(found, supporting.standing(found)))
    return made_file(pdf_of_document(content), "application/pdf", f"wniosek-{found.slug}.pdf")


@also_in_ukrainian
@require_safe
def blank(request: HttpRequest) -> HttpResponse:
    """The empty form to fill in by hand."""
    return made_file(pdf_of_document(papers.blank_form(database_now())), "application/pdf", "wniosek-o-konsultacje.pdf")


@also_in_ukrainian
@never_cache
@csrf_protect
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: HttpRequest) -> HttpResponse:
    """The form; its draft is nobody's but whoever reads the mailbox."""
    form = PublicApplicationForm(request.POST if request.method == "POST" else None, at=database_now(), line=client_line(request))
    if form.is_bound and form.is_valid():
        try:
            actions.save_draft(
                facts=form.facts(), areas=form.areas(), email=form.cleaned_data["email"], form_key=form.cleaned_data["form_key"]
            )
        except rules.ApplicationRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("consultation_applications:sent")
    context = {"form": form, "crumbs": crumbs(), "needed": terms.term("supporters_needed", database_now())}
    return render(request, "consultations/applications/apply.html", context)


@also_in_ukrainian
@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """The draft is kept; the link is in the mailbox."""
    return render(request, "consultations/applications/sent.html", {"crumbs": crumbs()})


@also_in_ukrainian
@csrf_protect
@private
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: HttpRequest, token: str) -> HttpResponse:
    """The applicant's own page: change the draft, collect, submit, complete, appeal, withdraw. Opening it changes nothing."""
    own = links.application_of(token)
    if own is None:
        return render(request, "consultations/applications/bad_link.html", status=404)
    at, deed = database_now(), request.POST.get("deed", "") if request.method == "POST" else ""
    forms = _forms_of(own, request, deed, at)
    if deed and (deed not in forms or forms[deed].is_valid()):
        try:
            messages.success(request, _do(own, deed, forms.get(deed)))
        except rules.ApplicationRefused as refusal:
            messages.warning(request, str(refusal))
        gone = own.pk is None or links.application_of(token) is None
        return redirect("consultation_applications:register") if gone else redirect(request.path)
    context = _shown(own) | {
        "own": own,
        "forms": forms,
        "missing": supporting.missing(own),
        "may_withdraw": rules.is_withdrawable(own),
        "is_draft": own.state == "draft",
    }
    return render(request, "consultations/applications/mine.html", context)


def _forms_of(own: Application, request: HttpRequest, deed: str, at: datetime) -> dict[str, Any]:
    """The forms of the page as its state allows, the sent one bound."""
    sent_by = partial(lambda name: request.POST if deed == name else None)
    if own.state == ApplicationState.DRAFT:
        texts = {name: getattr(own, name) for name in DraftForm.base_fields if hasattr(own, name)}
        initial = texts | {"proposed": own.forms} | initial_of(own.areas.all())
        return {"change": DraftForm(sent_by("change"), moment=at, initial=initial)} | _short_of(own, sent_by)
    if own.state == ApplicationState.COLLECTING:
        return _short_of(own, sent_by)
    if own.state == ApplicationState.CALLED:
        return {"answer": CompletionForm(sent_by("answer"))}
    return {"appeal": AppealForm(sent_by("appeal"))} if own.state == ApplicationState.REFUSED else {}


def _short_of(own: Application, sent_by: Callable[[str], Any]) -> dict[str, ShortForm]:
    """While signatures are missing: whoever submits says that they know it."""
    return {"submit": ShortForm(sent_by("submit"))} if supporting.missing(own) else {}


def _do(own: Application, deed: str, form: Any) -> str:
    """Does it; gives what to tell."""
    if deed in ("change", "answer", "appeal") and form is None:
        raise rules.ApplicationRefused(rules.moved_on_words())
    if deed == "change":
        actions.change_draft(application=own, facts=form.facts(), areas=form.areas())
        return _("The draft is saved.")
    if deed == "open":
        actions.open_collection(application=own)
        return _("The application is public and people may sign it.")
    if deed == "submit":
        actions.submit_application(application=own)
        return _("The application has reached the Office.")
    if deed == "answer":
        actions.answer_call(application=own, words=form.cleaned_data["words"])
        return _("Thank you. We check the application once more.")
    if deed == "appeal":
        actions.file_appeal(application=own, words=form.cleaned_data["words"])
        return _("Your appeal has reached the Office. The City Council hears it.")
    if deed == "withdraw":
        actions.withdraw_application(application=own)
        return _("The application is withdrawn.")
    raise Http404

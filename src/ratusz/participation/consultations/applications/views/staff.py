"""Screens of staff: the register, one application with its deeds, entering from paper, letters, terms of supporters."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages

from ratusz.casework.deadlines.rulebook import rule_of
from ratusz.casework.documents.made_files import document_file
from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day, polish_date, polish_until
from ratusz.foundation.kit.made_files import XLSX, made_file
from ratusz.foundation.once.sending import once_only
from ratusz.participation.consultations.applications import actions, papers, queries, rules, supporting, terms, wording
from ratusz.participation.consultations.applications.forms import (
    AcceptForm,
    CouncilForm,
    DayForm,
    EnterForm,
    RegisterFilter,
    TermsForm,
    WordsForm,
)
from ratusz.participation.consultations.models import Application, ApplicationState, ApplicationStep, SupportTerms

PAGE, MOST = 50, 5_000
S = ApplicationState
FORMS: dict[str, tuple[type, str, tuple[str, ...]]] = {
    "call": (WordsForm, "check", (S.SUBMITTED,)),
    "answer": (WordsForm, "enter", (S.CALLED,)),
    "accept": (AcceptForm, "decide", (S.COMPLETE,)),
    "refuse": (WordsForm, "decide", (S.SUBMITTED, S.CALLED, S.COMPLETE)),
    "delivered": (DayForm, "note", (S.REFUSED,)),
    "appeal": (WordsForm, "enter", (S.REFUSED,)),
    "session": (DayForm, "note", (S.APPEALED,)),
    "council": (CouncilForm, "note", (S.APPEALED,)),
}
"""Deed to its form, the right it needs and the states in which it stands on the page."""


def _check(request: HttpRequest, deed: str) -> datetime:
    at = database_now()
    if not rules.may(request.user, deed, None, at):
        raise PermissionDenied
    return at


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """All applications but drafts, narrowed."""
    at = _check(request, "see")
    form = RegisterFilter(request.GET, years=queries.years())
    page = Paginator(queries.register(form.chosen(), is_public=False), PAGE).get_page(request.GET.get("p"))
    rows = [
        (each, wording.five_words(each), wording.scope(each), polish_date(each.submitted_at) if each.submitted_at else "")
        for each in page
    ]
    query = request.GET.copy()
    query.pop("p", None)
    may = {deed: rules.may(request.user, deed, None, at) for deed in ("enter", "set_terms")}
    context = {"form": form, "page": page, "rows": rows, "query": query.urlencode(), "may": may}
    return render(request, "consultations/applications/staff/register.html", context)


@require_safe
def download(request: HttpRequest) -> HttpResponse:
    """The register of a filter as a workbook; no names."""
    _check(request, "see")
    form = RegisterFilter(request.GET, years=queries.years())
    return made_file(papers.workbook(queries.register(form.chosen(), is_public=False)[:MOST]), XLSX, "wnioski-o-konsultacje.xlsx")


@once_only
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One application: facts, supporters, terms, history, and what may be done now."""
    at = _check(request, "see")
    found = get_object_or_404(queries.with_areas(Application.objects.exclude(state="draft")), pk=pk)
    deed = request.POST.get("deed", "") if request.method == "POST" else ""
    offered = {
        name: form(request.POST if deed == name else None, prefix=name)
        for name, (form, right, states) in FORMS.items()
        if found.state in states and rules.may(request.user, right, found, at) and _is_due(found, name)
    }
    if deed and (deed not in offered or offered[deed].is_valid()):
        try:
            messages.success(request, _do(found, deed, offered.get(deed), request.user))
            return redirect("consultation_application", pk)
        except rules.NotYours as refusal:
            raise PermissionDenied from refusal
        except rules.ApplicationRefused as refusal:
            messages.error(request, str(refusal))
            if deed not in offered:
                return redirect("consultation_application", pk)
    return render(request, "consultations/applications/staff/application.html", _context(request, found, offered, at))


def _is_due(found: Application, name: str) -> bool:
    """The receipt of a refusal is noted once; a second call is not offered."""
    if name == "delivered":
        return found.delivered_at is None
    return name != "call" or not found.steps.filter(kind=ApplicationStep.Kind.CALLED).exists()


def _context(request: HttpRequest, found: Application, offered: dict[str, Any], at: datetime) -> dict[str, Any]:
    reads = rules.may(request.user, "read_people", found, at)
    if reads and request.method == "GET" and found.contact_name:
        record(deed="consultations.read_application_contact", subject=found, actor=request.user)
    due = queries.terms_of(found)
    return {
        "application": found,
        "facts": papers.facts_of(found),
        "standing": supporting.standing(found),
        "reads": reads,
        "steps": [
            (each, polish_date(each.happened_at), polish_until(each.due_at) if each.due_at else "", each.kind in papers.LETTERS)
            for each in found.steps.select_related("person")
        ],
        "due": [
            (rule_of(code, local_day(at)).name, polish_until(moment) if moment else _("waits")) for code, moment in due.items()
        ],
        "offered": [(name, TITLES[name], form) for name, form in offered.items()],
        "words": wording.five_words(found),
        "may_check": found.state == S.SUBMITTED and rules.may(request.user, "check", found, at),
        "may_withdraw": rules.is_withdrawable(found) and rules.may(request.user, "check", found, at),
        "may_sign": found.needed > 0,
    }


class _Titles(dict):
    """Words of a deed, translated when they are read."""

    def __getitem__(self, name: str) -> str:
        return {
            "call": _("Call to complete"),
            "answer": _("The applicant completed it on paper"),
            "accept": _("The President accepts"),
            "refuse": _("The President refuses"),
            "delivered": _("The refusal was received"),
            "appeal": _("An appeal came on paper"),
            "session": _("Day of the Council's session"),
            "council": _("What the City Council resolved"),
        }[name]


TITLES = _Titles()


def _do(found: Application, deed: str, form: Any, person: Any) -> str:
    """Does it; gives what to tell."""
    if deed not in DEEDS or (deed in FORMS and form is None):
        raise Http404
    DEEDS[deed](found, form.cleaned_data if form else {}, person)
    if deed not in TOLD:
        return _("Written down.")
    if found.contact_id is not None:
        return _("Written down. Whoever applied was told.")
    if deed in ON_PAPER:
        return _("Written down. The applicant left no e-mail address: print the letter in the history below and send it.")
    return _("Written down. The applicant left no e-mail address, so nobody was told.")


TOLD = ("call", "complete", "accept", "refuse", "appeal", "session", "council")
"""Deeds of which the applicant hears."""
ON_PAPER = ("call", "accept", "refuse", "council")
"""Those of them that are a letter, too: `papers.LETTERS`."""


DEEDS: dict[str, Callable[[Application, dict[str, Any], Any], Any]] = {
    "call": lambda mine, clean, person: actions.call_to_complete(application=mine, words=clean["words"], person=person),
    "answer": lambda mine, clean, person: actions.answer_call(application=mine, words=clean["words"], person=person),
    "complete": lambda mine, clean, person: actions.find_complete(application=mine, person=person),
    "accept": lambda mine, clean, person: actions.accept_application(
        application=mine, words=clean["words"], unit=clean["unit"], person=person
    ),
    "refuse": lambda mine, clean, person: actions.refuse_application(application=mine, words=clean["words"], person=person),
    "delivered": lambda mine, clean, person: actions.note_delivery(application=mine, day=clean["day"], person=person),
    "appeal": lambda mine, clean, person: actions.file_appeal(application=mine, words=clean["words"], person=person),
    "session": lambda mine, clean, person: actions.note_session(application=mine, day=clean["day"], person=person),
    "council": lambda mine, clean, person: actions.note_council(
        application=mine, is_upheld=clean["is_upheld"] == "1", resolution=clean["resolution"], words=clean["words"], person=person
    ),
    "withdraw": lambda mine, clean, person: actions.withdraw_application(application=mine, person=person),
}


@once_only
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """An application from paper or e-mail."""
    at = _check(request, "enter")
    form = EnterForm(request.POST if request.method == "POST" else None, moment=at)
    if form.is_valid():
        clean = form.cleaned_data
        try:
            made = actions.enter_application(
                facts=form.facts(),
                areas=form.areas(),
                received_on=clean["received_on"],
                channel=clean["channel"],
                person=request.user,
                email=clean["email"],
                form_key=clean["form_key"],
            )
            messages.success(request, _("The application has the number %(number)s.") % {"number": made.number})
            return redirect("consultation_application", made.pk)
        except rules.ApplicationRefused as refusal:
            form.add_error(None, str(refusal))
    return render(request, "consultations/applications/staff/enter.html", {"form": form})


@require_safe
def letter(request: HttpRequest, pk: int, step: int, kind: str) -> HttpResponse:
    """The letter of a step as PDF or DOCX."""
    _check(request, "read_people")
    found = get_object_or_404(
        ApplicationStep.objects.select_related("application"), pk=step, application=pk, kind__in=papers.LETTERS
    )
    file = document_file(papers.letter(found), kind, f"pismo-{found.application.slug}-{found.kind}")
    record(deed="consultations.read_application_contact", subject=found.application, actor=request.user)
    return file


@once_only
@require_http_methods(["GET", "HEAD", "POST"])
def support_terms(request: HttpRequest) -> HttpResponse:
    """Online or on paper only, with PESEL or without: set with a ground, each row stays."""
    at = _check(request, "set_terms")
    now = supporting.terms_now()
    form = TermsForm(
        request.POST if request.method == "POST" else None, initial={"is_online": now.is_online, "asks_pesel": now.asks_pesel}
    )
    if form.is_valid():
        try:
            actions.set_support_terms(person=request.user, **form.cleaned_data)
            messages.success(request, _("These terms hold from now."))
            return redirect("consultation_application_terms")
        except rules.ApplicationRefused as refusal:
            form.add_error("ground", str(refusal))
    rows = [(each, polish_date(each.set_at)) for each in SupportTerms.objects.select_related("set_by")[:50]]
    context = {
        "form": form,
        "rows": rows,
        "warning": terms.term("pesel_warning", at),
        "needed": terms.entry("supporters_needed", at),
    }
    return render(request, "consultations/applications/staff/terms.html", context)

"""The register of requests, the page of one with what may be done, and entering what came by another way."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages

from ratusz.casework.deadlines.models import Clock
from ratusz.casework.deadlines.reckoning import longest_due
from ratusz.casework.deadlines.rulebook import NoSuchRule
from ratusz.casework.requests import actions, queries, rules, wording
from ratusz.casework.requests.forms import FORMS, CaseNumberForm, ExtendForm, RegisterFilter, RegisterForm, RequestForm, SettleForm
from ratusz.casework.requests.models import Contact, Kind, Request
from ratusz.casework.requests.registries import follow_ups
from ratusz.foundation.audit.actions import record_read
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import polish_date, polish_until
from ratusz.foundation.kit.plain_numbers import plain_number
from ratusz.foundation.once.sending import once_only

PAGE = 50


def _check(request: HttpRequest, deed: str, at) -> None:
    if not rules.may(request.user, deed, None, at):
        raise PermissionDenied


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """The register: open ones first, those due first at the top. Nobody's name or words stand here."""
    at = database_now()
    _check(request, "see", at)
    form = RegisterFilter(request.GET)
    page = Paginator(queries.register(form.chosen(), request.user, at), PAGE).get_page(request.GET.get("p"))
    query = request.GET.copy()
    pages = {}
    for name, number in (("earlier", page.number - 1), ("later", page.number + 1)):
        query["p"] = str(number)
        pages[name] = query.urlencode()
    rows = [
        {
            "made": each, "state": wording.state(each), "received": polish_date(each.received_at),
            "due": polish_until(each.due_at) if each.due_at else "",
            "is_late": each.settled_at is None and each.due_at is not None and each.due_at <= at,
        }
        for each in page
    ]  # fmt: skip
    kinds = Kind.choices if rules.may(request.user, "register", None, at) else []
    return render(request, "requests/staff/register.html", {"form": form, "page": page, "rows": rows, "kinds": kinds, **pages})


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One request with the person's words and contact; reading them is recorded."""
    at = database_now()
    _check(request, "see", at)
    made = get_object_or_404(queries.with_terms().select_related("about"), pk=pk)
    return _page(request, made, at)


def _page(request: HttpRequest, made: Request, at, **forms: Any) -> HttpResponse:
    """Shown after a refused deed too: whoever reads the person's words this way has read them."""
    record_read(subject=made, fields=["name", "contact_value", "text"], actor=request.user)
    return render(request, "requests/staff/request.html", _context(request, made, at) | forms)


def _context(request: HttpRequest, made: Request, at) -> dict[str, Any]:
    is_open = made.settled_at is None
    may_answer = is_open and rules.may(request.user, "answer", made, at)
    may_refuse = rules.may(request.user, "refuse", made, at)
    clock = Clock.objects.of(made.key).order_by("-pk").first()
    return {
        "made": made, "title": wording.capital(str(made)), "state": wording.state(made), "clock": clock,
        "received": polish_date(made.received_at),
        "due": polish_until(made.due_at) if made.due_at else "", "replies": made.replies.all(), "complaints": made.complaints.all(),
        "is_late": is_open and made.due_at is not None and made.due_at <= at,
        "is_sent": rules.is_sendable(made), "by_phone": made.contact == Contact.PHONE,
        "may_take": is_open and made.person_id != request.user.pk and rules.may(request.user, "take", made, at),
        "may_note": rules.may(request.user, "note", made, at),
        "may_extend": may_answer and made.kind in rules.EXTENDED and made.extended_until is None, "may_answer": may_answer,
        "follow_ups": _follow_ups(made, request.user, at),
        "number_form": CaseNumberForm(initial={"case_number": made.case_number}, prefix="number"),
        "extend_form": ExtendForm(prefix="extend", longest=_longest(clock)),
        "settle_form": SettleForm(request=made, may_refuse=may_refuse, prefix="settle"),
    }  # fmt: skip


def _follow_ups(made: Request, person: Any, at: datetime) -> list[dict[str, Any]]:
    """What it became elsewhere, or where a button makes it so."""
    rows = []
    for each in follow_ups:
        number, url = each.made(made, person, at) or ("", "")
        address = "" if number else each.address(made, person, at)
        if number or address:
            rows.append({"name": each.name, "number": number, "url": url, "label": each.label, "address": address})
    return rows


def _longest(clock: Clock | None) -> datetime | None:
    """The end of the longest term the rule of its clock allows."""
    return longest_due(clock.rule, clock.started_at, clock.due_at) if clock else None


@require_POST
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """One deed on a request; a refusal stands beside what was typed."""
    at = database_now()
    _check(request, "see", at)
    made = get_object_or_404(queries.with_terms(), pk=pk)
    deed = request.POST.get("deed", "")
    form: Any = None
    if deed == "settle":
        may_refuse = rules.may(request.user, "refuse", made, at)
        form = SettleForm(request.POST, request=made, may_refuse=may_refuse, prefix="settle")
    elif deed == "extend":
        form = ExtendForm(request.POST, prefix=deed, longest=_longest(Clock.objects.of(made.key).order_by("-pk").first()))
    elif deed == "number":
        form = CaseNumberForm(request.POST, prefix=deed)
    elif deed != "take":
        raise Http404
    taken_from = {"instead_of": plain_number(request.POST.get("instead_of", ""))}
    if form is None or form.is_valid():
        try:
            said = _do(deed, made, form.cleaned_data if form is not None else taken_from, request.user)
        except rules.NotYours as refusal:
            raise PermissionDenied from refusal
        except (rules.RequestRefused, actions.ClockRefused) as refusal:
            if form is None:
                messages.error(request, str(refusal))
                return redirect("requests_request", pk)
            form.add_error(None, str(refusal))
        else:
            messages.success(request, said)
            return redirect("requests_request", pk)
    return _page(request, made, at, **{f"{deed}_form": form})


def _do(deed: str, made: Request, facts: dict[str, Any], person: Any) -> str:
    """Does it; gives what to tell the member of staff."""
    if deed == "take":
        actions.take_request(request=made, person=person, instead_of=facts.get("instead_of"))
        return _("This request is with you now.")
    if deed == "number":
        actions.note_case_number(request=made, person=person, **facts)
        return _("The number is kept.")
    if deed == "extend":
        actions.extend_request(request=made, person=person, **facts)
        return _("The term is extended.")
    actions.settle_request(request=made, person=person, **facts)
    return _("The request is closed and its clock stopped.")


@once_only
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, kind: str) -> HttpResponse:
    """The same form as residents have, for what came by post, by phone or in person."""
    at = database_now()
    _check(request, "register", at)
    if kind not in FORMS:
        raise Http404
    posted = request.POST if request.method == "POST" else None
    form, way = FORMS[kind](posted), RegisterForm(posted, at=at)
    if form.is_valid() and way.is_valid():
        try:
            made = actions.receive_request(
                kind=kind, facts=form.facts(), form_key=form.cleaned_data["form_key"],
                through=way.cleaned_data["through"], received_at=way.received_at,
            )  # fmt: skip
        except NoSuchRule:
            way.add_error(
                "received_date", _("No rule of the term is in force on that day. Ask the administrator to write it first.")
            )
            return _form_to_enter(request, form, way, kind)
        messages.success(request, _("Entered. The number for the person: %(number)s") % {"number": made.number})
        return redirect("requests_request", made.pk)
    return _form_to_enter(request, form, way, kind)


def _form_to_enter(request: HttpRequest, form: RequestForm, way: RegisterForm, kind: str) -> HttpResponse:
    return render(request, "requests/staff/enter.html", {"form": form, "way": way, "kind": Kind(kind).label})

"""Deeds of the formal check on the page of a project: one address, one deed a form; a refusal is said on the page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import DateTimeField
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from ratusz.casework.deadlines.rulebook import NoSuchRule
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.plain_numbers import plain_number
from ratusz.foundation.once.sending import once_only
from ratusz.foundation.people.models import User
from ratusz.participation.budget.models import Edition
from ratusz.participation.projects import actions, queries, rules
from ratusz.participation.projects.criteria import criteria
from ratusz.participation.projects.models import Application, Call, Stage
from ratusz.participation.projects.views.staff import check, context_of

Deed = Callable[[HttpRequest, Application], str]


@once_only
@require_POST
def formal(request: HttpRequest, pk: int) -> HttpResponse:
    """One deed of the formal check."""
    return do(request, pk, FORMAL)


def do(request: HttpRequest, pk: int, deeds: dict[str, Deed]) -> HttpResponse:
    """Carries a deed out and says what came of it; what was typed stays when it is refused."""
    at = database_now()
    check(request, "see", at)
    application = get_object_or_404(Application.objects.submitted().select_related("edition", "pool"), pk=pk)
    deed = deeds.get(request.POST.get("deed", ""))
    if deed is None:
        raise Http404
    try:
        said = deed(request, application)
    except rules.NotYours as refusal:
        raise PermissionDenied from refusal
    except (rules.ApplicationRefused, NoSuchRule) as refusal:
        messages.error(request, str(refusal))
        context = context_of(request, application, at, request.POST)
        return render(request, "projects/staff/project.html", context)
    messages.success(request, said)
    return redirect("projects_project", pk)


def answers_of(request: HttpRequest, stage: str) -> dict[str, tuple[str, str]]:
    """The checklist as sent: code to (answer, reason)."""
    return {
        each.code: (request.POST.get(f"says-{each.code}", ""), request.POST.get(f"reason-{each.code}", ""))
        for each in criteria(stage)
    }


def moment_of(request: HttpRequest, name: str) -> datetime:
    """The typed day and hour. Raises ApplicationRefused."""
    try:
        return DateTimeField().clean(request.POST.get(name, ""))
    except ValidationError as refusal:
        raise rules.ApplicationRefused(_("Write the day and the hour on which it came.")) from refusal


def person_of(request: HttpRequest, name: str) -> Any:
    """The chosen member of staff, or None."""
    return User.objects.filter(pk=plain_number(request.POST.get(name, "")) or 0, is_active=True).first()


def _assign(request: HttpRequest, application: Application) -> str:
    verifier = person_of(request, "verifier")
    if verifier is None:
        raise rules.ApplicationRefused(_("Choose who checks it."))
    actions.assign_check(
        application=application, verifier=verifier, substitute=person_of(request, "substitute"), person=request.user
    )
    return _("It is given to them.")


def _mark(request: HttpRequest, application: Application) -> str:
    actions.mark_formal(application=application, answers=answers_of(request, Stage.FORMAL), person=request.user)
    return _("The checklist is kept.")


def _call(request: HttpRequest, application: Application) -> str:
    call = actions.call_author(
        application=application, kind=Call.Kind.COMPLETE, text=request.POST.get("text", ""), person=request.user
    )
    return _said_of_call(application, call)


def _said_of_call(application: Application, call: Call) -> str:
    if queries.author_has_email(application):
        return _("Sent. The clock runs.")
    return _("The clock runs. The author gave no e-mail: print the letter and send it by post.")


def _answered(request: HttpRequest, application: Application) -> str:
    answer, received_at = request.POST.get("answer", ""), moment_of(request, "received_at")
    actions.enter_answer(call=_open_call(application), answer=answer, received_at=received_at, person=request.user)
    return _("The answer is entered.")


def _open_call(application: Application) -> Call:
    call = application.calls.filter(answered_at=None, closed_at=None).first()
    if call is None:
        raise rules.ApplicationRefused(_("No letter waits for an answer."))
    return call


def _close(request: HttpRequest, application: Application) -> str:
    actions.close_call(call=_open_call(application), person=request.user)
    return _("The term is closed.")


def _pass(request: HttpRequest, application: Application) -> str:
    actions.pass_formal(application=application, person=request.user)
    return _("Passed. The author gets a message.")


def _propose(request: HttpRequest, application: Application) -> str:
    actions.propose_refusal(application=application, reasons=request.POST.get("reasons", ""), person=request.user)
    return _("Proposed. Another person approves it.")


def _approve(request: HttpRequest, application: Application) -> str:
    actions.approve_refusal(application=application, person=request.user)
    return _("Refused. The author gets the reasons.")


def _back(request: HttpRequest, application: Application) -> str:
    actions.send_back_refusal(application=application, reason=request.POST.get("reason", ""), person=request.user)
    return _("Sent back to whoever checks it.")


def _collect(request: HttpRequest, application: Application) -> str:
    actions.start_collecting(application=application, person=request.user)
    return _("Signatures are counted here now: receive the sheets of this project.")


def _land(request: HttpRequest, application: Application) -> str:
    facts = {name: request.POST.get(name, "") for name in ("plot", "owner", "result", "source", "note")}
    actions.check_land(application=application, person=request.user, **{name: text[: MOST[name]] for name, text in facts.items()})
    return _("The check of the land is written down.")


MOST = {"plot": 120, "owner": 12, "result": 10, "source": 200, "note": 500}
"""Signs of what is typed of the land."""
FORMAL: dict[str, Deed] = {
    "assign": _assign, "mark": _mark, "call": _call, "close": _close, "pass": _pass, "propose": _propose, "approve": _approve,
    "back": _back, "answered": _answered, "collect": _collect, "land": _land,
}  # fmt: skip


@once_only
@require_POST
def share_out(request: HttpRequest, pk: int) -> HttpResponse:
    """Gives all projects nobody checks yet to the chosen people."""
    check(request, "assign", database_now())
    edition = get_object_or_404(Edition, pk=pk)
    chosen = [plain_number(each) or 0 for each in request.POST.getlist("verifiers")]
    at = database_now()
    people = [each for each in queries.verifiers(at) if each.pk in chosen]
    try:
        number = actions.share_out(edition=edition, verifiers=people, person=request.user)
        messages.success(request, _("Shared out: %(number)s.") % {"number": number})
    except rules.ApplicationRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("projects_list")

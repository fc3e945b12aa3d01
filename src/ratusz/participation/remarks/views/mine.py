"""The author's own page, by a link: the receipt, what became of it, files, completing, taking back, a complaint."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from ratusz.casework.moderation.actions.letters import link_of
from ratusz.casework.moderation.catalogue import appeal_until
from ratusz.casework.moderation.queries import decided
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.codes import formatted
from ratusz.foundation.kit.dates import moment_in_words
from ratusz.foundation.kit.made_files import made_file
from ratusz.foundation.notifications.views.public import private
from ratusz.foundation.people.views.own_page import CONFIRM, deed_of_own_page
from ratusz.participation.remarks import boxes, links, papers, queries, rules, terms, wording
from ratusz.participation.remarks.actions import attaching, codes, judging
from ratusz.participation.remarks.forms import CompleteForm, FileForm, OwnWordsForm
from ratusz.participation.remarks.models import Intake
from ratusz.ui import chrome
from ratusz.ui.languages import UKRAINIAN, in_ukrainian

State = Intake.State


@csrf_protect
@private
@sensitive_post_parameters()
def mine(request: HttpRequest, token: str) -> HttpResponse:
    """One link for all of it, in the language of the form. Opening it changes nothing."""
    own = links.intake_of(token)
    if own is not None and own.language == UKRAINIAN:
        return in_ukrainian(lambda: _page(request, own))
    return _page(request, own)


def _page(request: HttpRequest, own: Intake | None) -> HttpResponse:
    if own is None:
        return render(request, "remarks/bad_link.html", {"number_url": chrome.of(request).check_number_url}, status=404)
    deed = request.POST.get("deed", "") if request.method == "POST" else ""
    completing, complaining, adding = _forms(request, own, deed)
    if (answer := _with_form(request, own, deed, completing, complaining, adding)) is not None:
        return answer
    if deed in ("complete", "complain", "file"):
        return render(request, "remarks/mine.html", _context(request, own, completing, complaining, adding, None))
    form, answer = deed_of_own_page(request, partial(_do, own), refused=rules.RemarkRefused, leads_to={})
    return answer or render(request, "remarks/mine.html", _context(request, own, completing, complaining, adding, form))


def _forms(request: HttpRequest, own: Intake, deed: str) -> tuple[CompleteForm | None, OwnWordsForm | None, FileForm | None]:
    completing = complaining = adding = None
    if own.form is not None and set(own.missing) - {"code", "email"} and own.state in (State.REGISTERED, State.COMPLETION_ASKED):
        schema = boxes.schema_of(own.form, boxes.box_of(own.form), own.received_at)
        completing = CompleteForm(request.POST if deed == "complete" else None, intake=own, schema=schema)
    if own.state == State.REJECTED and not hasattr(own, "complaint"):
        complaining = OwnWordsForm(request.POST if deed == "complain" else None)
    if rules.takes_files(own) and not rules.is_ballot(own):
        adding = FileForm(*((request.POST, request.FILES) if deed == "file" else ()))
    return completing, complaining, adding


def _with_form(request: HttpRequest, own: Intake, deed: str, completing: Any, complaining: Any, adding: Any) -> HttpResponse | None:
    """Does what a form of the page asks for; None when nothing was done and the page is drawn."""
    form = {"complete": completing, "complain": complaining, "file": adding}.get(deed)
    if form is None or not form.is_valid():
        return None
    try:
        if deed == "complete":
            judging.complete(intake=own, author=form.author())
            said = _("Thank you. Your intake is complete.")
        elif deed == "complain":
            judging.complain(intake=own, words=form.cleaned_data["words"])
            said = _("We have your complaint. Somebody else than whoever rejected it answers.")
        else:
            upload = form.cleaned_data["file"]
            attaching.attach(intake=own, upload=(upload, upload.name))
            said = _("The file is added.")
    except rules.RemarkRefused as refusal:
        form.add_error(None, str(refusal))
        return None
    messages.success(request, said)
    return redirect(request.path)


def _do(own: Intake, deed: str, digits: str) -> str:
    """Does it; gives what to tell."""
    if deed == CONFIRM:
        codes.confirm_code(intake=own, digits=digits)
        return _("Confirmed. Your remark is in the register.")
    if deed == "again":
        codes.send_author_code(intake=own)
        return _("We have sent a new code. The older one is good no more.")
    if deed == "withdraw":
        judging.withdraw(intake=own)
        return _("You took your remark back. Its number stays in the register.")
    raise Http404


def _context(request: HttpRequest, own: Intake, completing: Any, complaining: Any, adding: Any, form: Any) -> dict[str, Any]:
    remarks = list(own.remarks.select_related("consultation", "unit").order_by("number"))
    held = queries.positions_of([each.pk for each in remarks], is_public=True)
    hidden = _decisions([each.key for each in remarks])
    at = own.judged_at or own.received_at
    return {
        "own": own, "consultation": own.consultation, "number": formatted(own.receipt),
        "when": moment_in_words(own.received_at, get_language() or "pl"),
        "status": wording.status(own), "reason": terms.reason_name(own.reason_code, at) if own.reason_code else "",
        "late": rules.late_words(own.consultation, own.form) if own.state == State.LATE else "",
        "rows": [(each, held.get(each.pk), hidden.get(each.key)) for each in remarks], "steps": wording.steps(own.changes.all()),
        "files": attaching.files_of(own), "completing": completing, "complaining": complaining, "adding": adding, "form": form,
        "waits_for_code": "code" in own.missing and own.state == State.COMPLETION_ASKED,
        "complaint": getattr(own, "complaint", None),
        "may_withdraw": own.state in judging.OPEN and not own.consultation.reported_at and not rules.is_ballot(own),
        "is_ballot": rules.is_ballot(own),
        "number_url": chrome.of(request).check_number_url, "token": links.token_of(own), "district": own.district,
    }  # fmt: skip


def _decisions(keys: list[str]) -> dict[str, str]:
    """Pages of moderators' decisions with their reasons and the appeal; "" once the time for it is over."""
    at = database_now()
    return {key: link_of(each) if appeal_until(each.judged_at) > at else "" for key, each in decided(keys).items()}


@require_safe
@private
def stub(request: HttpRequest, token: str) -> HttpResponse:
    """The receipt to print or keep, in the language of the form or of the page where it is asked for."""
    own = links.intake_of(token)
    if own is None:
        raise Http404
    with override(UKRAINIAN if own.language == UKRAINIAN else get_language()):
        return made_file(papers.stub_pdf(own), "application/pdf", f"pokwitowanie-{own.receipt}.pdf")

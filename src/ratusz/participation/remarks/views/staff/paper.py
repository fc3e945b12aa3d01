"""Papers: the form to print, what came back with its stub, typing by two people, settling by a third."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages

from ratusz.foundation.audit.actions import record_read
from ratusz.foundation.kit.codes import formatted
from ratusz.foundation.kit.made_files import made_file
from ratusz.foundation.once.sending import once_only
from ratusz.participation.consultations.models import Consultation
from ratusz.participation.remarks import papers, rules
from ratusz.participation.remarks.actions.paper import receive_paper, type_paper
from ratusz.participation.remarks.boxes import KINDS, ON_PAPER
from ratusz.participation.remarks.forms_staff import PaperForm
from ratusz.participation.remarks.models import PaperReturn
from ratusz.participation.remarks.paper_kinds import paper_kinds
from ratusz.participation.remarks.views.staff.deeds import check

State = PaperReturn.State
SHOWN = 200


@once_only
@require_http_methods(["GET", "HEAD", "POST"])
def returns(request: HttpRequest, pk: int) -> HttpResponse:
    """Papers of a consultation that wait, and the form to enter a new one."""
    at = check(request, "enter")
    found = get_object_or_404(Consultation, pk=pk)
    start = {"arrived_at": at, "form": found.forms.filter(kind__in=ON_PAPER).first()}
    bound = (request.POST, request.FILES) if request.method == "POST" else ()
    form = PaperForm(*bound, consultation=found, initial=start)
    if form.is_valid():
        upload = form.cleaned_data["scan"]
        try:
            made = receive_paper(
                form=form.cleaned_data["form"], channel=form.cleaned_data["channel"], arrived_at=form.cleaned_data["arrived_at"],
                scan=(upload, upload.name) if upload else None, person=request.user,
            )  # fmt: skip
            words = _("Paper no. %(number)s is in. Receipt number for the stub: %(receipt)s")
            messages.success(request, words % {"number": made.number, "receipt": formatted(made.receipt)})
            return redirect("remarks_papers", pk)
        except rules.RemarkRefused as refusal:
            form.add_error(None, str(refusal))
    waiting = PaperReturn.objects.filter(form__consultation=found).exclude(state=State.TAKEN_IN).select_related("form")
    boxes = found.forms.filter(kind__in=KINDS)
    rows = [(each, _may_type(each, request.user)) for each in waiting.prefetch_related("readings")[:SHOWN]]
    return render(request, "remarks/staff/papers.html", {"consultation": found, "form": form, "rows": rows, "boxes": boxes})


def _may_type(paper: PaperReturn, person: Any) -> bool:
    return person.pk not in {each.clerk_id for each in paper.readings.all()}


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def typing(request: HttpRequest, pk: int) -> HttpResponse:
    """One paper for this person. What others typed is shown only to whoever settles; reading it is recorded."""
    check(request, "enter")
    paper = get_object_or_404(PaperReturn.objects.select_related("form__consultation", "scan"), pk=pk)
    if not _may_type(paper, request.user):
        messages.warning(request, _("You typed this paper already. Another person types it the second time."))
        return redirect("remarks_papers", paper.form.consultation_id)
    readings = list(paper.readings.all()) if paper.state == State.DIFFERS else []
    kind = paper_kinds[paper.form.kind]
    form = kind.typing_form(paper, request.POST if request.method == "POST" else None, readings[0].facts if readings else None)
    if form.is_valid():
        try:
            done = type_paper(paper=paper, facts=form.cleaned_data, person=request.user)
            messages.success(request, _said(done))
            return redirect("remarks_papers", paper.form.consultation_id)
        except rules.RemarkRefused as refusal:
            form.add_error(None, str(refusal))
    if readings:
        record_read(subject=paper, fields=["name", "address", "email"], actor=request.user)
    shown = [kind.shown(paper, each.facts) for each in readings]
    context = {"paper": paper, "consultation": paper.form.consultation, "form": form, "readings": shown}
    return render(request, "remarks/staff/typing.html", context)


def _said(paper: PaperReturn) -> str:
    said: dict[str, str] = {
        State.ONCE: _("Typed. Another person types this paper a second time."),
        State.DIFFERS: _("The two typings of this paper differ. A third person settles it."),
        State.TAKEN_IN: _("The paper is in the register under its receipt number."),
    }  # fmt: skip
    return said[paper.state]


@require_safe
def stub(request: HttpRequest, pk: int) -> HttpResponse:
    """The stub of a paper that is not typed yet."""
    check(request, "enter")
    paper = get_object_or_404(PaperReturn.objects.select_related("form__consultation"), pk=pk)
    return made_file(papers.paper_stub_pdf(paper), "application/pdf", f"pokwitowanie-{paper.receipt}.pdf")

"""One intake for staff: who handed it in (reading is recorded), what became of it, judging it, complaints, further remarks."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages

from ratusz.foundation.audit.actions import record_read
from ratusz.foundation.files.actions import read_file
from ratusz.foundation.files.models import StoredFile
from ratusz.foundation.kit.codes import formatted
from ratusz.foundation.kit.dates import polish_moment
from ratusz.foundation.kit.made_files import made_file
from ratusz.foundation.once.sending import once_only
from ratusz.foundation.people.models import User
from ratusz.participation.consultations.models import Consultation
from ratusz.participation.remarks import papers, rules, terms, wording
from ratusz.participation.remarks.actions import attaching, judging, routing
from ratusz.participation.remarks.actions.intake import Arrival, split, take_in
from ratusz.participation.remarks.boxes import KINDS
from ratusz.participation.remarks.forms import lacking_words
from ratusz.participation.remarks.forms_staff import CompleteByStaffForm, EnterForm, RejectForm, WordsForm
from ratusz.participation.remarks.models import Intake
from ratusz.participation.remarks.parting import parted
from ratusz.participation.remarks.views.staff.deeds import check, intake_for, press, rights

PEOPLE = ["author_name", "author_address", "contact", "answers"]


@require_safe
def intake(request: HttpRequest, pk: int) -> HttpResponse:
    """Facts, remarks, steps and deeds of one intake; reading who wrote is recorded."""
    found, at = intake_for(request, pk)
    may = rights(request, at)
    if may["see_people"] and (found.author_name or found.author_address or found.contact_id):
        record_read(subject=found, fields=PEOPLE, actor=request.user)
    start = {
        "name": found.author_name,
        "address": found.author_address,
        "category": found.category,
        "organisation": found.organisation,
    }
    judged = found.judged_at or at
    context = {
        "intake": found, "consultation": found.consultation, "may": may, "number": formatted(found.receipt),
        "received": polish_moment(found.received_at), "entered": polish_moment(found.entered_at), "status": wording.status(found),
        "reason": terms.reason_name(found.reason_code, judged) if found.reason_code else "", "area": wording.area_words(found),
        "remarks": found.remarks.select_related("unit").order_by("number"), "steps": wording.steps(found.changes.all()),
        "files": attaching.files_of(found), "complete_form": CompleteByStaffForm(initial=start, intake=found),
        "words_form": WordsForm(),
        "reject_form": RejectForm(at=at, people=colleagues(request)), "complaint": getattr(found, "complaint", None),
        "others": _others(found), "waits": found.state in (Intake.State.REGISTERED, Intake.State.COMPLETION_ASKED),
        "missing": lacking_words(found), "is_open": found.state in judging.OPEN,
        "is_rejected": found.state == Intake.State.REJECTED,
    }  # fmt: skip
    return render(request, "remarks/staff/intake.html", context)


def _others(found: Intake) -> Any:
    """Further intakes of the same name and address in this consultation."""
    if not found.author_digest:
        return []
    same = Intake.objects.filter(consultation=found.consultation_id, author_digest=found.author_digest)
    return same.exclude(pk=found.pk).order_by("received_at")


def colleagues(request: HttpRequest) -> Any:
    """Staff who may have looked at a paper, too."""
    return User.objects.filter(is_staff=True, is_active=True).exclude(pk=request.user.pk).order_by("last_name", "first_name", "pk")


@sensitive_post_parameters()
@require_POST
def act(request: HttpRequest, pk: int) -> HttpResponse:
    """The deeds behind the forms and buttons of the page."""
    found, at = intake_for(request, pk)
    person, name = request.user, request.POST.get("deed", "")
    words, State = request.POST.get("words", ""), Intake.State
    deeds = {
        "accept": (partial(judging.accept, intake=found, person=person), _("Accepted.")),
        "ask": (partial(judging.ask_completion, intake=found, words=words, person=person), _("The author is asked.")),
        "complete": (partial(_complete, request, found), _("Completed.")),
        "reject": (partial(_reject, request, found, at), _("Rejected. Nothing is deleted; the author may complain.")),
        "outside": (
            partial(judging.set_apart, intake=found, state=State.OUT_OF_SCOPE, note_words=words, person=person), _("Set apart."),
        ),
        "wrong_form": (
            partial(judging.set_apart, intake=found, state=State.WRONG_FORM, note_words=words, person=person), _("Set apart."),
        ),
        "withdraw": (partial(judging.withdraw, intake=found, person=person), _("Taken back by its author. The numbers stay.")),
        "complain": (partial(judging.complain, intake=found, words=words, person=person), _("The complaint is in the register.")),
        "upheld": (partial(_answer, request, found, True), _("Answered: the intake counts.")),
        "dismissed": (partial(_answer, request, found, False), _("Answered: it stays rejected.")),
        "split": (partial(split, intake=found, points=parted(words), person=person),
        _("Further remarks are numbered.")),
        "classify": (partial(_classify, request, found), _("Put right.")),
        "file": (partial(_attach, request, found), _("The file is added.")),
    }  # fmt: skip
    if name not in deeds:
        raise Http404
    return press(request, *deeds[name], reverse("remarks_intake", args=[pk]))


def _complete(request: HttpRequest, found: Intake) -> None:
    form = CompleteByStaffForm(request.POST, intake=found)
    if not form.is_valid():
        raise rules.RemarkRefused(_("Something in the form is wrong. Look at it again."))
    judging.complete(intake=found, author=form.author(), person=request.user)


def _classify(request: HttpRequest, found: Intake) -> None:
    form = CompleteByStaffForm(request.POST)
    if not form.is_valid():
        raise rules.RemarkRefused(_("Something in the form is wrong. Look at it again."))
    inside = {"in": True, "out": False}.get(request.POST.get("area", ""))
    clean = form.cleaned_data
    routing.classify(
        intake=found, category=clean["category"], organisation=clean["organisation"], is_in_area=inside, person=request.user
    )  # fmt: skip


def _reject(request: HttpRequest, found: Intake, at: Any) -> None:
    form = RejectForm(request.POST, at=at, people=colleagues(request))
    if not form.is_valid():
        raise rules.RemarkRefused(_("Choose a reason from the list."))
    clean = form.cleaned_data
    judging.reject(intake=found, code=clean["code"], note_words=clean["note_words"], second=clean["second"], person=request.user)


def _answer(request: HttpRequest, found: Intake, is_upheld: bool) -> None:
    complaint = getattr(found, "complaint", None)
    if complaint is None:
        raise Http404
    words = request.POST.get("words", "")
    judging.answer_complaint(complaint=complaint, is_upheld=is_upheld, answer=words, person=request.user)


def _attach(request: HttpRequest, found: Intake) -> None:
    upload = request.FILES.get("file")
    if upload is None:
        raise rules.RemarkRefused(_("Choose a file."))
    attaching.attach(intake=found, upload=(upload, upload.name or ""), person=request.user)


@once_only
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, pk: int) -> HttpResponse:
    """What came by post, hand, e-mail or was said for the record, with its scan; the stub prints from the page of the intake."""
    at = check(request, "enter")
    found = get_object_or_404(Consultation, pk=pk)
    start = {"received_at": at, "form": found.forms.filter(kind__in=KINDS).first()}
    bound = (request.POST, request.FILES) if request.method == "POST" else ()
    form = EnterForm(*bound, consultation=found, at=at, initial=start)
    if form.is_valid():
        try:
            made = _entered(request, found, form)
            messages.success(request, _("In the register. Receipt number: %(number)s") % {"number": formatted(made.receipt)})
            return redirect("remarks_intake", made.pk)
        except rules.RemarkRefused as refusal:
            form.add_error(None, str(refusal))
    return render(request, "remarks/staff/enter.html", {"consultation": found, "form": form})


def _entered(request: HttpRequest, consultation: Consultation, form: EnterForm) -> Intake:
    clean, upload = form.cleaned_data, form.cleaned_data["scan"]
    scan = None
    if upload:
        subject = f"ratusz_consultations.Consultation:{consultation.pk}"
        scan = attaching.keep((upload, upload.name), attaching.SCAN, subject, request.user)
    arrival = Arrival(channel=clean["channel"], received_at=clean["received_at"], form_key=clean["form_key"], scan=scan)
    return take_in(
        consultation=consultation, form=clean["form"], points=form.points(), author=form.author(), arrival=arrival,
        person=request.user
    )  # fmt: skip


@require_safe
def stub(request: HttpRequest, pk: int) -> HttpResponse:
    """The stub for whoever handed it in: the number and where to look it up."""
    found, _at = intake_for(request, pk)
    return made_file(papers.stub_pdf(found), "application/pdf", f"pokwitowanie-{found.receipt}.pdf")


@require_safe
def file(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """A file or the scan of an intake; reading it is recorded."""
    found, _at = intake_for(request, pk, "see_people")
    mine = attaching.files_of(found) | StoredFile.objects.filter(pk=found.scan_id, deleted_at=None)
    stored = get_object_or_404(mine, pk=number)
    with read_file(file=stored, person=request.user) as content:
        return made_file(content.read(), stored.media_type, stored.name)

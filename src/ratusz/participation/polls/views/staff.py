"""A ballot for staff: setting it up, urns and their protocols, files of typed ballots, what came in, the decision."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages

from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.kit.made_files import made_file
from ratusz.foundation.kit.spreadsheets import csv_lines
from ratusz.foundation.once.sending import once_only
from ratusz.foundation.territory.queries import knows_streets
from ratusz.participation.consultations.models import Form
from ratusz.participation.polls import batches, papers, presentation, queries, rules
from ratusz.participation.polls.actions import importing, setting_up
from ratusz.participation.polls.forms import BatchForm, DecisionForm, OpeningForm, PollForm, UrnForm
from ratusz.participation.polls.models import Poll, Urn
from ratusz.participation.remarks.boxes import box_of
from ratusz.participation.remarks.rules import NotYours, RemarkRefused
from ratusz.participation.remarks.views.staff.deeds import check
from ratusz.participation.remarks.views.staff.intake import colleagues

DEEDS = ("set", "urn", "open", "look", "bring", "decide")


@once_only
@require_http_methods(["GET", "HEAD", "POST"])
def poll(request: HttpRequest, pk: int) -> HttpResponse:
    """One page for one ballot; each form on it is a deed of its own."""
    at = check(request, "enter")
    found = get_object_or_404(Form.objects.select_related("consultation", "area"), pk=pk, kind=rules.BALLOT)
    mine = queries.poll_of(found)
    deed = request.POST.get("deed", "") if request.method == "POST" else ""
    forms = _forms(request, found, mine, deed)
    looked = None
    if deed:
        form = forms.get("bring" if deed == "look" else deed)
        if deed not in DEEDS or form is None:
            raise Http404
        if form.is_valid():
            try:
                looked = _do(deed, found, mine, form.cleaned_data, request.user)
                if looked is None:
                    messages.success(request, _("Saved."))
                    return redirect("polls_poll", pk)
                if deed == "bring" and not looked.faults:
                    messages.success(request, _said(looked))
                    return redirect("polls_poll", pk)
            except NotYours as refusal:
                raise PermissionDenied from refusal
            except RemarkRefused as refusal:
                form.add_error(None, str(refusal))
    return render(request, "polls/staff/poll.html", _context(found, mine, forms, looked, at))


def _forms(request: HttpRequest, form: Form, poll: Poll | None, deed: str) -> dict[str, Any]:
    def bound(name: str, *, with_files: bool = False) -> tuple[Any, ...]:
        if deed not in ((name, "look") if name == "bring" else (name,)):
            return (None,)
        return (request.POST, request.FILES) if with_files else (request.POST,)

    start: dict[str, Any] = {"uniqueness": box_of(form).uniqueness if poll else "first"}
    if poll is not None:
        start |= {"question": poll.question, "residence": poll.residence, "is_online": poll.is_online}
        start["answers"] = "\n".join(each["words"] for each in poll.answers)
    made: dict[str, Any] = {"set": PollForm(*bound("set"), initial=start)}
    if poll is not None:
        people = colleagues(request)
        waiting = poll.urns.filter(opened_at=None)
        made["urn"] = UrnForm(*bound("urn"), prefix="urn")
        made["open"] = OpeningForm(*bound("open"), prefix="open", urns=waiting, people=people)
        made["bring"] = BatchForm(*bound("bring", with_files=True), prefix="bring", people=people)
        decided = {"words": poll.decision, "decided_on": poll.decided_on}
        made["decide"] = DecisionForm(*bound("decide"), prefix="decide", initial=decided)
    return made


def _do(deed: str, form: Form, poll: Poll | None, clean: dict[str, Any], person: Any) -> importing.Brought | None:
    if deed == "set":
        setting_up.set_poll(form=form, person=person, **clean)
    elif poll is None:
        raise Http404
    elif deed == "urn":
        setting_up.place_urn(poll=poll, person=person, **clean)
    elif deed == "open":
        setting_up.open_urn(person=person, **clean)
    elif deed == "decide":
        setting_up.tell_decision(poll=poll, person=person, **clean)
    else:
        upload = clean["file"]
        rules.check_size(upload.size)
        return importing.bring_in(
            poll=poll,
            content=upload.read(),
            name=upload.name,
            second=clean["second"],
            person=person,
            only_look=deed == "look",
            is_judged=clean["is_judged"],
        )
    return None


def _said(brought: importing.Brought) -> str:
    if brought.is_known:
        return _("This file was brought in before. Nothing was added.")
    return _("Brought in: %(rows)s rows, %(valid)s valid.") % {"rows": brought.rows, "valid": brought.valid}


def _context(form: Form, poll: Poll | None, forms: dict[str, Any], looked: Any, at: Any) -> dict[str, Any]:
    over = form.consultation.has_ended(local_day(at))
    context = {
        "poll_form": form, "consultation": form.consultation, "poll": poll, "forms": forms, "looked": looked, "is_over": over,
        "is_reported": form.consultation.reported_at is not None,
        "urns": [] if poll is None else poll.urns.select_related("opened_by", "second_by"),
        "batches": [] if poll is None else poll.batches.all(),
        "lacks_streets": poll is not None and poll.is_online and poll.residence != Poll.Residence.ANYBODY and not knows_streets(),
    }  # fmt: skip
    if poll is not None:
        found = queries.result_of(poll)
        context |= {"result": found, "numbers": presentation.numbers(found)}
        if over:
            head, rows = presentation.reasons_table(found, at)
            answers = presentation.answers_table(found)
            context |= {"verdict": presentation.verdict(found), "answers": answers, "head": head, "rows": rows}
    return context


@require_safe
def protocol(request: HttpRequest, pk: int) -> HttpResponse:
    """The protocol of an urn's opening."""
    check(request, "enter")
    urn = get_object_or_404(
        Urn.objects.select_related("poll__form__consultation", "opened_by", "second_by"), pk=pk, opened_at__isnull=False
    )
    return made_file(papers.protocol_pdf(urn), "application/pdf", f"protokol-urny-{urn.pk}.pdf")


@require_safe
def pattern(request: HttpRequest) -> HttpResponse:
    """The empty file with the headings that a file of typed ballots has."""
    check(request, "enter")
    lines = "".join(csv_lines([batches.empty_head()]))
    return made_file(lines.encode(), "text/csv; charset=utf-8", "karty-opinii-wzor.csv")

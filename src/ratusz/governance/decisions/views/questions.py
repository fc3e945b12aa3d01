"""Councillors' questions: the list with their clocks, entering one, answering and publishing."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages

from ratusz.casework.deadlines.models import Clock
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import polish_until
from ratusz.foundation.once.sending import once_only
from ratusz.governance.decisions import actions, rules
from ratusz.governance.decisions.forms import QuestionAnswerForm, QuestionForm
from ratusz.governance.decisions.models import CouncillorQuestion
from ratusz.governance.decisions.views.staff import check

MOST = 300


@require_safe
def questions(request: HttpRequest) -> HttpResponse:
    """The newest first, each with its term."""
    at = database_now()
    check(request, "see_all", None, at)
    found = list(CouncillorQuestion.objects.select_related("unit")[:MOST])
    clocks = dict(Clock.objects.filter(rule_code=actions.questions.CLOCK).values_list("subject", "due_at"))
    rows = []
    for each in found:
        due = clocks.get(each.key)
        rows.append({
            "question": each, "due": polish_until(due) if due else "",
            "is_late": each.published_at is None and due is not None and due <= at,
        })  # fmt: skip
    return render(request, "decisions/staff/questions.html", {"rows": rows})


@once_only
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """A question as it came."""
    at = database_now()
    check(request, "draft", None, at)
    form = QuestionForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            made = actions.enter_question(facts=form.cleaned_data, person=request.user)
        except rules.DecisionRefused as refusal:
            form.add_error("received_on", str(refusal))
        else:
            messages.success(request, _("Entered. Its clock runs."))
            return redirect("decisions_question", made.pk)
    return render(request, "decisions/staff/form.html", {"form": form, "title": _("Enter a councillor's question")})


@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, pk: int) -> HttpResponse:
    """One question with its answer, its term and what was decided after it."""
    at = database_now()
    check(request, "see_all", None, at)
    found = get_object_or_404(CouncillorQuestion.objects.select_related("unit").prefetch_related("decisions"), pk=pk)
    form = QuestionAnswerForm(request.POST if request.method == "POST" else None, instance=found)
    if form.is_bound and form.is_valid():
        facts = form.cleaned_data
        try:
            actions.answer_question(question=found, person=request.user, **facts)
        except rules.DecisionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Question and answer are published.") if facts["publish"] else _("The answer is kept."))
            return redirect("decisions_question", pk)
    clock = Clock.objects.of(found.key).order_by("-pk").first()
    context = {"question": found, "form": None if found.published_at else form, "clock": clock,
               "due": polish_until(clock.due_at) if clock and clock.due_at else ""}  # fmt: skip
    return render(request, "decisions/staff/question.html", context)

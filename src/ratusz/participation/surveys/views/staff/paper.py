"""Paper cards: batches that were counted, their cards, each typed by two people and settled by a third."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages

from ratusz.foundation.audit.actions import record_read
from ratusz.foundation.once.sending import once_only
from ratusz.participation.surveys import actions, queries, rules
from ratusz.participation.surveys.forms.asking import AskingForm
from ratusz.participation.surveys.forms.staff import BatchForm, ReasonForm
from ratusz.participation.surveys.models import CardState, PaperBatch, PaperCard
from ratusz.participation.surveys.questions import content as c
from ratusz.participation.surveys.views.speaking import districts_for
from ratusz.participation.surveys.views.staff.deeds import check, survey_for
from ratusz.participation.surveys.wording import reasons

ON_A_PAGE = 200


@once_only
@require_http_methods(["GET", "HEAD", "POST"])
def batches(request: HttpRequest, pk: int) -> HttpResponse:
    """What came on paper: counted, typed, rejected by reason; a new batch."""
    found, _at = survey_for(request, pk, "enter")
    form = BatchForm(request.POST if request.method == "POST" else None, request.FILES or None, label_suffix="")
    if form.is_valid():
        clean = dict(form.cleaned_data)
        upload = clean.pop("scan")
        try:
            made = actions.count_batch(
                survey=found, facts=clean, scan=(upload, upload.name) if upload else None, person=request.user
            )
            messages.success(request, _("The cards are counted. Write the numbers on them, then type them."))
            return redirect("surveys_batch", made.pk)
        except rules.SurveyRefused as refusal:
            form.add_error(None, str(refusal))
    words = reasons()
    rejected = [(code, words[code], count) for code, count in queries.rejected_by_reason(found)]
    context = {"survey": found, "form": form, "rows": queries.paper_of(found), "rejected": rejected}
    return render(request, "surveys/staff/paper.html", context)


@require_safe
def batch(request: HttpRequest, pk: int) -> HttpResponse:
    """The cards of one batch and where each stands."""
    check(request, "enter")
    found = get_object_or_404(PaperBatch.objects.select_related("survey"), pk=pk)
    check(request, "enter", found.survey)
    cards = found.paper_cards.order_by("number")
    state = request.GET.get("stan", "")
    if state in CardState.values:
        cards = cards.filter(state=state)
    mine = set(PaperCard.objects.filter(batch=found, entries__clerk=request.user).values_list("pk", flat=True))
    rows = [(each, each.pk in mine) for each in cards[: ON_A_PAGE * 25]]
    return render(request, "surveys/staff/batch.html", {"batch": found, "rows": rows, "states": CardState.choices, "state": state})


@once_only
@require_http_methods(["GET", "HEAD", "POST"])
def card(request: HttpRequest, pk: int) -> HttpResponse:
    """One card typed, the first or the second time without seeing the other; a third person sees both."""
    check(request, "enter")
    found = get_object_or_404(PaperCard.objects.select_related("batch__survey", "batch__questionnaire", "scan"), pk=pk)
    survey, content = found.batch.survey, found.batch.questionnaire.content
    check(request, "enter", survey)
    data = request.POST if request.method == "POST" else None
    items = list(c.items_of(content))
    facts = ReasonForm(data, request.FILES or None)
    form = AskingForm(data, None, items=items, content=content, districts=districts_for(items))
    if not form.is_only_drawn and facts.is_valid() and (form.is_valid() or facts.cleaned_data["reason"]):
        answer = _typed(request, found, facts, form)
        if answer is not None:
            return answer
    context = {
        "card": found,
        "survey": survey,
        "batch": found.batch,
        "facts": facts,
        "form": form,
        "both": _both(request, found, content),
    }
    return render(request, "surveys/staff/card.html", context)


def _typed(request: HttpRequest, found: PaperCard, facts: ReasonForm, form: AskingForm) -> HttpResponse | None:
    reason, upload = facts.cleaned_data["reason"], facts.cleaned_data["scan"]
    given = {} if reason else form.given()
    try:
        if upload:
            actions.keep_scan(card=found, scan=(upload, upload.name), person=request.user)
        deed = actions.settle_card if found.state == CardState.DIFFERS else actions.type_card
        kept = deed(card=found, given=given, reason=reason, person=request.user)
    except rules.NotYours as refusal:
        raise PermissionDenied from refusal
    except rules.AnswersWrong as wrong:
        form.blame(wrong.errors)
        return None
    except rules.SurveyRefused as refusal:
        facts.add_error(None, str(refusal))
        return None
    messages.success(request, _("Card %(number)s: %(state)s.") % {"number": kept.number, "state": kept.get_state_display()})
    following = found.batch.paper_cards.filter(number__gt=found.number, state__in=[CardState.WAITING, CardState.ONCE])
    ahead = following.exclude(entries__clerk=request.user).order_by("number").first()
    return redirect("surveys_card", ahead.pk) if ahead else redirect("surveys_batch", found.batch_id)


def _both(request: HttpRequest, found: PaperCard, content: c.Content) -> list[dict[str, Any]]:
    """For the third look: where the two typings differ, question by question."""
    if found.state != CardState.DIFFERS:
        return []
    record_read(subject=found, fields=["content"], actor=request.user)
    first, second = found.entries.order_by("turn")
    words = reasons()
    rows = [
        {
            "question": _("Does the card count?"),
            "first": words.get(first.reason, _("it counts")),
            "second": words.get(second.reason, _("it counts")),
        }
    ]
    numbers = c.numbers_of(content)
    for item in c.questions_of(content):
        code = item["code"]
        name = f"{numbers[code]}. {c.text_of(item['text'], 'pl')}"
        rows.append({"question": name, "first": first.content.get(code, "–"), "second": second.content.get(code, "–")})
    return [row for row in rows if row["first"] != row["second"]]

"""The rules of moderation for everybody, and the author's own page of a decision: read it, appeal, or change what was asked for."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from ratusz.casework.moderation import actions, catalogue, queries, rules, wording
from ratusz.casework.moderation.actions.judging import thing_of
from ratusz.casework.moderation.actions.letters import LINK
from ratusz.casework.moderation.forms import AppealForm, ChangeForm
from ratusz.casework.moderation.models import Deed, Judgement, State
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day, polish_moment, polish_until
from ratusz.foundation.kit.links import LinkRefused, read_link


@require_safe
def show_rules(request: HttpRequest) -> HttpResponse:
    """The catalogue of reasons: each rule with an example, and how a decision is made and appealed."""
    at = database_now()
    examples = queries.examples(public_only=True)
    rows = [{"reason": each, "examples": examples.get(each.code, [])} for each in catalogue.reasons_on(local_day(at)).values()]
    context = {"rows": rows, "months": catalogue.term("appeal_months", at), "hours": catalogue.term("first_look_hours", at)}
    context["within"] = wording.appeal_within(at)
    return render(request, "moderation/rules.html", context)


def _judgement_of(token: str, at) -> Judgement:
    """Raises LinkRefused; Http404 when the words were erased or the matter is gone."""
    content = read_link(LINK, token, at)
    found = (
        Judgement.objects.select_related("item__author", "appeal")
        .filter(item=content[0], number=content[1], erased_at=None)
        .first()
    )
    if found is None:
        raise Http404
    return found


@never_cache
@csrf_protect
@sensitive_post_parameters("words")
@require_http_methods(["GET", "HEAD", "POST"])
def statement(request: HttpRequest, token: str) -> HttpResponse:
    """One decision as its author reads it. The link is the permission; nothing changes by opening it."""
    at = database_now()
    try:
        found = _judgement_of(token, at)
    except LinkRefused as refusal:
        return render(request, "moderation/link_refused.html", {"why": str(refusal)}, status=404)
    form = _form(request, found)
    if request.method == "POST" and form.is_valid():
        try:
            if found.deed == Deed.ASK:
                actions.change_as_author(judgement=found, words=form.cleaned_data["words"])
            else:
                actions.appeal(judgement=found, words=form.cleaned_data["words"])
        except rules.ModerationRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("moderation:statement", token)
    answer = render(request, "moderation/statement.html", _context(found, form, at), status=422 if form.errors else 200)
    answer["Referrer-Policy"] = "same-origin"
    return answer


def _form(request: HttpRequest, found: Judgement) -> Any:
    posted = request.POST if request.method == "POST" else None
    if found.deed != Deed.ASK:
        return AppealForm(posted)
    seen = thing_of(found.item)
    return ChangeForm(posted, initial={"words": seen.shown.words if seen else ""})


def _context(found: Judgement, form: Any, at) -> dict[str, Any]:
    appeal = getattr(found, "appeal", None)
    is_newest = found.number == found.item.judgements.count()
    return {
        "judgement": found, "form": form, "appeal": appeal, "label": found.item.label,
        "within": wording.appeal_within(at),
        "changes": wording.difference(found.words_before, found.words_after) if found.words_after else "",
        "filed": polish_moment(appeal.filed_at) if appeal else "",
        "until": polish_until(found.appeal_until) if found.appeal_until else "",
        "may_appeal": appeal is None and is_newest and found.may_be_appealed(at),
        "is_asked": found.deed == Deed.ASK and is_newest and found.item.state == State.WITH_AUTHOR,
        "was_changed": found.deed == Deed.ASK and is_newest and found.item.state == State.WAITING,
        "is_replaced": not is_newest,
    }  # fmt: skip

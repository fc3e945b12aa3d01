"""Screens of moderators: the queue, one thing with its context and decision, appeals, the catalogue."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages

from ratusz.casework.deadlines.models import Clock
from ratusz.casework.moderation import actions, catalogue, office, queries, rules, wording
from ratusz.casework.moderation.actions.judging import Seen, thing_of
from ratusz.casework.moderation.forms import DecideForm, ExampleForm, JudgeForm, QueueFilter
from ratusz.casework.moderation.models import Deed, Example, Item
from ratusz.casework.moderation.registries import judged_kinds
from ratusz.foundation.audit.actions import record_read
from ratusz.foundation.files.actions import read_allowed_file
from ratusz.foundation.files.models import FileState
from ratusz.foundation.files.views.public import attachment
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day, polish_date, polish_moment, polish_until
from ratusz.foundation.kit.plain_numbers import plain_number
from ratusz.foundation.once.sending import once_only

PAGE = 50


def _check(request: HttpRequest, deed: str, subject: Any, at) -> None:
    if not rules.may(request.user, deed, subject, at):
        raise PermissionDenied


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """The queue: what may be illegal first, then by term. Nobody's name or words stand here."""
    at = database_now()
    _check(request, "see", None, at)
    form = QueueFilter(request.GET)
    page = Paginator(queries.queue(form.chosen(), request.user, at), PAGE).get_page(request.GET.get("p"))
    query, pages = request.GET.copy(), {}
    for name, number in (("earlier", page.number - 1), ("later", page.number + 1)):
        query["p"] = str(number)
        pages[name] = query.urlencode()
    rows = [
        {
            "item": each, "kind": judged_kinds[each.kind].name if each.kind in judged_kinds else each.kind,
            "state": wording.state(each),
            "since": polish_date(each.opened_at), "due": polish_until(each.due_at) if each.due_at else "",
            "is_late": each.is_open and each.due_at is not None and each.due_at <= at,
        }
        for each in page
    ]  # fmt: skip
    context = {"form": form, "page": page, "rows": rows, "appeals": queries.open_appeals().count(), **pages}
    context["on_duty"] = [(turn.shift.unit, turn.person.display_name) for turn in office.on_duty_today(at) if turn.person]
    return render(request, "moderation/staff/queue.html", context)


@require_safe
def item(request: HttpRequest, pk: int) -> HttpResponse:
    """One thing with its context; reading people's words is recorded."""
    at = database_now()
    found = get_object_or_404(queries.with_terms(), pk=pk)
    _check(request, "see", found, at)
    return _page(request, found, at)


def _page(request: HttpRequest, found: Any, at, status: int = 200, **more: Any) -> HttpResponse:
    record_read(subject=found, fields=["words", "author", "flags"], actor=request.user)
    return render(request, "moderation/staff/item.html", _context(request, found, at) | more, status=status)


def _context(request: HttpRequest, found: Any, at) -> dict[str, Any]:
    seen = thing_of(found) if found.kind in judged_kinds else None
    judgements = list(found.judgements.select_related("person", "appeal__decided_by").order_by("number"))
    last = judgements[-1] if judgements else None
    appeal = getattr(last, "appeal", None)
    is_waiting = appeal is not None and appeal.decided_at is None
    may_judge = found.is_open and not is_waiting and seen is not None and rules.may(request.user, "judge", found, at)
    may_decide = is_waiting and rules.may(request.user, "decide", appeal, at)
    return {
        "item": found, "seen": seen, "state": wording.state(found), "opened": polish_moment(found.opened_at),
        "written": polish_moment(seen.shown.written_at) if seen else "", "due": polish_until(found.due_at) if found.due_at else "",
        "is_late": found.is_open and found.due_at is not None and found.due_at <= at, "rows": [_told(each) for each in judgements],
        "flags": [_flag(each) for each in found.flags.select_related("reporter")], "earlier": queries.earlier_of_author(found),
        "clocks": Clock.objects.of(found.key).order_by("-pk")[:5], "may_judge": may_judge, "may_decide": may_decide,
        "is_too_near": found.is_open and rules.is_too_near(request.user, found, at), "is_waiting": is_waiting,
        "may_take": found.is_open and found.person_id != request.user.pk and rules.may(request.user, "take", found, at),
        "judge_form": JudgeForm(item=found, at=at, seen=seen) if may_judge else None,
        "risk": "; ".join(wording.signal(code, told) for code, _weight, told in found.signals),
        "decide_form": _decide_form(None, seen, last) if may_decide else None,
        "reasons": catalogue.reasons_on(local_day(at)).values(), "files": list(enumerate(seen.shown.files)) if seen else [],
        "may_teach": rules.may(request.user, "teach", None, at),
    }  # fmt: skip


@require_safe
def file(request: HttpRequest, pk: int, place: int) -> HttpResponse | FileResponse:
    """A file beside the thing, before everybody or nobody may read it; the reading is recorded."""
    at = database_now()
    found = get_object_or_404(Item, pk=pk)
    _check(request, "see", found, at)
    seen = thing_of(found) if found.kind in judged_kinds else None
    kept = dict(enumerate(seen.shown.files)).get(place) if seen else None
    if kept is None or kept.state != FileState.CLEAN:
        raise Http404
    record_read(subject=found, fields=["files"], actor=request.user)
    return attachment(kept, read_allowed_file(file=kept, person=request.user, reason="moderation"))


def _targets(seen: Seen | None) -> list[tuple[str, str]]:
    return list(seen.kind.may_move_to(seen.thing)) if seen is not None else []


def _flag(flag: Any) -> dict[str, Any]:
    reason = catalogue.reason_name(flag.reason, flag.flagged_at) if flag.reason else ""
    return {"flag": flag, "reason": reason, "when": polish_moment(flag.flagged_at)}


def _told(judgement: Any) -> dict[str, Any]:
    """One decision as the page tells it."""
    appeal = getattr(judgement, "appeal", None)
    return {
        "judgement": judgement, "when": polish_moment(judgement.judged_at), "appeal": appeal,
        "reason": catalogue.reason_name(judgement.reason, judgement.judged_at) if judgement.reason else "",
        "changes": wording.difference(judgement.words_before, judgement.words_after) if judgement.words_after else "",
        "until": polish_until(judgement.appeal_until) if judgement.appeal_until else "",
        "filed": polish_moment(appeal.filed_at) if appeal else "",
        "decided": polish_moment(appeal.decided_at) if appeal and appeal.decided_at else "",
    }  # fmt: skip


def _decide_form(posted: Any, seen: Seen | None, judgement: Any) -> DecideForm:
    can_edit = seen is not None and seen.kind.edit is not None
    return DecideForm(posted, words=judgement.words_before, can_edit=can_edit, prefix="appeal")


@require_POST
def take(request: HttpRequest, pk: int) -> HttpResponse:
    """The moderator takes it, or takes it over."""
    at = database_now()
    found = get_object_or_404(Item, pk=pk)
    _check(request, "take", found, at)
    try:
        actions.take(item=found, person=request.user, instead_of=plain_number(request.POST.get("instead_of", "")))
    except rules.ModerationRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("It is with you now."))
    return redirect("moderation_item", pk)


@require_POST
def judge(request: HttpRequest, pk: int) -> HttpResponse:
    """A decision, or a look at the statement before it; a refusal stands beside what was typed."""
    at = database_now()
    found: Any = get_object_or_404(queries.with_terms(), pk=pk)
    _check(request, "see", found, at)
    form = JudgeForm(request.POST, item=found, at=at, seen=thing_of(found) if found.kind in judged_kinds else None)
    preview = ""
    if form.is_valid():
        try:
            if "preview" not in request.POST:
                actions.judge(item=found, person=request.user, **form.facts_of_decision())
                messages.success(request, _("Decided. What was done and why is written down for ever."))
                return redirect("moderation_item", pk)
            preview = _preview(found, form.facts_of_decision(), at)
        except rules.NotYours as refusal:
            raise PermissionDenied from refusal
        except rules.ModerationRefused as refusal:
            form.add_error(None, str(refusal))
    found = queries.with_terms().get(pk=pk)
    return _page(request, found, at, status=422 if form.errors else 200, judge_form=form, preview=preview)


def _preview(found: Item, facts: dict[str, Any], at) -> str:
    """The statement as the author would get it; raises ModerationRefused for what could not be decided so."""
    seen = thing_of(found)
    if seen is None:
        raise rules.ModerationRefused(rules.gone_words())
    deed, targets, shown = facts["deed"], dict(_targets(seen)), seen.shown
    rules.check_judging(found, deed, facts["reason"], facts["facts"], facts["words"], shown.words, at)
    rules.check_target(deed, facts["target"], targets.items())
    rules.check_suspension(deed, facts["until"], bool(shown.author or shown.author_address), at)
    if facts["deed"] == Deed.APPROVE:
        return _("The author is not written to: nothing happens to what they wrote.")
    more = {"moved_to": targets.get(facts["target"], ""), "until": facts["until"]}
    return wording.preview(shown, deed, facts["reason"], facts["facts"], facts["words"], at, **more)


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """The end of an appeal."""
    at = database_now()
    found: Any = get_object_or_404(queries.with_terms(), pk=pk)
    _check(request, "see", found, at)
    appeal = queries.open_appeals().filter(judgement__item=found).first()
    if appeal is None:
        messages.error(request, _("There is no appeal here that waits. Somebody may have decided it a moment ago."))
        return redirect("moderation_item", pk)
    form = _decide_form(request.POST, thing_of(found), appeal.judgement)
    if form.is_valid():
        try:
            actions.decide_appeal(appeal=appeal, person=request.user, **{"words": "", **form.cleaned_data})
        except rules.NotYours as refusal:
            raise PermissionDenied from refusal
        except rules.ModerationRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The appeal is decided and the author is told."))
            return redirect("moderation_item", pk)
    return _page(request, found, at, status=422, decide_form=form)


@require_safe
def appeals(request: HttpRequest) -> HttpResponse:
    """Appeals that wait, or those decided."""
    at = database_now()
    _check(request, "see", None, at)
    chosen = "rozstrzygniete" if request.GET.get("stan") == "rozstrzygniete" else "otwarte"
    page = Paginator(queries.appeals(chosen), PAGE).get_page(request.GET.get("p"))
    rows = [
        {
            "appeal": each, "filed": polish_date(each.filed_at), "due": polish_until(each.due_at) if each.due_at else "",
            "decided": polish_date(each.decided_at) if each.decided_at else "", "is_late": bool(each.due_at and each.due_at <= at),
            "reason": catalogue.reason_name(each.judgement.reason, each.judgement.judged_at),
        }
        for each in page
    ]  # fmt: skip
    return render(request, "moderation/staff/appeals.html", {"rows": rows, "page": page, "chosen": chosen})


@once_only
@require_http_methods(["GET", "HEAD", "POST"])
def reasons(request: HttpRequest) -> HttpResponse:
    """The catalogue with its examples; heads add readings the moderators agreed on."""
    at = database_now()
    _check(request, "see", None, at)
    may_teach = rules.may(request.user, "teach", None, at)
    known = {"reason": request.GET.get("powod", ""), "source": request.GET.get("skad", "")[:200]}
    form = ExampleForm(request.POST if request.method == "POST" else None, at=at, initial=known)
    if request.method == "POST" and not may_teach:
        raise PermissionDenied
    if form.is_valid():
        actions.add_example(person=request.user, **form.cleaned_data)
        messages.success(request, _("The example is in the catalogue."))
        return redirect("moderation_reasons")
    examples = queries.examples()
    rows = [{"reason": each, "examples": examples.get(each.code, [])} for each in catalogue.reasons_on(local_day(at)).values()]
    context = {"rows": rows, "form": form if may_teach else None, "may_teach": may_teach}
    return render(request, "moderation/staff/reasons.html", context, status=422 if form.errors else 200)


@require_POST
def retire(request: HttpRequest, pk: int) -> HttpResponse:
    """The reading holds no more."""
    example = get_object_or_404(Example, pk=pk)
    try:
        actions.retire_example(example=example, person=request.user)
    except rules.NotYours as refusal:
        raise PermissionDenied from refusal
    messages.success(request, _("The example is out of the catalogue; the record of it stays."))
    return redirect("moderation_reasons")

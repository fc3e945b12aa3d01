"""One message with its texts beside their places, and one button for each deed."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages as notices

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import polish_moment
from ratusz.foundation.kit.plain_numbers import plain_number
from ratusz.foundation.once.sending import once_only
from ratusz.publishing.gates.actions import override_gate
from ratusz.publishing.gates.registries import gates
from ratusz.publishing.gates.rules import OverrideRefused
from ratusz.publishing.messages import actions, rules
from ratusz.publishing.messages.forms import HangingForm, ProofForm, ScheduleForm
from ratusz.publishing.messages.gate_reader import KIND, reading_of
from ratusz.publishing.messages.models import Correction, CorrectionTask, Hanging, Message
from ratusz.publishing.messages.models.variant import State
from ratusz.publishing.messages.outlets import outlets, outlets_for
from ratusz.publishing.messages.topics import topics_to_choose
from ratusz.publishing.messages.views.staff.opening import opened, tried, variant_of
from ratusz.publishing.messages.views.staff.presentation import fact_rows, public_address, rows_of


@require_safe
@opened("view")
def message(request: HttpRequest, message: Message) -> HttpResponse:
    """Facts, texts beside their places, corrections and what waits."""
    return render(request, "messages/staff/message.html", page_of(request, message))


def page_of(request: HttpRequest, message: Message, **more: Any) -> dict[str, Any]:
    """What the page of one message shows; `more` are refused forms, which keep what was typed."""
    at = database_now()
    rows = rows_of(message, request.user, at)
    taken = {row["variant"].outlet for row in rows}
    for row in rows:
        row["forms"] = _forms_of(row["variant"], at, more)
    topics = topics_to_choose(message.topic_numbers)
    return {
        "message": message, "title": message.title, "facts": fact_rows(message), "rows": rows, "at": at,
        "corrections": message.corrections.select_related("facts", "written_by", "approved_by").prefetch_related("tasks__variant"),
        "waiting": message.corrections.waiting().select_related("written_by").first(),
        "more_places": [outlet for outlet in outlets_for(message.kind) if outlet.code not in taken],
        "may_write": rules.may(request.user, "write", message, at) and not message.withdrawn_at,
        "may_approve": rules.may(request.user, "approve", message, at) and not message.withdrawn_at,
        "may_alone": rules.may(request.user, "approve_alone", message, at), "is_over": rules.is_over(message, at),
        "approvable": [row for row in rows if row["may_approve"]], "sendable": [row for row in rows if row["may_send"]],
        "public_address": public_address(message), "picture": getattr(message, "picture", None), "page_title": message.reference,
        "topics": topics,
        "chosen_topics": [name for number, name in topics if number in message.topic_numbers],
        "versions": message.versions.select_related("written_by").order_by("-number"),
    } | more  # fmt: skip


@require_POST
@opened("view")
def do(request: HttpRequest, message: Message, deed: str) -> HttpResponse:
    """A deed on the whole message: handing in, approving or sending all texts, a place more, withdrawing."""
    if deed not in DEEDS:
        raise Http404
    return DEEDS[deed](request, message) or redirect("messages_message", message.pk)


def _hand_in(request: HttpRequest, message: Message) -> None:
    tried(
        request, lambda: actions.hand_in_message(message=message, person=request.user), _("Handed in. A second person approves it.")
    )


def _approve_all(request: HttpRequest, message: Message) -> None:
    version = plain_number(request.POST.get("version", ""))
    because = request.POST.get("alone_because", "")
    approved, refused = actions.approve_all(message=message, person=request.user, alone_because=because, expected=version)
    if approved:
        notices.success(request, _("Approved: %(number)d.") % {"number": len(approved)})
    for place, why in refused.items():
        notices.error(request, f"{place}: {why}")


def _send_all(request: HttpRequest, message: Message) -> None:
    for variant in message.variants.filter(state="approved").order_by("pk"):
        variant.message = message
        _send(request, variant, "")


def _send(request: HttpRequest, variant: Any, because: str) -> None:
    try:
        sent = actions.send_variant(variant=variant, person=request.user, override_because=because)
    except rules.Refused as refusal:
        notices.error(request, str(refusal))
        return
    name = outlets[sent.outlet].name if sent.outlet in outlets else sent.outlet
    if sent.trouble:
        notices.error(request, _("%(place)s: held back. %(why)s") % {"place": name, "why": sent.trouble})
    else:
        by_hand = sent.state == State.BY_HAND
        words = _("%(place)s: handed over. Somebody has to publish it there.") if by_hand else _("%(place)s: sent.")
        notices.success(request, words % {"place": str(name)[:1].upper() + str(name)[1:]})


def _add_place(request: HttpRequest, message: Message) -> None:
    outlet = request.POST.get("outlet", "")
    tried(request, lambda: actions.add_variant(message=message, outlet=outlet, person=request.user), _("The place is added."))


def _change_topics(request: HttpRequest, message: Message) -> None:
    offered = {number for number, _name in topics_to_choose(message.topic_numbers)}
    marked = {plain_number(typed) for typed in request.POST.getlist("topic_numbers")}
    chosen = sorted(offered & {number for number in marked if number is not None})
    tried(
        request,
        lambda: actions.change_message(message=message, person=request.user, topic_numbers=chosen),
        _("The topics are kept."),
    )


def _withdraw(request: HttpRequest, message: Message) -> HttpResponse | None:
    """A refused reason stays in its field, to be put right."""
    because = request.POST.get("because", "")
    deed = functools.partial(actions.withdraw_message, message=message, person=request.user, because=because)
    if tried(request, deed, _("The message is withdrawn.")):
        return None
    return render(request, "messages/staff/message.html", page_of(request, message, withdrawn_because=because), status=422)


DEEDS: dict[str, Callable[[HttpRequest, Message], HttpResponse | None]] = {
    "oddaj": _hand_in, "zatwierdz": _approve_all, "wyslij": _send_all, "dodaj": _add_place, "wycofaj": _withdraw,
    "tematy": _change_topics,
}  # fmt: skip


@once_only
@require_POST
@opened("view")
def do_with_variant(request: HttpRequest, message: Message, variant_pk: int, deed: str) -> HttpResponse:
    """A deed on the text of one place."""
    variant = variant_of(message, variant_pk)
    who: dict[str, Any] = {"variant": variant, "person": request.user}
    if deed == "zatwierdz":
        version = plain_number(request.POST.get("version", ""))
        because = request.POST.get("alone_because", "")
        tried(request, lambda: actions.approve_variant(**who, alone_because=because, expected=version), _("Approved."))
    elif deed == "potwierdz":
        tried(request, lambda: actions.confirm_variant(**who), _("Confirmed: the text is right."))
    elif deed == "wyslij":
        _send(request, variant, request.POST.get("override_because", ""))
    elif deed == "odwolaj":
        tried(request, lambda: actions.cancel_sending(**who), _("It leaves by itself no more."))
    elif deed == "przepusc":
        tried(request, lambda: _let_through(request, variant), _("Let through the gate with its reason."))
    elif deed in FORMS:
        return FORMS[deed](request, message, variant)
    else:
        raise Http404
    return redirect("messages_message", message.pk)


def _forms_of(variant: Any, at: Any, sent: dict[str, Any]) -> dict[str, Any]:
    """The forms of one place, with ids of their own: several stand on a page. A refused one keeps what was typed."""
    made = {
        "schedule_form": ScheduleForm(), "proof_form": ProofForm(initial={"published_at": at}),
        "hanging_form": HangingForm(initial={"hung_at": at}),
    }  # fmt: skip
    if sent.get("open_variant") == variant.pk:
        made |= {name: sent[name] for name in made if name in sent}
    for name, form in made.items():
        form.auto_id = f"id_{variant.pk}_{name}_%s"
    return made


def _let_through(request: HttpRequest, variant: Any) -> None:
    gate, reason = request.POST.get("gate", ""), request.POST.get("reason", "")
    if gate not in gates:
        raise rules.Refused(_("There is no such gate."))
    try:
        override_gate(subject=f"{KIND}:{variant.pk}", gate=gate, reason=reason, person=request.user, reading=reading_of(variant))
    except OverrideRefused as refusal:
        raise rules.Refused(str(refusal)) from refusal


def _schedule(request: HttpRequest, message: Message, variant: Any) -> HttpResponse:
    form = ScheduleForm(request.POST)
    if not form.is_valid():
        return _refused(request, message, variant, schedule_form=form)
    moment = form.cleaned_data["scheduled_at"]
    words = _("It leaves by itself on %(when)s.") % {"when": polish_moment(moment)}
    if form.is_ambiguous:
        words += " " + (
            _("That hour comes twice that night: the second one was taken.") if moment.fold
            else _("That hour comes twice that night: the first one was taken.")
        )  # fmt: skip
    tried(request, lambda: actions.schedule_variant(variant=variant, person=request.user, scheduled_at=moment), words)
    return redirect("messages_message", message.pk)


def _prove(request: HttpRequest, message: Message, variant: Any) -> HttpResponse:
    form = ProofForm(request.POST, request.FILES)
    if not form.is_valid():
        return _refused(request, message, variant, proof_form=form)
    given = _with_upload(form.cleaned_data)
    if tried(
        request,
        lambda: actions.record_by_hand(variant=variant, person=request.user, **given),
        _("The publication is written down."),
    ):
        return redirect("messages_message", message.pk)
    return _refused(request, message, variant, proof_form=form)


def _hang(request: HttpRequest, message: Message, variant: Any) -> HttpResponse:
    form = HangingForm(request.POST, request.FILES)
    if not form.is_valid():
        return _refused(request, message, variant, hanging_form=form)
    given = _with_upload(form.cleaned_data)
    if tried(request, lambda: actions.hang_poster(variant=variant, person=request.user, **given), _("The poster is written down.")):
        return redirect("messages_message", message.pk)
    return _refused(request, message, variant, hanging_form=form)


def _with_upload(cleaned: dict[str, Any]) -> dict[str, Any]:
    given = {name: value for name, value in cleaned.items() if name != "file"}
    file = cleaned.get("file")
    return given | ({"upload": file, "name": file.name} if file else {})


def _refused(request: HttpRequest, message: Message, variant: Any, **forms: Any) -> HttpResponse:
    """The page again with the refused form open and what was typed in it."""
    return render(request, "messages/staff/message.html", page_of(request, message, open_variant=variant.pk, **forms), status=422)


FORMS = {"kiedy": _schedule, "dowod": _prove, "plakat": _hang}


@require_POST
@opened("view")
def publish_correction(request: HttpRequest, message: Message, correction_pk: int) -> HttpResponse:
    """The second person publishes."""
    correction = get_object_or_404(Correction, pk=correction_pk, message=message)
    because = request.POST.get("alone_because", "")
    tried(
        request,
        lambda: actions.publish_correction(correction=correction, person=request.user, alone_because=because),
        _("The correction is published. Places by hand wait as tasks."),
    )
    return redirect("messages_message", message.pk)


@require_POST
@opened("view")
def settle_task(request: HttpRequest, message: Message, task_pk: int) -> HttpResponse:
    """A place is corrected by hand, is sent its correction, or needs none."""
    task = get_object_or_404(CorrectionTask, pk=task_pk, correction__message=message)
    deed, note = request.POST.get("deed"), request.POST.get("note", "")
    if deed == "send":
        tried(
            request,
            lambda: actions.release_correction(task=task, person=request.user, alone_because=request.POST.get("alone_because", "")),
            _("The correction has left."),
        )
    else:
        is_needed = deed != "not_needed"
        tried(
            request,
            lambda: actions.settle_task(task=task, person=request.user, is_needed=is_needed, note=note),
            _("The task is settled."),
        )
    return redirect("messages_message", message.pk)


@require_POST
@opened("view")
def take_down(request: HttpRequest, message: Message, hanging_pk: int) -> HttpResponse:
    """A poster was taken down now."""
    hanging = get_object_or_404(Hanging, pk=hanging_pk, variant__message=message)
    tried(request, lambda: actions.take_poster_down(hanging=hanging, person=request.user), _("Written down: the poster is down."))
    return redirect("messages_message", message.pk)

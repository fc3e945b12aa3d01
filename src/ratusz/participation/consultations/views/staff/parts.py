"""Forms of taking part, notices with evidence and opinions: one small screen for each deed."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.once.sending import once_only
from ratusz.participation.consultations import actions, standing
from ratusz.participation.consultations.forms import (
    AnswerForm,
    CampaignForm,
    FormOfTakingPart,
    HeldForm,
    NoticeForm,
    OpinionForm,
    ReasonForm,
)
from ratusz.participation.consultations.models import Form, Notice, Opinion
from ratusz.participation.consultations.modes import terms
from ratusz.participation.consultations.views.staff.deeds import belonging, carry_out, found, press, sent


@once_only
@require_http_methods(["GET", "HEAD", "POST"])
def add_form(request: HttpRequest, pk: int) -> HttpResponse:
    """One more way to take part."""
    consultation, at = found(request, pk, "plan")
    day = consultation.starts_on or local_day(at)
    form = FormOfTakingPart(sent(request)[0], consultation=consultation, day=day)

    made: list[Form] = []

    def deed(**facts: Any) -> Any:
        made.append(actions.add_form(consultation=consultation, kind=form.cleaned_data["kind"], facts=facts, person=request.user))

    words = _("Add a form")
    answer = carry_out(request, consultation, form, deed, words, words, _("The form is added."))
    asks = made and terms.asks_of(made[0].kind, day, "before")
    return redirect("consultations_form", made[0].pk) if asks else answer


@once_only
@require_http_methods(["GET", "HEAD", "POST"])
def change_form(request: HttpRequest, pk: int) -> HttpResponse:
    """Another title, day or place."""
    mine, consultation, at = belonging(request, Form, pk, "plan")
    day = consultation.starts_on or local_day(at)
    form = FormOfTakingPart(sent(request)[0], consultation=consultation, form=mine, day=day)

    def deed(**facts: Any) -> Any:
        return actions.change_form(form=mine, facts=facts, person=request.user)

    return carry_out(request, consultation, form, deed, _("Change the form"), _("Keep"), _("The form is changed."))


@require_POST
def form_deed(request: HttpRequest, pk: int) -> HttpResponse:
    """A meeting is planned for the form, or the form of a plan is removed."""
    mine, _consultation, _at = belonging(request, Form, pk, "plan")
    deeds = {
        "prepare": (partial(actions.prepare_form, form=mine, person=request.user), _("Prepared. Go on at its own page.")),
        "remove": (partial(actions.remove_form, form=mine, person=request.user), _("The form is removed.")),
    }
    name = request.POST.get("deed", "")
    if name not in deeds:
        raise Http404
    return press(request, *deeds[name], "consultations_consultation", mine.consultation_id)


@once_only
@require_http_methods(["GET", "HEAD", "POST"])
def hold_form(request: HttpRequest, pk: int) -> HttpResponse:
    """It took place."""
    mine, consultation, at = belonging(request, Form, pk, "plan")
    deed = partial(actions.hold_form, form=mine, person=request.user)
    form = HeldForm(sent(request)[0], form=mine, day=consultation.starts_on or local_day(at))
    return carry_out(request, consultation, form, deed, mine.title, _("It took place"), _("Written down."))


@once_only
@require_http_methods(["GET", "HEAD", "POST"])
def cancel_form(request: HttpRequest, pk: int) -> HttpResponse:
    """It does not take place."""
    mine, consultation, _at = belonging(request, Form, pk, "plan")
    deed = partial(actions.cancel_form, form=mine, person=request.user)
    form = ReasonForm(sent(request)[0])
    return carry_out(request, consultation, form, deed, mine.title, _("Cancel it"), _("The form is cancelled."))


@once_only
@require_http_methods(["GET", "HEAD", "POST"])
def add_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """A notice that is out, with what proves it."""
    consultation, at = found(request, pk, "launch")
    form = NoticeForm(*sent(request), consultation=consultation, day=local_day(at), initial={"published_on": local_day(at)})
    deed = partial(actions.add_notice, consultation=consultation, person=request.user)
    hints = tuple(f"{each.name}: {each.hint}" for each in terms.channels_on(local_day(at)).values())
    words = _("Add a notice with evidence")
    return carry_out(request, consultation, form, deed, words, _("Keep the notice"), _("The notice is kept."), hints)


@once_only
@require_http_methods(["GET", "HEAD", "POST"])
def campaign(request: HttpRequest, pk: int) -> HttpResponse:
    """The card of the information campaign."""
    consultation, at = found(request, pk, "plan")
    deed = partial(actions.save_campaign, consultation=consultation, person=request.user)
    day, card = consultation.starts_on or local_day(at), standing.campaign_of(consultation)
    form = CampaignForm(sent(request)[0], instance=card, day=day)
    asked = [each.expected for each in standing.findings_of(consultation, day) if each.code == "campaign_channel"]
    told = tuple(_("The modes ask for this channel too: %(channel)s.") % {"channel": each} for each in asked)
    return carry_out(request, consultation, form, deed, _("Information campaign"), _("Keep the card"), _("The card is kept."), told)


@once_only
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """A wrong entry."""
    mine, consultation, _at = belonging(request, Notice, pk, "launch")
    deed = partial(actions.withdraw_notice, notice=mine, person=request.user)
    form = ReasonForm(sent(request)[0])
    return carry_out(request, consultation, form, deed, _("Take a notice back"), _("Take back"), _("The notice is taken back."))


@once_only
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """A body is asked for its opinion."""
    consultation, at = found(request, pk, "launch")
    form = OpinionForm(sent(request)[0], day=local_day(at))
    deed = partial(actions.ask_opinion, consultation=consultation, person=request.user)
    words = _("Ask for an opinion")
    return carry_out(request, consultation, form, deed, words, words, _("Asked. The clock runs; silence counts as no remarks."))


@once_only
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """What the body said."""
    mine, consultation, at = belonging(request, Opinion, pk, "launch")
    form = AnswerForm(*sent(request), initial={"answered_on": local_day(at)})
    deed = partial(actions.record_answer, opinion=mine, person=request.user)
    return carry_out(request, consultation, form, deed, mine.body, _("Write the answer down"), _("Written down."))


@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """The question was a mistake."""
    mine, _consultation, _at = belonging(request, Opinion, pk, "launch")
    deed = partial(actions.take_back_question, opinion=mine, person=request.user)
    return press(request, deed, _("The question is taken back."), "consultations_consultation", mine.consultation_id)

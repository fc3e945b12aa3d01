"""Deeds of the assessment, of mergers, withdrawals and appeals on the page of a project."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ratusz.foundation.kit.money import AmountNotUnderstood, parse_amount
from ratusz.foundation.kit.plain_numbers import plain_number
from ratusz.foundation.once.sending import once_only
from ratusz.foundation.units.models import Unit
from ratusz.participation.projects import actions, rules
from ratusz.participation.projects.models import Application, Call, Opinion, Stage, Tie
from ratusz.participation.projects.views.deeds import Deed, answers_of, do, moment_of


@once_only
@require_POST
def assessment(request: HttpRequest, pk: int) -> HttpResponse:
    """One deed after the formal check."""
    return do(request, pk, DEEDS)


def _typed(request: HttpRequest, name: str) -> str:
    return request.POST.get(name, "")


def _amount(request: HttpRequest, name: str) -> int | None:
    try:
        return parse_amount(_typed(request, name)) if _typed(request, name).strip() else None
    except AmountNotUnderstood as refusal:
        raise rules.ApplicationRefused(str(refusal)) from refusal


def _other(request: HttpRequest, application: Application) -> Application:
    number = _typed(request, "other").strip().upper()
    found = Application.objects.submitted().filter(edition=application.edition, number=number).first()
    if found is None:
        raise rules.ApplicationRefused(_("There is no project with this number in the edition."))
    return found


def _opinion(request: HttpRequest, application: Application) -> Opinion:
    found = application.opinions.filter(pk=plain_number(_typed(request, "opinion")) or 0).select_related("unit").first()
    if found is None:
        raise rules.ApplicationRefused(_("There is no such opinion."))
    return found


def _ask(request: HttpRequest, application: Application) -> str:
    unit = Unit.objects.filter(pk=plain_number(_typed(request, "unit")) or 0).first()
    if unit is None:
        raise rules.ApplicationRefused(_("Choose a unit."))
    is_leading = bool(_typed(request, "leading"))
    actions.ask_unit(application=application, unit=unit, is_leading=is_leading, person=request.user)
    return _("The unit is asked. Its clock runs.")


def _opine(request: HttpRequest, application: Application) -> str:
    actions.give_opinion(
        opinion=_opinion(request, application), says=_typed(request, "says"), reasons=_typed(request, "reasons"),
        answers=answers_of(request, Stage.SUBSTANTIVE), cost=_amount(request, "cost"), running=_amount(request, "running"),
        person=request.user,
    )  # fmt: skip
    return _("The opinion is given.")


def _reopen(request: HttpRequest, application: Application) -> str:
    actions.reopen_opinion(opinion=_opinion(request, application), person=request.user)
    return _("The unit gives its opinion again.")


def _take_back(request: HttpRequest, application: Application) -> str:
    actions.take_question_back(opinion=_opinion(request, application), person=request.user)
    return _("The unit need not answer.")


def _intent(request: HttpRequest, application: Application) -> str:
    actions.call_author(application=application, kind=Call.Kind.REPLY, text=_typed(request, "text"), person=request.user)
    return _("The author may reply now. The clock runs.")


def _decide(request: HttpRequest, application: Application) -> str:
    says = _typed(request, "result")
    if says not in Opinion.Says.values:
        raise rules.ApplicationRefused(_("Say whether the opinion is positive or negative."))
    actions.decide_substantive(
        application=application, is_positive=says == Opinion.Says.YES, reasons=_typed(request, "reasons"), person=request.user
    )
    return _("Decided. The author gets a message.")


def _tie(request: HttpRequest, application: Application) -> str:
    kind = _typed(request, "kind")
    if kind not in Tie.Kind.values:
        raise rules.ApplicationRefused(_("Choose how the projects touch."))
    reason = _typed(request, "reason")
    actions.tie_projects(one=application, other=_other(request, application), kind=kind, reason=reason, person=request.user)
    return _("The tie is kept.")


def _merge(request: HttpRequest, application: Application) -> str:
    reason = _typed(request, "reason")
    actions.propose_merger(kept=application, absorbed=_other(request, application), reason=reason, person=request.user)
    return _("Both authors are asked.")


def _withdraw(request: HttpRequest, application: Application) -> str:
    actions.withdraw(application=application, reason=_typed(request, "reason"), person=request.user)
    return _("Withdrawn.")


def _appeal(request: HttpRequest, application: Application) -> str:
    made = actions.enter_appeal(
        application=application, reasons=_typed(request, "reasons"), filed_at=moment_of(request, "filed_at"), person=request.user
    )
    return _("Entered. The appeal came after the term.") if made.is_late else _("Entered. The appeal came in time.")


def _decide_appeal(request: HttpRequest, application: Application) -> str:
    appeal = application.appeals.filter(decided_at=None).first()
    says = _typed(request, "says")
    if appeal is None or says not in ("yes", "no"):
        raise rules.ApplicationRefused(_("Say whether the appeal is upheld."))
    actions.decide_appeal(appeal=appeal, is_upheld=says == "yes", grounds=_typed(request, "grounds"), person=request.user)
    return _("Decided. The author gets a message.")


def _answer_remark(request: HttpRequest, application: Application) -> str:
    remark = application.remarks.filter(pk=plain_number(_typed(request, "remark")) or 0).first()
    if remark is None:
        raise rules.ApplicationRefused(_("There is no such remark."))
    actions.answer_remark(remark=remark, answer=_typed(request, "answer"), person=request.user)
    return _("The answer is published.")


DEEDS: dict[str, Deed] = {
    "ask": _ask, "opine": _opine, "reopen": _reopen, "take_back": _take_back, "intent": _intent, "decide": _decide, "tie": _tie,
    "merge": _merge, "withdraw": _withdraw, "appeal": _appeal, "decide_appeal": _decide_appeal, "answer_remark": _answer_remark,
}  # fmt: skip

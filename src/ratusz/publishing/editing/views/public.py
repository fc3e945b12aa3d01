"""The one page behind a link of approval: the text as it will be, and a form with three answers. Opening it answers nothing."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ratusz.foundation.kit.links import LinkRefused
from ratusz.foundation.people import actions as people
from ratusz.foundation.people.rules import CodeRefused, TooManyCodes
from ratusz.publishing.editing import actions, rules
from ratusz.publishing.editing.forms import AnswerForm, CodeForm
from ratusz.publishing.editing.models import ApprovalLink
from ratusz.publishing.editing.pages import stream_of

PURPOSE = "editing.approval"


@require_http_methods(["GET", "HEAD", "POST"])
def approval(request: HttpRequest, token: str) -> HttpResponse:
    """Mail scanners open links, so only the buttons answer."""
    try:
        response = _approval(request, token)
    except LinkRefused as refusal:
        response = render(request, "editing/public/refused.html", {"refusal": refusal}, status=404)
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex"
    return response


def _approval(request: HttpRequest, token: str) -> HttpResponse:
    link = actions.look_at_link(token=token)
    if link.asks_code and str(link.pk) not in request.session.get("editing_links", []):
        return _ask_code(request, link)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            answer = actions.answer_link(
                token=token, decision=request.POST.get("decision", ""), name=form.cleaned_data["signed_name"],
                comment=form.cleaned_data["comment"],
            )  # fmt: skip
            return render(request, "editing/public/answered.html", {"answer": answer, "submission": link.submission})
        except rules.NotNow as refusal:
            form.add_error("signed_name" if not form.cleaned_data["signed_name"].strip() else "comment", str(refusal))
    context = {"link": link, "submission": link.submission, "body": stream_of(link.submission), "form": form}
    return render(request, "editing/public/approval.html", context)


def _ask_code(request: HttpRequest, link: ApprovalLink) -> HttpResponse:
    """A code to the known address first: whoever got the link passed on sees nothing."""
    known = request.session.get("editing_code", {})
    form = CodeForm(request.POST if "code" in request.POST else None)
    if request.method == "POST" and "send" in request.POST:
        try:
            handle = people.send_code(
                purpose=PURPOSE,
                address=link.email,
                bound_to=str(link.pk),
                deliver=people.through_outbox(
                    channel="email", what=_("It opens the text that the Office asks you to read and approve.")
                ),
            )
            request.session["editing_code"] = known = {"link": str(link.pk), "handle": str(handle)}
        except TooManyCodes as refusal:
            form = CodeForm({"code": ""})
            form.add_error("code", str(refusal))
    elif form.is_bound and form.is_valid() and known.get("link") == str(link.pk):
        try:
            digits = form.cleaned_data["code"]
            people.check_code(handle=UUID(known["handle"]), purpose=PURPOSE, bound_to=str(link.pk), digits=digits)
            request.session["editing_links"] = [*request.session.get("editing_links", []), str(link.pk)]
            return redirect(request.path)
        except CodeRefused as refusal:
            form.add_error("code", str(refusal) or _("This code is not right."))
    is_sent = known.get("link") == str(link.pk)
    return render(request, "editing/public/code.html", {"link": link, "form": form, "is_sent": is_sent})

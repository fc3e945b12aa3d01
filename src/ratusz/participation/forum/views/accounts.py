"""The account of the platform: a code to the mailbox, a name, what one wrote, leaving."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import polish_until
from ratusz.foundation.once.sending import once_only
from ratusz.foundation.people.contact_forms import CodeForm
from ratusz.foundation.people.rules import CodeRefused, TooManyCodes
from ratusz.participation.forum import actions, queries, rules, sessions, wording
from ratusz.participation.forum.actions.accounts import claimable
from ratusz.participation.forum.forms import EmailForm, NameForm
from ratusz.participation.forum.models import Comment
from ratusz.participation.forum.views.frame import line_of, own, page, press, public, signed_in

NEXT = "forum.next"
ROWS = 30


@public
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """Where the code goes. Whether the mailbox has an account is told to nobody before it comes back."""
    if request.method != "POST":
        wanted = request.GET.get("dalej", "")
        request.session[NEXT] = wanted if url_has_allowed_host_and_scheme(wanted, {request.get_host()}) else ""
    form = EmailForm(request.POST if request.method == "POST" else None, at=database_now(), line=line_of(request))
    if form.is_valid():
        try:
            sessions.ask(request, form.cleaned_data["email"], _("This code signs you in to the city's consultation platform."))
        except TooManyCodes as refusal:
            form.add_error("email", str(refusal))
        else:
            return redirect("forum:code")
    return page(request, "account", {"form": form}, status=422 if form.errors else 200)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """The digits that came; a mailbox without an account chooses a name next."""
    if not sessions.asked_address(request):
        return redirect("forum:account")
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            known = sessions.prove(request, form.cleaned_data["code"])
        except CodeRefused as refusal:
            form.add_error("code", str(refusal))
        else:
            return _onwards(request) if known else redirect("forum:name")
    return page(request, "code", {"form": form, "address": sessions.asked_address(request)}, status=422 if form.errors else 200)


def _onwards(request: HttpRequest) -> HttpResponse:
    return redirect(request.session.pop(NEXT, "") or "forum:mine")


@public
@once_only
@require_http_methods(["GET", "HEAD", "POST"])
def name(request: HttpRequest) -> HttpResponse:
    """The name of a new account."""
    email = sessions.proved_address(request)
    if not email:
        return redirect("forum:account")
    form = NameForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            made = actions.make_participant(email=email, nickname=form.cleaned_data["nickname"])
        except rules.ForumRefused as refusal:
            form.add_error("nickname", str(refusal))
        else:
            sessions.enter(request, made)
            messages.success(request, _("You have an account. Write as you would speak to somebody you meet."))
            return _onwards(request)
    return page(request, "name", {"form": form}, status=422 if form.errors else 200)


@public
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """This browser reads as nobody from now on."""
    sessions.leave(request)
    messages.success(request, _("You are signed out of the platform."))
    return redirect("forum:home")


@signed_in
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What one wrote, also what waits or is hidden; what one may claim from the old forum."""
    who, at = own(request), database_now()
    slice_of = Paginator(queries.written_by(who), ROWS).get_page(request.GET.get("strona"))
    rows = [(each, state_of(each), wording.edited_in_words(each)) for each in slice_of]
    until = polish_until(who.suspended_until) if who.is_suspended(at) and who.suspended_until else ""
    context = {"rows": rows, "slice": slice_of, "suspended_until": until, "may_claim": claimable(who).exists()}
    return page(request, "mine", context)


def state_of(comment: Comment) -> str:
    """Where one's own comment stands."""
    if comment.erased_at is not None:
        return _("erased")
    if comment.hidden_at is not None:
        return _("hidden by a moderator; the letter about it says how to appeal")
    if comment.shown_at is None:
        return _("waits for a moderator")
    return _("in the register of remarks") if comment.intake_id else _("shown")


@signed_in
@require_POST
def claim(request: HttpRequest) -> HttpResponse:
    """What was written from one's mailbox on the old forum stands under one's own name."""

    def deed() -> str:
        number = actions.claim_old_author(participant=own(request))
        words = ngettext("%(count)s comment is yours again.", "%(count)s comments are yours again.", number)
        return words % {"count": number}

    return press(request, deed, reverse("forum:mine"), refused=rules.ForumRefused)

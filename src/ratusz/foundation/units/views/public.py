"""The page behind the link of an invitation: one password, and the account and the appointment are there."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from ratusz.foundation.kit.links import LinkRefused
from ratusz.foundation.people.models import User
from ratusz.foundation.units import actions
from ratusz.foundation.units.forms import OwnPasswordForm


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("password", "again")
def accept_account(request: HttpRequest, token: str) -> HttpResponse:
    """Opening the link does nothing, since mail scanners follow links; the button accepts."""
    try:
        response = _accept(request, token)
    except LinkRefused as refusal:
        response = render(request, "units/account_refused.html", {"refusal": refusal}, status=404)
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex"
    return response


def _accept(request: HttpRequest, token: str) -> HttpResponse:
    invitation = actions.look_at_account_invitation(token=token)
    has_account = User.objects.filter(email__iexact=invitation.email).exists()
    form = OwnPasswordForm(request.POST if request.method == "POST" and not has_account else None, email=invitation.email)
    if request.method == "POST" and (has_account or form.is_valid()):
        account, is_new = actions.accept_account_invitation(
            token=token, password=form.cleaned_data["password"] if form.is_bound else None
        )
        return _enter(request, account) if is_new else _to_sign_in(request)
    return render(request, "units/accept_account.html", {"invitation": invitation, "form": form, "has_account": has_account})


def _enter(request: HttpRequest, account: User) -> HttpResponse:
    """Signed in by the password just set; the gate of the staff pages asks for a second factor next."""
    get_adapter(request).login(request, account)
    record_authentication(request, account, "password", email=account.email)
    return redirect("wagtailadmin_home")


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    messages.success(request, _("Your new role is there. Sign in as you always do."))
    return redirect("account_login")

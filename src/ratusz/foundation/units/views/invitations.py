"""Invitations to an account in the Wagtail admin: who was invited, whom it waits for, sending again, withdrawing."""

from __future__ import annotations

from functools import wraps
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.links import LinkRefused
from ratusz.foundation.units import actions, queries, rules
from ratusz.foundation.units.forms import AccountInvitationForm
from ratusz.foundation.units.models import AccountInvitation

PAGE = 50
STATES = {
    "waiting": gettext_lazy("waits for the person"),
    "expired": gettext_lazy("its time is over"),
    "accepted": gettext_lazy("accepted"),
    "withdrawn": gettext_lazy("withdrawn"),
}


def for_whoever_invites(view):
    """Administrators, heads and deputies."""

    @wraps(view)
    def checked(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not rules.may_invite(request.user, database_now()):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return checked


@require_safe
@for_whoever_invites
def invitations(request: HttpRequest) -> HttpResponse:
    """The newest first; a head sees those into the own unit and below."""
    at = database_now()
    found = AccountInvitation.objects.select_related("role", "unit", "invited_by").filter(
        unit__in=queries.units_to_invite_into(request.user, at)
    )
    page = Paginator(found, PAGE).get_page(request.GET.get("p"))
    rows = [(each, state, STATES[state]) for each in page for state in [rules.account_invitation_state(each, at)]]
    return render(request, "units/staff/invitations.html", {"page": page, "rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@for_whoever_invites
def new_invitation(request: HttpRequest) -> HttpResponse:
    """Whom to invite; a refusal stands in the form and loses nothing."""
    form = AccountInvitationForm(request.POST if request.method == "POST" else None, person=request.user, at=database_now())
    if form.is_valid():
        try:
            invitation = actions.invite_account(**form.facts(), person=request.user)
        except (rules.AlreadyHasAccount, rules.AlreadyInvited) as refusal:
            form.add_error("email", str(refusal))
        else:
            messages.success(request, _("The invitation to %(email)s is on its way.") % {"email": invitation.email})
            return redirect("units_invitations")
    return render(request, "units/staff/new_invitation.html", {"form": form})


@require_POST
@for_whoever_invites
def settle_invitation(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Sends again or withdraws."""
    invitation = get_object_or_404(AccountInvitation, pk=pk)
    try:
        if request.POST.get("deed") == "withdraw":
            actions.withdraw_account_invitation(invitation=invitation, person=request.user)
            messages.success(request, _("The invitation is withdrawn; its link opens nothing any more."))
        else:
            actions.resend_account_invitation(invitation=invitation, person=request.user)
            messages.success(
                request, _("A new invitation to %(email)s is on its way; the older link is void.") % {"email": invitation.email}
            )
    except LinkRefused:
        messages.warning(request, _("This invitation has been accepted or withdrawn meanwhile."))
    return redirect("units_invitations")

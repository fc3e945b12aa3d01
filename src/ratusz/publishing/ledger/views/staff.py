"""Staff screens of the ledger: taking a page down and bringing it back."""

from __future__ import annotations

from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages
from wagtail.models import Page

from ratusz.foundation.kit.clock import database_now
from ratusz.publishing.ledger import actions, rules
from ratusz.publishing.ledger.forms import TakeDownForm
from ratusz.publishing.ledger.models import Unpublishing


def for_whoever_publishes(view):
    """Editors and heads of the department."""

    @wraps(view)
    def checked(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not rules.may(request.user, "take_down", None, database_now()):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return checked


@for_whoever_publishes
@require_safe
def to_our_screen(request: HttpRequest, page_id: int) -> HttpResponse:
    """Wagtail's way to unpublish asks for no reason."""
    return redirect("ledger_take_down", page_id)


@for_whoever_publishes
@require_http_methods(["GET", "HEAD", "POST"])
def take_down(request: HttpRequest, page_id: int) -> HttpResponse:
    """Why a published page goes, and what then stands at its address."""
    page = get_object_or_404(Page.objects.filter(depth__gt=1), pk=page_id)
    form = TakeDownForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.take_down_page(page=page, person=request.user, **form.cleaned_data)
        except rules.UnpublishRefused as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            messages.success(request, _("“%(title)s” is taken down. You can bring it back from this list.") % {"title": page.title})
            return redirect("ledger_taken_down")
    return render(request, "ledger/staff/take_down.html", {"page": page, "form": form})


@for_whoever_publishes
@require_safe
def taken_down(request: HttpRequest) -> HttpResponse:
    """Pages that are down, the newest first, each with the button that brings it back."""
    rows = Unpublishing.objects.in_force().select_related("page", "redirect_to")[:200]
    return render(request, "ledger/staff/taken_down.html", {"rows": rows})


@for_whoever_publishes
@require_POST
def bring_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Undoes a taking down."""
    down = get_object_or_404(Unpublishing, pk=pk)
    try:
        page = actions.bring_back_page(unpublishing=down, person=request.user)
    except rules.CannotBringBack:
        messages.warning(request, _("This page was brought back meanwhile, or deleted."))
    else:
        messages.success(request, _("“%(title)s” is published again.") % {"title": page.title})
    return redirect("ledger_taken_down")

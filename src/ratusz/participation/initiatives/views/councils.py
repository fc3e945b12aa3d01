"""Screens of staff: all districts with what they lack, and the contact of one."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.territory.models import District
from ratusz.participation.initiatives import actions, councils, rules
from ratusz.participation.initiatives.forms_councils import CouncilForm
from ratusz.participation.initiatives.models import DistrictCouncil


def _check(request: HttpRequest) -> None:
    if not rules.may(request.user, "handle", None, database_now()):
        raise PermissionDenied


@require_safe
def all_councils(request: HttpRequest) -> HttpResponse:
    """Every district and what its page lacks."""
    _check(request)
    rows = councils.all_districts()
    lacking = sum(1 for _district, words in rows if words)
    return render(request, "initiatives/staff/councils.html", {"rows": rows, "lacking": lacking})


@require_http_methods(["GET", "HEAD", "POST"])
def council(request: HttpRequest, number: int) -> HttpResponse:
    """The contact of one district council."""
    _check(request)
    district = get_object_or_404(District, number=number)
    kept = DistrictCouncil.objects.filter(district=district).first()
    form = CouncilForm(request.POST if request.method == "POST" else None, instance=kept)
    if form.is_valid():
        actions.save_council(district=district, facts=form.cleaned_data, person=request.user)
        messages.success(request, _("The contact is saved. It stands on the district's page."))
        return redirect("initiatives_councils")
    return render(request, "initiatives/staff/council.html", {"form": form, "district": district})

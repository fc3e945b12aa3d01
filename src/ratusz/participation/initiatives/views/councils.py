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


@require_safe
def all_councils(request: HttpRequest) -> HttpResponse:
    """Every district and what its page lacks; to an editor of councils their own."""
    at = database_now()
    rows = councils.all_districts()
    if not rules.may(request.user, "handle", None, at):
        mine = {each.district_id for each in councils.kept_by(request.user, at)}
        rows = [(district, words) for district, words in rows if district.pk in mine]
        if not rows:
            raise PermissionDenied
    lacking = sum(1 for _district, words in rows if words)
    return render(request, "initiatives/staff/councils.html", {"rows": rows, "lacking": lacking})


@require_http_methods(["GET", "HEAD", "POST"])
def council(request: HttpRequest, number: int) -> HttpResponse:
    """The contact of one district council."""
    at = database_now()
    kept = DistrictCouncil.objects.filter(district__number=number).select_related("unit").first()
    is_ours = rules.may(request.user, "handle", None, at)
    if not is_ours and not (kept and rules.keeps(request.user, kept, at)):
        raise PermissionDenied
    district = get_object_or_404(District, number=number)
    form = CouncilForm(request.POST if request.method == "POST" else None, instance=kept, is_ours=is_ours)
    if form.is_valid():
        actions.save_council(district=district, facts=form.cleaned_data, person=request.user)
        messages.success(request, _("The contact is saved. It stands on the district's page."))
        return redirect("initiatives_councils")
    return render(request, "initiatives/staff/council.html", {"form": form, "district": district})

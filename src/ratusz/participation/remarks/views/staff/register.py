"""The register: consultations with what is owed, the remarks of one narrowed by keyset, deeds on many at once."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import polish_date
from ratusz.foundation.kit.plain_numbers import plain_number
from ratusz.foundation.units.models import Unit
from ratusz.participation.consultations.models import Consultation
from ratusz.participation.remarks import queries, rules, wording
from ratusz.participation.remarks.actions import grouping, positions, routing
from ratusz.participation.remarks.boxes import KINDS
from ratusz.participation.remarks.forms_staff import PositionForm, RegisterFilter
from ratusz.participation.remarks.models import Cluster
from ratusz.participation.remarks.rules_grouping import GroupingRefused
from ratusz.participation.remarks.views.staff.deeds import check, chosen_remarks, rights

SEEN = 100
"""Consultations on the first screen: the newest."""


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Consultations with numbers of their remarks, the newest first."""
    at = check(request, "see")
    mine = rights(request, at)
    rows = queries.overview(at)[:SEEN] if mine["all"] else queries.overview(at, _with_mine(request, at))[:SEEN]
    return render(request, "remarks/staff/overview.html", {"rows": rows, "may": mine})


def _with_mine(request: HttpRequest, at: Any) -> Any:
    units = queries.own_units(request.user, at)
    return Consultation.objects.filter(pk__in=Consultation.objects.filter(remarks__unit__in=units).values("pk"))


@require_safe
def register(request: HttpRequest, pk: int) -> HttpResponse:
    """Remarks in the order of their numbers; units see their own."""
    at = check(request, "see")
    found = get_object_or_404(Consultation, pk=pk)
    form = RegisterFilter(request.GET, consultation=found)
    narrowed = queries.narrowed(queries.register_of(found, request.user, at), form.wanted())
    page = queries.page_of(
        narrowed, after=plain_number(request.GET.get("po", "")) or 0, before=plain_number(request.GET.get("przed", "")) or 0
    )  # fmt: skip
    query = request.GET.copy()
    for name in ("po", "przed"):
        query.pop(name, None)
    context = {
        "consultation": found, "form": form, "page": page, "rows": [_row(each, page) for each in page.rows],
        "may": rights(request, at),
        "query": query.urlencode(), "units": Unit.objects.working().order_by("name"), "position_form": PositionForm(),
        "clusters": Cluster.objects.filter(consultation=found), "boxes": found.forms.filter(kind__in=KINDS),
    }  # fmt: skip
    return render(request, "remarks/staff/register.html", context)


def _row(remark: Any, page: queries.Slice) -> dict[str, Any]:
    position = page.positions.get(remark.pk)
    return {
        "remark": remark, "speaks": wording.speaks(remark.intake), "day": polish_date(remark.intake.received_at),
        "where": wording.where_words(remark), "position": wording.position_words(position),
        "state": position.get_state_display() if position else "",
        "same": wording.same_words(page.same.get(remark.cluster_id or 0, 0)),
    }  # fmt: skip


@require_POST
def bulk(request: HttpRequest, pk: int) -> HttpResponse:
    """One deed on every ticked remark: all of them or none."""
    at = check(request, "see")
    found = get_object_or_404(Consultation, pk=pk)
    chosen = chosen_remarks(request, found, at)
    back = reverse("remarks_register", args=[pk]) + "?" + request.POST.get("query", "")[:500]
    if not chosen:
        messages.warning(request, _("Tick the remarks first."))
        return redirect(back)
    try:
        messages.success(request, _done(request, found, chosen))
    except rules.RemarkRefused as refusal:
        messages.error(request, str(refusal))
    except rules.NotYours as refusal:
        raise PermissionDenied from refusal
    return redirect(back)


def _done(request: HttpRequest, consultation: Consultation, chosen: list[Any]) -> str:
    deed, person = request.POST.get("deed", ""), request.user
    if deed == "route":
        unit = Unit.objects.working().filter(pk=plain_number(request.POST.get("unit", "")) or 0).first()
        if unit is None:
            raise rules.RemarkRefused(_("Choose the unit that answers."))
        return _counted(routing.route(remarks=chosen, unit=unit, person=person))
    if deed == "write":
        form = PositionForm(request.POST)
        if not form.is_valid():
            raise rules.RemarkRefused(_("Choose a verdict and write the reasons."))
        return _counted(len(positions.write_for_all(remarks=chosen, stand=form.stand(), person=person)))
    if deed == "cluster":
        return _grouped(request, consultation, chosen)
    if deed in ("review", "approve"):
        return _counted(positions.move_all(remarks=chosen, deed=deed, person=person))
    raise rules.RemarkRefused(_("Choose what to do with the ticked remarks."))


def _grouped(request: HttpRequest, consultation: Consultation, chosen: list[Any]) -> str:
    rules.check_may(request.user, "run", consultation, database_now())
    pks, name = [each.pk for each in chosen], request.POST.get("name", "")
    try:
        grouping.make_group(consultation=consultation, name=name, remarks=pks, person=request.user)
    except GroupingRefused as refusal:
        raise rules.RemarkRefused(str(refusal)) from refusal
    return _counted(len(chosen))


def _counted(count: int) -> str:
    return ngettext("Done for %(count)s remark.", "Done for %(count)s remarks.", count) % {"count": count}

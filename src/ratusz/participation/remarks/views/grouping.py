"""Screens of groups: what the analysis proposes, the groups that stand, one group with its remarks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages

from ratusz.foundation.audit.actions import record_read
from ratusz.foundation.kit.analysis import quality
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import polish_moment
from ratusz.foundation.once.sending import once_only
from ratusz.participation.consultations.models import Consultation
from ratusz.participation.remarks import queries_grouping as queries
from ratusz.participation.remarks import rules_grouping as rules
from ratusz.participation.remarks.actions import analysing, grouping
from ratusz.participation.remarks.forms_grouping import AcceptForm, MoveForm, NameForm
from ratusz.participation.remarks.models import Cluster, GroupingDeed, Proposal
from ratusz.participation.remarks.rules import may

PAGE = 50


def check(request: HttpRequest) -> datetime:
    """The moment of the request; PermissionDenied for whoever does not run consultations."""
    at = database_now()
    if not may(request.user, "run", None, at):
        raise PermissionDenied
    return at


def chosen(request: HttpRequest, name: str) -> list[int]:
    """Keys ticked on a page; whatever is no key is left out."""
    return [int(each) for each in request.POST.getlist(name) if each.isdecimal() and len(each) < 10]


def tried(request: HttpRequest, deed: Callable[[], Any], done: str = "") -> Any:
    """What the deed gives; None with its refusal told to the person."""
    try:
        made = deed()
    except rules.GroupingRefused as refusal:
        messages.error(request, str(refusal))
        return None
    if done:
        messages.success(request, done)
    return made if made is not None else True


@require_safe
def groups(request: HttpRequest, pk: int) -> HttpResponse:
    """The consultation's groups, proposals that wait, and the run of the analysis."""
    check(request)
    consultation = get_object_or_404(Consultation, pk=pk)
    kind = request.GET.get("rodzaj", "")
    kind = kind if kind in Proposal.Kind.values else ""
    page = Paginator(queries.open_proposals(consultation, kind), PAGE).get_page(request.GET.get("p"))
    standing = Paginator(queries.groups(consultation), PAGE).get_page(request.GET.get("g"))
    run = queries.newest_run(consultation)
    told = queries.examples_of(page, consultation)
    record_read(subject=consultation, fields=["remarks"], actor=request.user)
    context = {
        "consultation": consultation, "run": run, "page": page, "standing": standing, "kind": kind, "kinds": Proposal.Kind.choices,
        "rows": [{"proposal": each, "examples": told[each.pk]} for each in page], "last": queries.last_deed(consultation),
        "ungrouped": queries.ungrouped(consultation).count(), "figure": f"{quality.MEASURED:.2f}".replace(".", ","),
        "yardstick": f"{quality.GOOD:.2f}".replace(".", ","), "is_experimental": quality.IS_EXPERIMENTAL,
        "finished": polish_moment(run.finished_at) if run and run.finished_at else "",
    }  # fmt: skip
    return render(request, "remarks/staff/groups.html", context)


@require_POST
@once_only
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Puts the analysis into the queue."""
    check(request)
    consultation = get_object_or_404(Consultation, pk=pk)
    done = _("The analysis waits for a worker. Refresh this page in a minute.")
    tried(request, lambda: analysing.ask_analysis(consultation=consultation, person=request.user), done)
    return redirect("remarks_groups", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@once_only
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """One proposal with every remark of it; accepted under a name, added to a group, or put aside."""
    check(request)
    found = get_object_or_404(Proposal.objects.select_related("run__consultation", "cluster"), pk=pk)
    consultation = found.run.consultation
    form = AcceptForm(request.POST or None, consultation=consultation, initial={"name": ", ".join(found.label).capitalize()})
    if request.method == "POST" and "refuse" in request.POST:
        done = _("The proposal is put aside. Its remarks stay as they were.")
        tried(request, lambda: grouping.refuse_proposal(proposal=found, person=request.user), done)
        return redirect("remarks_groups", consultation.pk)
    if request.method == "POST" and form.is_valid():
        made = tried(request, lambda: grouping.accept_proposal(proposal=found, person=request.user, **form.cleaned_data))
        if made:
            messages.success(request, _("The group stands. Look through its remarks before you answer them together."))
            return redirect("remarks_group", made.pk)
    record_read(subject=consultation, fields=["remarks"], actor=request.user)
    members = found.members.select_related("remark__intake", "remark__cluster").order_by("remark__number", "side")
    page = Paginator(members, PAGE).get_page(request.GET.get("p"))
    rows = [{"member": each, "said": queries.said(each)} for each in page]
    context = {"proposal": found, "consultation": consultation, "page": page, "rows": rows, "form": form}
    return render(request, "remarks/staff/proposal.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@once_only
def group(request: HttpRequest, pk: int) -> HttpResponse:
    """One group: its name, its remarks, its copies; chosen remarks go into a new group, another one or none."""
    check(request)
    cluster = get_object_or_404(Cluster.objects.select_related("consultation"), pk=pk)
    consultation, picked = cluster.consultation, chosen(request, "remark")
    form = MoveForm(request.POST or None, consultation=consultation, without=cluster)
    naming = NameForm(request.POST if "rename" in request.POST else None, initial={"name": cluster.name})
    if request.method == "POST" and _changed(request, cluster, picked, form, naming):
        return redirect("remarks_group", pk)
    record_read(subject=cluster, fields=["remarks"], actor=request.user)
    found = cluster.remarks.select_related("intake", "unit").order_by("number")
    page = Paginator(found, PAGE).get_page(request.GET.get("p"))
    context = {
        "cluster": cluster, "consultation": consultation, "page": page, "picked": picked, "form": form, "naming": naming,
        "copies": queries.copies_within(cluster),
    }  # fmt: skip
    return render(request, "remarks/staff/group.html", context)


def _changed(request: HttpRequest, cluster: Cluster, picked: list[int], form: MoveForm, naming: NameForm) -> bool:
    if "rename" in request.POST:
        if not naming.is_valid():
            return False
        deed = partial(grouping.rename_group, cluster=cluster, name=naming.cleaned_data["name"], person=request.user)
        return bool(tried(request, deed, _("The group has its new name.")))
    if not form.is_valid():
        return False
    name, to = form.cleaned_data["name"], form.cleaned_data["to"]
    if name:
        deed = partial(grouping.split_group, cluster=cluster, remarks=picked, name=name, person=request.user)
        return bool(tried(request, deed, _("The chosen remarks are a group of their own now.")))
    return _moved(request, cluster.consultation, picked, to)


def _moved(request: HttpRequest, consultation: Consultation, picked: list[int], to: Cluster | None) -> bool:
    deed = partial(grouping.move_remarks, consultation=consultation, remarks=picked, to=to, person=request.user)
    number = tried(request, deed)
    if number is None:
        return False
    number = int(number)
    messages.success(request, ngettext("%(number)s remark moved.", "%(number)s remarks moved.", number) % {"number": number})
    return True


@require_http_methods(["GET", "HEAD", "POST"])
@once_only
def ungrouped(request: HttpRequest, pk: int) -> HttpResponse:
    """Remarks in no group; chosen ones make a group or go into one."""
    check(request)
    consultation = get_object_or_404(Consultation, pk=pk)
    picked = chosen(request, "remark")
    form = MoveForm(request.POST or None, consultation=consultation)
    if request.method == "POST" and form.is_valid():
        name, to = form.cleaned_data["name"], form.cleaned_data["to"]
        if name:
            deed = partial(grouping.make_group, consultation=consultation, name=name, remarks=picked, person=request.user)
            made = tried(request, deed, _("The group stands."))
            if made:
                return redirect("remarks_group", made.pk)
        elif _moved(request, consultation, picked, to):
            return redirect("remarks_ungrouped", pk)
    record_read(subject=consultation, fields=["remarks"], actor=request.user)
    page = Paginator(queries.ungrouped(consultation).select_related("intake"), PAGE).get_page(request.GET.get("p"))
    context = {"consultation": consultation, "page": page, "picked": picked, "form": form}
    return render(request, "remarks/staff/ungrouped.html", context)


@require_POST
@once_only
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Merges the ticked groups under one name."""
    check(request)
    consultation = get_object_or_404(Consultation, pk=pk)
    facts = {"clusters": chosen(request, "group"), "name": request.POST.get("name", "")}
    deed = partial(grouping.merge_groups, consultation=consultation, person=request.user, **facts)
    tried(request, deed, _("The groups are one now. Each remark keeps its number and receipt."))
    return redirect("remarks_groups", pk)


@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes the newest deed back."""
    check(request)
    deed = get_object_or_404(GroupingDeed, pk=pk)
    tried(request, lambda: grouping.undo(deed=deed, person=request.user), _("Taken back: the remarks stand where they stood."))
    return redirect("remarks_groups", deed.consultation_id)

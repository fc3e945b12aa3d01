"""Screens of release sets: the list, a new one, one set with its things, previews and what stands in its way."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.plain_numbers import plain_number
from ratusz.foundation.once.sending import once_only
from ratusz.publishing.editing import actions, rules, wording
from ratusz.publishing.editing.actions.sets import troubles_of_set
from ratusz.publishing.editing.forms import ItemForm, SetForm
from ratusz.publishing.editing.models import ReleaseItem, ReleaseSet
from ratusz.publishing.editing.registries import release_kinds

from .staff import refused

PAGE = 50


def _check(request: HttpRequest) -> datetime:
    at = database_now()
    if not rules.is_department(request.user, at):
        raise PermissionDenied
    return at


@require_safe
def release_sets(request: HttpRequest) -> HttpResponse:
    """All sets, the newest first, with whose move each is."""
    _check(request)
    page = Paginator(ReleaseSet.objects.all(), PAGE).get_page(request.GET.get("p"))
    rows = [(each, wording.set_move(each)) for each in page]
    return render(request, "editing/staff/sets.html", {"page": page, "rows": rows})


@once_only
@require_http_methods(["GET", "HEAD", "POST"])
def new_set(request: HttpRequest) -> HttpResponse:
    """A name and a moment; the things come next."""
    _check(request)
    form = SetForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        made = actions.make_set(name=form.cleaned_data["name"], goes_out_at=form.cleaned_data["moment"], person=request.user)
        return redirect("editing_set", made.pk)
    return render(request, "editing/staff/new_set.html", {"form": form})


def _context(release: ReleaseSet, person: Any, at: datetime, **more: Any) -> dict[str, Any]:
    is_mine = person.pk in (release.made_by_id, release.last_edited_by_id)
    is_draft = release.state == ReleaseSet.State.DRAFT
    context = {
        "release": release, "move": wording.set_move(release), "items": [_row(item) for item in release.items.all()],
        "troubles": troubles_of_set(release, at) if release.is_open else [], "is_mine": is_mine,
        "written": rules.written_in_set(person.pk, release) if is_draft and not is_mine else [],
        "item_form": ItemForm(), "form": SetForm(release=release),
    }  # fmt: skip
    return context | more


def _row(item: ReleaseItem) -> dict[str, Any]:
    try:
        if item.kind in release_kinds:
            kind = release_kinds[item.kind]
            preview = kind.preview(item.key, None) if kind.preview else ""
            return {
                "item": item,
                "kind": kind.name,
                "label": kind.label(item.key),
                "address": kind.address(item.key),
                "preview": preview,
            }
    except LookupError:
        pass
    return {"item": item, "kind": item.kind, "label": item.key, "address": "", "preview": ""}


@require_http_methods(["GET", "HEAD", "POST"])
def release_set(request: HttpRequest, pk: int) -> HttpResponse:
    """One set; a POST changes its name and moment."""
    at = _check(request)
    release = get_object_or_404(ReleaseSet.objects.select_related("made_by", "approved_by"), pk=pk)
    form = SetForm(request.POST if request.method == "POST" else None, release=release)
    if request.method == "POST" and form.is_valid():
        try:
            facts = {"name": form.cleaned_data["name"], "goes_out_at": form.cleaned_data["moment"]}
            actions.change_set(release=release, person=request.user, **facts)
            messages.success(request, _("Saved. The set needs a second pair of eyes again."))
            return redirect("editing_set", pk)
        except rules.NotNow as refusal:
            refused(request, refusal)
    return render(request, "editing/staff/set.html", _context(release, request.user, at, form=form))


@require_POST
def set_step(request: HttpRequest, pk: int) -> HttpResponse:
    """The buttons of a set."""
    at = _check(request)
    release = get_object_or_404(ReleaseSet, pk=pk)
    form = ItemForm(request.POST)
    try:
        if done := _done(request, release, form):
            messages.success(request, done)
            return redirect("editing_set", pk)
    except rules.NotNow as refusal:
        refused(request, refusal)
        return redirect("editing_set", pk)
    return render(request, "editing/staff/set.html", _context(release, request.user, at, item_form=form))


def _done(request: HttpRequest, release: ReleaseSet, form: ItemForm) -> str:
    deed, person = request.POST.get("deed", ""), request.user
    if deed == "add" and form.is_valid():
        actions.add_item(release=release, kind=form.cleaned_data["kind"], key=form.cleaned_data["key"], person=person)
        return _("It is in the set now.")
    if deed == "remove":
        item = get_object_or_404(release.items, pk=plain_number(request.POST.get("item", "")) or 0)
        actions.remove_item(item=item, person=person)
        return _("Taken out.")
    if deed == "approve":
        actions.approve_set(release=release, person=person)
        return _("Approved. The set goes out at its moment, whole or not at all.")
    if deed == "release":
        actions.release_set(release=release, person=person)
        return _("The whole set has gone out.")
    if deed == "close":
        actions.close_set(release=release, person=person)
        return _("Closed. Nothing goes out by this set.")
    return ""

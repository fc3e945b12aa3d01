"""Staff screens of a whole edition: make one, see where each pool stands, count and publish them together."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.money import zlotys
from ratusz.foundation.kit.plain_numbers import plain_number
from ratusz.participation.budget import actions, presentation, queries, rules, wording
from ratusz.participation.budget.forms import EditionForm
from ratusz.participation.budget.models import Edition, Pool, PoolResult, ResultChange
from ratusz.participation.budget.states import state_of

EDITIONS = "budget_editions:index"
"""Wagtail's name of the list of editions."""


def new_edition(request: HttpRequest) -> HttpResponse:
    """A form for an empty edition; pools come in from files or lists afterwards."""
    if not rules.may(request.user, "make_edition", None, database_now()):
        raise PermissionDenied
    form = EditionForm(request.POST or None, initial=EditionForm.proposal(database_now()))
    if request.method == "POST" and form.is_valid():
        try:
            edition = actions.make_edition(actor=request.user, **form.cleaned_data)
        except rules.NotPossible as refusal:
            form.add_error(None, str(refusal))
        else:
            words = _("The edition {edition} is here. Now set its calendar and pools, or bring pools in from files.")
            messages.success(request, words.format(edition=edition))
            return redirect("budget_staff_edition", edition.pk)
    return render(request, "budget/staff_edition_new.html", {"form": form, "page_title": _("New edition")})


def edition(request: HttpRequest, pk: int) -> HttpResponse:
    """Where each pool stands, and what can be done with all of them."""
    if not rules.may(request.user, "read_staff_screens", None, database_now()):
        raise PermissionDenied
    found = get_object_or_404(Edition, pk=pk)
    if request.method == "POST" and request.POST.get("deed") == "publish" and not request.POST.get("sure"):
        return _ask_before_publishing(request, found)
    if request.method == "POST":
        return _deed(request, found)
    rows = _rows(found)
    drafts = [row["draft"].pk for row in rows if row["draft"]]
    context = {
        "page_title": _("Edition {edition}").format(edition=found),
        "edition": found,
        "rows": rows,
        "drafts": drafts,
        "waits": any(row["draft"] and row["draft"].waits for row in rows),
        "publish_label": _publish_label(len(drafts)),
        "may_be_counted": any(not row["draft"] and not row["pool"].result_id and row["pool"].ballots_are_complete for row in rows),
    }
    return render(request, "budget/staff_edition.html", context)


def _publish_label(number: int) -> str:
    return ngettext("Publish {n} result", "Publish {n} results", number).format(n=number)


def _ask_before_publishing(request: HttpRequest, found: Edition) -> HttpResponse:
    """Which results become public, and that it stays: nothing is published before the second button."""
    seen = _drafts_seen(request)
    drafts = list(PoolResult.objects.filter(pool__edition=found, published_at=None).select_related("pool"))
    try:
        rules.check_seen(seen, [draft.pk for draft in drafts])
    except rules.NotPossible as refusal:
        messages.error(request, str(refusal))
        return redirect("budget_staff_edition", found.pk)
    context = {
        "page_title": _("Publish results: {edition}?").format(edition=found),
        "pools": [{"name": str(draft.pool), "summary": presentation.result_summary(draft)} for draft in drafts],
        "drafts": seen,
        "publish_label": _publish_label(len(drafts)),
        "back": reverse("budget_staff_edition", args=[found.pk]),
        "is_last": not found.pools.exclude(pk__in=[draft.pool_id for draft in drafts]).filter(result=None).exists(),
    }
    return render(request, "budget/staff_publish.html", context)


def _drafts_seen(request: HttpRequest) -> list[int]:
    """The drafts the person looked at; what is no number is none of them."""
    numbers = (plain_number(text) for text in request.POST.getlist("draft"))
    return [number for number in numbers if number is not None]


def _rows(edition: Edition) -> list[dict]:
    pools = list(edition.pools.select_related("result").order_by("position"))
    drafts = {draft.pool_id: draft for draft in PoolResult.objects.filter(pool__edition=edition, published_at=None)}
    pending = queries.pending_changes(ResultChange.objects.filter(pool__edition=edition))
    return [_row(pool, drafts.get(pool.pk), pending.get(pool.pk)) for pool in pools]


def _row(pool: Pool, draft: PoolResult | None, pending: ResultChange | None) -> dict:
    shown = draft or pool.result
    return {
        "pool": pool,
        "draft": draft,
        "money": zlotys(pool.budget_grosze),
        "funded": shown and _("{funded} of {projects}").format(funded=shown.funded_count, projects=shown.projects_count),
        "left": shown and zlotys(shown.left_grosze),
        "ballots": shown and wording.ballots(shown.ballots),
        "state": state_of(pool, draft, pending),
    }


def _counted(number: int) -> str:
    sentence = ngettext("{n} pool is counted. Look before you publish.", "{n} pools are counted. Look before you publish.", number)
    return sentence.format(n=number)


def _deed(request: HttpRequest, found: Edition) -> HttpResponse:
    """Does what the button says to the whole edition, or says why not."""
    deed = request.POST.get("deed")
    try:
        if deed == "count":
            number = actions.count_edition(edition=found, actor=request.user)
            messages.success(request, _counted(number))
        elif deed == "publish":
            seen = _drafts_seen(request)
            number = actions.publish_edition(edition=found, drafts=seen, actor=request.user)
            messages.success(request, ngettext("{n} result is published.", "{n} results are published.", number).format(n=number))
        elif deed == "remove":
            actions.remove_edition(edition=found, actor=request.user)
            messages.success(request, _("The empty edition {edition} is removed.").format(edition=found))
            return redirect(EDITIONS)
    except (rules.NotPossible, rules.NotAllowed) as refusal:
        messages.error(request, str(refusal))
    return redirect("budget_staff_edition", found.pk)

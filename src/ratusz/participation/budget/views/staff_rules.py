"""Staff screens of an edition as data: calendar, settings, pools, opening, changes by two people, the frozen ballot."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.plain_numbers import plain_number
from ratusz.participation.budget import actions, calendars, rules, rules_page
from ratusz.participation.budget.edition_rules import pool_formula_of, rules_of
from ratusz.participation.budget.forms_editions import CalendarForm, PoolsForm, SettingsForm, days_of
from ratusz.participation.budget.models import Edition, Pool, StageCode
from ratusz.participation.budget.pool_making import formula_words


def _edition(request: HttpRequest, pk: int, deed: str) -> Edition:
    if not rules.may(request.user, deed, None, database_now()):
        raise PermissionDenied
    return get_object_or_404(Edition, pk=pk)


def _before(edition: Edition) -> Edition | None:
    earlier = Edition.objects.filter(city=edition.city, kind=edition.kind, year__lt=edition.year)
    return earlier.order_by("-year", "-number").first()


def overview(request: HttpRequest, pk: int) -> HttpResponse:
    """Zasady edycji for staff: everything residents read, the next step, changes that wait for the second person."""
    edition = _edition(request, pk, "read_changes")
    if request.method == "POST":
        try:
            messages.success(request, _deed(request, edition))
        except (rules.NotPossible, rules.NotAllowed) as refusal:
            messages.error(request, str(refusal))
        return redirect("budget_staff_rules", pk)
    at = database_now()
    context = rules_page.context_of(edition) | {
        "page_title": _("Rules of the edition {edition}").format(edition=edition),
        "is_draft": edition.state == Edition.State.DRAFT,
        "may_prepare": rules.may(request.user, "prepare_edition", edition, at),
        "stage_choices": StageCode.choices,
        "may_extend": bool(edition.opened_at and rules_of(edition).value("extension.after_outage")),
    }
    return render(request, "budget/staff_rules.html", context)


def _deed(request: HttpRequest, edition: Edition) -> str:
    """Does what the button says; gives the sentence of what is true now."""
    post, person = request.POST, request.user
    deed = post.get("deed", "")
    if deed == "open":
        actions.open_edition(edition=edition, person=person)
        return _("The edition is open. Its rules and their SHA-256 are public.")
    if deed in ("approve", "reject"):
        change = get_object_or_404(edition.changes, pk=plain_number(post.get("change", "")) or 0)
        actions.settle_change(change=change, approve=deed == "approve", person=person)
        return _("The change is approved and holds.") if deed == "approve" else _("The change is rejected.")
    if deed == "extend":
        outage, minutes = (plain_number(post.get(name, "")) or 0 for name in ("outage", "minutes"))
        actions.propose_extension(
            edition=edition, code=post.get("code", ""), outage=outage, minutes=minutes, reason=post.get("reason", ""), person=person
        )
        return _("The extension waits for the second person.")
    raise rules.NotPossible(_("Choose what to do."))


def calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """All stages at once; checked for order, with warnings; copied from last year, moved to working days."""
    edition = _edition(request, pk, "prepare_edition")
    days, before = days_of(edition), _before(edition)
    copied = request.GET.get("copy") and before is not None
    if copied and before is not None:
        days = calendars.moved_by_a_year(days_of(before), edition.year - before.year)
    form = CalendarForm(request.POST or None, days=days)
    if request.method == "POST" and form.is_valid():
        try:
            for warning in actions.set_calendar(edition=edition, days=form.days(), person=request.user):
                messages.warning(request, warning)
        except rules.NotPossible as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The calendar is saved."))
            return redirect("budget_staff_rules", pk)
    context = {"may_copy": before is not None and before.stages.exists(), "warnings": calendars.warnings(days) if copied else []}
    return _form_page(request, edition, form, _("Calendar of the edition {edition}"), context)


def settings(request: HttpRequest, pk: int) -> HttpResponse:
    """Every setting; in a draft saved at once, after the opening proposed with a reason."""
    edition = _edition(request, pk, "propose_change")
    is_open = edition.opened_at is not None
    form = SettingsForm(request.POST or None, settings=rules_of(edition), with_reason=is_open)
    if request.method == "POST" and form.is_valid():
        try:
            _save_settings(request, edition, form, is_open)
        except (rules.NotPossible, rules.NotAllowed) as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("budget_staff_rules", pk)
    return _form_page(request, edition, form, _("Settings of the edition {edition}"), {})


def _save_settings(request: HttpRequest, edition: Edition, form: SettingsForm, is_open: bool) -> None:
    if is_open:
        reason = form.cleaned_data["reason"]
        actions.propose_rules(edition=edition, values=form.values(), reason=reason, person=request.user)
        messages.success(request, _("The change waits for the second person."))
    else:
        actions.set_rules(edition=edition, values=form.values(), person=request.user)
        messages.success(request, _("The settings are saved."))


def pools(request: HttpRequest, pk: int) -> HttpResponse:
    """The city's formula with its numbers; the officer confirms the ranking and may correct a pool with a reason."""
    edition = _edition(request, pk, "prepare_edition")
    before = _before(edition)
    rows = list(Pool.objects.filter(edition=before).select_related("result").order_by("position")) if before else []
    formula = pool_formula_of(rules_of(edition))
    form = PoolsForm(request.POST or None, before=rows, rewarded=len(formula.bonus_split) if formula else 0)
    if request.method == "POST" and form.is_valid():
        try:
            day = form.cleaned_data["day"]
            actions.make_pools(edition=edition, given=form.given(), people_day=day, person=request.user)
        except rules.NotPossible as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The pools are computed. Look at the arithmetic below."))
            return redirect("budget_staff_rules", pk)
    title = _("Pools of the edition {edition}")
    return _form_page(request, edition, form, title, {"formula": formula_words(formula) if formula else []})


def _form_page(request: HttpRequest, edition: Edition, form: Any, title: str, more: dict[str, Any]) -> HttpResponse:
    context = {"page_title": title.format(edition=edition), "edition": edition, "form": form} | more
    return render(request, "budget/staff_rules_form.html", context)

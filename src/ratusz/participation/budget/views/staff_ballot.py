"""Staff screens of the ballot and of the calendar after the opening: the list, what excludes what, two people who settle it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import polish_moment
from ratusz.foundation.kit.money import zlotys
from ratusz.foundation.kit.plain_numbers import plain_number
from ratusz.foundation.once.sending import once_only
from ratusz.participation.budget import actions, rules
from ratusz.participation.budget.actions.ballot_list import ballot_content
from ratusz.participation.budget.edition_rules import rules_of, sha256_of
from ratusz.participation.budget.forms_ballot import ExclusionForm, StageMoveForm
from ratusz.participation.budget.models import Edition, EditionChange, ExclusionSet, Pool, Project
from ratusz.participation.budget.registries import ballot_notes


@once_only
def ballot(request: HttpRequest, pk: int) -> HttpResponse:
    """Karta do głosowania: what stands on it, what excludes what, the first person presents it, another one freezes it."""
    edition = _edition(request, pk, "read_changes")
    form = ExclusionForm(request.POST if request.POST.get("deed") == "exclude" else None, edition=edition)
    if request.method == "POST" and (form.is_valid() or not form.is_bound):
        try:
            messages.success(request, _deed(request, edition, form))
        except (rules.NotPossible, rules.NotAllowed) as refusal:
            if not form.is_bound:
                messages.error(request, str(refusal))
                return redirect("budget_staff_ballot", pk)
            form.add_error(None, str(refusal))
        else:
            return redirect("budget_staff_ballot", pk)
    return render(request, "budget/staff_ballot.html", _context(request, edition, form))


def _edition(request: HttpRequest, pk: int, deed: str) -> Edition:
    if not rules.may(request.user, deed, None, database_now()):
        raise PermissionDenied
    return get_object_or_404(Edition, pk=pk)


def _deed(request: HttpRequest, edition: Edition, form: ExclusionForm) -> str:
    """Does what the button says; gives the sentence of what is true now."""
    post, person = request.POST, request.user
    if form.is_bound:
        actions.exclude_one_another(person=person, **form.cleaned_data)
        return _("Kept: only one of these projects will be built.")
    if post.get("deed") == "drop":
        sets = ExclusionSet.objects.filter(pool__edition=edition)
        actions.drop_exclusion(exclusion=get_object_or_404(sets, pk=plain_number(post.get("set", "")) or 0), person=person)
        return _("These projects do not exclude one another any more.")
    if post.get("deed") == "freeze":
        frozen = actions.freeze_ballot(edition=edition, person=person, looked_at=post.get("looked_at", ""))
        return _("The ballot is frozen.") if frozen.ballot_frozen_at else _("The ballot waits for the second person.")
    raise rules.NotPossible(_("Choose what to do."))


def _context(request: HttpRequest, edition: Edition, form: ExclusionForm) -> dict[str, Any]:
    at = database_now()
    sha256 = sha256_of(ballot_content(edition))
    waiting = edition.changes.filter(kind=EditionChange.Kind.BALLOT, settled_at=None).select_related("proposed_by").first()
    is_same = waiting is not None and waiting.after["list"] == sha256
    may_freeze = edition.opened_at and not edition.ballot_frozen_at and rules.may(request.user, "freeze_ballot", edition, at)
    return {
        "page_title": _("Ballot of the edition {edition}").format(edition=edition), "edition": edition, "form": form,
        "pools": _pools(edition), "sha256": sha256, "waiting": waiting if is_same else None,
        "waits_since": polish_moment(waiting.proposed_at) if waiting else "", "is_changed": bool(waiting) and not is_same,
        "is_mine": is_same and waiting is not None and waiting.proposed_by_id == request.user.pk,
        "may_freeze": may_freeze and edition.projects.exists(), "is_drawn": rules_of(edition).value("ballot.order") == "lot",
        "may_edit": not edition.ballot_frozen_at and rules.may(request.user, "put_on_ballot", edition, at),
        "frozen": polish_moment(edition.ballot_frozen_at) if edition.ballot_frozen_at else "",
        "notes": [] if edition.ballot_frozen_at else [note for room in ballot_notes for note in room(edition)],
    }  # fmt: skip


def _pools(edition: Edition) -> list[dict[str, Any]]:
    """Pools with something on the ballot, each with its projects in their order and its sets."""
    pools = edition.pools.prefetch_related("projects", "exclusion_sets").order_by("position")
    return [_pool(each) for each in pools if each.projects.all()]


def _pool(pool: Pool) -> dict[str, Any]:
    def place(project: Project) -> tuple[int, int]:
        return project.ballot_position or 0, project.position

    return {
        "pool": pool, "money": zlotys(pool.budget_grosze), "sets": pool.exclusion_sets.all(),
        "projects": [(one, zlotys(one.cost_grosze)) for one in sorted(pool.projects.all(), key=place)],
    }  # fmt: skip


@once_only
def move_stage(request: HttpRequest, pk: int) -> HttpResponse:
    """Other days of one stage of an opened edition: proposed here with a reason, approved by another person."""
    edition = _edition(request, pk, "propose_change")
    form = StageMoveForm(request.POST or None, edition=edition, initial={"code": request.GET.get("etap", "")})
    if request.method == "POST" and form.is_valid():
        try:
            actions.propose_stage(edition=edition, person=request.user, **form.cleaned_data)
        except (rules.NotPossible, rules.NotAllowed) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The change waits for the second person."))
            return redirect("budget_staff_rules", pk)
    title = _("Move a stage of the edition {edition}").format(edition=edition)
    return render(request, "budget/staff_rules_form.html", {"page_title": title, "edition": edition, "form": form})

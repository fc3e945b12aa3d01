"""Staff screens: bring a contest in, count, see the difference, publish, record a later change."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.permission_policies import ModelPermissionPolicy

from ratusz.foundation.files.aside import Aside
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.money import zlotys
from ratusz.foundation.kit.plain_numbers import plain_number
from ratusz.foundation.kit.words import grouped
from ratusz.participation.budget import actions, presentation, queries, rules, wording
from ratusz.participation.budget.engine import Preset
from ratusz.participation.budget.formats import FormatError, read_any
from ratusz.participation.budget.forms import ENDINGS, ChangeForm, ContestFileForm
from ratusz.participation.budget.models import Edition, Pool, PoolResult, Project, ProjectResult
from ratusz.participation.budget.pabulib import PabulibContest, PabulibError, pool_label
from ratusz.participation.budget.states import state_of
from ratusz.ui import chrome

uploads = Aside("budget", ENDINGS)


def _check_may(request: HttpRequest, deed: str) -> None:
    if not rules.may(request.user, deed, None, database_now()):
        raise PermissionDenied


def import_contest(request: HttpRequest) -> HttpResponse:
    """Upload a file; it is checked at once and shown; a second button brings it in."""
    _check_may(request, "import_contest")
    if request.method == "POST" and request.POST.get("kept"):
        return _confirm_import(request)
    form = ContestFileForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"form": form, "page_title": _("Bring a contest in")}
    if request.method == "POST" and form.is_valid():
        name = uploads.put(form.cleaned_data["file"])
        context |= _checked(name, form.cleaned_data["rules"]) | {
            "rules": form.cleaned_data["rules"],
            "file_name": form.cleaned_data["file"].name,
        }
    return render(request, "budget/staff_import.html", context)


def _checked(name: str, preset_code: str) -> dict[str, Any]:
    """What a kept file holds and by what rules it would be counted, or why it is refused. A refused file goes at once."""
    path = uploads.path(name)
    if path is None:
        return {"refusal": _("The file is not here any more. Choose it again.")}
    try:
        contest = read_any(path)
        chosen = actions.check_import(contest=contest, choice=actions.ImportChoice(preset_code))
    except (PabulibError, FormatError, rules.NotPossible) as error:
        uploads.remove(name)
        return {"refusal": str(error) if isinstance(error, rules.NotPossible) else error.sentence}
    return {"kept": name, "facts": _facts(contest, chosen), "contest": contest, "warning": _warning(contest)}


def _warning(contest: PabulibContest) -> str:
    """That the contest is another city's; "" when it is the portal's own."""
    if contest.meta["unit"] == chrome.city():
        return ""
    return _(
        "The file is from {city}, this portal serves {own}. Its result will stand at the end of the budget's page, "
        "under “Other cities, counted for comparison”, not among this city's editions, nor in the search."
    ).format(city=contest.meta["unit"], own=chrome.city())


def _facts(contest: PabulibContest, chosen: Preset) -> list[tuple[str, str]]:
    return [
        (_("City"), contest.meta["unit"]),
        (_("Pool"), pool_label(contest.pool_name)),
        (_("Year"), contest.meta["instance"]),
        (_("Money"), zlotys(contest.budget)),
        (_("Projects"), wording.projects(len(contest.projects))),
        (_("Ballots"), wording.ballots(len(contest.voters))),
        (_("Rules"), chosen.name),
    ]


def _confirm_import(request: HttpRequest) -> HttpResponse:
    name = request.POST["kept"]
    checked = _checked(name, request.POST.get("rules", ""))
    if "contest" not in checked:
        context = checked | {"form": ContestFileForm(), "page_title": _("Bring a contest in")}
        return render(request, "budget/staff_import.html", context)
    try:
        choice = actions.ImportChoice(request.POST.get("rules", ""))
        pool = actions.import_contest(contest=checked["contest"], choice=choice, actor=request.user)
    except rules.NotPossible as refusal:
        context = {"refusal": str(refusal), "form": ContestFileForm(), "page_title": _("Bring a contest in")}
        return render(request, "budget/staff_import.html", context)
    uploads.remove(name)
    messages.success(request, _("The contest is here: {pool}. Now count it.").format(pool=pool))
    return redirect("budget_staff_pool", pool.pk)


def pool(request: HttpRequest, pk: int) -> HttpResponse:
    """One pool: its result, a counted draft beside it, and what can be done next."""
    _check_may(request, "read_staff_screens")
    found = get_object_or_404(Pool.objects.select_related("edition", "result"), pk=pk)
    form = ChangeForm(request.POST if request.POST.get("deed") == "change" else None, pool=found)
    if request.method == "POST" and request.POST.get("deed") == "remove":
        return _remove(request, found)
    if request.method == "POST" and request.POST.get("deed") == "publish" and not request.POST.get("sure"):
        return _ask_before_publishing(request, found)
    if request.method == "POST" and (done := _deed(request, found, form)):
        messages.success(request, done)
        return redirect("budget_staff_pool", pk)
    draft = found.results.filter(published_at=None).first()
    context = {
        "page_title": str(found),
        "pool": found,
        "form": form,
        "draft": draft,
        "draft_rows": _draft_rows(found, draft) if draft else [],
        "differences": _differences(found, draft),
        "money": zlotys(found.budget_grosze),
        "ballots": wording.ballots(found.ballots.count()),
        "ties": [wording.tie_sentence(tie, found.rules.get("rank_key", "voters")) for tie in (draft.ties if draft else [])],
        "state": state_of(found, draft, pending := queries.pending_change(found)),
        "pending": pending,
        "changes": list(found.changes.select_related("project")),
        "may_be_removed": found.result_id is None and found.edition.opened_at is None,
    }
    return render(request, "budget/staff_pool.html", context)


def _remove(request: HttpRequest, pool: Pool) -> HttpResponse:
    """Takes a pool back; without the tick nothing happens."""
    try:
        if not request.POST.get("sure"):
            raise rules.NotPossible(_("Tick the box to confirm that the pool goes with its projects and ballots."))
        actions.remove_pool(pool=pool, actor=request.user)
    except (rules.NotPossible, rules.NotAllowed) as refusal:
        messages.error(request, str(refusal))
        return redirect("budget_staff_pool", pool.pk)
    messages.success(request, _("The pool {pool} is removed with its projects and ballots.").format(pool=pool))
    return redirect("budget_staff_edition", pool.edition_id)


def _deed(request: HttpRequest, pool: Pool, form: ChangeForm) -> str:
    """Does what the button says; the sentence of success, or "" with the refusal shown on the page."""
    deed = request.POST.get("deed")
    try:
        if deed == "count":
            actions.count_pool(pool=pool, actor=request.user)
            return _("Counted. Check the result, then publish it.")
        if deed == "publish":
            actions.publish_result(result=_draft_seen(pool, request.POST.get("draft", "")), actor=request.user)
            return _("The result is published.")
        if deed == "recount":
            recount = actions.recount_pool(pool=pool, actor=request.user)
            return _("Counted again: the result agrees.") if recount.is_identical else _("Counted again: the result differs.")
        if deed == "change" and form.is_valid():
            actions.record_change(pool=pool, actor=request.user, **form.cleaned_data)
            return _("The change is recorded. Now count the pool again.")
    except (rules.NotPossible, rules.NotAllowed) as refusal:
        messages.error(request, str(refusal))
    return ""


def _ask_before_publishing(request: HttpRequest, pool: Pool) -> HttpResponse:
    """What becomes public, and that it stays: nothing is published before the second button."""
    try:
        draft = _draft_seen(pool, request.POST.get("draft", ""))
        rules.check_publishable(draft)
    except rules.NotPossible as refusal:
        messages.error(request, str(refusal))
        return redirect("budget_staff_pool", pool.pk)
    context = {
        "page_title": _("Publish the result: {pool}?").format(pool=pool),
        "pools": [{"name": f"{pool.edition}: {pool}", "summary": presentation.result_summary(draft)}],
        "drafts": [draft.pk],
        "publish_label": _("Publish the result"),
        "back": reverse("budget_staff_pool", args=[pool.pk]),
        "is_last": not pool.edition.pools.exclude(pk=pool.pk).filter(result=None).exists(),
    }
    return render(request, "budget/staff_publish.html", context)


def _draft_seen(pool: Pool, number: str) -> PoolResult:
    """The draft the person looked at; one counted or published meanwhile is not what they agreed to. Raises NotPossible."""
    seen = pool.results.filter(pk=plain_number(number)).first()
    if seen:
        return seen
    if pool.results.filter(published_at=None).exists():
        raise rules.NotPossible(_("Somebody has counted this pool again meanwhile. Look at the new result, then publish it."))
    raise rules.NotPossible(_("There is no counted result to publish. Count the pool first."))


def _draft_rows(pool: Pool, result: PoolResult) -> list[dict[str, str]]:
    """The counted projects in words; without links, their public pages are not there yet."""
    return [
        {
            "place": str(end.place or presentation.DASH),
            "name": f"{end.number} {end.name}",
            "points": grouped(end.points),
            "voters": grouped(end.voters),
            "cost": zlotys(end.cost_grosze),
            "verdict": wording.verdict(end),
            "reason": wording.reason(end),
        }
        for end in queries.ends_of(pool, result.pk)
    ]


def _differences(pool: Pool, draft: PoolResult | None) -> list[dict]:
    """What publishing the draft would change, in words."""
    if draft is None or pool.result is None:
        return []
    found = rules.differences(list(pool.result.projects.select_related("project")), list(draft.projects.select_related("project")))
    outcomes = dict(ProjectResult.Outcome.choices)
    return [
        {
            "number": one["number"],
            "before": outcomes[one["before"]["outcome"]] if one["before"] else "",
            "after": outcomes[one["after"]["outcome"]] if one["after"] else "",
        }
        for one in found
    ]


class ByTheRules(ModelPermissionPolicy):
    """Whoever may read the budget's staff screens sees the lists; nobody edits facts by hand, not even a superuser."""

    def user_has_permission(self, user, action):
        if action != "view":
            return False
        # Wagtail asks once a row; the account object lives as long as the request.
        if not hasattr(user, "may_read_budget"):
            user.may_read_budget = rules.may(user, "read_staff_screens", None, database_now())
        return user.may_read_budget

    def user_has_any_permission(self, user, actions):
        return any(self.user_has_permission(user, action) for action in actions)


class WithItsRelations(generic.IndexView):
    """A list that reads the names beside each row in the same query."""

    def get_base_queryset(self):
        related = [field.name for field in self.model._meta.get_fields() if field.many_to_one and field.concrete]
        return super().get_base_queryset().select_related(*related)


class EditionsView(WithItsRelations):
    """The list of editions, from which a new one is made."""

    add_item_label = gettext_lazy("New edition")

    def get_add_url(self):
        is_allowed = rules.may(self.request.user, "make_edition", None, database_now())
        return reverse("budget_staff_edition_new") if is_allowed else None


class ReadOnlyViewSet(ModelViewSet):
    """A list with search, filters and export; facts come by import and by actions."""

    form_fields = ["id"]
    index_view_class = WithItsRelations
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_fields_exclude = ["id", "sort_key"]
    list_export: list[str] = []


class EditionViewSet(ReadOnlyViewSet):
    """Editions."""

    model = Edition
    icon = "calendar"
    menu_label = gettext_lazy("Editions")
    url_prefix = "budget-editions"
    url_namespace = "budget_editions"
    index_view_class = EditionsView
    list_display = [
        TitleColumn("__str__", label=gettext_lazy("Edition"), url_name="budget_staff_edition"),
        "city",
        "state",
        "voting_starts",
        "voting_ends",
    ]
    list_filter = ["state", "city", "year"]
    search_fields = ["city", "slug"]
    list_export = ["city", "number", "year", "state", "voting_starts", "voting_ends", "voters", "submitted"]
    export_filename = "edycje"


class PoolViewSet(ReadOnlyViewSet):
    """Pools; a pool's screen counts and publishes."""

    model = Pool
    icon = "list-ul"
    menu_label = gettext_lazy("Pools and results")
    url_prefix = "budget-pools"
    list_display = [
        TitleColumn("name", label=gettext_lazy("Pool"), url_name="budget_staff_pool"),
        "code", "edition", Column("budget_grosze", label=gettext_lazy("Money"), accessor=lambda pool: zlotys(pool.budget_grosze)),
        Column("result", label=gettext_lazy("Published"), accessor=lambda pool: bool(pool.result_id)),
    ]  # fmt: skip
    list_filter = ["edition", "place"]
    search_fields = ["name", "code"]
    ordering = ["-edition__year", "position"]
    list_export = ["edition", "code", "name", "budget_grosze", "threshold", "registered"]
    export_filename = "pule"


class ProjectViewSet(ReadOnlyViewSet):
    """Projects."""

    model = Project
    icon = "doc-full"
    menu_label = gettext_lazy("Projects")
    url_prefix = "budget-projects"
    list_display = [
        "number",
        "name",
        Column("cost", label=gettext_lazy("Cost"), accessor=lambda project: zlotys(project.cost_grosze)),
        "pool",
    ]
    list_filter = ["edition", "category"]
    search_fields = ["number", "name"]
    ordering = ["-edition__year", "pool__position", "position"]
    list_export = ["edition", "number", "name", "pool", "cost_grosze", "category", "place"]
    export_filename = "projekty"


class BudgetViewSetGroup(ModelViewSetGroup):
    """The participatory budget in the menu."""

    menu_label = gettext_lazy("Participatory budget")
    menu_icon = "pick"
    menu_order = 300
    items = (EditionViewSet, PoolViewSet, ProjectViewSet)

"""Pages for residents: editions, an edition, its pools and projects, and how a pool was counted."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import polish_range
from ratusz.foundation.kit.money import zlotys
from ratusz.foundation.kit.words import grouped
from ratusz.foundation.territory.models import District
from ratusz.participation.budget import explained, presentation, project_lists, queries, wording
from ratusz.participation.budget.current import going_on
from ratusz.participation.budget.forms import ProjectFilter
from ratusz.participation.budget.models import Edition, Pool, PoolResult, Profile, Project, ResultChange
from ratusz.participation.budget.parts import drawn_parts
from ratusz.participation.budget.places import DrawnMap, city_map, drawn_map, places_of
from ratusz.participation.budget.published import manifest_digest, pool_downloads, project_list_downloads
from ratusz.participation.budget.queries import ListedEnd
from ratusz.participation.budget.registries import edition_parts, project_parts
from ratusz.publishing.website.kept_parts import kept
from ratusz.publishing.website.page_cache import shows
from ratusz.ui.components.forms import filters
from ratusz.ui.parts import Fact, Link


def editions(request: HttpRequest) -> HttpResponse:
    """The city's published editions, the newest first, then those of other cities."""
    rows = [
        {
            "edition": edition,
            "funded": grouped(edition.funded),
            "funded_label": wording.funded_label(edition.funded, edition.on_ballot),
            "money": zlotys(edition.money),
            "spent": zlotys(edition.spent),
            "voters": grouped(edition.voters) if edition.voters else "",
            "voters_label": wording.voted_label(edition.voters, _dates(edition)) if edition.voters else "",
        }
        for edition in Edition.objects.published().with_sums().newest_first()
    ]
    context = {
        "rows": [row for row in rows if row["edition"].is_of_this_city],
        "others": [row for row in rows if not row["edition"].is_of_this_city],
        "crumbs": presentation.crumbs()[:1],
        "going_on": going_on(database_now()),
        "profiles": Profile.objects.kept(),
    }
    return render(request, "budget/editions.html", context)


def edition(request: HttpRequest, edition_slug: str) -> HttpResponse:
    """One edition: its pools as a table, then on the tile map; search among its projects; downloads.

    Before its results are published the address leads to its rules and to what goes on.
    """
    shows(request)
    try:
        found = kept(request, lambda: _edition(edition_slug), "budget edition by slug", edition_slug)
    except Http404:
        if Edition.objects.going_on().filter(slug=edition_slug).exists():
            return redirect("budget:rules", edition_slug)
        raise
    key, is_descending = _sort(request, presentation.POOL_SORTS, "pula")
    context = kept(request, lambda: _edition_context(found, key, is_descending), "budget edition", found.pk, key, is_descending)
    return render(request, "budget/edition.html", context)


def _edition_context(found: Edition, key: str, is_descending: bool) -> dict:
    pools = list(found.pools.select_related("result", "district"))
    ordered = presentation.sorted_pools(pools, key, is_descending)
    spent, money = sum(pool.result.spent_grosze for pool in pools), sum(pool.budget_grosze for pool in pools)
    funded = sum(pool.result.funded_count for pool in pools)
    on_ballot = sum(pool.result.projects_count for pool in pools)
    return {
        "edition": found,
        "crumbs": presentation.crumbs(),
        "kicker": presentation.edition_kicker(found),
        "summary": wording.summary(funded, on_ballot, money, spent),
        "voters_figure": grouped(found.voters) if found.voters else "",
        "voters_label": wording.voted_label(found.voters, _dates(found)) if found.voters else "",
        "on_ballot": wording.projects(on_ballot),
        "table": presentation.pools_table(found, ordered, key, is_descending),
        "tiles": presentation.tiles(found, pools),
        "downloads": project_list_downloads(found, on_ballot),
        "parts": drawn_parts(edition_parts, found),
        "map": _results_map(pools),
    }


def _results_map(pools: list[Pool]) -> DrawnMap | None:
    """Where the projects of an edition are, funded and not; districts are asked for only where a point is known."""
    ends = [end for end in queries.listed_ends(pools) if end.latitude is not None]
    return city_map(ends, District.objects.all()) if ends else None


def pool(request: HttpRequest, edition_slug: str, pool_slug: str) -> HttpResponse:
    """One pool: the bar, the projects in the order of counting with reasons, where the money comes from, downloads."""
    shows(request)
    found = kept(request, lambda: _pool(edition_slug, pool_slug), "budget pool by slug", edition_slug, pool_slug)
    context = kept(request, lambda: _pool_result_context(found), "budget pool", found.pk)
    return render(request, "budget/pool.html", context)


def _pool_result_context(found: Pool) -> dict:
    ends = queries.ends_of(found, found.result_id)
    return _pool_context(found) | {
        "crumbs": presentation.crumbs(presentation.edition_link(found.edition)),
        "bar": presentation.bar(found.edition, found.result, ends),
        "table": presentation.ends_table(found.edition, ends, _("Projects in the order of counting"), note=_threshold_note(found)),
        "terms": presentation.term_facts(list(found.terms.all())),
        "places_part": _places_part(found, ends),
        "recount": found.result.recounts.first(),
        "changes": _changes(found),
        "others": _same_pool_elsewhere(found),
        "downloads": pool_downloads(found),
        "digest": manifest_digest(found),
    }


def _places_part(found: Pool, ends: list[ListedEnd]) -> str:
    """The projects' places as a list and on a map; drawn here, so that it is kept with the result."""
    places = places_of(ends)
    if not places:
        return ""
    drawn = drawn_map(places, District.objects.exclude(pk=found.district_id))
    return render_to_string("budget/places.html", {"places": places, "map": drawn, "edition": found.edition})


def how_counted(request: HttpRequest, edition_slug: str, pool_slug: str) -> HttpResponse:
    """How a pool was counted, step by step, and how anybody can count it again."""
    found = _pool(edition_slug, pool_slug)
    context = _pool_context(found) | {
        "crumbs": presentation.crumbs(presentation.edition_link(found.edition), Link(found.name, found.get_absolute_url())),
        "table": presentation.steps_table(queries.ends_of(found, found.result_id)),
        "bundle": next((file for file in pool_downloads(found) if file.format == "ZIP"), None),
        "recount": found.result.recounts.first(),
        "steps": explained.steps_of(found.result.rules, found.result.shares),
        "digest": manifest_digest(found),
        "verifier_url": reverse("budget:verifier"),
        "bundle_name": f"budzet-{found.edition.slug}-{found.slug}-pakiet.zip",
    }
    return render(request, "budget/how_counted.html", context)


def project(request: HttpRequest, edition_slug: str, project_slug: str) -> HttpResponse:
    """One project: its facts, its result, its neighbours in the order of counting."""
    shows(request)
    found = kept(request, lambda: _project(edition_slug, project_slug), "budget project", edition_slug, project_slug)
    ends = kept(request, lambda: queries.ends_of(found.pool, found.pool.result_id), "budget ends", found.pool.result_id)
    end = next((end for end in ends if end.project_id == found.pk), None)
    if end is None:
        raise Http404
    pool_link = Link(found.pool.name, found.pool.get_absolute_url())
    context = {
        "project": found,
        "end": end,
        "crumbs": presentation.crumbs(presentation.edition_link(found.edition), pool_link),
        "kicker": presentation.edition_kicker(found.edition),
        "verdict": wording.verdict(end),
        "reason": wording.reason(end),
        "facts": _project_facts(found, end, len(ends)),
        "ties": [
            wording.tie_sentence(tie, _rank_key(found.pool)) for tie in found.pool.result.ties if found.number in tie["numbers"]
        ],
        "table": presentation.ends_table(
            found.edition, presentation.neighbours(ends, found), _("Above and below it in the order of counting"), current=found.pk
        ),
        "pool_url": pool_link.url,
        "others": kept(request, lambda: _same_pool_elsewhere(found.pool), "budget pool elsewhere", found.pool_id),
        "parts": kept(request, lambda: drawn_parts(project_parts, found), "budget project parts", found.pk),
    }
    return render(request, "budget/project.html", context)


def projects(request: HttpRequest, edition_slug: str) -> HttpResponse:
    """All projects of an edition: search, filters, order."""
    shows(request)
    found = kept(request, lambda: _edition(edition_slug), "budget edition by slug", edition_slug)
    key, is_descending = _sort(request, project_lists.PROJECT_SORTS, "numer")
    if request.GET.keys() <= {"sort"}:
        context = kept(
            request, lambda: _list_context(request, found, key, is_descending), "budget list", found.pk, key, is_descending
        )
    else:
        context = _list_context(request, found, key, is_descending)
    return render(request, "budget/projects.html", context)


def _list_context(request: HttpRequest, found: Edition, key: str, is_descending: bool) -> dict:
    pools, ends, rows = kept(request, lambda: _listed(found), "budget projects", found.pk)
    form, here = ProjectFilter(request.GET, pools=pools), reverse("budget:projects", args=[found.slug])
    shown = form.narrow(ends, key, is_descending)
    return {
        "edition": found,
        "crumbs": presentation.crumbs(presentation.edition_link(found)),
        "kicker": presentation.edition_kicker(found),
        "filters": render_to_string("ui/parts/filters.html", filters(form, action=here, reset_url=here)),
        "is_narrowed": len(shown) != len(ends),
        "rows_are_there": bool(shown),
        "count_text": wording.projects(len(shown)),
        "table": project_lists.projects_table(rows, shown, key, is_descending, request.GET),
        "downloads": project_list_downloads(found, len(ends)),
    }


def _listed(found: Edition) -> tuple[list[Pool], list[ListedEnd], dict[int, str]]:
    pools = queries.pools_of(found)
    ends = queries.listed_ends(pools)
    return pools, ends, project_lists.draw_projects(found, pools, ends)


def _edition(slug: str) -> Edition:
    return get_object_or_404(Edition.objects.published(), slug=slug)


def _pool(edition_slug: str, pool_slug: str) -> Pool:
    """A pool with its published result; one whose edition is still being counted is not shown."""
    return get_object_or_404(
        Pool.objects.select_related("edition", "result", "district"),
        edition__slug=edition_slug, edition__state=Edition.State.PUBLISHED, slug=pool_slug, result__isnull=False,
    )  # fmt: skip


def _project(edition_slug: str, project_slug: str) -> Project:
    """A project of a published edition; its pool knows the edition, so that no address costs a query."""
    found = get_object_or_404(
        Project.objects.select_related("edition", "pool__result", "pool__district"),
        edition__slug=edition_slug, edition__state=Edition.State.PUBLISHED, slug=project_slug,
    )  # fmt: skip
    found.pool.edition = found.edition
    return found


def _pool_context(pool: Pool) -> dict:
    result: PoolResult = pool.result
    rank_key = _rank_key(pool)
    return {
        "pool": pool,
        "edition": pool.edition,
        "result": result,
        "kicker": presentation.edition_kicker(pool.edition),
        "ties": [wording.tie_sentence(tie, rank_key) for tie in result.ties],
        "money": zlotys(result.budget_grosze),
        "summary": wording.summary(result.funded_count, result.projects_count, result.budget_grosze, result.spent_grosze),
        "left": zlotys(result.left_grosze),
        "ballots": wording.ballots(result.ballots),
        "bundle_comes": pool.edition.ballots_are_made_up and not pool.ballots_are_complete,
        "turnout": wording.percent(result.ballots, pool.registered) if pool.registered else "",
        "threshold": wording.points(pool.threshold) if pool.threshold and rank_key == "points" else "",
    }


def _rank_key(pool: Pool) -> str:
    return pool.result.rules.get("rank_key", "voters")


def _dates(edition: Edition) -> str:
    if not (edition.voting_starts and edition.voting_ends):
        return str(edition.year)
    if get_language() == "pl":
        return polish_range(edition.voting_starts, edition.voting_ends)
    return f"{date_format(edition.voting_starts, 'j F Y')} – {date_format(edition.voting_ends, 'j F Y')}"


def _threshold_note(pool: Pool) -> str:
    rules = pool.result.rules
    shares = pool.result.shares
    if shares and not shares.get("walk_won"):
        return _("The order is that of buying. Projects that were not bought follow by their support, without a place.")
    if not pool.threshold or rules.get("rank_key") != "points" or rules.get("selection", "skip") != "skip":
        return explained.threshold(rules)
    return _(
        "Threshold: {points}. The order is that of points; a project that does not fit is passed by and the count goes on."
    ).format(points=wording.points(pool.threshold))


def _changes(pool: Pool) -> list[ResultChange]:
    """What changed the first published result; a first version has no changes and costs no query."""
    return list(pool.changes.select_related("project")) if pool.result.version > 1 else []


def _same_pool_elsewhere(pool: Pool) -> list[Link]:
    """The same district (or the city-wide pool) in other published editions."""
    others = Pool.objects.filter(slug=pool.slug, edition__city=pool.edition.city, edition__state=Edition.State.PUBLISHED)
    rows = others.exclude(pk=pool.pk).order_by("-edition__year").values_list("edition__slug", "edition__number", "edition__year")
    return [
        Link(presentation.edition_link(edition).label, reverse("budget:pool", args=[edition.slug, pool.slug]))
        for edition in (Edition(slug=slug, number=number, year=year, city=pool.edition.city) for slug, number, year in rows)
    ]


def _project_facts(project: Project, end: ListedEnd, of: int) -> list[Fact]:
    facts = [
        Fact(_("Number"), project.number),
        Fact(_("Pool"), project.pool.name, project.pool.get_absolute_url(), _("See the result")),
        Fact(_("Cost"), zlotys(end.cost_grosze)),
        Fact(_("Points"), wording.points(end.points)),
        Fact(_("People who gave it points"), wording.voters(end.voters)),
    ]
    if end.place:
        facts.append(Fact(_("Place"), _("{place} of {of}").format(place=end.place, of=of)))
    if project.category:
        facts.append(Fact(_("Category"), wording.category(project.category)))
    return facts + _place_facts(project)


def _place_facts(project: Project) -> list[Fact]:
    facts = [Fact(_("Where"), project.place)] if project.place else []
    if project.latitude is not None:
        position = f"{project.latitude:.5f}, {project.longitude:.5f}"
        facts.append(
            Fact(_("Point on the map"), position, f"geo:{project.latitude:.6f},{project.longitude:.6f}", _("Open in maps"))
        )
    return facts


def _sort(request: HttpRequest, sorts: dict, default: str) -> tuple[str, bool]:
    """The order asked for in the address; what is not known falls back to the page's own."""
    asked = request.GET.get("sort", default)
    key = asked.removeprefix("-")
    return (key, asked.startswith("-")) if key in sorts else (default, False)

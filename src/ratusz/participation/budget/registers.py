"""What the participatory budget tells other modules: dates, moves, search entries, receipts, parts of pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _

from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.kit.money import zlotys
from ratusz.foundation.kit.registries import DatedThing, Move, SearchEntry
from ratusz.foundation.kit.words import grouped
from ratusz.foundation.territory.models import District
from ratusz.participation.budget import rules, wording
from ratusz.participation.budget.models import Edition, EditionChange, Pool, PoolResult, ProjectResult, Stage, StageCode
from ratusz.participation.budget.presentation import edition_kicker
from ratusz.publishing.website.registries import LiveProcess, PagePart
from ratusz.ui.parts import Cell, Column

KIND = "budget"


def dated_things(starts: datetime, ends: datetime) -> Iterator[DatedThing]:
    """The voting of each edition that touches the period, and the stages of those that go on."""
    first, last = local_day(starts), local_day(ends)
    yield from _dated_stages(starts, ends)
    for edition in Edition.objects.of_this_city().filter(voting_starts__lte=last, voting_ends__gte=first):
        rules_page = reverse("budget:rules", args=[edition.slug]) if edition.opened_at else reverse("budget:editions")
        yield DatedThing(
            kind=KIND,
            title=_voting_title(edition),
            starts=edition.voting_starts,
            ends=edition.voting_ends,
            url=edition.get_absolute_url() if edition.state == Edition.State.PUBLISHED else rules_page,
        )


def _voting_title(edition: Edition) -> str:
    """An edition of a demo says so in the calendar too."""
    if edition.demonstrates:
        return _("Voting in the participatory budget {edition}").format(edition=edition)
    return _("Voting in the participatory budget {year}").format(year=edition.year)


def _dated_stages(starts: datetime, ends: datetime) -> Iterator[DatedThing]:
    """Stages of opened editions without the voting, which stands there by its own days."""
    editions = Edition.objects.of_this_city().going_on()
    stages = Stage.objects.filter(edition__in=editions, starts_at__lt=ends, ends_at__gt=starts).exclude(code=StageCode.VOTING)
    for stage in stages.select_related("edition"):
        words = _("{stage}: participatory budget {edition}").format(stage=stage.get_code_display(), edition=stage.edition)
        yield DatedThing(
            kind=KIND, title=words[:1].upper() + words[1:], starts=local_day(stage.starts_at),
            ends=local_day(stage.closes_at - timedelta(seconds=1)), url=reverse("budget:rules", args=[stage.edition.slug]),
        )  # fmt: skip


def moves(person: Any, at: datetime) -> Iterator[Move]:
    """What waits: changes and ballots for a second person, counted results to publish, ties to decide."""
    yield from _second_person(person, at)
    if not rules.may(person, "publish_result", None, at):
        return
    for result in PoolResult.objects.filter(published_at=None).select_related("pool__edition"):
        what = _("Record the decision on a tie: {pool}") if result.waits else _("Check and publish the result: {pool}")
        yield Move(
            what=what.format(pool=f"{result.pool.name}, {result.pool.edition.year}"),
            url=reverse("budget_staff_pool", args=[result.pool_id]),
            since=result.counted_at,
            kind=KIND,
        )


def _second_person(person: Any, at: datetime) -> Iterator[Move]:
    """Changes of editions and ballots that somebody else proposed."""
    if not rules.may(person, "settle_change", None, at):
        return
    waiting = EditionChange.objects.filter(settled_at=None).exclude(proposed_by=person.pk).select_related("edition")
    for change in waiting.order_by("proposed_at"):
        is_ballot = change.kind == EditionChange.Kind.BALLOT
        what = _("Freeze the ballot as the second person: {edition}") if is_ballot else _("Approve the change: {edition}")
        name = "budget_staff_ballot" if is_ballot else "budget_staff_rules"
        address = reverse(name, args=[change.edition_id])
        yield Move(what=what.format(edition=change.edition), url=address, since=change.proposed_at, kind=KIND)


def search_entries() -> Iterator[SearchEntry]:
    """All published editions of the city, pools and projects. Other cities' are found on the budget's page alone."""
    for edition in Edition.objects.published().of_this_city():
        yield _edition_entry(edition)
    for pool in _published_pools():
        yield _pool_entry(pool)
    for end in _published_ends().iterator(chunk_size=500):
        yield _project_entry(end)


def search_entry(key: str) -> SearchEntry | None:
    """One entry by its key: "edition:2023", "pool:2023/koszutka", "project:2023/L12-03-X"."""
    what, _colon, rest = key.partition(":")
    edition, _slash, slug = rest.partition("/")
    if what == "edition":
        found = Edition.objects.published().of_this_city().filter(slug=edition).first()
        return found and _edition_entry(found)
    if what == "pool":
        pool = _published_pools().filter(edition__slug=edition, slug=slug).first()
        return pool and _pool_entry(pool)
    end = _published_ends().filter(project__edition__slug=edition, project__slug=slug).first()
    return end and _project_entry(end)


def _published_pools():
    """The pools of the city's published editions."""
    return Pool.objects.filter(edition__in=Edition.objects.published().of_this_city()).select_related("edition", "result")


def _published_ends():
    """The ends that stand: those of each pool's published result, in published editions of the city."""
    editions = Edition.objects.published().of_this_city()
    ends = ProjectResult.objects.filter(result__pool__result_id=F("result_id"), project__edition__in=editions)
    return ends.select_related("project__edition", "result__pool").order_by("pk")


def _edition_entry(edition: Edition) -> SearchEntry:
    return SearchEntry(
        key=f"edition:{edition.slug}",
        url=edition.get_absolute_url(),
        title=_("Participatory budget {year}: results").format(year=edition.year),
        summary=edition_kicker(edition),
        kind=KIND,
        day=edition.voting_ends,
    )


def _pool_entry(pool: Pool) -> SearchEntry:
    result = pool.result
    return SearchEntry(
        key=f"pool:{pool.edition.slug}/{pool.slug}",
        url=pool.get_absolute_url(),
        title=_("{pool}: result of the participatory budget {year}").format(pool=pool.name, year=pool.edition.year),
        summary=wording.summary(result.funded_count, result.projects_count, result.budget_grosze, result.spent_grosze),
        kind=KIND,
        day=pool.edition.voting_ends,
    )


def _project_entry(end: ProjectResult) -> SearchEntry:
    project = end.project
    return SearchEntry(
        key=f"project:{project.edition.slug}/{project.slug}",
        url=project.get_absolute_url(),
        title=f"{project.name} ({project.number})",
        summary=f"{wording.verdict(end)}: {wording.reason(end)}",
        body=f"{end.result.pool.name} {wording.category(project.category)} {project.place}",
        kind=KIND,
        day=project.edition.voting_ends,
    )


def district_part(district: District, at: datetime) -> PagePart | None:
    """A district's results in every published edition, the newest first."""
    pools = Pool.objects.filter(district=district, edition__state=Edition.State.PUBLISHED).select_related("edition", "result")
    rows = [_district_row(pool) for pool in pools.order_by("-edition__year")]
    if not rows:
        return None
    columns = [
        Column("edition", _("Edition"), is_heading=True),
        Column("funded", _("Projects with money"), is_number=True),
        Column("spent", _("Awarded"), is_number=True),
        Column("left", _("Left"), is_number=True),
    ]
    context = {"columns": columns, "rows": rows}
    return PagePart(_("Participatory budget"), "budget/part_district.html", context, order=20, anchor="budzet-obywatelski")


def _district_row(pool: Pool) -> dict[str, Any]:
    result = pool.result
    of = _("{funded} of {projects}").format(funded=result.funded_count, projects=result.projects_count)
    return {
        "edition": Cell(str(pool.edition), url=pool.get_absolute_url()),
        "funded": of,
        "spent": Cell(zlotys(result.spent_grosze), share=result.spent_grosze / (result.budget_grosze or 1)),
        "left": zlotys(result.budget_grosze - result.spent_grosze),
    }


def home_part(at: datetime) -> PagePart | None:
    """The newest published edition in one figure and a link."""
    edition = Edition.objects.published().of_this_city().with_sums().newest_first().first()
    if edition is None:
        return None
    funded, on_ballot = edition.funded or 0, edition.on_ballot or 0
    context = {
        "edition": edition,
        "funded": grouped(funded),
        "funded_label": wording.funded_label(funded, on_ballot),
        "spent": zlotys(edition.spent or 0),
        "money": zlotys(edition.money or 0),
    }
    return PagePart(_("Participatory budget"), "budget/part_home.html", context, order=80, anchor="budzet-obywatelski")


def entries_of(pool: Pool) -> Iterable[str]:
    """Keys of the search entries that a pool's published result changes."""
    slug = pool.edition.slug
    yield f"edition:{slug}"
    yield f"pool:{slug}/{pool.slug}"
    yield from (f"project:{slug}/{project}" for project in pool.projects.values_list("slug", flat=True))


def live_process(at: datetime) -> LiveProcess | None:
    """The voting that goes on or comes next; between editions, the latest published results."""
    day, editions = local_day(at), Edition.objects.of_this_city()
    ahead = editions.filter(voting_ends__gte=day).order_by("voting_starts").first()
    if ahead is not None and ahead.voting_starts is not None:
        title = _("Voting in the participatory budget {year}").format(year=ahead.year)
        is_open = ahead.voting_starts <= day
        until = ahead.voting_ends if is_open else ahead.voting_starts
        return LiveProcess(title, "open" if is_open else "soon", reverse("budget:editions"), until=until)
    latest = editions.published().order_by("-year").first()
    if latest is None:
        return None
    title = _("Results of the participatory budget {year}").format(year=latest.year)
    return LiveProcess(title, "closed", latest.get_absolute_url(), _("See what won"))

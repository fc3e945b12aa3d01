"""Reads of the ledger: pages with their figures, units with theirs, each in a constant number of queries."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from statistics import median
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum
from wagtail.models import Page

from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.units.models import Appointment, Unit
from ratusz.foundation.units.rules import holds_department_role
from ratusz.publishing.editing.models import Submission
from ratusz.publishing.gates.targets import targets_of
from ratusz.publishing.website.models import HomePage, PageCare, PageStanding, PublicPage

from .models import AnswerCount, PageLink, PageText, ReaderAnswer
from .rules import KEEPERS, OF_UNITS

YEAR = timedelta(days=365)


def units_seen(person: Any, at: datetime) -> set[int] | None:
    """Numbers of the units whose ledger the person sees; None for all of them, pages without an owner among them."""
    if holds_department_role(person, *KEEPERS, at=at):
        return None
    held = Appointment.objects.in_force(at).filter(person=getattr(person, "pk", None), role__code__in=OF_UNITS)
    found = set(held.values_list("unit_id", flat=True))
    children: dict[int | None, list[int]] = defaultdict(list)
    for number, parent in Unit.objects.values_list("pk", "parent_id") if found else ():
        children[parent].append(number)
    to_walk = list(found)
    while to_walk:
        below = [each for each in children[to_walk.pop()] if each not in found]
        found.update(below)
        to_walk += below
    return found


def pages_of_ledger(seen: set[int] | None) -> QuerySet[Page]:
    """Published pages of the portal but the home pages, with what the ledger says of each."""
    care = PageCare.objects.filter(page=OuterRef("pk"))
    links = PageLink.objects.broken().filter(page=OuterRef("pk")).order_by().values("page").annotate(n=Count("pk")).values("n")
    pages = Page.objects.live().type(PublicPage).not_type(HomePage).annotate(
        care_unit=Subquery(care.values("owner_unit")),
        care_unit_name=Subquery(care.values("owner_unit__name")),
        review_date=Subquery(care.values("review_date")),
        standing_code=Subquery(PageStanding.objects.filter(page=OuterRef("pk")).values("standing")),
        broken=Subquery(links),
        fog=Subquery(PageText.objects.filter(page=OuterRef("pk")).values("fog")),
    )  # fmt: skip
    return pages if seen is None else pages.filter(care_unit__in=seen)


def with_answers(pages: QuerySet[Page], at: datetime) -> QuerySet[Page]:
    """Readers' answers of the last year beside each page."""
    since = (local_day(at) - YEAR).replace(day=1)
    counts = AnswerCount.objects.filter(page=OuterRef("pk"), month__gte=since).order_by().values("page")
    return pages.annotate(
        useful=Subquery(counts.annotate(n=Sum("useful")).values("n")),
        not_useful=Subquery(counts.annotate(n=Sum("not_useful")).values("n")),
    )


def fog_allowed(at: date | datetime) -> int:
    """The target of the gates for a page: a text above it is hard."""
    return targets_of("web", at).get("fog")


STATES: dict[str, Any] = {
    "bez_opiekuna": lambda day: Q(care_unit=None),
    "po_terminie": lambda day: Q(review_date__lt=day, standing_code=None),
    "bez_terminu": lambda day: Q(review_date=None, standing_code=None),
    "zepsute": lambda day: Q(broken__gt=0),
    "trudne": lambda day: Q(fog__gt=fog_allowed(day)),
    "archiwum": lambda day: Q(standing_code="archived"),
    "wycofane": lambda day: Q(standing_code="withdrawn"),
}
ORDERS = {
    "tytul": [F("title").asc()], "komorka": [F("care_unit_name").asc(nulls_first=True)],
    "przeglad": [F("review_date").asc(nulls_first=True)],
    "linki": [F("broken").desc(nulls_last=True)], "fog": [F("fog").desc(nulls_last=True)],
    "pomocna": [F("not_useful").desc(nulls_last=True)],
}  # fmt: skip


def filtered(pages: QuerySet[Page], *, unit: Unit | None, state: str, text: str, order: str, at: datetime) -> QuerySet[Page]:
    """The pages somebody asks for, in the order asked for."""
    if unit is not None:
        pages = pages.filter(care_unit=unit.pk)
    if state in STATES:
        pages = pages.filter(STATES[state](local_day(at)))
    if text:
        pages = pages.filter(title__icontains=text)
    return pages.order_by(*ORDERS.get(order, ORDERS["przeglad"]), "pk")


@dataclass
class UnitFigures:
    """One line of the table of units; nothing in it names a person."""

    name: str
    unit_id: int | None
    pages: int = 0
    overdue: int = 0
    without_day: int = 0
    broken: int = 0
    aside: int = 0
    useful: int = 0
    not_useful: int = 0
    fogs: list[float] = field(default_factory=list)
    answer_days: list[float] = field(default_factory=list)

    @property
    def fog(self) -> float | None:
        return median(self.fogs) if self.fogs else None

    @property
    def days_to_answer(self) -> float | None:
        """The median of days from a submission to its publication, in the last year."""
        return median(self.answer_days) if self.answer_days else None

    @property
    def useful_percent(self) -> int | None:
        asked = self.useful + self.not_useful
        return round(100 * self.useful / asked) if asked else None


def figures_of_units(seen: set[int] | None, at: datetime) -> list[UnitFigures]:
    """Units that look after pages or handed in texts, in the order of the Office; pages without an owner come first."""
    day = local_day(at)
    found: dict[int | None, UnitFigures] = {}
    names: dict[int | None, str] = dict(Unit.objects.values_list("pk", "name"))

    def line(unit_id: int | None) -> UnitFigures:
        return found.setdefault(unit_id, UnitFigures(names.get(unit_id, ""), unit_id))

    for page in with_answers(pages_of_ledger(seen), at).values(
        "care_unit", "review_date", "standing_code", "broken", "fog", "useful", "not_useful"
    ):
        _add(line(page["care_unit"]), page, day)
    for unit_id, days in _days_to_answer(seen, at):
        line(unit_id).answer_days.append(days)
    order = {number: place for place, number in enumerate(names)}
    return sorted(found.values(), key=lambda each: order.get(each.unit_id, -1) if each.unit_id else -1)


def _add(line: UnitFigures, page: dict[str, Any], day: date) -> None:
    line.pages += 1
    is_kept = page["standing_code"] is None
    line.overdue += is_kept and page["review_date"] is not None and page["review_date"] < day
    line.without_day += is_kept and page["review_date"] is None
    line.aside += not is_kept
    line.broken += page["broken"] or 0
    line.useful += page["useful"] or 0
    line.not_useful += page["not_useful"] or 0
    if page["fog"] is not None:
        line.fogs.append(float(page["fog"]))


def _days_to_answer(seen: set[int] | None, at: datetime) -> list[tuple[int, float]]:
    answered = Submission.objects.filter(published_at__gte=at - YEAR, sent_at__isnull=False)
    if seen is not None:
        answered = answered.filter(unit__in=seen)
    moments = answered.values_list("unit_id", "sent_at", "published_at")
    return [(unit_id, (published - sent) / timedelta(days=1)) for unit_id, sent, published in moments if sent and published]


def comments_of(page: Page) -> QuerySet[ReaderAnswer]:
    """What readers wrote, the newest first."""
    return ReaderAnswer.objects.with_words().filter(page=page.pk)


def links_of_page(page: Page) -> QuerySet[PageLink]:
    """Every link of a page, those to be mended first."""
    bad = PageLink.objects.broken().filter(pk=OuterRef("pk"))
    return PageLink.objects.filter(page=page.pk).select_related("foreign").annotate(is_bad=Exists(bad)).order_by("-is_bad", "pk")


def months_of(page: Page) -> QuerySet[AnswerCount]:
    """Counts of readers' answers, the newest month first, a year at most."""
    return AnswerCount.objects.filter(page=page.pk).order_by("-month")[:12]

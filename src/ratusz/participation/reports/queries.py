"""Reads of reports: the list for staff, versions for everybody, the register of a version page by page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Exists, Max, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from ratusz.participation.consultations.models import Consultation
from ratusz.participation.polls.models import Poll
from ratusz.participation.remarks.boxes import BALLOT
from ratusz.participation.remarks.models import Remark
from ratusz.participation.reports.models import Effect, EffectStep, Report, Version


def due(day: date) -> QuerySet[Consultation]:
    """Consultations that owe a report on that day, longest waiting first."""
    return Consultation.objects.owing_a_report(day).select_related("owner_unit", "report").order_by("ends_on", "pk")


def reports(*, words: str = "", state: str = "") -> QuerySet[Report]:
    """Reports by words of title or number; state: "draft" or "published"."""
    found = Report.objects.select_related("consultation__owner_unit").annotate(
        last=Max("versions__number", filter=Q(versions__published_at__isnull=False)), steps=Count("signoffs", distinct=True)
    )
    if words:
        found = found.filter(Q(consultation__title__icontains=words) | Q(number__icontains=words) | Q(consultation__number=words))
    if state:
        found = found.filter(consultation__reported_at__isnull=state == "draft")
    return found.order_by("-pk")


def published(*, words: str = "", year: int | None = None) -> QuerySet[Version]:
    """The newest published version of each report, newest first."""
    newer = Version.objects.published().filter(report=OuterRef("report"), number__gt=OuterRef("number"))
    found = Version.objects.published().exclude(Exists(newer)).defer("sections", "changes")
    found = found.select_related("report__consultation__owner_unit")
    if words:
        found = found.filter(title__icontains=words)
    if year:
        found = found.filter(published_at__year=year)
    return found.order_by("-published_at", "-pk")


def effects(state: str = "") -> QuerySet[Effect]:
    """What changes because of consultations, the newest news first; steps of each come along."""
    found = Effect.objects.filter(report__consultation__reported_at__isnull=False)
    if state:
        found = found.filter(state=state)
    newest = EffectStep.objects.filter(effect=OuterRef("pk")).order_by("-pk").values("told_at")[:1]
    found = found.annotate(news_at=Coalesce(Subquery(newest), "made_at")).select_related("report__consultation", "unit")
    return found.prefetch_related(Prefetch("steps", EffectStep.objects.order_by("-pk"))).order_by("-news_at", "-pk")


def effect_counts() -> dict[str, int]:
    """How many effects stand in each state; one query."""
    rows = Effect.objects.filter(report__consultation__reported_at__isnull=False).order_by().values_list("state")
    return dict(rows.annotate(of=Count("pk")))


def readable(shown: Iterable[Effect]) -> set[tuple[int, int]]:
    """Consultation and number of the remarks of these effects that everybody reads; one query."""
    wanted = {each.report.consultation_id: {*each.remarks} for each in shown if each.remarks}
    numbers = {number for some in wanted.values() for number in some}
    found = Remark.objects.public().filter(consultation__in=wanted, number__in=numbers)
    return set(found.values_list("consultation_id", "number"))


def version_of(slug: str, number: int | None) -> Version | None:
    """A published version of a consultation's report; the newest where no number is said."""
    found = Version.objects.published().filter(report__consultation__slug=slug).select_related("report__consultation__owner_unit")
    return (found.filter(number=number) if number else found.order_by("-number")).first()


def decided_polls(consultation: Consultation) -> list[Poll]:
    """Ballots of a consultation after which something was decided, in the order of days."""
    return list(Poll.objects.filter(form__consultation=consultation, decided_on__isnull=False).order_by("decided_on", "pk"))


def ballots_in(consultation: Consultation) -> int:
    """How many ballots with an opinion came in, valid or not."""
    return consultation.intakes.filter(form__kind=BALLOT).count()

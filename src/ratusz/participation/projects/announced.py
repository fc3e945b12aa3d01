"""What everybody may know of projects: a decision from the list that announces it, letters and statements never."""

from __future__ import annotations

from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from ratusz.participation.budget.models import Edition
from ratusz.participation.projects.models import Application, ApplicationQuerySet, Course, Estimate, ListKind, ProjectList, State

ANNOUNCED_BY = {
    ListKind.FORMAL: (State.FORMAL_YES, State.FORMAL_NO), ListKind.SUBSTANTIVE: (State.POSITIVE, State.NEGATIVE),
    ListKind.BALLOT: (State.ON_BALLOT,),
}  # fmt: skip
"""List to the decisions that everybody learns from it."""
BETWEEN_US = (State.REPLYING,)
"""An intention to refuse is a letter to the author; the list tells what came of it."""
REASON_BETWEEN_US = (State.COMPLETING, State.WITHDRAWN)
"""The reason of these steps is a letter or a signed statement: it may name people."""


def steps_for_all(edition: Edition) -> Q:
    """Steps of the edition's projects that everybody may see: those no list announces, and those their newest list came after."""
    newest = {each.kind: each.published_at for each in newest_lists(edition)}
    shown = ~Q(state__in=[*BETWEEN_US, *(state for states in ANNOUNCED_BY.values() for state in states)])
    for kind, states in ANNOUNCED_BY.items():
        if kind in newest:
            shown |= Q(state__in=states, happened_at__lte=newest[kind])
    return shown


def newest_lists(edition: Edition) -> list[ProjectList]:
    """The newest version of each published list."""
    return list(ProjectList.objects.filter(edition=edition).order_by("kind", "-version").distinct("kind"))


def with_shown_state(applications: ApplicationQuerySet, edition: Edition) -> Any:
    """Each with `shown_state`: the state of its last step that everybody may see."""
    steps = Course.objects.filter(steps_for_all(edition), application=OuterRef("pk")).order_by("-pk")
    return applications.annotate(shown_state=Subquery(steps.values("state")[:1]))


def shown_state(application: Application) -> str:
    """Where everybody may know the project to stand."""
    return application.course.filter(steps_for_all(application.edition)).values_list("state", flat=True).last() or State.SUBMITTED


def course_for_all(application: Application) -> list[Course]:
    """Its steps on the public card; the reason is empty where it is between the author and the Office."""
    shown = set(application.course.filter(steps_for_all(application.edition)).values_list("pk", flat=True))
    steps, before = [], ""
    for step in application.course.all():
        # The step back after a reply tells that there was an intention to refuse.
        if step.pk in shown and before not in BETWEEN_US:
            step.reason = "" if step.state in REASON_BETWEEN_US else step.reason
            steps.append(step)
        before = step.state
    return steps


def estimates_for_all(application: Application) -> QuerySet[Estimate]:
    """Estimates from the day their list came out: they tell how the assessment goes."""
    newest = ProjectList.objects.filter(edition=application.edition_id, kind=ListKind.SUBSTANTIVE).order_by("-version").first()
    return application.estimates.filter(made_at__lte=newest.published_at) if newest else application.estimates.none()

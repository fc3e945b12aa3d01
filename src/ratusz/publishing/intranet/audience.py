"""Whom a notice is for, and what is for a person: reads over appointments, the tree of units and the targets."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Exists, IntegerField, Max, OuterRef, Q, QuerySet, Subquery

from ratusz.foundation.people.models import User
from ratusz.foundation.units.models import Appointment, AppointmentQuerySet
from ratusz.foundation.units.rules import HEADS
from ratusz.publishing.intranet.models import Acknowledgement, Notice, NoticeTarget, NoticeVersion
from ratusz.publishing.intranet.tree import Tree, read_tree


def members(at: datetime) -> AppointmentQuerySet:
    """Appointments by which people belong to a unit; whoever only stands in for somebody belongs elsewhere."""
    return Appointment.objects.in_force(at).filter(standing_in_for=None)


def units_of_targets(targets: Iterable[Any], tree: Tree) -> set[int] | None:
    """The units the targets reach, whatever the role; None when that is the whole Office."""
    reached: set[int] = set()
    for target in targets:
        if target.unit_id is None and target.building_id is None:
            return None
        reached |= _units_of(target, tree)
    return reached or None


def _units_of(target: Any, tree: Tree) -> set[int]:
    units = tree.below(target.unit_id) if target.unit_id else set(tree.parents)
    return units & tree.inside(target.building_id) if target.building_id else units


def audience_of(notice: Notice, at: datetime, tree: Tree | None = None) -> AppointmentQuerySet:
    """The appointments whose people the notice is for; a person with two of them stands there twice."""
    targets = list(notice.targets.all())
    found = members(at)
    if not targets:
        return found
    tree = tree or read_tree()
    fits = Q(pk=None)
    for target in targets:
        fit = Q(unit__in=_units_of(target, tree)) if target.unit_id or target.building_id else Q()
        fits |= fit & Q(role=target.role_id) if target.role_id else fit
    return found.filter(fits)


def people_of(notice: Notice, at: datetime) -> QuerySet[User]:
    """Everybody the notice is for, once."""
    return User.objects.filter(pk__in=audience_of(notice, at).values("person")).order_by("pk")


def notices_for(person: Any, at: datetime) -> QuerySet[Notice]:
    """What is on view for the person, required or not."""
    places = list(members(at).filter(person=person).values_list("unit_id", "role_id"))
    tree = read_tree() if places else Tree({})
    fits = Q(pk=None)
    for unit, role in places:
        in_unit = Q(unit=None) | Q(unit__in=tree.line(unit))
        in_building = Q(building=None) | Q(building__in=tree.buildings_of(unit))
        fits |= in_unit & in_building & (Q(role=None) | Q(role=role))
    of_notice = NoticeTarget.objects.filter(notice=OuterRef("pk"))
    return Notice.objects.on_view(at).filter(~Exists(of_notice) | Exists(of_notice.filter(fits)))


def last_major() -> Subquery:
    """The number of the version that asked everybody last, for annotating notices."""
    majors = NoticeVersion.objects.filter(notice=OuterRef("pk"), is_major=True).order_by()
    return Subquery(majors.values("notice").annotate(last=Max("number")).values("last"), output_field=IntegerField())


def with_answer(notices: QuerySet[Notice], person: Any) -> QuerySet[Notice]:
    """With `asks_since` (the last major version) and `is_confirmed` by the person since then."""
    given = Acknowledgement.objects.filter(person=person.pk, version__notice=OuterRef("pk"))
    return notices.annotate(asks_since=last_major()).annotate(
        is_confirmed=Exists(given.filter(version__number__gte=OuterRef("asks_since")))
    )


def waiting_for(person: Any, at: datetime) -> QuerySet[Notice]:
    """Notices the person has yet to confirm, the one due first on top."""
    asked: QuerySet[Any] = with_answer(notices_for(person, at).filter(is_required=True), person)
    return asked.filter(is_confirmed=False).order_by("due_at", "pk")


def confirmed_people(notice: Notice) -> set[int]:
    """The numbers of those who confirmed what the notice asks now."""
    asks_since = notice.versions.filter(is_major=True).aggregate(last=Max("number"))["last"] or 0
    given = Acknowledgement.objects.filter(version__notice=notice, version__number__gte=asks_since)
    return set(given.values_list("person", flat=True))


def headed_units(person: Any, at: datetime, tree: Tree) -> set[int]:
    """The units whose superior the person is: those they head, or stand in as head of, and all below."""
    heads = Appointment.objects.in_force(at).filter(person=person, role__code__in=HEADS)
    return tree.below(*heads.values_list("unit_id", flat=True))

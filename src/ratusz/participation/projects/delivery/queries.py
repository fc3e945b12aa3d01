"""What is read of buildings: narrowed lists, figures, one with all that belongs to it, by key."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from ratusz.casework.deadlines.models import Clock
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.kit.words import search_key
from ratusz.participation.budget.models import Edition, ProjectResult
from ratusz.participation.projects.delivery import rules
from ratusz.participation.projects.models import Delivery, DeliveryPhoto, DeliveryState, DeliveryStep
from ratusz.participation.projects.models.delivery import DeliveryQuerySet
from ratusz.publishing.following.models import ThingFollow
from ratusz.publishing.following.registries import Thing
from ratusz.publishing.website.models import PortalImage
from ratusz.publishing.website.passports.rules import refusal
from ratusz.publishing.website.registries import ImageUse

WWW = "www"
SIZE = "width-960"
"""Of a photo on its page."""
STAFF_SIZE = "max-320x240"
"""On the page of staff."""
SHOWN = Q(project__edition__state=Edition.State.PUBLISHED)
"""Of editions whose results are published."""


def listed(rows: DeliveryQuerySet, chosen: Mapping[str, Any], at: datetime) -> DeliveryQuerySet:
    """Narrowed by pool, stage or state, unit, lateness, words; each with its days, in the order of pools and numbers."""
    found = rows.with_days().select_related("project__edition", "project__pool__district", "unit")
    if pool := chosen.get("pool"):
        found = found.filter(project__pool__code=pool)
    if stage := chosen.get("stage"):
        kept = stage in (DeliveryState.DROPPED, DeliveryState.REPORTED)
        found = found.filter(state=stage) if kept else found.filter(stage=stage).exclude(state=DeliveryState.DROPPED)
    if unit := chosen.get("unit"):
        found = found.filter(unit=None) if unit == "none" else found.filter(unit=unit)
    if chosen.get("late"):
        found = found.late(local_day(at))
    if words := chosen.get("words", "").strip():
        found = found.filter(Q(project__search_key__contains=search_key(words)) | Q(project__number__icontains=words))
    return found.order_by("project__pool__position", "project__position", "pk")


def funded(edition: Edition) -> Any:
    """Ends of the projects that the results in force fund."""
    ends = ProjectResult.objects.filter(project__edition=edition, outcome__in=ProjectResult.FUNDED_OUTCOMES)
    return ends.filter(result__in=edition.pools.values("result"))


def without_delivery(edition: Edition) -> Any:
    """Those of results published before buildings were kept."""
    return funded(edition).filter(project__delivery=None)


@dataclass(frozen=True)
class Figures:
    """How many are where."""

    all: int
    done: int
    open: int
    late: int
    dropped: int


def figures(rows: list[Delivery], at: datetime) -> Figures:
    """Counted from rows that know their days."""
    states = [each.state for each in rows]
    late = [each for each in rows if rules.is_late(each.next_on, each.state, at)]
    done, dropped = states.count(DeliveryState.DONE), states.count(DeliveryState.DROPPED)
    return Figures(len(rows), done, len(rows) - done - dropped, len(late), dropped)


def whole(rows: DeliveryQuerySet) -> DeliveryQuerySet:
    """With everything that its page shows."""
    images = PortalImage.objects.prefetch_renditions(SIZE, STAFF_SIZE).prefetch_related("passport__consents__file")
    photos = DeliveryPhoto.objects.select_related("unit").prefetch_related(Prefetch("image", images))
    steps = DeliveryStep.objects.select_related("unit", "by")
    found = rows.with_days().select_related("project__edition", "project__pool__district", "unit")
    return found.prefetch_related("days", "moves", Prefetch("photos", photos), Prefetch("steps", steps))


def photo_refused(photo: DeliveryPhoto, at: datetime) -> str | None:
    """Why the photo is not shown on the city's website, in words; None when it is."""
    return refusal(getattr(photo.image, "passport", None), WWW, at)


def photos_without_passport() -> Any:
    """Photos nobody has vouched for yet, the oldest first."""
    return DeliveryPhoto.objects.filter(image__passport=None).select_related("delivery__project").order_by("added_at")


def thing(number: int, at: datetime) -> Thing | None:
    """What followers of a building are told it is."""
    found = Delivery.objects.filter(SHOWN, pk=number).select_related("project__edition").first()
    if found is None:
        return None
    return Thing(found.key, str(found.project), found.project.get_absolute_url())


def uses_of_picture(image: PortalImage) -> Iterator[ImageUse]:
    """Where a picture stands among photos of buildings."""
    for photo in DeliveryPhoto.objects.filter(image=image).select_related("delivery__project"):
        where = _("Building of a project: %(project)s") % {"project": photo.delivery.project}
        yield ImageUse(where, reverse("projects_delivery", args=[photo.delivery_id]), WWW, key=f"projects.photo:{photo.pk}")


def may_open(person: Any, subject: str, at: datetime) -> bool:
    """Whether the person may open the building that a clock runs on."""
    number = subject.partition(":")[2]
    delivery = Delivery.objects.select_related("unit").filter(pk=number).first()
    return delivery is not None and rules.may(person, "see", delivery, at)


def clocks_of(delivery: Delivery) -> list[Clock]:
    """The clocks that run on it."""
    return list(Clock.objects.running().of(delivery.key).order_by("due_at"))


def followers_of(delivery: Delivery) -> int:
    """How many people follow it by e-mail; who they are nobody is shown."""
    return ThingFollow.objects.filter(thing=delivery.key).count()

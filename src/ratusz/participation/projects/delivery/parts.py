"""What pages of the budget, of a project and of a district show of building."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.images.shortcuts import get_rendition_or_not_found

from ratusz.foundation.kit.dates import polish_date
from ratusz.participation.budget.models import Edition, Project
from ratusz.participation.projects.delivery import queries, wording
from ratusz.participation.projects.models import Application, Delivery, DeliveryPhoto, DeliveryState, DeliveryStep
from ratusz.publishing.website.registries import PagePart
from ratusz.ui.parts import Cell, Column, Fact, Link


def links_of(edition: Edition, at: datetime) -> Iterator[Link]:
    """On the page of an edition's rules, once there is something to follow."""
    if Delivery.objects.of(edition).filter(queries.SHOWN).exists():
        yield Link(_("How the winning projects are built"), reverse("projects:deliveries", args=[edition.slug]))


def edition_part(edition: Edition, at: datetime) -> PagePart | None:
    """How many of the winners are built, on the page of the results."""
    rows = list(Delivery.objects.of(edition).with_days())
    if not rows:
        return None
    context = {"figures": queries.figures(rows, at), "url": reverse("projects:deliveries", args=[edition.slug])}
    return PagePart(_("What became of the winning projects"), "projects/delivery/part_edition.html", context, anchor="realizacja")


def project_part(project: Project, at: datetime) -> PagePart | None:
    """From the result through the stages to the finished bench, on the project's own page."""
    delivery = queries.whole(Delivery.objects.filter(project=project)).first()
    if delivery is None:
        return None
    context = project_context(delivery, at) | {"application": _application_of(project)}
    return PagePart(_("How it is built"), "projects/delivery/part_project.html", context, order=10, anchor="realizacja")


def _application_of(project: Project) -> Application | None:
    found = Application.objects.submitted().filter(edition=project.edition_id, number=project.number)
    return found.select_related("edition").first()


def project_context(delivery: Delivery, at: datetime) -> dict[str, Any]:
    """Everything that is told of one building."""
    steps = [each for each in delivery.steps.all() if each.kind not in DeliveryStep.INSIDE]
    next_on, due_on = delivery.next_on, delivery.due_on
    photos = [each for each in delivery.photos.all() if queries.photo_refused(each, at) is None]
    end = wording.due_words(delivery, due_on)
    facts = [
        Fact(_("Unit in charge"), delivery.unit.name if delivery.unit else _("not named yet")),
        *([Fact(_("When"), wording.capital(end))] if end else []),
        *wording.money_facts(delivery),
    ]
    return {
        "delivery": delivery, "state": wording.capital(wording.public_state(delivery)), "tone": wording.tone(delivery, at, next_on),
        "late": wording.late_words(delivery, at, next_on), "line": wording.line(delivery, list(delivery.days.all()), at),
        "facts": facts, "moves": wording.moves(list(delivery.moves.all())), "course": wording.course(steps),
        "is_dropped": delivery.state == DeliveryState.DROPPED, "is_done": delivery.state == DeliveryState.DONE,
        "photos": [_shown(each) for each in photos],
        "follow_url": reverse("following:thing", args=["projects.delivery", delivery.pk]),
    }  # fmt: skip


def _shown(photo: DeliveryPhoto) -> dict[str, Any]:
    """A photo as the page draws it."""
    size = get_rendition_or_not_found(photo.image, queries.SIZE)
    words = _("%(day)s, stage: %(stage)s") % {"day": polish_date(photo.taken_on), "stage": wording.stage_words(photo.stage)}
    credit = photo.image.passport.credit_line or photo.image.credit
    return {"url": size.url, "width": size.width, "height": size.height, "alt": photo.alt, "caption": words, "credit": credit}


def district_part(district: Any, at: datetime) -> PagePart | None:
    """The district's projects under way and done, edition by edition."""
    rows = (
        Delivery.objects.filter(queries.SHOWN, project__pool__district=district)
        .with_days()
        .select_related("project__edition", "project__pool")
    )
    editions: dict[int, list[Delivery]] = {}
    for each in rows.order_by("-project__edition__year"):
        editions.setdefault(each.project.edition_id, []).append(each)
    if not editions:
        return None
    columns = [
        Column("edition", _("Edition"), is_heading=True), Column("all", _("Funded projects"), is_number=True),
        Column("done", _("Done"), is_number=True), Column("open", _("Under way"), is_number=True),
        Column("late", _("Of them late"), is_number=True), Column("dropped", _("Dropped"), is_number=True),
    ]  # fmt: skip
    table = [_district_row(found, at) for found in editions.values()]
    context = {"columns": columns, "rows": table, "url": reverse("projects:district-deliveries", args=[district.slug])}
    heading = _("How projects of the budget are built here")
    return PagePart(heading, "projects/delivery/part_district.html", context, order=21, anchor="realizacja")


def _district_row(rows: list[Delivery], at: datetime) -> dict[str, Any]:
    edition, counted = rows[0].project.edition, queries.figures(rows, at)
    url = reverse("projects:deliveries", args=[edition.slug])
    pool = rows[0].project.pool.code
    return {
        "edition": Cell(str(edition), url=f"{url}?pula={pool}"), "all": counted.all, "done": counted.done, "open": counted.open,
        "late": counted.late, "dropped": counted.dropped,
    }  # fmt: skip

"""Plugs the building of projects into the registries: results, pages of the budget, clocks, followers, desks, pictures."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from ratusz.casework.deadlines.registries import case_doors, clock_listeners, clock_packs
from ratusz.foundation.kit import registries
from ratusz.foundation.notifications.registry import Purpose, purposes
from ratusz.participation.budget.registries import edition_links, edition_parts, project_parts, result_listeners
from ratusz.participation.projects.form_pack import PACKS
from ratusz.publishing.following.registries import things
from ratusz.publishing.website.registries import district_parts, image_uses

KEY = "projects.delivery"
STAFF_FIELDS = (
    "DayMove.moved_by", "Delivery.ended_by", "Delivery.reported_by", "DeliveryPhoto.added_by", "DeliveryStep.by",
)  # fmt: skip


def register() -> None:
    """Called once, from the app's ready()."""
    from ratusz.participation.projects.actions import delivery as actions
    from ratusz.participation.projects.delivery import moves, parts, queries
    from ratusz.participation.projects.privacy import STAFF

    result_listeners.register("projects", actions.hear_results)
    edition_links.register("projects.delivery", parts.links_of)
    edition_parts.register("projects", parts.edition_part)
    project_parts.register("projects", parts.project_part)
    district_parts.register("projects.delivery", parts.district_part)
    things.register(KEY, queries.thing)
    image_uses.register("projects", queries.uses_of_picture)
    clock_packs.register("projects.delivery", PACKS / "delivery_clocks.toml")
    clock_listeners.register("projects.delivery", actions.hear_clock)
    case_doors.register(KEY, lambda person, clock, at: queries.may_open(person, clock.subject, at))
    registries.moves.register("projects.delivery", moves.moves_of)
    purposes.register(actions.LINK_PURPOSE, Purpose(name=_("Projects of the participatory budget that your unit builds")))
    for field in STAFF_FIELDS:
        registries.not_personal.register(f"ratusz_projects.{field}", STAFF)

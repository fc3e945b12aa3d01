"""Plugs applications into the registries of lower modules."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

PACKS = Path(__file__).parents[1] / "packs"


def register() -> None:
    """Called once, when the module is ready."""
    from ratusz.casework.deadlines.registries import case_doors, clock_listeners, clock_packs
    from ratusz.casework.documents.registries import Series, number_series
    from ratusz.casework.signatures.registries import supported_things
    from ratusz.foundation.jobs.registry import register_action
    from ratusz.foundation.kit import registries
    from ratusz.foundation.notifications.registry import Purpose, address_keepers, erased_with_address, purposes
    from ratusz.participation.consultations.applications import actions, moves, privacy, queries, rules, supporting
    from ratusz.participation.consultations.applications.actions.drafts import SERIES
    from ratusz.participation.consultations.applications.actions.steps import PURPOSE
    from ratusz.participation.consultations.models import Application

    privacy.register()
    clock_packs.register("consultations.applications", PACKS / "application_clocks.toml")
    clock_listeners.register("consultations.applications", _on_clock)
    case_doors.register(supporting.KIND, lambda person, _clock, at: rules.may(person, "see", None, at))
    supported_things.register(supporting.KIND, supporting.kind())
    number_series.register(SERIES, Series(_("applications for consultations"), "WK/{year}/{number:04}"))
    purposes.register(PURPOSE, Purpose(name=_("Your application for a consultation")))
    erased_with_address.register("consultations.applications", privacy.erase_with_address)
    address_keepers.register("consultations.applications", lambda own: Application.objects.filter(contact=own))
    registries.moves.register("consultations.applications", moves.moves_of)
    kind = registries.ReceiptKind(
        "WK/2026/0003", _("number of an application for a consultation"), queries.find_receipt, is_personal=False
    )
    registries.receipt_kinds.register("consultations.applications", kind)
    drafts, people = _("Delete drafts of applications nobody opened"), _("Forget contact persons of old applications")
    register_action("consultations.forget_application_drafts", actions.forget_drafts, what=drafts)
    register_action("consultations.forget_application_people", actions.forget_people, what=people)


def _on_clock(clock: Any, step: str) -> None:
    """A term of the applicant that is over has its end at once."""
    from ratusz.foundation.kit.clock import database_now
    from ratusz.participation.consultations.applications import actions, supporting

    if step == "overdue" and clock.subject.partition(":")[0] == supporting.KIND:
        now: datetime = database_now()
        actions.close_what_lapsed(subject=clock.subject, rule=clock.rule_code, at=now)

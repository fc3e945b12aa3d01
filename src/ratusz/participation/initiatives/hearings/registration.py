"""Fills registries of lower modules for public hearings; called from ready()."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ratusz.casework.meetings.registries import Part
from ratusz.foundation.kit.registries import not_personal, register_personal_data
from ratusz.foundation.notifications.privacy import addresses_of
from ratusz.participation.initiatives.hearings import actions, queries
from ratusz.participation.initiatives.models import Hearing, HearingOpinion

TASK = "art. 6 ust. 1 lit. e RODO w związku z uchwałą o wysłuchaniu publicznym; do potwierdzenia z inspektorem ochrony danych"


def register() -> None:
    """Everything that others show or do for hearings."""
    from ratusz.casework.documents.registries import Series, number_series
    from ratusz.casework.meetings.registries import public_parts, staff_parts
    from ratusz.foundation.jobs.registry import register_action
    from ratusz.foundation.kit import registries
    from ratusz.foundation.notifications.registry import Purpose, address_keepers, erased_with_address, purposes
    from ratusz.publishing.website.registries import live_processes

    number_series.register(actions.SERIES, Series(_("Public hearings"), "WP/{year}/{number:04}"))
    purposes.register(actions.PURPOSE, Purpose(name=_("Your opinion for a public hearing")))
    erased_with_address.register("hearings", lambda address: actions.erase_opinions(opinions=_at([address])))
    address_keepers.register("hearings", lambda own: HearingOpinion.objects.filter(contact=own))
    register_action("initiatives.forget_opinions", actions.forget_opinions, what=_("Forget who wrote old opinions for hearings"))
    public_parts.register("hearing", public_part)
    staff_parts.register("hearing", staff_part)
    live_processes.register("hearing", queries.live_process)
    registries.search_sources.register("hearings", registries.SearchSource(queries.search_entries, queries.search_entry))
    registries.search_kinds.register(queries.SEARCH, registries.SearchKind(_("Public hearings")))
    what = _("number on the receipt of an opinion for a public hearing")
    registries.receipt_kinds.register("hearings", registries.ReceiptKind("K7QM-2X9D-4TRA", what, queries.find_receipt))
    _personal()


def public_part(meeting: Any, at: datetime) -> Part | None:
    """On the page of its meeting: the way to the draft and the opinions."""
    found = Hearing.objects.filter(meeting=meeting).first() if meeting.kind == actions.KIND else None
    return Part("initiatives/hearings/part.html", {"hearing": found, "url": found.get_absolute_url()}, order=5) if found else None


def staff_part(meeting: Any, person: Any, at: datetime) -> Part | None:
    """On the staff page of its meeting: the way back."""
    found = Hearing.objects.filter(meeting=meeting).first() if meeting.kind == actions.KIND else None
    if found is None:
        return None
    return Part(
        "initiatives/hearings/part.html", {"hearing": found, "url": reverse("initiatives_hearing", args=[found.pk])}, order=5
    )


def _at(addresses: Any) -> Any:
    return HearingOpinion.objects.filter(contact__in=list(addresses)).order_by("pk")


def _export(person: Any) -> Any:
    rows = _at(addresses_of(person))
    return rows.values("hearing__number", "number", "who", "organisation", "contact__value", "text", "filed_at")


def _personal() -> None:
    register_personal_data(
        HearingOpinion, fields=("who", "contact", "text"), purpose=_("to take opinions for a public hearing"), legal_basis=TASK,
        retention="5 lat po wysłuchaniu (do potwierdzenia)", export=_export,
        erase=lambda person: actions.erase_opinions(opinions=_at(addresses_of(person))),
        kept_because=_("the words of the opinion without its author, which councillors read (art. 17 ust. 3 lit. b RODO)"),
    )  # fmt: skip
    for name, why in NOT_PERSONAL.items():
        not_personal.register(f"ratusz_initiatives.{name}", why)


NOT_PERSONAL = {
    "Hearing.author": "organ albo urząd, nie osoba",
    "Hearing.chair": "osoba pełni funkcję publiczną",
    "Hearing.ordered_by": "numer uchwały, nie osoba",
    "HearingOpinion.person": "konto pracownika, który to zapisał w swojej roli",
    "HearingOpinion.organisation": "organizacja, nie osoba",
}

"""Fills registries of lower modules for debates; called from ready()."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from ratusz.foundation.kit.registries import not_personal, register_personal_data
from ratusz.foundation.notifications.privacy import addresses_of
from ratusz.participation.initiatives import rules
from ratusz.participation.initiatives.debates import actions, queries
from ratusz.participation.initiatives.models import DebateEntry

TASK = "art. 6 ust. 1 lit. c RODO w związku z art. 28aa u.s.g.; do potwierdzenia z inspektorem ochrony danych"


def register() -> None:
    """Everything that others show or do for debates."""
    from ratusz.foundation.files.registry import FilePurpose, file_purposes
    from ratusz.foundation.files.rules import IMAGES
    from ratusz.foundation.jobs.registry import register_action
    from ratusz.foundation.kit import registries
    from ratusz.foundation.notifications.registry import Purpose, address_keepers, erased_with_address, purposes
    from ratusz.publishing.website.registries import live_processes

    purposes.register(actions.PURPOSE, Purpose(name=_("Your form for the debate on the state of the municipality")))
    erased_with_address.register("debates", lambda address: actions.erase_entries(entries=_at([address])))
    address_keepers.register("debates", lambda own: DebateEntry.objects.filter(contact=own))
    register_action("initiatives.forget_entries", actions.forget_entries, what=_("Forget residents of old debates"))
    scans = FilePurpose(
        name=_("scans of residents' forms"), kinds=("pdf", *IMAGES),
        may_read=lambda person, _file, at: rules.may(person, "read", None, at),
    )  # fmt: skip
    file_purposes.register(actions.SCAN, scans)
    registries.dated_things.register("debates", queries.dated_things)
    live_processes.register("debate", queries.live_process)
    registries.search_sources.register("debates", registries.SearchSource(queries.search_entries, queries.search_entry))
    registries.search_kinds.register(queries.SEARCH, registries.SearchKind(_("Debates on the state of the municipality")))
    what = _("number on the receipt of a form for the debate on the state of the municipality")
    registries.receipt_kinds.register("debates", registries.ReceiptKind("K7QM-2X9D-4TRA", what, queries.find_receipt))
    _personal()


def _at(addresses: Any) -> Any:
    return DebateEntry.objects.filter(contact__in=list(addresses)).order_by("pk")


def _export(person: Any) -> Any:
    rows = _at(addresses_of(person))
    return rows.values("debate__year", "name", "home", "contact__value", "state", "refusal", "signatures", "received_at")


def _personal() -> None:
    register_personal_data(
        DebateEntry, fields=("name", "home", "person_digest", "contact", "scan"), legal_basis=TASK, export=_export,
        purpose=_("to prepare the debate on the state of the municipality"), retention="5 lat po sesji (do potwierdzenia)",
        erase=lambda person: actions.erase_entries(entries=_at(addresses_of(person))),
        kept_because=_("the place on the list and the number of signatures, without who it was (art. 17 ust. 3 lit. b RODO)"),
    )  # fmt: skip
    not_personal.register("ratusz_initiatives.DebateEntry.person", "konto pracownika, który to sprawdził w swojej roli")
    not_personal.register("ratusz_initiatives.Debate.raised_by", "numer uchwały, nie osoba")

"""Plugs the module into the registries of lower modules."""

from pathlib import Path

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ratusz.foundation.kit.modules import Module


class InitiativesModule(Module):
    name = "ratusz.participation.initiatives"

    def ready(self) -> None:
        from ratusz.casework.deadlines.registries import case_doors, clock_packs
        from ratusz.casework.documents.registries import Series, number_series
        from ratusz.casework.signatures.registries import supported_things
        from ratusz.foundation.jobs.registry import register_action
        from ratusz.foundation.notifications.registry import Purpose, address_keepers, erased_with_address, purposes
        from ratusz.participation.initiatives import actions, privacy, rules, supporting
        from ratusz.participation.initiatives.debates import registration as debates
        from ratusz.participation.initiatives.hearings import registration as hearings
        from ratusz.participation.initiatives.models import Initiative
        from ratusz.participation.initiatives.notices import registration as notices

        privacy.register()
        clock_packs.register("initiatives", Path(__file__).parent / "packs" / "clocks.toml")
        case_doors.register(supporting.KIND, lambda person, _clock, at: rules.may(person, "see", None, at))
        supported_things.register(supporting.KIND, supporting.kind())
        number_series.register(actions.SERIES, Series(_("Citizens' resolution initiatives"), "IU/{year}/{number:04}"))
        purposes.register(actions.PURPOSE, Purpose(name=_("Your citizens' resolution initiative")))
        erased_with_address.register("initiatives", privacy.erase_with_address)
        address_keepers.register("initiatives", lambda own: Initiative.objects.filter(contact=own))
        what = _("Forget committees of old initiatives")
        register_action("initiatives.forget_committees", actions.forget_committees, what=what)
        self._portal()
        hearings.register()
        debates.register()
        notices.register()

    def _portal(self) -> None:
        from ratusz.foundation.kit import registries
        from ratusz.participation.initiatives import councils, found_by, moves, queries
        from ratusz.publishing.website.menus import MenuEntry, menu_entries
        from ratusz.publishing.website.registries import district_parts, live_processes

        live_processes.register("initiative", queries.live_process)
        district_parts.register("district_council", councils.district_part)
        registries.moves.register("initiatives", moves.moves_of)
        source = registries.SearchSource(found_by.search_entries, found_by.search_entry)
        registries.search_sources.register("initiatives", source)
        registries.search_kinds.register(found_by.KIND, registries.SearchKind(_("Citizens' resolution initiatives")))
        what = _("number of a citizens' resolution initiative")
        kind = registries.ReceiptKind("IU/2026/0003", what, queries.find_receipt, is_personal=False)
        registries.receipt_kinds.register("initiatives", kind)
        entry = MenuEntry(
            lambda: str(_("Citizens' resolution initiatives")), lambda: reverse("initiatives:register"), order=285
        )  # fmt: skip
        menu_entries.register("initiatives", entry)

"""Plugs the module into the registries of lower modules."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ratusz.foundation.kit.modules import Module


class BudgetModule(Module):
    name = "ratusz.participation.budget"

    def ready(self) -> None:
        from pathlib import Path

        from ratusz.casework.deadlines.registries import clock_packs
        from ratusz.foundation.kit import registries
        from ratusz.foundation.people.roles import role_permissions
        from ratusz.participation.budget import numbers, registers, site
        from ratusz.participation.budget import registries as registries_of_budget
        from ratusz.publishing.website.menus import MenuEntry, menu_entries
        from ratusz.publishing.website.own_sites import own_sites
        from ratusz.publishing.website.registries import district_parts, home_parts, live_processes

        clock_packs.register("budget", Path(__file__).parent / "packs" / "clocks" / "edition.toml")
        for field in ("EditionChange.proposed_by", "EditionChange.settled_by"):
            registries.not_personal.register(
                f"ratusz_budget.{field}", "osoba służbowa: kto zmienił zasady edycji i kto to zatwierdził"
            )
        registries.not_personal.register("ratusz_budget.Profile.address", "adres profilu miasta w serwisie społecznościowym")
        registries.dated_things.register("budget", registers.dated_things)
        registries.moves.register("budget", registers.moves)
        registries.search_sources.register("budget", registries.SearchSource(registers.search_entries, registers.search_entry))
        registries.search_kinds.register("budget", registries.SearchKind(_("Participatory budget")))
        kind = registries.ReceiptKind(
            "L12/03/X",
            _("number of a project of the participatory budget"),
            numbers.find_receipt,
            is_personal=False,
            nearest=numbers.nearest_receipts,
        )
        registries.receipt_kinds.register("budget-project", kind)
        staff = tuple(f"ratusz_budget.view_{model}" for model in ("edition", "pool", "project"))
        role_permissions.register("budget", {"budget_coordinator": staff, "head": staff})
        registries_of_budget.site_paths.register("/budzet-obywatelski/", "/budzet-obywatelski/")
        own_sites.register("budget", site.own_site())
        district_parts.register("budget", registers.district_part)
        home_parts.register("budget", registers.home_part)
        live_processes.register("budget", registers.live_process)
        entry = MenuEntry(lambda: str(_("Participatory budget")), lambda: reverse("budget:editions"), order=250)
        menu_entries.register("budget", entry)

"""Plugs the module into the registries of lower modules."""

from ratusz.foundation.kit.modules import Module


class TerritoryModule(Module):
    name = "ratusz.foundation.territory"

    def ready(self) -> None:
        from ratusz.foundation.people.roles import role_permissions

        both = ("ratusz_territory.view_district", "ratusz_territory.change_district")
        role_permissions.register("territory", {"administrator": both, "head": both, "budget_coordinator": both})

"""Plugs the module into the registries of lower modules."""

from django.utils.translation import gettext_lazy as _

from ratusz.foundation.kit.modules import Module

KEEPERS = tuple(f"ratusz_units.{deed}_{what}" for deed in ("view", "add", "change") for what in ("unit", "appointment"))
LOOK = ("ratusz_units.view_unit", "ratusz_units.view_appointment")


class UnitsModule(Module):
    name = "ratusz.foundation.units"

    def ready(self) -> None:
        from ratusz.foundation.jobs.registry import register_action
        from ratusz.foundation.people.roles import role_permissions
        from ratusz.foundation.units import actions, privacy

        privacy.register()
        register_action("units.sync_all_access", actions.sync_all_access, what=_("Let access follow the appointments"))
        role_permissions.register("units", {"administrator": KEEPERS, "head": LOOK, "data_protection_officer": LOOK})

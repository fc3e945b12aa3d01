"""Plugs the module into the registries of lower modules."""

from django.utils.translation import gettext_lazy as _

from ratusz.foundation.kit.modules import Module

KEEPERS = tuple(f"ratusz_units.{deed}_{what}" for deed in ("view", "add", "change") for what in ("unit", "appointment"))
LOOK = ("ratusz_units.view_unit", "ratusz_units.view_appointment")
INVITE = "ratusz_units.add_accountinvitation"


class UnitsModule(Module):
    name = "ratusz.foundation.units"

    def ready(self) -> None:
        from ratusz.foundation.jobs.registry import register_action
        from ratusz.foundation.notifications.registry import Purpose, purposes
        from ratusz.foundation.people.roles import permissions_anywhere, role_permissions
        from ratusz.foundation.units import actions, privacy

        privacy.register()
        purposes.register("units.invitation", Purpose(name=_("Invitation to an account"), is_urgent=True, is_secret=True))
        register_action("units.sync_all_access", actions.sync_all_access, what=_("Let access follow the appointments"))
        heads = (*LOOK, INVITE)
        role_permissions.register("units", {"administrator": (*KEEPERS, INVITE), "data_protection_officer": LOOK})
        permissions_anywhere.register("units", {"head": heads, "deputy_head": heads})

"""Plugs the module into the registries of lower modules."""

from django.utils.translation import gettext_lazy as _

from ratusz.foundation.kit.modules import Module


class AdviceModule(Module):
    name = "ratusz.casework.advice"

    def ready(self) -> None:
        from ratusz.casework.advice import actions, moves, privacy
        from ratusz.casework.advice.actions.booking import PURPOSE
        from ratusz.casework.advice.models import Appointment
        from ratusz.foundation.jobs.registry import register_action
        from ratusz.foundation.kit import registries
        from ratusz.foundation.notifications.registry import Purpose, address_keepers, erased_with_address, purposes

        privacy.register()
        erased_with_address.register("advice", privacy.erase_with_address)
        address_keepers.register("advice", lambda own: Appointment.objects.filter(contact=own))
        purposes.register(PURPOSE, Purpose(name=_("Your conversation at a consultation point")))
        registries.moves.register("advice", moves.moves_of)
        registries.dated_things.register("advice", moves.dated_things)
        register_action("advice.forget_past", actions.forget_past, what=_("Forget who came for advice"))
        register_action("advice.remind", actions.remind, what=_("Remind of conversations tomorrow"))

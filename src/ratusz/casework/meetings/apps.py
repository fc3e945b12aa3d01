"""Plugs the module into the registries of lower modules."""

from ratusz.foundation.kit.modules import Module


class MeetingsModule(Module):
    name = "ratusz.casework.meetings"

    def ready(self) -> None:
        self._registering()

    def _registering(self) -> None:
        from ratusz.casework.meetings import privacy
        from ratusz.foundation.notifications.registry import erased_with_address

        privacy.register()
        erased_with_address.register("meetings", privacy.erase_with_address)

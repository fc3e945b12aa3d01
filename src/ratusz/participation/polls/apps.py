"""Plugs the module into the registries of lower modules."""

from ratusz.foundation.kit.modules import Module


class PollsModule(Module):
    name = "ratusz.participation.polls"

    def ready(self) -> None:
        from ratusz.participation.polls import plugged, privacy

        privacy.register()
        plugged.register()

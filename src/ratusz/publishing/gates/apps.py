"""Plugs the module into the registries of lower modules."""

from ratusz.foundation.kit.modules import Module


class GatesModule(Module):
    name = "ratusz.publishing.gates"

    def ready(self) -> None:
        from .checks import register_own_gates

        register_own_gates()

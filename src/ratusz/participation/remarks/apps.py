"""Plugs the module into the registries of lower modules."""

from ratusz.foundation.kit.modules import Module


class RemarksModule(Module):
    name = "ratusz.participation.remarks"

    def ready(self) -> None:
        from ratusz.participation.remarks import plugged_analysis, privacy

        privacy.register()
        plugged_analysis.register()

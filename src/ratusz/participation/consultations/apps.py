"""Plugs the module into the registries of lower modules."""

from ratusz.foundation.kit.modules import Module


class ConsultationsModule(Module):
    name = "ratusz.participation.consultations"

    def ready(self) -> None:
        from ratusz.participation.consultations import privacy
        from ratusz.participation.consultations.applications import registration as applications

        privacy.register()
        applications.register()

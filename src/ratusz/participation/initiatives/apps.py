"""Plugs the module into the registries of lower modules."""

from ratusz.foundation.kit.modules import Module


class InitiativesModule(Module):
    name = "ratusz.participation.initiatives"

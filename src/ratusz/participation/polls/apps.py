"""Plugs the module into the registries of lower modules."""

from ratusz.foundation.kit.modules import Module


class PollsModule(Module):
    name = "ratusz.participation.polls"

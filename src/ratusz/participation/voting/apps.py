"""Plugs the module into the registries of lower modules."""

from ratusz.foundation.kit.modules import Module


class VotingModule(Module):
    name = "ratusz.participation.voting"

"""Plugs the module into the registries of lower modules."""

from ratusz.foundation.kit.modules import Module


class ForumModule(Module):
    name = "ratusz.participation.forum"

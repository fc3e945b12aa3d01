"""Plugs the module into the registries of lower modules."""

from ratusz.foundation.kit.modules import Module


class FollowingModule(Module):
    name = "ratusz.publishing.following"

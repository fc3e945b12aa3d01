"""Plugs the module into the registries of lower modules."""

from ratusz.foundation.kit.modules import Module


class CampaignsModule(Module):
    name = "ratusz.coordination.campaigns"

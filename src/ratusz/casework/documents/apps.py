"""Plugs the module into the registries of lower modules."""

from ratusz.foundation.kit.modules import Module


class DocumentsModule(Module):
    name = "ratusz.casework.documents"

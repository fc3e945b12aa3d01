"""Plugs the module into the registries of lower modules."""

from typing import Any

from ratusz.foundation.kit.modules import Module


class DocumentsModule(Module):
    name = "ratusz.casework.documents"

    def ready(self) -> None:
        from ratusz.foundation.people.sheets import printers

        printers.register("pdf", _pdf)


def _pdf(content: dict[str, Any]) -> bytes:
    """Typst is loaded when something is printed, not when a process starts."""
    from ratusz.casework.documents.sheets import pdf_of_sheets

    return pdf_of_sheets(content)

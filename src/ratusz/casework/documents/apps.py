"""Plugs the module into the registries of lower modules."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from ratusz.foundation.kit.modules import Module


class DocumentsModule(Module):
    name = "ratusz.casework.documents"

    def ready(self) -> None:
        from ratusz.casework.documents import actions
        from ratusz.foundation.jobs.registry import register_action
        from ratusz.foundation.people.sheets import printers

        printers.register("pdf", _pdf)
        # Files move between folders here: each package is a transaction of its own.
        apart = {"in_transaction": False}
        register_action("documents.hand_waiting", actions.hand_waiting, what=_("Hand packages to the document system"), **apart)
        register_action("documents.read_answers", actions.read_answers, what=_("Read the answers of the document system"), **apart)


def _pdf(content: dict[str, Any]) -> bytes:
    """Typst is loaded when something is printed, not when a process starts."""
    from ratusz.casework.documents.sheets import pdf_of_sheets

    return pdf_of_sheets(content)

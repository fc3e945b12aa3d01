"""Plugs the module into the registries of lower modules."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from ratusz.foundation.kit.modules import Module


class ProjectsModule(Module):
    name = "ratusz.participation.projects"

    def ready(self) -> None:
        from ratusz.foundation.files.registry import FilePurpose, file_purposes
        from ratusz.foundation.files.rules import DOCUMENTS, IMAGES
        from ratusz.foundation.jobs.registry import register_action
        from ratusz.foundation.kit import registries
        from ratusz.foundation.notifications.registry import Purpose, erased_with_address, purposes

        from . import actions, privacy, queries, rules
        from .actions.drafts import PURPOSE

        privacy.register()
        purposes.register(PURPOSE, Purpose(name=_("Your project in the participatory budget")))
        erased_with_address.register("projects", lambda address: actions.erase_parties(parties=privacy.parties_of(address.value)))
        papers = FilePurpose(
            _("Papers of a project"), (*IMAGES, *DOCUMENTS), keep_days=365 * 5,
            may_read=lambda person, _file, at: rules.may(person, "read_people", None, at),
        )  # fmt: skip
        file_purposes.register(PURPOSE, papers)
        register_action("projects.forget_drafts", actions.forget_drafts, what=_("Delete drafts of projects nobody touches"))
        what: Any = _("number of a project submitted to the participatory budget")
        kind = registries.ReceiptKind("L12/03/XIV", what, queries.find_receipt, is_personal=False)
        registries.receipt_kinds.register("projects", kind)

"""Plugs the module into the registries of lower modules."""

from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from ratusz.foundation.kit.modules import Module


class ProjectsModule(Module):
    name = "ratusz.participation.projects"

    def ready(self) -> None:
        from ratusz.casework.deadlines.registries import case_doors, clock_packs
        from ratusz.casework.signatures.registries import supported_things
        from ratusz.foundation.files.registry import FilePurpose, file_purposes
        from ratusz.foundation.files.rules import DOCUMENTS, IMAGES
        from ratusz.foundation.jobs.registry import register_action
        from ratusz.foundation.kit import registries
        from ratusz.foundation.notifications.registry import Purpose, erased_with_address, purposes
        from ratusz.participation.budget.registries import ballot_notes, edition_links

        from . import actions, ballot, judged, judged_ideas, moves, offered_links, privacy, queries, rules, supporting
        from .actions.drafts import PURPOSE
        from .delivery import registration

        privacy.register()
        judged.register()
        judged_ideas.register()
        ballot_notes.register("projects", ballot.notes)
        edition_links.register("projects", offered_links.links_of)
        clock_packs.register("projects", Path(__file__).parent / "packs" / "form" / "clocks.toml")
        case_doors.register("projects.application", lambda person, _clock, at: rules.may(person, "see", None, at))
        for subject in ("opinion", "appeal"):
            case_doors.register(f"projects.{subject}", lambda person, _clock, at: rules.may(person, "see", None, at))
        supported_things.register(supporting.KIND, supporting.kind())
        registries.moves.register("projects", moves.moves_of)
        purposes.register(PURPOSE, Purpose(name=_("Your project in the participatory budget")))
        erased_with_address.register("projects", lambda address: actions.erase_parties(parties=privacy.parties_of(address.value)))
        papers = FilePurpose(
            _("Papers of a project"), (*IMAGES, *DOCUMENTS), keep_days=365 * 5,
            may_read=lambda person, _file, at: rules.may(person, "read_people", None, at),
        )  # fmt: skip
        file_purposes.register(PURPOSE, papers)
        register_action("projects.forget_drafts", actions.forget_drafts, what=_("Delete drafts of projects nobody touches"))
        forgetting = _("Forget what authors said of projects long ago")
        register_action("projects.forget_statements", actions.forget_statements, what=forgetting)
        what: Any = _("number of a project submitted to the participatory budget")
        kind = registries.ReceiptKind("L12/03/XIV", what, queries.find_receipt, is_personal=False)
        registries.receipt_kinds.register("projects", kind)
        registration.register()

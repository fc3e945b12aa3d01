"""Plugs the module into the registries of lower modules."""

from pathlib import Path

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ratusz.foundation.kit.modules import Module


class DecisionsModule(Module):
    name = "ratusz.governance.decisions"

    def ready(self) -> None:
        from ratusz.casework.deadlines.registries import case_doors, clock_packs
        from ratusz.casework.documents.registries import CaseKind, Series, case_kinds, number_series
        from ratusz.foundation.jobs.registry import queues, register_action
        from ratusz.foundation.kit import registries
        from ratusz.foundation.kit.outgoing import decision_listeners
        from ratusz.publishing.website.menus import MenuEntry, menu_entries

        from . import actions, agenda, found_by, from_effects, from_requests, moves, papers, privacy, rules

        number_series.register("decisions.decision", Series(_("Decisions of the President"), "U/{year}/{number:04}"))
        case_kinds.register("decisions.decision", CaseKind(_("Decision of the President"), "0058", papers.papers_of))
        clock_packs.register("decisions", Path(__file__).parent / "packs" / "clocks.toml")
        case_doors.register("decisions.question", lambda person, clock, at: rules.may(person, "see_all", None, at))
        registries.moves.register("decisions", moves.moves_of)
        registries.dated_things.register("decisions", moves.dated_things)
        source = registries.SearchSource(found_by.search_entries, found_by.search_entry)
        registries.search_sources.register("decisions", source)
        registries.search_kinds.register(found_by.KIND, registries.SearchKind(_("You asked, we did")))
        queues.register("telling of decisions", actions.tell_changes)
        decision_listeners.register("decisions", actions.hear_decision)
        register_action("decisions.run_ladder", actions.run_ladder, what=_("Remind of decisions and escalate late ones"))
        entry = MenuEntry(lambda: str(_("You asked, we did")), lambda: reverse("decisions:list"), order=300)
        menu_entries.register("decisions", entry)
        agenda.register()
        from_requests.register()
        from_effects.register()
        privacy.register()
        self._numbers()
        self._letters_and_files()

    def _numbers(self) -> None:
        from ratusz.foundation.kit.registries import ReceiptKind, receipt_kinds

        from . import found_by

        asked = ReceiptKind("K7QM-2X9D-4TRA", _("number of whoever asked for a decision"), found_by.find_receipt)
        decided = ReceiptKind("U/2026/0042", _("number of a decision of the President"), found_by.find_decision, is_personal=False)
        receipt_kinds.register("decisions-asked", asked)
        receipt_kinds.register("decisions", decided)

    def _letters_and_files(self) -> None:
        from ratusz.foundation.files.registry import FilePurpose, file_purposes
        from ratusz.foundation.files.rules import DOCUMENTS, IMAGES
        from ratusz.foundation.notifications.registry import Purpose, erased_with_address, purposes

        from . import actions, queries
        from .actions.links import UNIT_PURPOSE
        from .models.people import ASKED, FOLLOWED

        text = _(
            "I want to get an e-mail at every public change of the decisions of the President that I choose. "
            "I can leave at any time by the link in each e-mail."
        )
        purposes.register(FOLLOWED, Purpose(name=_("Decisions of the President that I follow"), consent_text=text))
        purposes.register(ASKED, Purpose(name=_("What came of what I asked for"), stops_when_asked=True))
        purposes.register(UNIT_PURPOSE, Purpose(name=_("Decisions that your unit carries out")))
        erased_with_address.register("decisions", lambda address: actions.forget_address(address=address))
        proof = FilePurpose(
            _("Evidence for a decision"), (*IMAGES, *DOCUMENTS), keep_days=365 * 25, is_personal=False,
            may_read=queries.may_read_proof,
        )  # fmt: skip
        file_purposes.register("decisions.evidence", proof)

"""Plugs research into the registries of lower modules; called by the module's apps.py."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ratusz.participation.surveys.terms import PACKS


def register() -> None:
    """Numbers, clocks, files, desk, calendar, search and menu."""
    from ratusz.casework.deadlines.registries import case_doors, clock_packs
    from ratusz.casework.documents.registries import Series, number_series
    from ratusz.foundation.kit import registries
    from ratusz.participation.surveys.research import found_by, moves, queries, rules
    from ratusz.participation.surveys.research.actions.cards import SERIES
    from ratusz.publishing.website.menus import MenuEntry, menu_entries

    number_series.register(SERIES, Series(_("Opinion research"), "BO/{year}/{number:04}"))
    clock_packs.register("research", PACKS / "deadlines" / "clocks.toml")
    case_doors.register(SERIES, lambda person, _clock, at: rules.may(person, "see", None, at))
    registries.moves.register("research", moves.moves_of)
    registries.dated_things.register("research", moves.dated_things)
    registries.search_sources.register(found_by.SOURCE, registries.SearchSource(found_by.search_entries, found_by.search_entry))
    registries.search_kinds.register(found_by.KIND, registries.SearchKind(_("Opinion research")))
    kind = registries.ReceiptKind("BO/2026/0003", _("number of a research card"), queries.find_receipt, is_personal=False)
    registries.receipt_kinds.register("research", kind)
    entry = MenuEntry(lambda: str(_("Opinion research")), lambda: reverse("research:register"), order=287)
    menu_entries.register("research", entry)
    _files()


def _files() -> None:
    from ratusz.foundation.files.registry import FilePurpose, file_purposes
    from ratusz.foundation.files.rules import DOCUMENTS, SHEETS
    from ratusz.participation.surveys.research import queries, rules
    from ratusz.participation.surveys.research.actions.cards import PURPOSE

    kept = FilePurpose(
        _("Reports and questionnaires of research"), (*DOCUMENTS, *SHEETS), keep_days=365 * 25, is_personal=False,
        may_read=lambda person, file, at: rules.may(person, "see", queries.card_of_file(file), at),
    )  # fmt: skip
    file_purposes.register(PURPOSE, kept)

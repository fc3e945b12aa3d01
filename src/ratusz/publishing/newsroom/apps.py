"""Plugs the module into the registries of lower modules."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from ratusz.foundation.kit.modules import Module

AS_LONG_AS_THE_BRAND = 365 * 50
LAYOUTS_ARE_KEPT = 365 * 5
"""Days: what was approved is asked about as long as the print is around."""


class NewsroomModule(Module):
    name = "ratusz.publishing.newsroom"

    def ready(self) -> None:
        from ratusz.casework.deadlines.registries import case_doors, clock_packs
        from ratusz.foundation.kit import registries
        from ratusz.publishing.website.menus import MenuEntry, service_entries

        from . import moves, rules
        from .public_links import address_of_brand, name_of_brand

        registries.moves.register("newsroom", moves.moves_of)
        registries.dated_things.register("newsroom", moves.dated_things)
        clock_packs.register("newsroom", Path(__file__).parent / "packs" / "clocks.toml")
        case_doors.register("newsroom.layout", lambda person, _clock, at: rules.may(person, "answer_layout", None, at))
        service_entries.register("brand", MenuEntry(name_of_brand, address_of_brand, order=350, languages=("pl",)))
        for field in ("PhotoOrder.photographer", "LayoutRound.sent_by", "LayoutRound.answered_by"):
            registries.not_personal.register(f"ratusz_newsroom.{field}", "numer konta pracownika")
        self._take_files(rules)

    def _take_files(self, rules) -> None:
        from ratusz.foundation.files.registry import FilePurpose, file_purposes
        from ratusz.foundation.files.rules import DRAWINGS, EVERYTHING

        from .actions.brand import BRAND_PURPOSE
        from .actions.layouts import LAYOUT_PURPOSE
        from .queries import may_read_layout

        brand = FilePurpose(
            name=_("Files of the city's brand"), kinds=(*DRAWINGS, *EVERYTHING), keep_days=AS_LONG_AS_THE_BRAND, is_personal=False,
            may_read=lambda person, file, at: rules.may(person, "see_brand", None, at),
        )  # fmt: skip
        layouts = FilePurpose(
            name=_("Layouts sent to be approved"), kinds=rules.FILE_KINDS, keep_days=LAYOUTS_ARE_KEPT, is_personal=False,
            may_read=may_read_layout,
        )  # fmt: skip
        file_purposes.register(BRAND_PURPOSE, brand)
        file_purposes.register(LAYOUT_PURPOSE, layouts)

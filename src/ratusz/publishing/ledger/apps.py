"""Plugs the module into the registries of lower modules."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from ratusz.foundation.kit.modules import Module


class LedgerModule(Module):
    name = "ratusz.publishing.ledger"

    def ready(self) -> None:
        from ratusz.casework.deadlines.registries import case_doors, clock_listeners, clock_packs
        from ratusz.foundation.jobs.registry import queues, register_action
        from ratusz.foundation.kit.registries import moves, not_personal
        from ratusz.foundation.notifications.registry import Purpose, purposes
        from ratusz.publishing.website.registries import gone_pages, page_listeners, page_parts

        from . import actions, rules
        from .gone import answer_where_it_was
        from .moves import moves_of
        from .page_parts import question_at_the_foot

        gone_pages.register("ledger", answer_where_it_was)
        page_parts.register("ledger", question_at_the_foot)
        page_listeners.register("ledger links", actions.page_went)
        page_listeners.register("ledger reviews", actions.page_care_changed)
        clock_packs.register("ledger", Path(__file__).parent / "packs" / "clocks.toml")
        clock_listeners.register("ledger", actions.hear_clock)
        moves.register("ledger", moves_of)
        case_doors.register("ledger.page", lambda person, clock, at: rules.may(person, "see_page", clock.unit, at))
        purposes.register("ledger.review", Purpose(name=_("Pages of the portal to be read again")))
        queues.register("links of pages", actions.check_due_links)
        register_action("ledger.rebuild_links", actions.rebuild_links, what=_("Read the links of all pages anew"))
        register_action("ledger.sync_reviews", actions.sync_reviews, what=_("Let the clocks of reviews follow the pages"))
        register_action("ledger.forget_answers", actions.forget_answers, what=_("Forget readers' comments after a year"))
        not_personal.register(
            "ratusz_ledger.ReaderAnswer.comment", "bez śladu osoby; numery i adresy maskowane przed zapisem, kasowane po roku"
        )
        not_personal.register("ratusz_ledger.ForeignAddress.address", "adres strony internetowej")
        not_personal.register("ratusz_ledger.PageLink.address", "adres strony internetowej")
        not_personal.register("ratusz_ledger.Unpublishing.address", "adres strony portalu")

"""Plugs the module into the registries of lower modules."""

from django.utils.translation import gettext_lazy as _

from ratusz.foundation.kit.modules import Module


class LedgerModule(Module):
    name = "ratusz.publishing.ledger"

    def ready(self) -> None:
        from ratusz.foundation.jobs.registry import queues, register_action
        from ratusz.publishing.website.registries import gone_pages, page_listeners

        from . import actions
        from .gone import answer_where_it_was

        gone_pages.register("ledger", answer_where_it_was)
        page_listeners.register("ledger", actions.page_went)
        queues.register("links of pages", actions.check_due_links)
        register_action("ledger.rebuild_links", actions.rebuild_links, what=_("Read the links of all pages anew"))

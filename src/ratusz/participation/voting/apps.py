"""Plugs the module into the registries of lower modules."""

from django.utils.translation import gettext_lazy as _

from ratusz.foundation.kit.modules import Module


class VotingModule(Module):
    name = "ratusz.participation.voting"

    def ready(self) -> None:
        from ratusz.foundation.jobs.registry import queues, register_action
        from ratusz.foundation.kit import registries
        from ratusz.foundation.notifications.registry import Purpose, erased_with_address, purposes
        from ratusz.participation.budget.registries import (
            change_followers,
            edition_deeds,
            edition_links,
            edition_parts,
            result_listeners,
            site_paths,
        )
        from ratusz.participation.voting import actions, doors_registered, moves, notices, offered, privacy, waiting, wording

        privacy.register()
        change_followers.register("voting", actions.follow_change)
        registries.moves.register("voting", moves.moves_of)
        edition_deeds.register("voting", offered.deeds_of)
        edition_links.register("voting", offered.links_of)
        site_paths.register("/glosuj/", "/glosuj/")
        edition_parts.register("voting", offered.edition_part)
        result_listeners.register("voting", actions.guard_publication)
        registries.moves.register("voting register", waiting.moves_of)
        queues.register("log of votes", actions.chain_pending)
        queues.register("notices of ballots", actions.tell_voters)
        closing = _("Close votes whose hour has come")
        register_action("voting.close_due_votes", actions.close_due_votes, what=closing, in_transaction=False)
        signing = _("Sign heads of the logs of votes")
        register_action("voting.sign_due_heads", actions.sign_due_heads, what=signing, in_transaction=False)
        searching = _("Search votes for odd ballots")
        register_action("voting.look_for_anomalies", actions.look_in_open_votes, what=searching)
        register_action("voting.forget_proofs", actions.forget_proofs, what=_("Forget proofs of identity"))
        purposes.register(notices.PURPOSE, Purpose(name=_("Notices of your ballot"), is_secret=True))
        purposes.register(actions.DECLARATION_PURPOSE, Purpose(name=_("Your declaration for the vote"), is_secret=True))
        forgetting = _("Delete registers of votes past contesting")
        register_action("voting.forget_due_registers", actions.forget_due_registers, what=forgetting)
        doors_registered.register()
        erased_with_address.register("voting", privacy.erase_with_address)
        kind = registries.ReceiptKind(wording.EXAMPLE, _("number of a ballot in the participatory budget"), wording.find_receipt)
        registries.receipt_kinds.register("voting", kind)

"""Plugs the module into the registries of lower modules."""

from django.utils.translation import gettext_lazy as _

from ratusz.foundation.kit.modules import Module


class VotingModule(Module):
    name = "ratusz.participation.voting"

    def ready(self) -> None:
        from ratusz.foundation.jobs.registry import queues, register_action
        from ratusz.participation.voting import actions

        queues.register("log of votes", actions.chain_pending)
        closing = _("Close votes whose hour has come")
        register_action("voting.close_due_votes", actions.close_due_votes, what=closing, in_transaction=False)
        signing = _("Sign heads of the logs of votes")
        register_action("voting.sign_due_heads", actions.sign_due_heads, what=signing, in_transaction=False)
        register_action("voting.forget_proofs", actions.forget_proofs, what=_("Forget proofs of identity"))

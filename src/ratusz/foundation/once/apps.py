"""Plugs the module into the registries of lower modules."""

from django.utils.translation import gettext_lazy as _

from ratusz.foundation.kit.modules import Module


class OnceModule(Module):
    name = "ratusz.foundation.once"

    def ready(self) -> None:
        from ratusz.foundation.jobs.registry import register_action
        from ratusz.foundation.once import actions

        register_action("once.forget_sent_forms", actions.forget_sent_forms, what=_("Forget forms that were sent"))

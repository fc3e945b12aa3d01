"""Plugs the module into the registries of lower modules."""

from django.utils.translation import gettext_lazy as _

from ratusz.foundation.kit.modules import Module


class JobsModule(Module):
    name = "ratusz.foundation.jobs"

    def ready(self):
        from django.core.management import call_command

        from ratusz.foundation.jobs import actions
        from ratusz.foundation.jobs.queries import moves_of
        from ratusz.foundation.jobs.registry import register_action
        from ratusz.foundation.kit.registries import moves

        moves.register("jobs", moves_of)
        register_action("jobs.forget_finished", actions.forget_finished, what=_("Forget finished jobs"))
        register_action("jobs.publish_scheduled", lambda: call_command("publish_scheduled"), what=_("Publish what was scheduled"))

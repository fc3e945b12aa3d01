"""Plugs the module into the registries of lower modules."""

from ratusz.foundation.kit.modules import Module


class DeskModule(Module):
    name = "ratusz.coordination.desk"

    def ready(self) -> None:
        from ratusz.publishing.editing.registries import duty_rosters

        from . import information_from_meetings, moderators_agenda, privacy, rules

        duty_rosters.register("desk", rules.is_on_duty)
        privacy.register()
        moderators_agenda.register()
        information_from_meetings.register()

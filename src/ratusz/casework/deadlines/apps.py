"""Plugs the module into the registries of lower modules."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from ratusz.foundation.kit.modules import Module


class DeadlinesModule(Module):
    name = "ratusz.casework.deadlines"

    def ready(self) -> None:
        from ratusz.casework.deadlines import actions, moves
        from ratusz.casework.deadlines.actions.writing import PURPOSE
        from ratusz.casework.deadlines.registries import clock_listeners, clock_packs
        from ratusz.foundation.jobs.registry import register_action
        from ratusz.foundation.kit import registries
        from ratusz.foundation.notifications.registry import Purpose, purposes

        purposes.register(PURPOSE, Purpose(name=_("Terms of the law that come near or are over")))
        clock_listeners.register("deadlines", actions.write_of_clock)
        clock_packs.register("deadlines", Path(__file__).parent / "packs" / "clocks.toml")
        registries.moves.register("deadlines", moves.moves_of)
        registries.dated_things.register("deadlines", moves.terms_of_law)
        register_action("deadlines.tell_of_clocks", actions.tell_of_clocks, what=_("Tell of clocks that warn or run out"))
        registries.not_personal.register("ratusz_deadlines.Clock.person", "konto pracownika, u którego jest sprawa")

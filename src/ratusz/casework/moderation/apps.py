"""Plugs the module into the registries of lower modules."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from ratusz.foundation.kit.modules import Module


class ModerationModule(Module):
    name = "ratusz.casework.moderation"

    def ready(self) -> None:
        from ratusz.casework.deadlines.registries import case_doors, clock_packs
        from ratusz.casework.moderation import actions, moves, privacy, rules
        from ratusz.casework.moderation.actions import letters
        from ratusz.foundation.jobs.registry import register_action
        from ratusz.foundation.kit import registries
        from ratusz.foundation.notifications.registry import Purpose, purposes

        privacy.register()
        clock_packs.register("moderation", Path(__file__).parent / "packs" / "clocks.toml")
        registries.moves.register("moderation", moves.moves_of)
        for case in ("moderation.item", "moderation.appeal"):
            case_doors.register(case, lambda person, _clock, at: rules.may(person, "see", None, at))
        purposes.register(letters.STATEMENT, Purpose(name=_("Decisions about what you wrote")))
        purposes.register(letters.ANSWER, Purpose(name=_("Answers to your appeals")))
        purposes.register(letters.REPORTER, Purpose(name=_("What became of what you flagged")))
        purposes.register(letters.APPOINTMENT, Purpose(name=_("Appointments of moderators")))
        purposes.register(letters.QUEUE, Purpose(name=_("Things that wait for your decision in moderation")))
        purposes.register(letters.COVER, Purpose(name=_("Places that nobody moderates")))
        register_action("moderation.follow_places", actions.follow_places, what=_("End appointments of outsiders with their place"))
        register_action("moderation.watch_cover", actions.watch_cover, what=_("Tell leads of places that nobody moderates"))
        register_action("moderation.freeze_last_month", actions.freeze_last_month, what=_("Make the table of the last month"))
        register_action("moderation.close_gone", actions.close_gone, what=_("Close what vanished from the queue of moderation"))
        register_action("moderation.forget_words", actions.forget_words, what=_("Forget words that were judged long ago"))

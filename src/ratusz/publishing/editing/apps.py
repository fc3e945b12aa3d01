"""Plugs the module into the registries of lower modules."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from ratusz.foundation.kit.modules import Module


class EditingModule(Module):
    name = "ratusz.publishing.editing"

    def ready(self) -> None:
        from ratusz.casework.deadlines.registries import case_doors, clock_packs
        from ratusz.foundation.files.registry import FilePurpose, file_purposes
        from ratusz.foundation.files.rules import IMAGES
        from ratusz.foundation.jobs.registry import register_action
        from ratusz.foundation.kit.registries import moves
        from ratusz.foundation.notifications.registry import Purpose, purposes
        from ratusz.publishing.gates.findings import Gate
        from ratusz.publishing.gates.registries import Reader, gates, readers
        from ratusz.publishing.messages.registries import waits_with_others
        from ratusz.publishing.website.registries import image_uses, pages_that_wait, second_pairs

        from . import actions, clocks, page_eyes, privacy, reading, release_kinds, rules
        from .moves import moves_of
        from .picture_uses import uses_in_submissions

        privacy.register()
        release_kinds.register()
        waits_with_others.register("editing", rules.texts_in_sets)
        pages_that_wait.register("editing", rules.page_in_a_set)
        second_pairs.register("editing", page_eyes.unread_by_others)
        moves.register("editing", moves_of)
        image_uses.register("editing", uses_in_submissions)
        clock_packs.register("editing", Path(__file__).parent / "packs" / "clocks.toml")
        for case in ("editing.submission", "editing.lone_publication"):
            case_doors.register(case, clocks.may_open)
        may_see = lambda person, thing, at: rules.may(person, "see", thing, at)  # noqa: E731
        readers.register(reading.KIND, Reader(reading.read_submission, reading.load, may_see))
        gates.register("W14", Gate(_("A second pair of eyes"), reading.second_pair_of_eyes))
        picture = FilePurpose(name=_("Pictures of submissions"), kinds=IMAGES, keep_days=90, is_personal=False)
        file_purposes.register("editing.picture", picture)
        document = FilePurpose(name=_("Documents of submissions"), kinds=("docx",), keep_days=30, is_personal=False)
        file_purposes.register("editing.document", document)
        purposes.register("editing.submission", Purpose(name=_("Submissions of units")))
        purposes.register("editing.approval_link", Purpose(name=_("Request to read a text"), is_secret=True))
        for name, run, what in (
            ("editing.publish_due", actions.publish_due, _("Publish what is due")),
            ("editing.release_due_sets", actions.release_due_sets, _("Let out release sets")),
            ("editing.check_sets", actions.check_sets, _("Check release sets a day and an hour before")),
        ):
            register_action(name, run, what=what, in_transaction=False)

"""Plugs the module into the registries of lower modules."""

from django.utils.translation import gettext_lazy as _

from ratusz.foundation.kit.modules import Module


class EditingModule(Module):
    name = "ratusz.publishing.editing"

    def ready(self) -> None:
        from ratusz.foundation.files.registry import FilePurpose, file_purposes
        from ratusz.foundation.files.rules import IMAGES
        from ratusz.foundation.jobs.registry import register_action
        from ratusz.foundation.kit.registries import moves
        from ratusz.foundation.notifications.registry import Purpose, purposes

        from . import actions, privacy, release_kinds
        from .moves import moves_of

        privacy.register()
        release_kinds.register()
        moves.register("editing", moves_of)
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

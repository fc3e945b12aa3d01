"""Plugs the module into the registries of lower modules."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from ratusz.foundation.kit.modules import Module


class SurveysModule(Module):
    name = "ratusz.participation.surveys"

    def ready(self) -> None:
        from ratusz.foundation.files.registry import FilePurpose, file_purposes
        from ratusz.foundation.files.rules import DOCUMENTS, IMAGES
        from ratusz.foundation.kit import registries
        from ratusz.foundation.notifications.registry import Purpose, address_keepers, erased_with_address, purposes
        from ratusz.participation.surveys import moves, privacy, receipts, rules
        from ratusz.participation.surveys.actions.drafts import PURPOSE
        from ratusz.participation.surveys.actions.exports import PURPOSE as EXPORTS
        from ratusz.participation.surveys.actions.files import PURPOSE as FILES
        from ratusz.participation.surveys.actions.paper import SCANS
        from ratusz.participation.surveys.models import Draft
        from ratusz.participation.surveys.research import registration as research

        privacy.register()
        research.register()
        purposes.register(PURPOSE, Purpose(name=_("The link of a survey that you have not finished")))
        address_keepers.register("surveys", lambda own: Draft.objects.filter(contact=own))
        erased_with_address.register("surveys", privacy.erase_with_address)
        file_purposes.register(
            FILES, FilePurpose(_("Files sent with a survey"), (*IMAGES, *DOCUMENTS), keep_days=365,
                               may_read=lambda person, _file, at: rules.may(person, "publish", None, at)),
        )  # fmt: skip
        file_purposes.register(
            SCANS, FilePurpose(_("Scans of paper surveys"), (*IMAGES, "pdf"), keep_days=365 * 5,
                               may_read=lambda person, _file, at: rules.may(person, "enter", None, at)),
        )  # fmt: skip
        file_purposes.register(
            EXPORTS, FilePurpose(_("Files with all answers of a survey"), (), keep_days=1,
                                 may_read=lambda person, _file, at: rules.may(person, "publish", None, at)),
        )  # fmt: skip
        registries.moves.register("surveys", moves.moves_of)
        registries.dated_things.register("surveys", moves.dated_things)
        registries.receipt_kinds.register("surveys", receipts.kind())
        _work()


def _work() -> None:
    """What workers do by themselves, or when somebody asks for it."""
    from ratusz.foundation.jobs.registry import register_action
    from ratusz.participation.surveys import actions
    from ratusz.participation.surveys.actions.exports import JOB

    register_action("surveys.forget_drafts", actions.forget_drafts, what=_("Delete drafts of surveys nobody finishes"))
    register_action("surveys.forget_words", actions.forget_words, what=_("Forget own words in old surveys"))
    register_action(
        "surveys.part_answers", actions.part_answers, what=_("Part anonymous answers from their receipts"), in_transaction=False
    )
    register_action(
        JOB, actions.write_export, what=_("Write a file with all answers of a survey"), in_transaction=False,
        lease=timedelta(minutes=30),
    )  # fmt: skip

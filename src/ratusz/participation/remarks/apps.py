"""Plugs the module into the registries of lower modules."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from ratusz.foundation.kit.modules import Module


class RemarksModule(Module):
    name = "ratusz.participation.remarks"

    def ready(self) -> None:
        from ratusz.foundation.kit import registries
        from ratusz.participation.remarks import found_by, judged, moves, papers_of_remarks, plugged, plugged_analysis, privacy

        privacy.register()
        judged.register()
        plugged.register()
        papers_of_remarks.register()
        plugged_analysis.register()
        registries.moves.register("remarks", moves.moves_of)
        what = _("number of a remark in a consultation")
        registries.receipt_kinds.register("remarks", registries.ReceiptKind("K7QM-2X9D-4TRA", what, found_by.find_receipt))
        self._letters_and_files()
        self._mailbox()

    def _letters_and_files(self) -> None:
        from ratusz.foundation.files.registry import FilePurpose, file_purposes
        from ratusz.foundation.files.rules import DOCUMENTS, IMAGES
        from ratusz.foundation.jobs.registry import queues, register_action
        from ratusz.foundation.notifications.registry import Purpose, address_keepers, erased_with_address, purposes
        from ratusz.participation.remarks import privacy, rules
        from ratusz.participation.remarks.actions import attaching, forgetting, telling
        from ratusz.participation.remarks.models import Follower, Intake

        consent = _("I want to get an e-mail at every public change of the remarks that I choose. I can leave by the link in each.")
        purposes.register(telling.AUTHOR, Purpose(name=_("What becomes of your remarks"), hourly_limit=100))
        purposes.register(telling.FOLLOWED, Purpose(name=_("Remarks that I follow"), consent_text=consent))
        queues.register("telling of remarks", telling.tell_changes)
        erased_with_address.register("remarks", privacy.erase_with_address)
        address_keepers.register("remarks", lambda own: Intake.objects.filter(contact=own))
        address_keepers.register("remarks, followers", lambda own: Follower.objects.filter(address=own))
        register_action("remarks.forget_past", forgetting.forget_past, what=_("Forget who sent remarks"), in_transaction=False)
        for code, name in ((attaching.FILE, _("files added to remarks")), (attaching.SCAN, _("scans of remarks on paper"))):
            purpose = FilePurpose(
                name=name, kinds=(*DOCUMENTS, *IMAGES),
                may_read=lambda person, _file, at: rules.may(person, "see_people", None, at),
            )  # fmt: skip
            file_purposes.register(code, purpose)

    def _mailbox(self) -> None:
        from ratusz.foundation.incoming.registry import Mailbox, mailboxes
        from ratusz.participation.remarks.actions import attaching, forgetting, letters
        from ratusz.participation.remarks.mail import rules
        from ratusz.participation.remarks.mail.tags import MAILBOX

        def may(person: Any, deed: str, letter: Any, at: Any) -> bool:
            return rules.may(person, deed, letter.of_remarks.consultation, at)

        entry = Mailbox(_("consultations"), attaching.FILE, may, heard=letters.hear, past=forgetting.past_letters)
        mailboxes.register(MAILBOX, entry)

"""Plugs the module into the registries of lower modules."""

from django.utils.translation import gettext_lazy as _

from ratusz.foundation.kit.modules import Module


class SignaturesModule(Module):
    name = "ratusz.casework.signatures"

    def ready(self) -> None:
        from ratusz.casework.signatures import actions, moves, privacy
        from ratusz.casework.signatures.actions.signing import MINE
        from ratusz.casework.signatures.models import Signature
        from ratusz.foundation.jobs.registry import register_action
        from ratusz.foundation.kit import registries
        from ratusz.foundation.notifications.registry import Purpose, address_keepers, erased_with_address, purposes

        privacy.register()
        erased_with_address.register("signatures", privacy.erase_with_address)
        address_keepers.register("signatures", lambda own: Signature.objects.filter(contact=own))
        purposes.register(MINE, Purpose(name=_("Your signatures of support")))
        registries.moves.register("signatures", moves.moves_of)
        register_action("signatures.forget_past", actions.forget_past, what=_("Forget who signed"), in_transaction=False)
        register_action("signatures.forget_unconfirmed", actions.forget_unconfirmed, what=_("Delete signatures without a code"))
        self._scans()

    def _scans(self) -> None:
        from ratusz.casework.signatures import rules
        from ratusz.casework.signatures.actions.sheets import SCAN
        from ratusz.foundation.files.registry import FilePurpose, file_purposes
        from ratusz.foundation.files.rules import IMAGES

        scans = FilePurpose(
            name=_("scans of sheets with signatures"), kinds=("pdf", *IMAGES),
            may_read=lambda person, _file, at: rules.may(person, "read", None, at),
        )  # fmt: skip
        file_purposes.register(SCAN, scans)

"""Plugs the module into the registries of lower modules."""

from django.utils.translation import gettext_lazy as _

from ratusz.foundation.kit.modules import Module


class RequestsModule(Module):
    name = "ratusz.casework.requests"

    def ready(self) -> None:
        from ratusz.casework.deadlines.registries import case_doors
        from ratusz.casework.requests import moves, privacy, rules, wording
        from ratusz.casework.requests.actions import PURPOSE
        from ratusz.foundation.kit import registries
        from ratusz.foundation.notifications.registry import Purpose, purposes

        privacy.register()
        purposes.register(PURPOSE, Purpose(name=_("Your requests and complaints")))
        registries.moves.register("requests", moves.moves_of)
        case_doors.register("requests.request", lambda person, _clock, at: rules.may(person, "see", None, at))
        what = _("number of a request: accessibility, complaint, public information")
        registries.receipt_kinds.register("requests", registries.ReceiptKind("K7QM-2X9D-4TRA", what, wording.find_receipt))

"""Fills registries of lower modules for notices of committees; called from ready()."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ratusz.foundation.kit.codes import normalised
from ratusz.foundation.kit.dates import polish_date
from ratusz.foundation.kit.registries import Receipt, not_personal, register_personal_data
from ratusz.foundation.notifications.privacy import addresses_of
from ratusz.participation.initiatives import rules
from ratusz.participation.initiatives.models import CommitteeNotice
from ratusz.participation.initiatives.notices import actions
from ratusz.participation.initiatives.privacy import TASK


def register() -> None:
    """Everything that others show or do for notices."""
    from ratusz.foundation.files.registry import FilePurpose, file_purposes
    from ratusz.foundation.files.rules import IMAGES
    from ratusz.foundation.jobs.registry import register_action
    from ratusz.foundation.kit import registries
    from ratusz.foundation.notifications.registry import address_keepers, erased_with_address

    erased_with_address.register("notices", lambda address: actions.erase_notices(notices=_at([address])))
    address_keepers.register("notices", lambda own: CommitteeNotice.objects.filter(contact=own))
    register_action("initiatives.forget_notices", actions.forget_notices, what=_("Forget old notices of committees"))
    statements = FilePurpose(
        name=_("signed statements of committees"), kinds=("pdf", *IMAGES),
        may_read=lambda person, _file, at: rules.may(person, "read", None, at),
    )  # fmt: skip
    file_purposes.register(actions.STATEMENT, statements)
    what = _("number on the receipt of a committee's notice")
    registries.receipt_kinds.register("notices", registries.ReceiptKind("K7QM-2X9D-4TRA", what, find_receipt))
    _personal()


def find_receipt(text: str, at: datetime) -> Receipt | None:
    """What the holder of a receipt learns: where the notice stands, and the number of the initiative it became."""
    code = normalised(text)
    found = CommitteeNotice.objects.filter(code=code).select_related("initiative").first() if code else None
    if found is None:
        return None
    facts = [(gettext("Received"), polish_date(found.received_at))]
    if found.words:
        facts.append((gettext("Reason"), found.words))
    url = found.initiative.get_absolute_url() if found.initiative else ""
    return Receipt(title=gettext("Notice of a committee"), status=str(found.get_state_display()), url=url, facts=tuple(facts))


def _at(addresses: Any) -> Any:
    return CommitteeNotice.objects.filter(contact__in=list(addresses)).order_by("pk")


def _export(person: Any) -> Any:
    return _at(addresses_of(person)).values("title", "members", "contact__value", "state", "words", "received_at")


def _personal() -> None:
    register_personal_data(
        CommitteeNotice, fields=("members", "contact", "statement"), legal_basis=TASK, export=_export,
        purpose=_("to handle the notice of a committee"), retention="rok od odpowiedzi (do potwierdzenia)",
        erase=lambda person: actions.erase_notices(notices=_at(addresses_of(person))),
    )  # fmt: skip
    not_personal.register("ratusz_initiatives.CommitteeNotice.person", "konto pracownika, który to sprawdził w swojej roli")

"""The code that some forms ask of their authors: sent to the mailbox, typed on the author's own page."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.people.actions import check_code, send_code, through_outbox
from ratusz.foundation.people.rules import CodeRefused, TooManyCodes
from ratusz.participation.remarks import links, rules
from ratusz.participation.remarks.actions.judging import confirm_author, locked
from ratusz.participation.remarks.models import Intake

CODES = "remarks.code"


def send_author_code(*, intake: Intake) -> None:
    """A new code, which voids the older one. Call it outside a transaction. Raises RemarkRefused."""
    if intake.contact is None or "code" not in intake.missing:
        raise rules.RemarkRefused(_("This intake needs no code."))
    what = _("Code to confirm your remark. Type it here: %(link)s") % {"link": links.my_intake_url(intake)}
    try:
        handle = send_code(
            purpose=CODES, address=intake.contact.value, bound_to=intake.form_key.hex,
            deliver=through_outbox(channel=intake.contact.channel, what=what),
        )  # fmt: skip
    except TooManyCodes as refusal:
        raise rules.RemarkRefused(
            _("We have sent three codes to this address within an hour. Wait an hour, or call us.")
        ) from refusal
    Intake.objects.filter(pk=intake.pk).update(code_handle=handle)


def confirm_code(*, intake: Intake, digits: str) -> Intake:
    """The mailbox is theirs: the intake counts. Call it outside a transaction. Raises RemarkRefused."""
    if "code" not in intake.missing or intake.code_handle is None:
        return intake
    try:
        check_code(handle=intake.code_handle, purpose=CODES, bound_to=intake.form_key.hex, digits=digits)
    except CodeRefused as refusal:
        raise rules.RemarkRefused(
            _("This code is wrong or its time is over. Check the digits, or ask for a new code.")
        ) from refusal
    with transaction.atomic():
        mine = locked(intake)
        rules.check_takes(mine.consultation, mine.form, database_now())
        return confirm_author(mine)

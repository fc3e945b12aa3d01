"""What is done with accounts, codes, limits and personal data."""

from ratusz.foundation.people.actions.accounts import (
    change_account,
    create_account,
    delete_rows,
    disable_account,
    enable_account,
    end_sessions,
    erase_account,
    start_sign_in_afresh,
)
from ratusz.foundation.people.actions.codes import check_code, send_code, through_outbox
from ratusz.foundation.people.actions.limits import forget_attempts, forget_old, use_up
from ratusz.foundation.people.actions.notices import tell_change, tell_new_address

__all__ = [
    "change_account",
    "check_code",
    "create_account",
    "delete_rows",
    "disable_account",
    "enable_account",
    "end_sessions",
    "erase_account",
    "forget_attempts",
    "forget_old",
    "send_code",
    "start_sign_in_afresh",
    "tell_change",
    "tell_new_address",
    "through_outbox",
    "use_up",
]

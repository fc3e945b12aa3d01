"""What is done with units, appointments and invitations."""

from ratusz.foundation.units.actions.accounts import (
    accept_account_invitation,
    erase_account_invitations,
    invite_account,
    look_at_account_invitation,
    resend_account_invitation,
    withdraw_account_invitation,
)
from ratusz.foundation.units.actions.appointments import (
    appoint,
    check_may,
    end_appointment,
    end_appointments_of,
    save_unit,
    sync_access,
    sync_all_access,
)
from ratusz.foundation.units.actions.invitations import (
    erase_invitations,
    invite,
    look_at_invitation,
    revoke_invitation,
    use_invitation,
)

__all__ = [
    "accept_account_invitation",
    "erase_account_invitations",
    "invite_account",
    "look_at_account_invitation",
    "resend_account_invitation",
    "withdraw_account_invitation",
    "appoint",
    "check_may",
    "end_appointment",
    "end_appointments_of",
    "erase_invitations",
    "invite",
    "look_at_invitation",
    "revoke_invitation",
    "save_unit",
    "sync_access",
    "sync_all_access",
    "use_invitation",
]

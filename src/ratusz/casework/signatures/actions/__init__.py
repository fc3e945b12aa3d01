"""What is done with signatures: collections open and close, people sign and withdraw, sheets are typed twice, the check is made."""

from ratusz.casework.signatures.actions.checking import finish_check, look_at_pair, reinstate_signature, reject_signature
from ratusz.casework.signatures.actions.collecting import (
    close_collection,
    end_collection,
    open_collection,
    renew_collection,
    reopen_collection,
)
from ratusz.casework.signatures.actions.entering import Written, settle_line, type_line
from ratusz.casework.signatures.actions.forgetting import erase_signatures, forget_past, forget_unconfirmed
from ratusz.casework.signatures.actions.sheets import hand_in_scan, issue_sheets, receive_sheet, replace_scan
from ratusz.casework.signatures.actions.signing import Signer, confirm_signature, send_code_again, sign_online, withdraw_signature

__all__ = [
    "Signer", "Written", "close_collection", "confirm_signature", "end_collection", "erase_signatures", "finish_check",
    "forget_past", "forget_unconfirmed", "hand_in_scan", "issue_sheets", "look_at_pair", "open_collection", "receive_sheet",
    "reinstate_signature", "reject_signature", "renew_collection", "reopen_collection", "replace_scan", "send_code_again",
    "settle_line", "sign_online", "type_line", "withdraw_signature",
]  # fmt: skip

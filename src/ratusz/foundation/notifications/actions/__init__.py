"""Keep addresses and consents, write messages into the outbox, deliver them, settle what went wrong."""

from ratusz.foundation.notifications.actions.addresses import add_address, confirm_address, erase_address
from ratusz.foundation.notifications.actions.consents import (
    ask_consent,
    confirm_consent,
    forget_requests,
    give_consent,
    leave_all,
    leave_purpose,
    lift_suppression,
    send_preference_link,
    suppress,
)
from ratusz.foundation.notifications.actions.delivering import deliver, report_bounce
from ratusz.foundation.notifications.actions.digests import choose_rhythm, collect, collect_for_many, send_digests, take_back_event
from ratusz.foundation.notifications.actions.outbox import (
    cancel_message,
    forget_contents,
    keep_content,
    queue,
    send,
    send_to_all_agreeing,
)
from ratusz.foundation.notifications.actions.settling import print_letters, resend_message, settle_as_sent

__all__ = [
    "add_address",
    "ask_consent",
    "cancel_message",
    "choose_rhythm",
    "collect",
    "collect_for_many",
    "confirm_address",
    "confirm_consent",
    "deliver",
    "erase_address",
    "forget_contents",
    "forget_requests",
    "give_consent",
    "keep_content",
    "leave_all",
    "leave_purpose",
    "lift_suppression",
    "print_letters",
    "queue",
    "report_bounce",
    "resend_message",
    "send",
    "send_digests",
    "send_preference_link",
    "send_to_all_agreeing",
    "settle_as_sent",
    "suppress",
    "take_back_event",
]

"""What a phone at the door says by itself, when nobody can be asked."""

from __future__ import annotations

from django.utils.translation import gettext as _


def phone_words() -> dict[str, str]:
    """By the names door.js uses; {braces} are filled there."""
    return {
        "in": _("In"),
        "already": _("Already in: {time}, door {door}"),
        "came": _("{name} came in at {time}"),
        "unknown": _("No seat stands under this code. Search by name, or count the person without registration."),
        "other": _("This code is for another meeting: {meeting}"),
        "not_ours": _("This code is for another meeting, not a near one."),
        "persons": _("{count} persons"),
        "nameless": _("without a name"),
        "waiting": _("Waits to be sent: {count}"),
        "nothing_waits": _("Everything is sent."),
        "sent": _("Connected, {time}"),
        "offline": _("No network. Go on: what you do is kept and sent later."),
        "sign_in": _("Sign in again in another tab. What you did is kept and sent then."),
        "inside": _("Inside: {inside}"),
        "inside_of": _("Inside: {inside} of {room}"),
        "near": _("Nearly full: over 90 per cent"),
        "full": _("Full: nobody more may come in"),
        "no_camera": _("The camera cannot be used. Type the code."),
    }

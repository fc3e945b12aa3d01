"""Words of the screen with letters: its lists, kinds of lines, what becomes of each."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from ratusz.foundation.incoming.models import Letter
from ratusz.foundation.incoming.reading.quoting import GREETING, QUOTE, SIGNATURE, WORDS
from ratusz.participation.remarks.mail.writing import BEGINS, GOES_ON, LEFT_OUT

State = Letter.State
TABS = {
    State.WAITING: pgettext_lazy("letters", "To be entered"),
    State.HANDLED: pgettext_lazy("letters", "Entered"),
    State.SET_ASIDE: pgettext_lazy("letters", "Put aside"),
    State.UNREADABLE: pgettext_lazy("letters", "Could not be read"),
    State.QUARANTINED: pgettext_lazy("letters", "Look like spam"),
    State.AUTOMATIC: pgettext_lazy("letters", "Of machines"),
}
"""The lists of the screen, in their order."""
KINDS = {
    WORDS: "", GREETING: gettext_lazy("greeting"), QUOTE: gettext_lazy("quote of an older letter"),
    SIGNATURE: pgettext_lazy("end of a letter", "signature"),
}  # fmt: skip
WAYS = [
    (GOES_ON, pgettext_lazy("lines of a letter", "belongs to the remark")),
    (BEGINS, pgettext_lazy("lines of a letter", "begins a new remark")),
    (LEFT_OUT, pgettext_lazy("lines of a letter", "left out")),
]


def empty_words(state: str) -> str:
    """What an empty list says."""
    return {
        State.WAITING: _("No letter waits. What comes is here within a minute."),
        State.HANDLED: _("No letter has been made into an intake yet."),
        State.SET_ASIDE: _("No letter was put aside."),
        State.UNREADABLE: _("Every letter could be read."),
        State.QUARANTINED: _("No letter looks like spam."),
        State.AUTOMATIC: _("No machine has written to us."),
    }[State(state)]

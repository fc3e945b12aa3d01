"""What a clerk reads after a deed on a resident's form: what happened, and whether the person was told or waits for a letter."""

from __future__ import annotations

from django.utils.translation import gettext as _

from ratusz.participation.initiatives.debates import queries
from ratusz.participation.initiatives.models import DebateEntry


def listed(mine: DebateEntry) -> str:
    """After the form came on the list."""
    place = next(each for each in queries.in_order(mine.debate) if each.entry.pk == mine.pk)
    return _("The form is on the list. Its place: %(place)s.") % {"place": queries.place_words(place)} + " " + _told(mine)


def refused(mine: DebateEntry) -> str:
    """After a refusal."""
    return _("The form is refused: %(why)s.") % {"why": mine.get_refusal_display()} + " " + _told(mine)


def withdrawn(mine: DebateEntry) -> str:
    """After the person took it back."""
    return _("The form is withdrawn. Whoever waits in reserve moved up.")


def reopened(mine: DebateEntry) -> str:
    """After a decision was taken back."""
    return _("The decision is taken back: the form waits to be checked.") + " " + _told(mine)


def _told(mine: DebateEntry) -> str:
    if mine.contact is not None:
        return _("The person got an e-mail about it.")
    return _("The person gave no e-mail address: print the letter and send it.")

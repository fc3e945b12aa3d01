"""What a clerk reads after a deed on a hearing: what happened, who was told, and what comes next."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ratusz.foundation.kit.dates import polish_date
from ratusz.participation.initiatives.models import Hearing, HearingOpinion


def announced(mine: Hearing) -> str:
    """After the announcement."""
    words = _("The hearing is announced: everybody sees its page, may ask to speak, and writes opinions until %(day)s.")
    return words % {"day": polish_date(mine.opinions_until)}


def listed(count: int) -> str:
    """After the speakers were put in order."""
    words = ngettext(
        "%(count)s speaker stands in the line of the room. Print the list with names for whoever presides.",
        "%(count)s speakers stand in the line of the room. Print the list with names for whoever presides.",
        count,
    )
    return words % {"count": count} if count else _("Nobody asked to speak: the line of the room is empty.")


def entered(made: HearingOpinion) -> str:
    """After an opinion from paper or e-mail."""
    words = _("Opinion no. %(number)s is entered; the author got the number %(code)s by e-mail.")
    if made.contact is None:
        words = _("Opinion no. %(number)s is entered. Give the author the number on the receipt: %(code)s.")
    return words % {"number": made.number, "code": made.receipt}


def handed_over(mine: Hearing) -> str:
    """After councillors got the dossier."""
    return _("Councillors have the dossier. It stands on the page of the hearing and does not change any more.")


def voted(mine: Hearing) -> str:
    """After the vote of the Council."""
    words = _("The result is on the page of the hearing: the Council adopted the resolution %(number)s.")
    return (
        words % {"number": mine.resolution}
        if mine.is_adopted
        else _("The result is on the page of the hearing: the Council did not adopt the resolution.")
    )

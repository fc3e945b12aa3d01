"""Lists of registered people on paper and as a workbook."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from ratusz.casework.documents.blocks import Document, Table, Text
from ratusz.casework.documents.typeset import pdf_of_document
from ratusz.casework.documents.xlsx import Column, Sheet, xlsx_of
from ratusz.casework.meetings import queries, signing_up
from ratusz.casework.meetings.models import Meeting, Registration, Standing
from ratusz.casework.meetings.models.registrations import Need
from ratusz.foundation.kit.dates import polish_moment
from ratusz.foundation.kit.words import polish_sort_key

PRINT_SIZE = 14
"""Points: the list is read standing, in the light of a doorway."""


def printed(meeting: Meeting) -> bytes:
    """Who has a seat, by the Polish alphabet, with a box to tick, as an accessible PDF."""
    seated = sorted(meeting.registrations.seated().select_related("group"), key=lambda each: polish_sort_key(each.name))
    rows = [
        ["☐", each.name or _("(no name)"), each.door_code, str(each.persons), str(each.group or each.newsroom or "")]
        for each in seated
    ]
    persons = sum(each.persons for each in seated)
    table = Table((_("came in"), _("Name"), _("Code"), _("Persons"), _("Group")), rows)
    words = _("Registrations: %(rows)s, persons: %(persons)s.") % {"rows": len(rows), "persons": persons}
    where = f"{polish_moment(meeting.starts_at)}, {meeting.place or meeting.joining_link}"
    document = Document(
        title=meeting.title, subtitle=where, blocks=[Text(words), table], footer=_("List for the door"), size=PRINT_SIZE
    )
    return pdf_of_document(document)


def workbook(meeting: Meeting, at: datetime, *, with_needs: bool) -> bytes:
    """Everybody registered, in the order of registering; needs only for whoever sees them."""
    columns = [
        Column(_("Name"), 28),
        Column(_("State"), 22),
        Column(_("Persons"), 9, "number"),
        Column(_("Group"), 20),
        Column(_("Newsroom"), 24),
        Column(_("Contact"), 30),
        Column(_("Registered"), 22),
        Column(_("How"), 18),
        Column(_("Code for the door"), 12),
        Column(_("Question"), 50),
        *([Column(_("Needs"), 40)] if with_needs else []),
    ]
    rows = [_line(each, at, with_needs) for each in queries.registrations_of(meeting)]
    return xlsx_of(meeting.title, [Sheet(_("Registered"), columns, rows)])


def _line(mine: Registration, at: datetime, with_needs: bool) -> list:
    contacts = ", ".join(each.value for each in (mine.address, mine.second_address) if each is not None)
    needs = ", ".join([*(str(Need(each).label) for each in mine.needs if each in Need.values), *filter(None, [mine.needs_words])])
    return [
        mine.name,
        str(Standing(signing_up.shown_standing(mine, at)).label),
        mine.persons,
        str(mine.group or ""),
        mine.newsroom,
        contacts,
        polish_moment(mine.made_at),
        str(mine.get_through_display()),
        mine.door_code,
        mine.question,
        *([needs] if with_needs else []),
    ]

"""Papers of a meeting: the preparation sheet, the invitation letter, the poster, the receipt for a request."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import segno
from django.conf import settings
from django.utils.translation import gettext as _

from ratusz.casework.documents.blocks import Block, Document, Facts, Heading, Items, Notice, Table, Text
from ratusz.casework.documents.pdf import pdf_of
from ratusz.casework.meetings.briefing import Briefing
from ratusz.casework.meetings.models import Meeting, MeetingRequest
from ratusz.casework.meetings.wording import hours
from ratusz.foundation.kit.dates import polish_date, polish_moment, polish_until
from ratusz.foundation.kit.words import slug
from ratusz.ui import chrome

LETTER = Path(__file__).parent / "typst" / "letter.typ"
POSTER = Path(__file__).parent / "typst" / "poster.typ"
PAPERS = ("a4", "a3")


def public_url(meeting: Meeting) -> str:
    """The meeting's page, for QR codes."""
    return f"{settings.PUBLIC_ADDRESS.rstrip('/')}/spotkania/{meeting.pk}-{slug(meeting.title, 60) or 'spotkanie'}/"


def where(meeting: Meeting) -> str:
    """The place, and that one may join online."""
    place = str(meeting.place) if meeting.place else ""
    return ", ".join(each for each in (place, _("online too") if meeting.joining_link else "") if each)


def access_of(meeting: Meeting) -> str:
    """What the place offers to people who need it, in one sentence."""
    place = meeting.place
    if place is None:
        return ""
    has = {
        _("entry without steps"): place.is_step_free, _("induction loop"): place.has_loop,
        _("accessible toilet"): place.has_accessible_toilet, _("parking place for people with disabilities"): place.has_parking,
        _("interpreter of sign language (PJM)"): meeting.needs_interpreter,
    }  # fmt: skip
    return ", ".join([words for words, is_there in has.items() if is_there] + ([place.note] if place.note else []))


def sheet_document(found: Briefing, at: datetime) -> Document:
    """The preparation sheet for the President and the people on duty."""
    meeting = found.meeting
    return Document(
        title=_("Preparation sheet"), subtitle=meeting.title, blocks=list(_sheet(found)),
        footer=_("As of %(moment)s. Internal.") % {"moment": polish_moment(at)}, author=str(meeting.owner_unit),
    )  # fmt: skip


def _sheet(found: Briefing) -> Iterator[Block]:
    meeting = found.meeting
    yield Facts([
        (_("When"), polish_moment(meeting.starts_at, with_weekday=True)), (_("Where"), where(meeting)),
        (_("Accessibility"), access_of(meeting)), (_("Whom we meet"), meeting.group_name or str(meeting.district or "")),
        (_("Contact"), meeting.contact),
    ])  # fmt: skip
    if found.note:
        yield Text(found.note)
    yield Heading(_("What is open"))
    rows = [(each.title, each.unit, each.due, _("late") if each.is_late else each.state) for each in found.open_points]
    yield Table((_("Matter"), _("Unit"), _("Day"), _("State")), rows) if rows else Text(_("Nothing is open."))
    yield Heading(_("What people will ask"))
    if not found.asked:
        yield Text(_("Nobody has sent a question yet."))
    for group in found.asked:
        yield Heading(f"{group.subject} ({len(group.questions)})", level=3)
        yield Items([each.text for each in group.questions])
    yield Heading(_("What units say"))
    for reply in found.replies:
        yield Text(reply.question, strong=f"{reply.unit}:")
        late = _("No answer yet; asked until %(moment)s.") % {"moment": polish_moment(reply.due_at)}
        yield Text(reply.answer) if reply.answer else Notice(late)
    if not found.replies:
        yield Text(_("No unit was asked."))
    yield from _hands(found)


def _hands(found: Briefing) -> Iterator[Block]:
    yield Heading(_("People on duty and equipment"))
    yield Items([f"{each.get_task_display()}: {each.person}" for each in found.duties] or [_("nobody yet")])
    if found.equipment:
        yield Items(found.equipment)
    yield Heading(_("Checklist"))
    rows = [
        (
            each.what,
            str(each.owner or _("nobody")),
            polish_moment(each.due_at) if each.due_at else "–",
            _("done") if each.done_at else "",
        )
        for each in found.checklist
    ]
    yield Table((_("What to do"), _("Whose"), _("By when"), _("State")), rows) if rows else Text(_("The list is empty."))


def letter_pdf(meeting: Meeting, words: str, at: datetime) -> bytes:
    """The invitation letter, to be signed by hand and sent; with the code of the meeting's page where there is one."""
    return pdf_of(LETTER, letter_content(meeting, words, at))


def letter_content(meeting: Meeting, words: str, at: datetime) -> dict[str, Any]:
    """What the letter says. Whoever comes first in the city's name signs; without anybody, the unit."""
    head = chrome.office_lines()
    first = meeting.officials.first()
    address = public_url(meeting) if meeting.is_public else ""
    return {
        "language": "pl", "head": list(head), "unit": str(meeting.owner_unit),
        "place_and_day": f"{chrome.city()}, {polish_date(at)}", "addressee": meeting.group_name,
        "addressee_words": _("Addressee"), "title": _("Invitation: %(title)s") % {"title": meeting.title},
        "greeting": _("Ladies and Gentlemen,"), "paragraphs": [each for each in _sentences(meeting, words, address) if each],
        "closing": _("Yours faithfully,"), "signer": str(first or meeting.owner_unit), "address": address,
        "address_words": _("Registration and changes"),
        "qr": _qr(address) if address else "", "qr_alt": _("QR code of the page %(address)s") % {"address": address},
    }  # fmt: skip


def _sentences(meeting: Meeting, words: str, address: str) -> Iterator[str]:
    weekday, _comma, day = polish_date(meeting.starts_at, with_weekday=True).partition(", ")
    told = {"title": meeting.title, "day": day, "weekday": weekday, "hours": hours(meeting),
            "where": where(meeting) or _("online"), "contact": meeting.contact, "who": meeting.who_may_come.rstrip("."),
            "access": access_of(meeting)}  # fmt: skip
    yield words or _("We invite you to a meeting: “%(title)s”.") % told
    yield _("The meeting takes place on %(day)s (%(weekday)s), %(hours)s, at: %(where)s.") % told
    yield meeting.summary
    yield _("Who may come: %(who)s.") % told if meeting.who_may_come else ""
    yield _how_to_answer(meeting, address, told)
    if meeting.place is not None:
        has = _("What makes it easier to take part: %(access)s.") % told if told["access"] else ""
        more = _("Do you need anything else to take part? Tell us, we will prepare it.")
        yield f"{has} {more}".strip()


def _how_to_answer(meeting: Meeting, address: str, told: dict[str, Any]) -> str:
    until = meeting.registration_closes_at
    by = _("Please answer %(until)s.") % {"until": polish_until(until)} if until else _("Please tell us whether you come.")
    page = _("Registration is on the page of the meeting; its address and code are below.") if address else ""
    contact = _("Contact: %(contact)s.") % {"contact": meeting.contact.rstrip(".")} if meeting.contact else ""
    return " ".join(each for each in (by, page, contact) if each)


def receipt_document(request: MeetingRequest) -> Document:
    """The receipt handed over on paper: number, subject, how to check; nobody's name."""
    address = settings.PUBLIC_ADDRESS.rstrip("/") + (chrome.of(None).check_number_url or "/")
    blocks = [
        Facts([
            (_("Number"), request.number or ""), (_("What it is about"), request.subject),
            (_("Filed"), polish_moment(request.filed_at)), (_("Meeting"), request.meeting.title),
            (_("Number for checking"), request.receipt),
        ]),
        Text(_("The Office answers within a month from the day of filing at the latest. Check what happens by the number above.")),
    ]  # fmt: skip
    return Document(
        title=_("Receipt for a request"), subtitle=polish_date(request.filed_at), blocks=blocks, address=address,
        address_words=_("Check by number"), author=str(request.meeting.owner_unit),
    )  # fmt: skip


def poster_pdf(meeting: Meeting, paper: str) -> bytes:
    """The poster of the meeting on A4 or A3: read from two metres, its QR leads to the page where changes show."""
    address = public_url(meeting)
    facts = [
        (_("When"), polish_moment(meeting.starts_at, with_weekday=True)), (_("Where"), where(meeting)),
        (_("Who may come"), meeting.who_may_come), (_("Accessibility"), access_of(meeting)), (_("Contact"), meeting.contact),
    ]  # fmt: skip
    kind = str(meeting.rules_of_kind.name)
    content: dict[str, Any] = {
        "paper": paper, "language": "pl", "kind": kind[:1].upper() + kind[1:], "title": meeting.title,
        "summary": meeting.summary,
        "facts": [{"label": label, "value": value} for label, value in facts if value], "office": str(meeting.owner_unit),
        "qr": _qr(address), "qr_alt": _("QR code of the page %(address)s") % {"address": address},
        "invitation": _("Register and see changes:"), "address": address,
    }  # fmt: skip
    return pdf_of(POSTER, content)


def _qr(address: str) -> str:
    drawn = io.BytesIO()
    segno.make(address, error="m").save(drawn, kind="svg", xmldecl=False, border=2)
    return drawn.getvalue().decode()

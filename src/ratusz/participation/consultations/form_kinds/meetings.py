"""Forms that are meetings of casework: planned from the consultation, open to sign up, counted at the door, with minutes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from ratusz.casework.documents.blocks import Facts, Heading, Text
from ratusz.casework.meetings import actions, queries_minutes
from ratusz.casework.meetings.attendance import attendance_of
from ratusz.casework.meetings.models import Meeting, Place
from ratusz.casework.meetings.models.meetings import State
from ratusz.casework.meetings.rules import NotYours as NotOurs
from ratusz.casework.meetings.rules import Refused
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day, polish_moment
from ratusz.participation.consultations import rules
from ratusz.participation.consultations.models import Form
from ratusz.participation.consultations.modes import terms
from ratusz.participation.consultations.registries import Count, FormKind, Gap, by_number, form_kinds, thing_of

PREFIX = "meetings.meeting:"
MEETING_KIND = "consultation"
LONGEST = 200
"""Of the name and of the address of a place."""


def meeting_of(form: Form) -> Meeting | None:
    """The meeting behind a form; None before one is planned."""
    return thing_of(form, lambda: behind([form]).get(form.pk))


def behind(forms: Sequence[Form]) -> dict[int, Meeting]:
    """Meetings of these forms by the form's number."""
    return by_number(forms, PREFIX, Meeting.objects.select_related("place", "district"))


def prepare(form: Form, person: Any) -> str:
    """A draft of the meeting with all that the form says; its place is chosen among the places of meetings."""
    if form.starts_at is None or form.ends_at is None:
        raise rules.ConsultationRefused(_("Give the day and the hours first: from when until when."))
    consultation = form.consultation
    facts = {
        "title": f"{form.title}: {consultation.title}"[:200], "summary": (consultation.summary or consultation.subject)[:2000],
        "who_may_come": consultation.target_group[:300] or _("everybody"), "contact": consultation.contact[:200],
        "district": form.area.district if form.area else None, "is_formal": consultation.is_formal,
        "owner_unit": consultation.owner_unit, "capacity": form.said.get("capacity") or None,
    }  # fmt: skip
    try:
        facts["place"] = _place(form, person)
        made = actions.plan_meeting(
            kind=MEETING_KIND, starts_at=form.starts_at, ends_at=form.ends_at,
            facts={name: value for name, value in facts.items() if name not in ("owner_unit", "capacity") or value}, person=person,
        )  # fmt: skip
    except Refused as refusal:
        raise rules.ConsultationRefused(str(refusal)) from refusal
    except NotOurs as refusal:
        raise rules.NotYours from refusal
    return made.key


def _place(form: Form, person: Any) -> Place | None:
    """The place of meetings that is called so; one with an address that nobody knew yet is written down as the form says it."""
    words = " ".join(form.place.split())
    if not words:
        return None
    for each in Place.objects.filter(is_closed=False):
        if words.casefold() in (each.name.casefold(), str(each).casefold()):
            return each
    name, comma, address = words.partition(", ")
    if not comma or max(len(name), len(address)) > LONGEST:
        return None
    made = Place(name=name, address=address, district=form.area.district if form.area else None, note=form.accessibility)
    return actions.save_place(place=made, person=person)


def take_part_url(form: Form, at: datetime) -> str:
    """The meeting's page, while it is announced and not over."""
    meeting = meeting_of(form)
    is_open = meeting is not None and meeting.is_public and meeting.state == State.ANNOUNCED and meeting.ends_at > at
    return meeting.public_path if is_open and meeting else ""


def staff_url(form: Form) -> str:
    """The meeting's page for staff."""
    return reverse("meetings_meeting", args=[form.subject.removeprefix(PREFIX)]) if form.subject.startswith(PREFIX) else ""


def counts(form: Form) -> Iterator[Count]:
    """How many came; persons, never names."""
    meeting = meeting_of(form)
    if meeting is not None and meeting.state in (State.HELD, State.ARCHIVED):
        came = attendance_of(meeting, database_now()).inside
        yield Count("attendance", received=came, valid=came, area=form.area.name if form.area else "")


def gaps(form: Form, at: datetime) -> Iterator[Gap]:
    """A meeting that was never planned, or is not closed, and minutes that are not out."""
    if form.cancelled_at is not None:
        return
    meeting, url = meeting_of(form), staff_url(form)
    words = {"form": form.title}
    if meeting is None:
        if form.held_at is None:
            yield Gap("meeting_missing", _("No meeting was planned for the form “%(form)s”.") % words, _page(form))
        return
    if meeting.ends_at <= at and meeting.state == State.ANNOUNCED:
        yield Gap(
            "meeting_open", _("The meeting “%(form)s” is over: close it as held, or say that it did not take place.") % words, url
        )
    standing = queries_minutes.standing_of(meeting, at)
    if standing is not None and not standing.url:
        yield Gap("minutes_missing", _("The minutes of “%(form)s” are not published.") % words, url)


def _page(form: Form) -> str:
    return reverse("consultations_consultation", args=[form.consultation_id])


def report_blocks(form: Form, at: datetime) -> list[Any]:
    """Day, place, how many came, where the minutes are, what came of it."""
    meeting = meeting_of(form)
    if meeting is None:
        return []
    standing = queries_minutes.standing_of(meeting, at)
    rows = [
        (_("When"), polish_moment(meeting.starts_at, with_weekday=True)),
        (_("Where"), str(meeting.place or meeting.joining_link)),
    ]
    rows += [(_("How many people came"), f"{each.received}") for each in counts(form)]
    if standing is not None and standing.number:
        rows.append((_("Number of the minutes"), standing.number))
    return [Heading(form.title, 3), Facts(rows), *([Text(form.result_summary)] if form.result_summary else [])]


def register() -> None:
    """A kind for every form of packs/forms.toml that is a meeting."""
    kind = FormKind(
        take_part_url=take_part_url, staff_url=staff_url, counts=counts, gaps=gaps, report_blocks=report_blocks, prepare=prepare,
        behind=behind,
    )  # fmt: skip
    for form in terms.forms_on(local_day(FIRST)).values():
        if form.meeting:
            form_kinds.register(form.code, kind)


FIRST = datetime(2026, 1, 1)
"""Forms of the pack in force since then have their kinds."""

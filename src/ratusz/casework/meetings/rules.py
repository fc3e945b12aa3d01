"""Who may do what with a meeting; pure, the moment is an argument."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ratusz.casework.meetings.models import Meeting, MeetingDuty
from ratusz.foundation.units.rules import holds_department_role, holds_role

HEADS = ("head", "deputy_head")
DESK = (*HEADS, "editor")
BY_TASK = {
    "write_minutes": (MeetingDuty.Task.MINUTE_TAKER, MeetingDuty.Task.ORGANISER),
    "approve_minutes": (MeetingDuty.Task.HOST,),
    "preside": (MeetingDuty.Task.HOST, MeetingDuty.Task.ORGANISER, MeetingDuty.Task.HELPER),
    "door": (MeetingDuty.Task.REGISTRAR, MeetingDuty.Task.ORGANISER, MeetingDuty.Task.HELPER),
    "needs": (MeetingDuty.Task.ORGANISER,),
    "triage": (MeetingDuty.Task.MINUTE_TAKER, MeetingDuty.Task.ORGANISER),
    "give_duties": (MeetingDuty.Task.ORGANISER,),
    "prepare": (MeetingDuty.Task.ORGANISER, MeetingDuty.Task.HOST, MeetingDuty.Task.HELPER),
    "write_particulars": (MeetingDuty.Task.ORGANISER, MeetingDuty.Task.DELEGATE, MeetingDuty.Task.MINUTE_TAKER),
    "take_requests": (
        MeetingDuty.Task.ORGANISER,
        MeetingDuty.Task.REGISTRAR,
        MeetingDuty.Task.HELPER,
        MeetingDuty.Task.MINUTE_TAKER,
    ),
}
"""Deeds that a task at this meeting lets do, whatever roles the person holds."""
BY_ROLE = {
    "see": (*DESK, "desk_officer", "press_officer", "presidents_secretariat"),
    "plan": (*DESK, "press_officer", "presidents_secretariat"),
    "announce": (*DESK, "press_officer", "presidents_secretariat"),
    "move": (*DESK, "press_officer", "presidents_secretariat"),
    "cancel": (*DESK, "press_officer", "presidents_secretariat"),
    "register": (*DESK, "desk_officer", "press_officer", "presidents_secretariat"),
    "door": (*DESK, "desk_officer", "press_officer"),
    "needs": (*HEADS,),
    "preside": (*DESK, "press_officer"),
    "write_minutes": (*DESK,),
    "triage": (*DESK,),
    "approve_minutes": (*HEADS, "presidents_secretariat"),
    "publish_minutes": (*DESK,),
    "give_duties": (*DESK, "press_officer", "presidents_secretariat"),
    "write_particulars": (*DESK, "press_officer", "presidents_secretariat"),
    "prepare": (*DESK, "press_officer", "presidents_secretariat"),
    "take_requests": (*DESK, "desk_officer", "press_officer"),
}
CENTRAL = ("desk_officer", "presidents_secretariat")
"""Roles that count wherever they are held; the others count in the department."""


class NotYours(Exception):
    """The person's roles and tasks do not let them do this."""


class Refused(ValueError):
    """It cannot be done so; the message says why and what to do."""


def may(person: Any, deed: str, meeting: Meeting | None, at: datetime) -> bool:
    """Whether the person's roles, or a task at this very meeting, let them do it. "see" of a person with any task there is true."""
    roles = BY_ROLE[deed]
    if holds_department_role(person, *roles, at=at) or holds_role(person, *(set(roles) & set(CENTRAL)), at=at):
        return True
    if meeting is None or not getattr(person, "pk", None):
        return False
    tasks = MeetingDuty.Task.values if deed == "see" else BY_TASK.get(deed, ())
    return bool(tasks) and any(duty.person_id == person.pk and duty.task in tasks for duty in meeting.duties.all())


def check_may(person: Any, deed: str, meeting: Meeting | None, at: datetime) -> None:
    """Raises NotYours."""
    if not may(person, deed, meeting, at):
        raise NotYours


def may_be_given(to: Any, task: str, person: Any, meeting: Meeting, at: datetime) -> bool:
    """Whether `person` may give the task to `to`: staff gets tasks; nobody makes themselves the host who approves."""
    if task not in MeetingDuty.Task.values or not (to.is_staff and to.is_active):
        return False
    takes_it_themselves = task == MeetingDuty.Task.HOST and to.pk == person.pk
    return not takes_it_themselves or may(person, "approve_minutes", meeting, at)

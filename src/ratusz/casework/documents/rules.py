"""Who sees cases, makes packages and hands them to the document system; pure, the moment is an argument."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ratusz.casework.documents.models import Case
from ratusz.casework.documents.registries import case_kinds
from ratusz.foundation.units.rules import holds_department_role, holds_role

HEADS = ("head", "deputy_head")
DESK = (*HEADS, "editor")


class CaseRefused(ValueError):
    """It cannot be done so; the message says why and what to do."""


class NotYours(Exception):
    """The person's roles do not let them do this."""


def may(person: Any, deed: str, case: Case | None, at: datetime) -> bool:
    """The department and the President's office see the register (`list`) and hand packages over (`hand`); a case (`see`) is also
    seen by whoever its module lets see it."""
    if holds_department_role(person, *DESK, at=at) or holds_role(person, "presidents_secretariat", at=at):
        return True
    if deed != "see" or case is None or case.kind not in case_kinds:
        return False
    return case_kinds[case.kind].may_see(person, case.subject, at)


def check_may(person: Any, deed: str, case: Case | None, at: datetime) -> None:
    """Raises NotYours."""
    if not may(person, deed, case, at):
        raise NotYours

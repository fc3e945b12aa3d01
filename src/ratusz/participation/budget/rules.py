"""Who may do what with the participatory budget, and when a result may be counted and published."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from ratusz.foundation.kit.words import slug
from ratusz.foundation.units.rules import holds_department_role
from ratusz.participation.budget.kinds import kind
from ratusz.participation.budget.models import EditionChange, Pool, PoolResult, Project, ProjectResult

KATOWICE_NUMBER = re.compile(r"(M|L([1-9]|1\d|2[0-2]))/\d{2}/[IVXLC]+")
"""Numbers of projects in Katowice: pool, sequence, edition. Holds for all 1,071 projects of editions VII to X."""
ANY_NUMBER = re.compile(r"[^\s;,]+")
NUMBER_PATTERNS = {"katowice": KATOWICE_NUMBER}
"""Preset of rules to the form of its project numbers; other cities number freely."""

STAFF_ROLES = ("budget_coordinator", "head")
DEEDS = (
    "make_edition",
    "remove_edition",
    "remove_pool",
    "import_contest",
    "count_pool",
    "publish_result",
    "recount_pool",
    "record_change",
    "read_staff_screens",
    "prepare_edition",
    "open_edition",
    "keep_profiles",
    *(SECOND_DEEDS := ("put_on_ballot", "propose_change", "settle_change", "freeze_ballot", "read_changes")),
)
SECOND_ROLES = (*STAFF_ROLES, "deputy_head")
"""Who may be one of two people."""


class NotAllowed(PermissionError):
    """The person has no role for this deed."""


class NotPossible(ValueError):
    """The deed is not possible in this state; the message says what to do."""


def may(person: Any, deed: str, object: Any, at: datetime) -> bool:
    """Whether a person may do a deed of the budget at a moment: the budget's coordinator and the head of the department.

    Roles are appointments (module units) and count in the department alone: another unit's head is nobody here. Nobody may
    anything by being signed in, nor by being a superuser.
    """
    if deed not in DEEDS or not getattr(person, "is_active", False):
        return False
    return holds_department_role(person, *(SECOND_ROLES if deed in SECOND_DEEDS else STAFF_ROLES), at=at)


def check_second_person(change: EditionChange, person: Any) -> None:
    """Raises NotPossible when whoever proposed a change would approve it."""
    if person is None or change.proposed_by_id == person.pk:
        raise NotPossible(_("You proposed this. Another person must approve it: the head, the deputy head or the coordinator."))


def fault_of_number(preset: str, number: str) -> str:
    """Why a project's number cannot stand; "" when it can. Some cities have a form of their own."""
    if not ANY_NUMBER.fullmatch(number) or len(number) > Project._meta.get_field("number").max_length:
        return _("the project number “{number}” should be one word without semicolon and comma.").format(number=number[:60])
    pattern = NUMBER_PATTERNS.get(preset)
    if pattern and not pattern.fullmatch(number):
        return _("the project number “{number}” should look like L12/03/X or M/07/X.").format(number=number)
    return ""


def day_of(text: str) -> date | None:
    """The day of "24.09.2023"; None for a year alone."""
    parts = text.split(".")
    return date(int(parts[2]), int(parts[1]), int(parts[0])) if len(parts) == 3 else None


def slug_of(text: str) -> str:
    """A part of an address from a name or a code."""
    return slug(text.replace("_", "-"))


def check_countable(pool: Pool) -> None:
    """Raises NotPossible when a pool cannot be counted from ballots: they are not here, or its edition has no vote."""
    edition_kind = kind(pool.edition.kind, pool.edition.voting_ends or date(pool.edition.year, 12, 31))
    if not edition_kind["has_ballot"]:
        text = _("{title} has no vote: {who} chooses. There is nothing to count.")
        raise NotPossible(text.format(title=edition_kind["title"], who=edition_kind["chosen_by"]))
    if not pool.ballots_are_complete:
        raise NotPossible(_("The ballots of this pool are not complete yet. Import them first."))


def check_publishable(result: PoolResult) -> None:
    """Raises NotPossible for a result that is published already or waits for a decision on a tie."""
    if result.published_at:
        raise NotPossible(_("Somebody has published this result already. Nothing was changed. Look at the published result."))
    if result.pool.changes.filter(recorded_at__gt=result.counted_at).exists():
        raise NotPossible(_("Something was recorded after this count. Count the pool again, look at the result, then publish it."))
    if result.waits:
        raise NotPossible(_("Projects with equal support decide who wins. Record the decision on the tie first, then publish."))


def check_seen(seen: Collection[int], drafts: Collection[int]) -> None:
    """Raises NotPossible unless the drafts somebody looked at are all that are there."""
    if not seen or set(seen) != set(drafts):
        raise NotPossible(_("The results changed while you were looking. Look at this list again, then publish it."))


def differences(old: list[ProjectResult], new: list[ProjectResult]) -> list[dict]:
    """Projects whose outcome, points or voters differ between two counts: number, before, after."""
    before = {end.project_id: end for end in old}
    after = {end.project_id: end for end in new}
    changed = []
    for project in sorted(before.keys() | after.keys()):
        was, now = before.get(project), after.get(project)
        if _facts(was) != _facts(now):
            changed.append({"number": (now or was).project.number, "before": _facts(was), "after": _facts(now)})
    return changed


def _facts(end: ProjectResult | None) -> dict | None:
    if end is None:
        return None
    return {"outcome": str(end.outcome), "points": end.points, "voters": end.voters, "paid_grosze": end.paid_grosze}

"""Words about submissions on screens: the five words of state, and whose move it is."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from ratusz.foundation.kit.dates import polish_moment

from .models import ReleaseSet, Submission

State = Submission.State


def state_words(submission: Submission) -> str:
    """One of the five words: szkic, u kogo, zatwierdzone, poszło, zamknięte."""
    return str(State(submission.state).label)


def whose_move(submission: Submission, set_name: str = "") -> str:
    """Who has to do something now; "" when nobody. `set_name`: the release set in which it waits."""
    if submission.state in (State.DRAFT, State.RETURNED):
        return _("unit: %(unit)s") % {"unit": submission.unit.short_name}
    if submission.claimed_by is not None:
        return _("department: %(person)s") % {"person": submission.claimed_by.display_name}
    if submission.state == State.SENT:
        is_edited = submission.last_edited_by_id != submission.author_id
        return _("department: a second pair of eyes") if is_edited else _("department: whoever claims it")
    if submission.state == State.APPROVED:
        if set_name:
            return _("the release set “%(name)s”") % {"name": set_name}
        if submission.scheduled_for is None:
            return _("department: publish or set a moment")
        return _("the program, %(moment)s") % {"moment": polish_moment(submission.scheduled_for)}
    return ""


def set_move(release: ReleaseSet) -> str:
    """The same for a release set."""
    if release.state == ReleaseSet.State.DRAFT:
        return _("department: a second pair of eyes")
    if release.state == ReleaseSet.State.APPROVED:
        if release.stopped_at or release.troubles:
            return _("department: mend it and let it go again")
        if release.goes_out_at:
            return _("the program, %(moment)s") % {"moment": polish_moment(release.goes_out_at)}
        return _("department: let it go")
    return ""


def differences(mine: str, theirs: str) -> list[tuple[str, str]]:
    """Lines of two texts: ("same" | "mine" | "theirs", line), in order."""
    from difflib import ndiff

    kinds = {" ": "same", "-": "theirs", "+": "mine"}
    found = ((kinds.get(line[0], ""), line[2:]) for line in ndiff(theirs.splitlines(), mine.splitlines()))
    return [(kind, line) for kind, line in found if kind]


def compared(mine: Any, theirs: Any) -> list[dict[str, Any]]:
    """Where two contents differ, field by field."""
    from .about import names_of
    from .word.typed import text_of_blocks

    rows = []
    for label, get in (
        (_("Title"), lambda content: content.title),
        (_("Introduction"), lambda content: content.lead),
        (_("Text"), lambda content: text_of_blocks(content.body)),
        (_("For whom"), lambda content: content.for_whom),
    ):
        if get(mine) != get(theirs):
            rows.append({"label": label, "lines": differences(get(mine), get(theirs))})
    for label, numbers, what in ((_("Topics"), "topic_numbers", "topics"), (_("Districts"), "district_numbers", "districts")):
        if getattr(mine, numbers) != getattr(theirs, numbers):
            here, there = ("\n".join(names_of(content)[what]) for content in (mine, theirs))
            rows.append({"label": label, "lines": differences(here, there)})
    return rows

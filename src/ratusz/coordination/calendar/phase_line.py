"""The phases of an election as a line of dated stages."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from ratusz.coordination.calendar.rules import PHASE_NAMES, Phase, phases
from ratusz.foundation.kit.dates import polish_moment, polish_until
from ratusz.ui.parts import Stage


def stages_of(election: Any, at: datetime) -> list[Stage]:
    """Each phase with its days in words and where now is."""
    return [_stage(phase, at) for phase in phases(election)]


def _stage(phase: Phase, at: datetime) -> Stage:
    when = "now" if phase.holds_at(at) else "ahead" if phase.starts is not None and at < phase.starts else "past"
    progress = (at - phase.starts) / (phase.ends - phase.starts) if phase.starts and phase.ends else 0.5
    name = str(PHASE_NAMES[phase.code])
    title = _("%(phase)s, second round") % {"phase": name} if phase.round > 1 and phase.ends else name
    return Stage(title, _dates(phase), when, progress=progress)


def _dates(phase: Phase) -> str:
    starts = _("from %(moment)s") % {"moment": polish_moment(phase.starts)} if phase.starts else ""
    ends = polish_until(phase.ends) if phase.ends else ""
    return f"{starts} {ends}".strip()

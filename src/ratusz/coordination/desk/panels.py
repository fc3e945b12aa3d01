"""The lists of the desk and who has the duty as components of Wagtail's home page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from wagtail.admin.ui.components import Component

from .queries import dates_ahead, turns_ahead, waiting_for


class MovesPanel(Component):
    """What waits for me, each in the person's words with its clock."""

    name = "moves"
    template_name = "desk/moves.html"
    order = 10

    def __init__(self, person: Any, at: datetime):
        self.person, self.at = person, at

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        return {"waiting": waiting_for(self.person, self.at)}


class DatesPanel(Component):
    """Dates of the next two weeks."""

    name = "dates"
    template_name = "desk/dates.html"
    order = 20

    def __init__(self, person: Any, at: datetime):
        self.person, self.at = person, at

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        return {"things": dates_ahead(self.person, self.at)}


class DutyPanel(Component):
    """Who has the duty now, and when the person has it next."""

    name = "duty"
    template_name = "desk/duty_now.html"
    order = 15

    def __init__(self, person: Any, at: datetime):
        turns = turns_ahead(at)
        self.person, self.running = person, [turn for turn in turns if turn.starts <= at]
        self.mine = [turn for turn in turns if turn.starts > at and turn.person_id == person.pk][:1]

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        return {"person": self.person, "running": self.running, "mine": self.mine}

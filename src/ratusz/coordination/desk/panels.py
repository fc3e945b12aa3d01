"""The two lists of the desk as components of Wagtail's home page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from wagtail.admin.ui.components import Component

from .queries import dates_ahead, waiting_for


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

    def __init__(self, at: datetime):
        self.at = at

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        return {"things": dates_ahead(self.at)}

"""The parts of the demo city, in the order in which they are loaded; each is a function in a module of this package.

Add a part with one line here. Its function takes `report` (call it with a few words to show what is being done), may be
repeated without harm, and runs in one transaction as the database role `app`. Raise `version` when the part must be loaded
again into a demo that already has it. A part with `soon` is loaded by the worker after the first page is there: big ones.
A part `in_steps` runs in no transaction of its own: the ballot box answers only after its commit. It goes on where it was cut.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.module_loading import import_string

Report = Callable[[str], None]


@dataclass(frozen=True)
class Loader:
    """One part of the demo city. `function` is a dotted name, imported only when the part is loaded."""

    name: str
    function: str
    version: int = 1
    soon: bool = False
    in_steps: bool = False

    def load(self, report: Report) -> None:
        import_string(self.function)(report)


LOADERS: list[Loader] = [
    Loader("districts", "ratusz.demo.territory.load"),
    Loader("people", "ratusz.demo.people.load", version=2),
    Loader("portal", "ratusz.demo.website.load_portal"),
    Loader("submissions", "ratusz.demo.submissions.load", soon=True),
    Loader("duty", "ratusz.demo.duty.load"),
    Loader("intranet", "ratusz.demo.intranet.load"),
    Loader("moderation", "ratusz.demo.moderation.load"),
    Loader("requests", "ratusz.demo.requests.load"),
    Loader("meetings", "ratusz.demo.meetings.load"),
    Loader("education", "ratusz.demo.education.load"),
    Loader("meeting-day", "ratusz.demo.meeting_day.load"),
    Loader("messages", "ratusz.demo.messages.load"),
    Loader("newsroom", "ratusz.demo.newsroom.load", soon=True),
    Loader("following", "ratusz.demo.following.load"),
    Loader("ledger", "ratusz.demo.ledger.load", soon=True),
    Loader("decisions", "ratusz.demo.decisions.load"),
    Loader("minutes", "ratusz.demo.minutes.load"),
    Loader("budget-results", "ratusz.demo.budget.load_results"),
    Loader("budget-profiles", "ratusz.demo.budget_site.load_profiles"),
    Loader("projects", "ratusz.demo.projects.load_submission"),
    Loader("signatures", "ratusz.demo.signatures.load"),
    Loader("advice", "ratusz.demo.advice.load"),
    Loader("consultations", "ratusz.demo.consultations.load"),
    Loader("consultation-reports", "ratusz.demo.consultation_reports.load", soon=True),
    Loader("remarks", "ratusz.demo.remarks.load", soon=True),
    Loader("letters", "ratusz.demo.letters.load", soon=True),
    Loader("surveys", "ratusz.demo.surveys.load", soon=True),
    Loader("parking-survey", "ratusz.demo.parking.load", soon=True),
    Loader("research", "ratusz.demo.research.load", soon=True),
    Loader("consultation-applications", "ratusz.demo.consultation_applications.load"),
    Loader("initiatives", "ratusz.demo.initiatives.load"),
    Loader("self-government", "ratusz.demo.self_government.load"),
    Loader("forum", "ratusz.demo.forum.load", soon=True),
    Loader("consulted-text", "ratusz.demo.consulted_text.load", soon=True),
    Loader("consultation-cases", "ratusz.demo.cases.load", version=2, soon=True),
    Loader("district-statutes", "ratusz.demo.cases.load_statutes", soon=True),
    Loader("projects-later", "ratusz.demo.projects.load_later_stages", soon=True),
    Loader("idea-surveys", "ratusz.demo.ideas.load", soon=True),
    Loader("land-checks", "ratusz.demo.ideas.load_land_and_substitutes", soon=True),
    Loader("budget-building", "ratusz.demo.building.load", soon=True),
    Loader("budget-search", "ratusz.demo.budget.load_search", soon=True),
    Loader("vote-running", "ratusz.demo.voting.load_running", soon=True),
    Loader("vote-closed", "ratusz.demo.voting.load_closed", soon=True),
    Loader("vote-register", "ratusz.demo.voters.load", soon=True),
    Loader("vote-cards", "ratusz.demo.voters.load_cards", soon=True, in_steps=True),
    Loader("vote-node", "ratusz.demo.node.load", soon=True),
    Loader("budget-ballots", "ratusz.demo.budget.load_ballots", soon=True),
    # Last: moderators are appointed wherever the parts above let people write.
    Loader("moderators", "ratusz.demo.moderators.load", soon=True),
]

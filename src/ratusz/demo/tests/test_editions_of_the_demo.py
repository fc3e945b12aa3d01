"""The demo city holds an edition in each stage, each plainly an example, loaded once."""

import pytest

from ratusz.demo import people, projects, territory
from ratusz.foundation.kit.clock import database_now
from ratusz.participation.budget import stages
from ratusz.participation.budget.models import Edition, Project
from ratusz.participation.projects.models import Application, ProjectList

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


def quiet(_words):
    """Nobody reads what is being loaded."""


STATES = {
    "pokaz: nabór": ["submitted"] * 4,
    "pokaz: ocena formalna": ["completing", "formal_no", "formal_yes", "submitted", "submitted", "submitted"],
    "pokaz: ocena merytoryczna": ["formal_yes"] * 4 + ["replying"],
    "pokaz: odwołania": ["formal_no", "negative", "positive", "positive", "positive"],
    "pokaz: karta do głosowania": ["formal_yes", "on_ballot", "on_ballot", "on_ballot", "on_ballot", "withdrawn"],
    "pokaz: głosowanie": ["on_ballot"] * 8,
}
OPEN = dict(zip(STATES, ("submission", "formal", "substantive", "withdrawal", "ballot_list", "voting"), strict=True))


def test_each_stage_has_an_edition_and_a_second_load_changes_nothing(client):
    territory.load(quiet)
    people.load(quiet)
    for _time in range(2):
        projects.load_submission(quiet)
        projects.load_later_stages(quiet)
    found = {each.demonstrates: each for each in Edition.objects.all()}
    assert {
        name: sorted(Application.objects.filter(edition=each).values_list("state", flat=True)) for name, each in found.items()
    } == STATES
    assert {name: code for name, code in OPEN.items() if stages.is_open(found[name], code, database_now())} == OPEN
    frozen = projects.edition_of("glosowanie")
    assert frozen.ballot_frozen_at and Project.objects.on_ballot(frozen).count() == 8
    assert projects.edition_of("karta").changes.get().settled_at is None
    assert ProjectList.objects.count() == 10
    for each in found.values():
        assert "To przykład, nie prawdziwa edycja" in client.get(f"/budzet-obywatelski/{each.slug}/zgloszenia/").text

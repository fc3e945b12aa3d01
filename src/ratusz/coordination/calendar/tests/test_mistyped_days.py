"""A mistyped year of an election is refused in its form, and the screens of elections stay open for everybody."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from ratusz.coordination.calendar import actions, rules
from ratusz.coordination.calendar.factories import make_election
from ratusz.coordination.calendar.models import Election
from ratusz.publishing.messages.factories import make_author

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
TYPED = {
    "kind": "local", "name": "Wybory", "ordering_act": "x", "ordered_on": "2027-01-10", "voting_day": "2027-04-10",
    "polls_from": "7:00", "polls_to": "21:00", "second_round_day": "2027-04-24", "territory": "miasto",
}  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"ordered_on": "0027-01-10", "voting_day": "0027-04-10", "second_round_day": ""}, "ordered_on"),
        ({"ordered_on": "2011-07-31", "voting_day": "2011-09-10", "second_round_day": ""}, "ordered_on"),
        ({"ordered_on": "9999-01-10", "voting_day": "9999-12-31", "second_round_day": ""}, "ordered_on"),
        ({"voting_day": "2072-04-10", "second_round_day": ""}, "voting_day"),
        ({"second_round_day": "2028-04-24"}, "second_round_day"),
    ],
)
def test_a_mistyped_day_is_refused_beside_its_field(staff_client, wrong, field):
    client = staff_client("head")
    answer = client.post(reverse("calendar_new_election"), TYPED | wrong)
    assert (list(answer.context["form"].errors), Election.objects.count()) == ([field], 0)
    assert client.get(reverse("calendar_elections")).status_code == 200


def test_right_days_are_kept(staff_client):
    staff_client("head").post(reverse("calendar_new_election"), TYPED)
    assert Election.objects.get().voting_day.isoformat() == "2027-04-10"


def test_the_action_and_the_database_refuse_it_too():
    election = make_election()
    with pytest.raises(rules.DaysRefused, match="rok"):
        actions.set_up_election(person=make_author("head"), election=election, voting_day=election.voting_day.replace(year=2072))
    for year in (27, 2072):
        with pytest.raises(IntegrityError), transaction.atomic():
            Election.objects.update(voting_day=election.voting_day.replace(year=year), second_round_day=None)

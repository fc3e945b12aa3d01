"""What becomes of a paper card when something comes between: a kill after its ballot, an annulment being decided, the verification."""

import pytest

from ratusz.foundation.kit.clock import database_now
from ratusz.participation.voting.actions import finish_card, paper, reject_card, type_card
from ratusz.participation.voting.models import Annulment, CardReading, PaperCard, SealedBallot, Vote
from ratusz.participation.voting.rules import VoteRefused
from ratusz.participation.voting.tests.people import staff
from ratusz.participation.voting.tests.test_paper_and_points import new_card, on_card, vote_with_point

pytestmark = pytest.mark.django_db


def test_a_card_whose_ballot_is_in_the_box_is_finished_and_never_put_aside(monkeypatch):
    vote, point = vote_with_point()
    card, clerks = new_card(point), (staff(), staff())
    type_card(card=card, facts=on_card(vote), person=clerks[0])
    with monkeypatch.context() as killed, pytest.raises(ZeroDivisionError):
        killed.setattr(paper, "_end", lambda *given: 1 / 0)
        type_card(card=card, facts=on_card(vote), person=clerks[1])
    code = SealedBallot.objects.get().code
    with pytest.raises(VoteRefused, match="w urnie"):
        reject_card(card=card, reason="nieczytelna", person=staff())
    done, cast = finish_card(card=card, person=clerks[0])
    assert (done.state, cast.code, cast.is_repeated, SealedBallot.objects.count()) == ("cast", code, True, 1)


def test_a_card_that_meets_an_annulment_waits_and_one_after_the_verification_is_not_typed():
    vote, point = vote_with_point(double_vote="last")
    first, second, late = new_card(point), new_card(point), new_card(point)
    clerks, others = (staff(), staff()), (staff(), staff())
    for clerk in clerks:
        type_card(card=first, facts=on_card(vote), person=clerk)
    asked = Annulment.objects.create(
        vote=vote, ballot_code=SealedBallot.objects.get().code, reason="not_me", grounds="Skarga.", asked_by=others[0],
        asked_at=database_now(),
    )  # fmt: skip
    type_card(card=second, facts=on_card(vote, points=1), person=clerks[0])
    with pytest.raises(VoteRefused, match="Dwie osoby"):
        type_card(card=second, facts=on_card(vote, points=1), person=clerks[1])
    assert PaperCard.objects.get(pk=second.pk).state == "agreed"
    Annulment.objects.filter(pk=asked.pk).update(decision="refused", decided_by=others[1], decided_at=database_now())
    assert finish_card(card=second, person=clerks[0])[0].state == "cast"
    for state in (Vote.State.CLOSED, Vote.State.VERIFIED):
        Vote.objects.filter(pk=vote.pk).update(state=state)
    with pytest.raises(VoteRefused, match="weryfikacji"):
        type_card(card=late, facts=on_card(vote), person=clerks[0])
    assert not CardReading.objects.exists()

"""Complaints, odd ballots and annulments on pages: reasons, two people, cases, limits with their days, clauses that are off."""

from __future__ import annotations

import pytest
from django.urls import reverse

from ratusz.foundation.kit.clock import database_now
from ratusz.participation.voting import actions, envelopes
from ratusz.participation.voting.factories import number, open_vote_on, opened_edition
from ratusz.participation.voting.models import Annulment, AnomalyCase, AnomalyLimits, Complaint, PendingLeaf, SealedBallot
from ratusz.participation.voting.queries import ballot_end
from ratusz.participation.voting.rules import VoteRefused
from ratusz.participation.voting.searching import limits_of
from ratusz.participation.voting.views import staff_anomalies

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
CLAUSE = "wymaga przepisu uchwały"


@pytest.fixture
def staff(staff_client):
    return {role: staff_client(role) for role in ("budget_coordinator", "committee_chair", "key_holder")}


def page(client, view, /, *args, **data):
    address = reverse(f"voting_staff_{view}", args=args)
    return client.post(address, data, follow=True) if data else client.get(address)


def cast(vote, who, **facts):
    return actions.cast_ballot(
        edition=vote.edition, voter_key=envelopes.voter_key(vote.pk, who), channel="web", idempotency_key=who,
        choices={"L1": {number(vote.edition, "L1", 1): 3}}, **{"age_band": "30-44"} | facts,
    )  # fmt: skip


def log_of(vote):
    return " ".join(PendingLeaf.objects.filter(vote=vote).values_list("entry", flat=True))


def test_a_complaint_goes_from_the_queue_through_two_people_to_its_reasons(staff):
    vote = open_vote_on()
    office, chair, member = staff.values()
    done = cast(vote, "a", contact="+48600000001")
    said = actions.complain(token=done.notice_token)
    assert done.shown_code in page(member, "complaints", vote.pk).text
    early = page(chair, "complaint", vote.pk, said.pk, deed="decide", state="upheld", reasons="Prawda")
    assert early.status_code == 422 and "unieważnienie" in early.text and "Prawda" in early.text
    assert page(chair, "complaint", vote.pk, said.pk, deed="decide", state="upheld", reasons=" ").status_code == 422
    forged = page(office, "complaint", vote.pk, said.pk, deed="ask", reason="because", grounds="x")
    assert forged.status_code == 422 and not Annulment.objects.exists()
    asked = page(chair, "complaint", vote.pk, said.pk, deed="ask", reason="not_me", grounds="Oświadczenie w Urzędzie")
    assert "czeka na inną osobę" in asked.text
    group = f"{Annulment.objects.get().pk}-1"
    own = page(chair, "annulments", vote.pk, deed="annul", group=group, words="unieważniam")
    assert "rozstrzyga ktoś inny" in own.text or "rozstrzyga kto inny" in own.text
    assert "Twoja rola" in page(office, "annulments", vote.pk, deed="annul", group=group, words="unieważniam").text
    assert page(member, "annulments", vote.pk, deed="annul", group=group, words="tak").status_code == 422
    assert page(member, "annulments", vote.pk, deed="annul", group="999-1", words="unieważniam").text.count("w międzyczasie") == 1
    assert SealedBallot.objects.get().state == "accepted"
    assert "Unieważniono 1 głos" in page(member, "annulments", vote.pk, deed="annul", group=group, words="unieważniam").text
    assert (ballot_end(done.code).state, ballot_end(done.code).reason) == ("annulled", "not_me")
    assert "Twoja rola" in page(office, "complaint", vote.pk, said.pk, deed="decide", state="upheld", reasons="Prawda").text
    page(chair, "complaint", vote.pk, said.pk, deed="decide", state="upheld", reasons="To nie ta osoba głosowała.")
    assert Complaint.objects.get().reasons == "To nie ta osoba głosowała."


def test_a_complaint_about_a_replaced_ballot_is_upheld_without_an_annulment(staff):
    """Where the last ballot counts, nobody can annul an earlier one; the voter was right all the same."""
    vote = open_vote_on(double_vote="last")
    said = actions.complain(token=cast(vote, "a", contact="+48600000001").notice_token)
    facts = {"choices": {"L1": {number(vote.edition, "L1", 2): 3}}, "idempotency_key": "b"}
    actions.cast_ballot(edition=vote.edition, voter_key=envelopes.voter_key(vote.pk, "a"), channel="web", **facts)
    page(staff["committee_chair"], "complaint", vote.pk, said.pk, deed="decide", state="upheld", reasons="To nie ta osoba.")
    assert (Complaint.objects.get().state, ballot_end(said.ballot_code).state) == ("upheld", "superseded")


def odd_ballots(vote):
    """Eight ballots over one line through two telephones, among forty ordinary ones."""
    for each in range(8):
        cast(vote, f"o{each}", line="192.0.2.7", contact=f"+4860000000{each % 2}", age_band="75+")
    for each in range(40):
        cast(vote, f"z{each}", line=f"198.51.100.{each}", contact=f"+486110000{each:02}")


def test_odd_ballots_come_into_a_case_that_people_decide(staff, monkeypatch):
    monkeypatch.setattr(staff_anomalies, "SHOWN", 6)
    vote = open_vote_on()
    office, chair, member = staff.values()
    limits = {"per_line": "20", "per_line_quick": "5", "quick_minutes": "10", "per_phone": "4", "deviations": "3"}
    assert page(office, "limits", vote.pk, deed="limits", reason="", **limits).status_code == 422
    page(office, "limits", vote.pk, deed="limits", reason="Uwaga komisji", **limits)
    assert (AnomalyLimits.objects.get().per_phone, limits_of(vote, database_now()).per_phone) == (4, 4)
    assert "anomaly_limits" in log_of(vote) and "Uwaga komisji" in page(member, "anomalies", vote.pk).text
    odd_ballots(vote)
    assert "trafiło 8 głosów" in page(member, "anomalies", vote.pk, look="1").text
    assert "Nie ma nic nowego" in page(member, "anomalies", vote.pk, look="1").text
    case = AnomalyCase.objects.get()
    seen = page(chair, "case", vote.pk, case.number).text
    assert (
        "wiele głosów z jednego łącza" in seen
        and "75+: 8" in seen
        and not SealedBallot.objects.filter(is_quarantined=True).exists()
    )
    codes = list(case.flagged.values_list("ballot_code", flat=True))
    early = page(office, "case", vote.pk, 1, deed="ask", code=codes[:1], reason="cast_for_others", grounds="Jeden telefon")
    assert early.status_code == 422 and "weź głosy" in early.text
    page(office, "case", vote.pk, 1, deed="quarantine")
    assert {ballot_end(code).state for code in codes} == {"in_verification"}
    offered = page(office, "case", vote.pk, 1).text
    assert offered.count('name="code"') == 6 and "Pierwsze 6 z 8" in offered
    assert "już wziął" in page(member, "case", vote.pk, 1, deed="quarantine").text
    other = SealedBallot.objects.exclude(code__in=codes).first().code
    forged = page(office, "case", vote.pk, 1, deed="ask", code=[codes[0], other], reason="cast_for_others", grounds="x")
    assert forged.status_code == 422 and not Annulment.objects.exists()
    page(office, "case", vote.pk, 1, deed="ask", code=codes[:3], reason="cast_for_others", grounds="Jeden telefon")
    assert page(office, "case", vote.pk, 1).text.count('name="code"') == 5
    assert "czeka na drugą osobę" in page(chair, "case", vote.pk, 1, deed="end", reasons="Rodzina").text
    group = f"{Annulment.objects.order_by('pk').first().pk}-3"
    assert "Unieważniono 3 głosy" in page(member, "annulments", vote.pk, deed="annul", group=group, words="Unieważniam").text
    assert "Twoja rola" in page(office, "case", vote.pk, 1, deed="end", reasons="Rodzina").text
    assert "Sprawa zakończona" in page(chair, "case", vote.pk, 1, deed="end", reasons="Pozostałe pięć to rodzina.").text
    assert sorted(ballot_end(code).state for code in codes) == ["accepted"] * 5 + ["annulled"] * 3
    assert actions.look_for_anomalies(vote=vote) == 0
    assert '"deed":"release"' in log_of(vote)


def test_a_point_of_the_city_is_innocent_and_unseen_flags_stop_the_end(staff):
    vote = open_vote_on()
    with pytest.raises(VoteRefused, match="adres łącza"):
        actions.add_known_line(vote=vote, name="Biblioteka", address="biblioteka")
    page(staff["budget_coordinator"], "limits", vote.pk, deed="line", name="Biblioteka", address=" 192.0.2.7 ")
    odd_ballots(vote)
    assert actions.look_in_open_votes() == 0
    vote.known_lines.all().delete()
    actions.set_limits(
        vote=vote, values={"per_line": 20, "per_line_quick": 5, "quick_minutes": 10, "per_phone": 4, "deviations": 3}, reason="x"
    )
    from ratusz.participation.voting.tests.test_staff_way import let_the_hour_come

    let_the_hour_come(vote)
    vote = actions.close_vote(vote=vote)
    with pytest.raises(VoteRefused, match="odchyleniami, na które nikt nie spojrzał: 8"):
        actions.end_verification(vote=vote)
    assert actions.look_for_anomalies(vote=vote) == 8
    with pytest.raises(VoteRefused, match="sprawy odchyleń 1"):
        actions.end_verification(vote=vote)
    actions.end_case(case=AnomalyCase.objects.get(), reasons="Rodzina")
    assert actions.end_verification(vote=vote).state == "verified"


def test_without_clauses_nothing_is_annulled_or_extended_and_the_article_is_shown(staff):
    """As Katowice has it until its resolution is confirmed."""
    vote = open_vote_on(opened_edition((staff["budget_coordinator"].person, staff_head(staff)), draft_rules={}))
    office, chair, member = staff.values()
    said = actions.complain(token=cast(vote, "a").notice_token)
    for name in ("complaints", "annulments", "course", "vote"):
        assert CLAUSE in page(member, name, vote.pk).text, name
    refused = page(office, "complaint", vote.pk, said.pk, deed="ask", reason="not_me", grounds="x")
    assert refused.status_code == 422 and "wyłączone w zasadach" in refused.text and not Annulment.objects.exists()
    proposed = page(office, "extension", vote.pk, outage="10", minutes="20", reason="Awaria")
    assert proposed.status_code == 422 and "nie" in proposed.text and not vote.edition.changes.filter(kind="outage").exists()
    page(chair, "complaint", vote.pk, said.pk, deed="decide", state="upheld", reasons="Prawda, ale uchwała nie pozwala unieważnić.")
    assert (Complaint.objects.get().state, ballot_end(said.ballot_code).state) == ("upheld", "accepted")


def staff_head(staff):
    from ratusz.foundation.units.factories import AppointmentFactory

    return AppointmentFactory(role_code="head").person

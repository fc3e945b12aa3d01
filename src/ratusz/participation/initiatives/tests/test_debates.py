"""The debate on the state of the municipality: signatures, the day before, the order of receipt, refusals in words, the pages."""

from __future__ import annotations

import uuid
from datetime import date, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from tests.harness.at_once import at_once

from ratusz.foundation.files.factories import make_pdf
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day, polish_moment
from ratusz.foundation.notifications.models import OutboxMessage
from ratusz.foundation.notifications.rules import WARSAW
from ratusz.foundation.people.sending_guard import solve
from ratusz.foundation.territory.factories import DistrictFactory
from ratusz.foundation.territory.models import RegisteredCount
from ratusz.participation.initiatives.debates import actions, papers, queries, rules
from ratusz.participation.initiatives.factories import make_clerk, make_debate, make_entry, make_hearing
from ratusz.participation.initiatives.hearings import queries as hearing_queries
from ratusz.participation.initiatives.models import DebateEntry, EntryState
from ratusz.participation.initiatives.moves import moves_of
from ratusz.participation.initiatives.rules import InitiativeRefused, NotYours
from ratusz.publishing.website.models import SearchDocument
from ratusz.publishing.website.registries import live_processes


def _listed(debate, clerk, count):
    made = [make_entry(debate, f"Osoba Próbna{number}") for number in range(count)]
    for each in reversed(made):
        actions.list_entry(entry=each, signatures=50, is_resident=True, person=clerk)
    return made


@pytest.mark.parametrize(("people", "needed"), [(None, 50), (20_000, 20), (20_001, 50), (280_000, 50)])
def test_a_small_municipality_needs_fewer_signatures(people, needed):
    assert rules.signatures_needed(people, 20_000, 20, 50) == needed


@given(st.datetimes(datetime(2019, 1, 1), datetime(2035, 12, 31)))
def test_forms_are_taken_until_midnight_before_the_day_of_the_session_whatever_the_clocks_do(moment):
    session = moment.replace(tzinfo=WARSAW)
    end = rules.closes_at(session)
    assert local_day(end) == local_day(session) and local_day(end - timedelta(seconds=1)) == local_day(session) - timedelta(days=1)


@pytest.mark.django_db
def test_49_signatures_are_not_enough_and_the_50th_puts_the_form_on_the_list(clock, clerk):
    district = DistrictFactory()
    RegisteredCount.objects.create(district=district, day=date(2026, 1, 1), people=280_000, source="przykład")
    debate = make_debate(clerk)
    entry, other = make_entry(debate), make_entry(debate, "PRÓBNA  osoba", "Próbna 1 m. 2")
    assert debate.signatures_needed == 50 and list(queries.doubles(other)) == [entry]
    assert [move.what for move in moves_of(clerk, clock.at)][0].startswith("Sprawdź 2 zgłoszenia do debaty")
    with pytest.raises(InitiativeRefused, match="wcześniej inne zgłoszenie"):
        actions.list_entry(entry=other, signatures=60, is_resident=True, person=clerk)
    with pytest.raises(InitiativeRefused, match="wpłynęło pierwsze, więc się liczy"):
        actions.refuse_entry(entry=entry, refusal="doubled", person=clerk)
    with pytest.raises(InitiativeRefused, match="49 podpisów z 50"):
        actions.list_entry(entry=entry, signatures=49, is_resident=True, person=clerk)
    with pytest.raises(InitiativeRefused, match="mieszkańcy miasta"):
        actions.list_entry(entry=entry, signatures=50, is_resident=False, person=clerk)
    assert actions.list_entry(entry=entry, signatures=50, is_resident=True, person=clerk).state == EntryState.LISTED
    with pytest.raises(InitiativeRefused, match="powtórzonego"):
        actions.list_entry(entry=other, signatures=60, is_resident=True, person=clerk)
    with pytest.raises(IntegrityError), transaction.atomic():
        DebateEntry.objects.filter(pk=other.pk).update(state="listed", signatures=60)
    actions.refuse_entry(entry=other, refusal="doubled", person=clerk)
    with pytest.raises(InitiativeRefused, match="przed chwilą"):
        actions.refuse_entry(entry=other, refusal="late", person=clerk)
    receipt = queries.find_receipt(other.code.lower(), clock.at)
    assert "art. 28aa" in dict(receipt.facts)["Powód"] and "Próbna" not in str(receipt)
    few = make_entry(debate, "Anna Zmyślona")
    with pytest.raises(InitiativeRefused, match="mniej niż trzeba"):
        actions.refuse_entry(entry=few, refusal="few_signatures", signatures=50, person=clerk)
    refused = actions.refuse_entry(entry=few, refusal="few_signatures", signatures=49, person=clerk)
    words = "Liczą się 49 z 50 podpisów"
    assert words in rules.refusal_words(debate, refused.refusal, 49) and words in str(papers.letter(refused))
    assert OutboxMessage.objects.filter(dedup_key__startswith="initiatives.entry").count() == 6
    assert actions.forget_entries(at=clock.at + timedelta(days=1850)) == 3
    entry.refresh_from_db()
    assert (entry.name, entry.scan, entry.person_digest) == ("", None, "") and entry.signatures == 50


@pytest.mark.django_db
def test_forms_are_taken_until_the_last_second_of_the_day_before_and_a_late_paper_is_refused_at_once(clock, clerk):
    debate = make_debate(clerk)
    midnight = rules.closes_at(debate.session_at)
    clock.at = midnight - timedelta(seconds=1)
    assert make_entry(debate).received_at == clock.at
    clock.at = midnight
    with pytest.raises(InitiativeRefused, match="przyjmowaliśmy do"):
        make_entry(debate, "Jan Spóźniony")
    said = {"name": "Jan Spóźniony", "home": "ul. Próbna 3", "email": "", "channel": "paper", "person": clerk}
    late = actions.enter_entry(debate=debate, received_at=midnight, form_key=uuid.uuid4(), **said)
    assert (late.state, late.refusal) == ("refused", "late")
    in_time = actions.enter_entry(debate=debate, received_at=midnight - timedelta(days=2), form_key=uuid.uuid4(), **said)
    actions.list_entry(entry=in_time, signatures=51, is_resident=True, person=clerk)
    with pytest.raises(InitiativeRefused, match="jeszcze przed nami"):
        actions.enter_entry(debate=debate, received_at=midnight + timedelta(days=1), form_key=uuid.uuid4(), **said)
    with pytest.raises(InitiativeRefused, match="Sprawdź rok"):
        actions.enter_entry(debate=debate, received_at=midnight - timedelta(days=370), form_key=uuid.uuid4(), **said)
    with pytest.raises(NotYours):
        actions.list_entry(entry=in_time, signatures=51, is_resident=True, person=make_clerk("desk_officer"))


@pytest.mark.slow
@pytest.mark.django_db
def test_speakers_stand_in_the_order_of_receipt_and_reserve_moves_up_when_the_council_raises_the_number(clock, clerk):
    debate = make_debate(clerk)
    made = []
    for number in range(17):
        clock.at += timedelta(minutes=1)
        made.append(make_entry(debate, f"Osoba Próbna{number}"))
    for each in reversed(made):
        actions.list_entry(entry=each, signatures=50, is_resident=True, person=clerk)
    places = queries.in_order(debate)
    assert [each.entry.pk for each in places] == [each.pk for each in made]
    assert [each.speaks for each in places] == [True] * 15 + [False] * 2 and queries.place_words(
        places[15]
    ) == "16, lista rezerwowa"
    actions.withdraw_entry(entry=made[0], person=clerk)
    assert [each.speaks for each in queries.in_order(debate)] == [True] * 15 + [False]
    facts = {name: getattr(debate, name) for name in actions.FACTS}
    for wrong in ({"year": 2020}, {"most_speakers": 14}, {"most_speakers": 20}, {"report_on": date(2999, 1, 1)}):
        with pytest.raises(InitiativeRefused):
            actions.save_debate(debate=debate, facts=facts | wrong, person=clerk)
    debate = actions.save_debate(debate=debate, facts=facts | {"most_speakers": 20, "raised_by": "XX/2/26"}, person=clerk)
    assert all(each.speaks for each in queries.in_order(debate))
    with pytest.raises(InitiativeRefused, match="już jest"):
        actions.save_debate(facts=facts, person=clerk)
    with pytest.raises(InitiativeRefused, match="przed nami"):
        actions.note_result(debate=debate, resolution="", words="", person=clerk)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_of_two_forms_at_once_one_gets_the_last_place_and_one_waits_in_reserve():
    clerk = make_clerk()
    debate = make_debate(clerk)
    _listed(debate, clerk, 14)
    came = at_once(lambda: make_entry(debate, "Ewa Pierwsza"), lambda: make_entry(debate, "Jan Drugi"))
    at_once(*[lambda each=each: actions.list_entry(entry=each, signatures=50, is_resident=True, person=clerk) for each in came])
    last = queries.in_order(debate)[-2:]
    assert [each.speaks for each in last] == [True, False] and {each.entry.pk for each in last} == {each.pk for each in came}


@pytest.mark.django_db
def test_a_debate_whose_year_is_mended_is_found_under_that_year_alone(clock, clerk, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        debate = make_debate(clerk)
    facts = {name: getattr(debate, name) for name in actions.FACTS}
    mended = facts | {"year": debate.year + 1, "session_at": datetime(debate.year + 2, 6, 25, 9, tzinfo=WARSAW)}
    with django_capture_on_commit_callbacks(execute=True):
        actions.save_debate(debate=debate, facts=mended, person=clerk)
    assert set(SearchDocument.objects.filter(source="debates").values_list("key", flat=True)) == {f"debate:{debate.year + 1}"}


@pytest.mark.slow
@pytest.mark.django_db
def test_residents_file_a_scan_and_read_the_list_without_names(client, clerk, settings):
    settings.RATUSZ_PROOF_BITS = 1
    debate = make_debate(clerk)
    page = client.get(reverse("debates:file", args=[debate.year]))
    guard = page.context["form"].guard
    sent = {
        "name": "Ewa Zmyślona", "home": "ul. Próbna 5", "email": "ewa@example.pl", "form_key": uuid.uuid4(),
        "proof_challenge": guard.challenge, "proof_answer": solve(guard.challenge, 1),
    }  # fmt: skip
    url = reverse("debates:file", args=[debate.year])
    refused = client.post(url, sent | {"upload": SimpleUploadedFile("a.pdf", b"nic")}).content.decode()
    assert "Ewa Zmyślona" in refused and not debate.entries.exists()
    receipt = client.post(url, sent | {"upload": SimpleUploadedFile("a.pdf", make_pdf())}, follow=True).content.decode()
    entry = debate.entries.get()
    assert entry.receipt in receipt
    actions.list_entry(entry=entry, signatures=50, is_resident=True, person=clerk)
    shown = debate.get_absolute_url()
    with CaptureQueriesContext(connection) as one:
        assert "Ewa Zmyślona" not in client.get(shown).content.decode()
    _listed(debate, clerk, 2)
    with CaptureQueriesContext(connection) as three:
        client.get(shown)
    assert len(one) == len(three)
    assert client.get(reverse("debates:blank", args=[debate.year])).content.startswith(b"%PDF")
    past = make_debate(clerk, in_days=-400, report_on=None)
    assert client.get(reverse("debates:file", args=[past.year])).status_code == 409
    assert str(past.year) in client.get(reverse("debates:register")).content.decode()
    ahead = local_day(database_now()) + timedelta(days=5)
    type(debate).objects.filter(pk=debate.pk).update(report_on=ahead)
    assert "będzie przedstawiony" in client.get(shown).content.decode()
    assert [each.title for each in queries.dated_things(debate.session_at, debate.session_at + timedelta(days=1))]
    assert {each.key for each in queries.search_entries()} == {f"debate:{debate.year}", f"debate:{past.year}"}


@pytest.mark.slow
@pytest.mark.django_db
def test_a_clerk_leads_a_debate_on_its_screens(at_desk, clerk):
    day = local_day(database_now()) + timedelta(days=20)
    sent = {"year": day.year - 1, "session_at": f"{day}T09:00", "place": "sala sesyjna", "most_speakers": 16}
    wrong = sent | {"year": day.year, "report_url": "bip", "report_on": day + timedelta(days=1)}
    refused = at_desk.post(reverse("initiatives_new_debate"), wrong).context["form"]
    assert set(refused.errors) == {"year", "raised_by", "report_url", "report_on"} and "https://" in refused.errors["report_url"][0]
    slip = at_desk.post(reverse("initiatives_new_debate"), sent | {"session_at": "0001-01-01T10:00"}).context["form"]
    assert "year" in slip.errors
    at_desk.post(reverse("initiatives_new_debate"), sent | {"most_speakers": 15})
    assert "Wpisz debatę" in at_desk.get(reverse("initiatives_debates")).content.decode()
    from ratusz.participation.initiatives.models import Debate

    debate = Debate.objects.get()
    paper = {
        "channel": "paper",
        "received_at": f"{local_day(database_now()) - timedelta(days=1)}T08:00",
        "name": "Ewa Zmyślona",
        "home": "ul. Próbna 5",
        "form_key": uuid.uuid4(),
    }
    at_desk.post(reverse("initiatives_enter_entry", args=[debate.pk]), paper)
    entry = debate.entries.get()
    url = reverse("initiatives_debate_entry", args=[debate.pk, entry.pk])
    assert "nie ma w wykazie ulic" in at_desk.get(url).content.decode()
    assert (
        "49 podpisów z 50" in at_desk.post(url, {"deed": "list", "list-signatures": 49, "list-is_resident": "on"}).content.decode()
    )
    listed = {"deed": "list", "list-signatures": 50, "list-is_resident": "on"}
    page = at_desk.post(url, listed, follow=True).content.decode()
    assert "Miejsce: 1." in page and "nie podała adresu" in page
    assert "czeka na sprawdzenie" in at_desk.post(url, {"deed": "reopen"}, follow=True).content.decode()
    entry.refresh_from_db()
    assert entry.state == "received"
    at_desk.post(url, listed)
    assert "Ewa Zmyślona" in at_desk.get(reverse("initiatives_debate", args=[debate.pk]) + "?stan=listed").content.decode()
    for name, args in (
        ("letter", [debate.pk, entry.pk, "pdf"]),
        ("letter", [debate.pk, entry.pk, "docx"]),
        ("speakers", [debate.pk]),
        ("file", [debate.pk]),
    ):
        assert at_desk.get(reverse(f"initiatives_debate_{name}", args=args)).status_code == 200
    changed = at_desk.post(
        reverse("initiatives_change_debate", args=[debate.pk]), sent | {"most_speakers": 18, "raised_by": "XX/2/26"}
    )
    assert changed.status_code == 302


@pytest.mark.slow
def test_the_guide_tells_of_the_next_debate_and_the_next_hearing(db):
    at = database_now()
    for live in (queries.live_process(at), hearing_queries.live_process(at)):
        assert (live.state, live.until) == ("closed", None)
    debate, hearing = make_debate(), make_hearing()
    day_before = local_day(at) + timedelta(days=13)
    cases = ((queries.live_process, debate, debate.session_at), (hearing_queries.live_process, hearing, hearing.meeting.starts_at))
    for live_process, thing, starts in cases:
        live = live_process(at)
        assert (live.state, live.until, live.url) == ("open", day_before, thing.get_absolute_url())
        assert polish_moment(starts) in live.note
        live = live_process(starts - timedelta(hours=8))
        assert (live.state, live.until) == ("soon", day_before + timedelta(days=1))
        assert live_process(starts + timedelta(hours=3)).state == "closed"
    assert live_processes["debate"] is queries.live_process and live_processes["hearing"] is hearing_queries.live_process

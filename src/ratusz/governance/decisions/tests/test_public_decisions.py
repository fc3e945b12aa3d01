"""What everybody sees: the list, cards, feeds, open data, search, receipts; followers told once; no internal field anywhere."""

from __future__ import annotations

import io
import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ratusz.foundation.files.factories import make_pdf
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import polish_date
from ratusz.foundation.notifications.composing import envelope_for
from ratusz.foundation.notifications.models import OutboxMessage
from ratusz.foundation.territory.factories import DistrictFactory
from ratusz.foundation.units.factories import UnitFactory
from ratusz.governance.decisions import actions, found_by
from ratusz.governance.decisions.factories import in_days, make_head, make_office, make_running, make_taken, page_proof
from ratusz.governance.decisions.models import Decision, Follower, PublicChange
from ratusz.governance.decisions.wording import PUBLIC_STATES, public_state

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
CANARY = "KANAREK"


@pytest.fixture
def page(client):
    """Text of a page."""

    def get(path: str, status: int = 200) -> str:
        answer = client.get(path)
        assert answer.status_code == status, answer.content[:500]
        return b"".join(answer.streaming_content).decode() if answer.streaming else answer.content.decode()

    return get


def canary_decision() -> Decision:
    """Ended, with a canary in every field that is not for everybody."""
    office, helper = make_office(), UnitFactory()
    parts = [{"unit": helper, "text": f"{CANARY} część", "due_on": in_days(9)}]
    decision, head = make_running(office, text=f"{CANARY} urzędowo", helpers=parts)
    Decision.objects.filter(pk=decision.pk).update(first_step=f"{CANARY} krok")
    actions.report_part(part=decision.parts.get(), text=f"{CANARY} meldunek części", person=make_head(helper))
    actions.ask_later_day(decision=decision, wanted=in_days(40), reason=f"{CANARY} prośba", person=head)
    actions.answer_later_day(decision=decision, grant=False, answer=f"{CANARY} odmowa", person=office)
    hidden = page_proof(label=f"{CANARY} dowód", is_public=False, url="https://katowice.example/KANAREK")
    actions.report_decision(
        decision=decision, end="done", text="Pierwszy.", note=f"{CANARY} notatka", evidence=[hidden], person=head
    )
    actions.send_report_back(decision=decision, note=f"{CANARY} uwaga", person=office)
    actions.report_decision(decision=decision, end="done", text="Stoi.", evidence=[page_proof(), hidden], person=head)
    return actions.accept_report(decision=decision, note="Odebrane.", person=office)


def test_i7_no_internal_field_in_page_feed_table_mail_or_search(page):
    """I7: canaries."""
    decision = canary_decision()
    address = actions.following.notifications.add_address(channel="email", value="ktos@example.pl")
    actions.following.notifications.give_consent(address=address, purpose="decisions.followed", through="desk")
    Follower.objects.create(decision=decision, address=address, followed_at=database_now())
    while actions.tell_changes():
        pass
    shown = [page(path) for path in ("/ustalenia/", decision.get_absolute_url(), "/ustalenia/kanal.atom", "/ustalenia/kanal.json",
                                     "/ustalenia/ustalenia.csv")]  # fmt: skip
    mails = OutboxMessage.objects.filter(purpose="decisions.followed").select_related("content", "address")
    shown += [str(envelope_for(each)) for each in mails]
    shown += [str(entry) for entry in found_by.search_entries()]
    assert len(mails) == 3 and len(shown) == 9
    assert [text[max(0, text.find(CANARY) - 80) :][:160] for text in shown if CANARY in text] == []
    assert "Ogłoszenie o odbiorze" in shown[1] and "Odebrane." in shown[1]


def test_a_hidden_decision_or_a_draft_is_nowhere(page):
    hidden = make_taken(is_public=False, not_public_reason="safety", title=CANARY)
    assert CANARY not in page("/ustalenia/") + page("/ustalenia/kanal.json") + page("/ustalenia/ustalenia.csv")
    page(hidden.get_absolute_url(), 404)
    page(f"{hidden.get_absolute_url()}obserwuj/", 404)
    page("/ustalenia/U-1999-0001/", 404)
    page("/ustalenia/kanal.exe", 404)
    assert list(found_by.search_entries()) == [] and found_by.find_decision(hidden.number.replace("/", ""), database_now()) is None


def test_the_card_shows_question_decision_unit_both_days_and_proof(page):
    office, unit = make_office(), UnitFactory(name="Zakład Zieleni")
    decision, head = make_running(office, lead_unit=unit, asker_words="mieszkanka Ligoty")
    first = decision.due_on
    actions.ask_later_day(decision=decision, wanted=in_days(45), reason="Prosimy.", person=head)
    actions.answer_later_day(decision=decision, grant=True, answer="Ulewy opóźniły prace.", person=office)
    upload = io.BytesIO(make_pdf())
    upload.name = "protokol.pdf"
    document = {"kind": "document", "label": "Protokół odbioru", "upload": upload, "is_public": True}
    actions.report_decision(decision=decision, end="done", text="Pięć ławek stoi.", evidence=[document], person=head)
    decision = actions.accept_report(decision=decision, note="Odebrane.", person=office)
    text = page(decision.get_absolute_url())
    for words in ("Na skwerze nie ma gdzie usiąść.", "mieszkanka Ligoty", "Ustawimy pięć ławek", "Zakład Zieleni", polish_date(first),
                  polish_date(in_days(45)), "Ulewy opóźniły prace.", "Pięć ławek stoi.", "Protokół odbioru", decision.proof.sha256):  # fmt: skip
        assert words in text, words
    answer = Client().get(f"/ustalenia/dowod/{decision.proof.public_id}/")
    assert b"".join(answer.streaming_content).startswith(b"%PDF") and answer["Content-Disposition"].startswith("attachment")
    type(decision.proof).objects.update(is_public=False)
    assert Client().get(f"/ustalenia/dowod/{decision.proof.public_id}/").status_code == 404


def test_a_late_card_says_so_with_an_explanation_or_without(page):
    decision, head = make_running()
    Decision.objects.filter(pk=decision.pk).update(due_on=in_days(-3))
    text = page(decision.get_absolute_url())
    assert "3 dni po terminie" in text and "Brak wyjaśnienia komórki." in text
    actions.explain_delay(decision=decision, text="Wykonawca przerwał prace.", person=head)
    text = page(decision.get_absolute_url())
    assert "Wykonawca przerwał prace." in text and "Brak wyjaśnienia" not in text


def test_the_list_is_narrowed_by_district_topic_unit_and_state(page):
    ligota, brynow = DistrictFactory(), DistrictFactory()
    make_taken(title="Pierwsza", district=ligota, lead_unit=UnitFactory(short_name="AA"))
    late = make_taken(title="Druga", district=brynow)
    Decision.objects.filter(pk=late.pk).update(due_on=in_days(-1))
    assert ["Pierwsza" in page(f"/ustalenia/{query}") for query in (
        "", f"?dzielnica={ligota.slug}", f"?dzielnica={brynow.slug}", "?komorka=AA", "?stan=przyjete", "?stan=po-terminie",
        "?stan=zmyslony&dzielnica=nigdzie&strona=99",
    )] == [True, True, False, True, True, False, True]  # fmt: skip
    assert 'value="stan=' not in page("/ustalenia/?stan=po-terminie"), "the search box of the page takes no filters of ours"
    rows = json.loads(page("/ustalenia/kanal.json?stan=po-terminie"))["items"]
    assert [row["title"] for row in rows] == [f"{late.number} Druga"]
    lines = page(f"/ustalenia/ustalenia.csv?dzielnica={brynow.slug}").splitlines()
    assert len(lines) == 2 and late.number in lines[1] and "po-terminie;" in lines[1]


def test_each_public_state_finds_exactly_its_rows():
    at = database_now()
    office = make_office()
    made = [make_taken(office), make_running(office)[0], actions.withdraw_decision(decision=make_taken(office), reason="Nie.", person=office),
            actions.suspend_decision(decision=make_taken(office), reason="Czekamy.", person=office), make_taken(office)]  # fmt: skip
    Decision.objects.filter(pk=made[-1].pk).update(due_on=in_days(-1))
    found = {}
    for state in PUBLIC_STATES:
        for decision in Decision.objects.filter(state.q(in_days(0))):
            found.setdefault(decision.pk, []).append(state.code)
    decisions = Decision.objects.filter(pk__in=[each.pk for each in made])
    assert found == {each.pk: [public_state(each, at).code] for each in decisions}
    assert sorted(found.values()) == [["po-terminie"], ["przyjete"], ["w-toku"], ["wstrzymane"], ["zmienione"]]


@pytest.mark.parametrize(("path", "most"), [("/ustalenia/", 10), ("card", 10)])
def test_the_number_of_queries_stays(client, path, most):
    office = make_office()
    counts = []
    for number in (1, 2):
        for _each in range(number):
            decision = make_taken(office)
        client.get("/ustalenia/")
        address = decision.get_absolute_url() if path == "card" else path
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address + "?stan=przyjete").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= most, counts


def follow(client, decision: Decision, email: str) -> str:
    """Asks, confirms from the letter; gives the address of the confirming page."""
    answer = client.post(f"{decision.get_absolute_url()}obserwuj/", {"email": email})
    assert answer.status_code == 200
    letter = OutboxMessage.objects.filter(purpose="notifications.question", address__value=email).latest("pk")
    link = [word for word in letter.content.text.split() if "/ustalenia/obserwuj/" in word][0]
    return link[link.index("/ustalenia/") :]


@pytest.mark.slow
def test_d6_followers_get_one_letter_for_each_public_change_and_stop_by_a_post():
    """D6: three changes in a day, one letter each; a GET changes nothing."""
    client, office = Client(), make_office()
    decision, head = make_running(office)
    asker = actions.add_asker(decision=decision, person=office, email="pytajaca@example.pl")
    while actions.tell_changes():
        pass
    OutboxMessage.objects.filter(purpose__startswith="decisions.").delete()
    link = follow(client, decision, "obserwujacy@example.pl")
    client.get(link)
    assert not Follower.objects.exists()
    assert client.post(link).status_code == 200 and Follower.objects.count() == 1
    actions.suspend_decision(decision=decision, reason="Mróz.", person=office)
    actions.resume_decision(decision=decision, due_on=decision.due_on, person=office)
    actions.withdraw_decision(decision=decision, reason="Plac sprzedano.", person=office)
    while actions.tell_changes():
        pass
    letters = (
        OutboxMessage.objects.filter(dedup_key__startswith="decisions.change:").select_related("address", "content").order_by("pk")
    )
    sent = sorted((each.address.value, each.content.subject.rpartition(": ")[2]) for each in letters)
    assert sent == sorted(
        (to, what) for to in ("obserwujacy@example.pl", "pytajaca@example.pl") for what in ("wstrzymane", "wznowione", "odwołane")
    )
    assert not actions.tell_changes() and PublicChange.objects.filter(told_at=None).count() == 0
    stop = letters[1].variables["stop"]
    stop = stop[stop.index("/ustalenia/") :]
    client.get(stop)
    assert Follower.objects.count() == 1
    client.post(stop)
    own = [each for each in letters if each.address.value == "obserwujacy@example.pl"][0].variables["stop"]
    client.post(own[own.index("/ustalenia/") :])
    asker.refresh_from_db()
    assert not Follower.objects.exists()
    assert client.get("/ustalenia/koniec/zepsuty/").status_code == client.get("/ustalenia/obserwuj/zepsuty/").status_code == 404


def test_a_receipt_number_tells_the_state_and_of_a_hidden_one_nothing_else():
    office, at = make_office(), database_now()
    decision = make_taken(office)
    asker = actions.add_asker(decision=decision, person=office)
    receipt = found_by.find_receipt(asker.code, at)
    assert (receipt.title, receipt.status, receipt.url) == (str(decision), "Przyjęte.", decision.get_absolute_url())
    hidden = make_taken(office, is_public=False, not_public_reason="safety", title=CANARY)
    secret = found_by.find_receipt(actions.add_asker(decision=hidden, person=office).code, at)
    assert CANARY not in str(secret) and secret.status == "Przyjęte." and secret.url == ""
    by_number = found_by.find_decision(decision.number.replace("/", ""), at)
    assert by_number == receipt and found_by.find_decision("X1", at) is None and found_by.find_receipt("ABC", at) is None
    withdrawn = actions.withdraw_decision(decision=decision, reason="Nie.", person=office)
    new = actions.take_decision(
        decision=actions.reopen_decision(decision=withdrawn, facts={"due_on": in_days(9)}, person=office), person=office
    )
    assert found_by.find_receipt(asker.code, at).title == str(new)


def test_whoever_asked_is_told_of_what_follows_and_a_hidden_one_without_words():
    office = make_office()
    decision = make_taken(office)
    actions.add_asker(decision=decision, person=office, email="pytajaca@example.pl")
    assert actions.add_asker(decision=decision, person=office, email="pytajaca@example.pl") == decision.askers.get()
    actions.withdraw_decision(decision=decision, reason="Nie teraz.", person=office)
    with pytest.raises(actions.writing.rules.DecisionRefused):
        actions.add_asker(decision=decision, person=office)
    facts = {"due_on": in_days(9), "is_public": False, "not_public_reason": "tender", "title": CANARY}
    new = actions.reopen_decision(decision=Decision.objects.get(pk=decision.pk), facts=facts, person=office)
    actions.add_asker(decision=new, person=office, email="druga@example.pl")
    actions.take_decision(decision=new, person=office)
    while actions.tell_changes():
        pass
    mails = OutboxMessage.objects.filter(purpose="decisions.asked").select_related("content", "address")
    told = [each.address.value for each in mails if each.content.subject.startswith(new.number)]
    assert sorted(told) == ["druga@example.pl", "pytajaca@example.pl"]
    assert not any(CANARY in each.content.text + each.content.subject for each in mails)


def test_what_is_held_back_stays_until_it_is_dropped(monkeypatch):
    from ratusz.foundation.kit.outgoing import Hold

    office = make_office()
    decision = make_taken(office)
    actions.add_asker(decision=decision, person=office, email="pytajaca@example.pl")
    monkeypatch.setattr(actions.following, "hold_back", lambda outgoing, at: [Hold("elections.silence", "cisza")])
    assert actions.tell_changes() == 0 and PublicChange.objects.filter(told_at=None).count() == 1
    change = PublicChange.objects.get()
    actions.hear_decision(f"decisions.change:{change.pk}", "released", database_now())
    actions.hear_decision("other.thing:1", "dropped", database_now())
    assert PublicChange.objects.filter(told_at=None).count() == 1
    actions.hear_decision(f"decisions.change:{change.pk}", "dropped", database_now())
    assert (
        PublicChange.objects.filter(told_at=None).count() == 0
        and not OutboxMessage.objects.filter(purpose="decisions.asked").exists()
    )

"""Minutes are read by a link without an account: remarks, other words, a yes; staff accept or reject with a reason."""

from __future__ import annotations

import re

import pytest

from ratusz.casework.meetings import actions, rules
from ratusz.casework.meetings.actions import reviewing
from ratusz.casework.meetings.factories import make_voice
from ratusz.casework.meetings.factories_minutes import make_minute_taker, make_minutes, write_block
from ratusz.casework.meetings.minutes.checking import NotReady, personal_words_of
from ratusz.casework.meetings.minutes.links import review_url
from ratusz.casework.meetings.models import ReviewLink, Suggestion
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.notifications.models import OutboxMessage

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return make_minute_taker()


@pytest.fixture
def minutes(person):
    made = make_minutes(person=person)
    for number in range(5):
        write_block(made, "text", person, text=f"Akapit {number}.")
    write_block(made, "notes", person, text="notatka kanarek")
    return made


def invite(minutes, person, email="rada@example.pl", **facts):
    return actions.invite_reviewer(minutes=minutes, name="Rada dzielnicy", email=email, person=person, **facts)


def path_of(link):
    return "/" + review_url(link).split("/", 3)[3]


def token_of(link):
    return path_of(link).split("/")[3]


def test_a_text_with_data_that_nobody_may_publish_is_not_sent_to_be_read(minutes, person):
    """The reader gets the public text: a PESEL stops the letter, a telephone is shown to whoever sends it."""
    write_block(minutes, "text", person, text="PESEL 44051401359, telefon 600 700 800")
    with pytest.raises(rules.Refused, match="PESEL"):
        invite(minutes, person)
    assert not ReviewLink.objects.exists() and len(personal_words_of(minutes, database_now())) == 2
    assert invite(minutes, person, sees_all=True).sees_all


@pytest.mark.slow
def test_five_suggestions_three_accepted_two_rejected_with_reasons(client, minutes, person):
    """M8, first half."""
    link = invite(minutes, person)
    assert invite(minutes, person) == link and ReviewLink.objects.count() == 1
    minutes.refresh_from_db()
    assert minutes.state == "in_review" and (minutes.corrections_until - database_now()).days == 13
    assert token_of(link) not in (link.token_digest, str(link.public_id))
    assert token_of(link) in OutboxMessage.objects.get(purpose="meetings.review").content.text
    page = client.get(path_of(link)).text
    assert "Akapit 4." in page and "kanarek" not in page
    places = re.findall(r"\?miejsce=(block%3A[^#\"]+)#", page)[:5]
    places = [place for place in re.findall(r"\?miejsce=([^#\"]+)#", page) if "text" in place]
    for number, place in enumerate(places):
        form = client.get(f"{path_of(link)}?miejsce={place}").text
        assert f"Akapit {number}." in form
        sent = {"place": place.replace("%3A", ":"), "proposed": f"Akapit {number}, poprawiony.", "remark": ""}
        assert client.post(path_of(link), sent).status_code == 302
        client.post(path_of(link), sent)
    assert Suggestion.objects.count() == 5
    minutes.refresh_from_db()
    assert minutes.state == "corrections"
    with pytest.raises(NotReady) as refused:
        actions.approve_minutes(minutes=minutes, person=person)
    assert "5 uwag" in " ".join(refused.value.missing)
    for number, suggestion in enumerate(Suggestion.objects.order_by("pk")):
        if number < 3:
            actions.decide_suggestion(suggestion=suggestion, accept=True, person=person)
        else:
            with pytest.raises(rules.Refused):
                actions.decide_suggestion(suggestion=suggestion, accept=False, person=person)
            actions.decide_suggestion(suggestion=suggestion, accept=False, reason="Tak było powiedziane.", person=person)
    with pytest.raises(rules.Refused):
        actions.decide_suggestion(suggestion=suggestion, accept=True, person=person)
    texts = [block.fields["text"] for block in minutes.blocks.standing() if block.kind == "text"]
    assert texts == ["Akapit 0, poprawiony.", "Akapit 1, poprawiony.", "Akapit 2, poprawiony.", "Akapit 3.", "Akapit 4."]
    page = client.get(path_of(link)).text
    assert page.count("Tak było powiedziane.") == 2
    actions.agree_to_minutes(token=token_of(link))
    version = actions.approve_minutes(minutes=minutes, person=person)
    assert "Akapit 2, poprawiony." in version.public_canonical
    assert "nie przyjmujemy" in client.get(path_of(link)).text.lower()


def test_a_suggestion_to_words_that_changed_meanwhile_is_not_put_over_them(minutes, person):
    link = invite(minutes, person)
    block = minutes.blocks.filter(kind="text").first()
    made = actions.suggest_words(token=token_of(link), place=f"block:{block.key}:text", proposed="Inaczej.")
    actions.save_minutes(
        minutes=minutes, changes=[actions.Change(block.key, block.revision, {"text": "Nowe słowa."})], person=person
    )
    with pytest.raises(rules.Refused):
        actions.decide_suggestion(suggestion=made, accept=True, person=person)
    block.refresh_from_db()
    assert block.fields["text"] == "Nowe słowa."
    with pytest.raises(rules.Refused):
        actions.suggest_words(token=token_of(link), place=f"block:{block.key}:nic", proposed="x")
    with pytest.raises(rules.Refused):
        actions.suggest_words(token=token_of(link), place=f"block:{block.key}:text", proposed="Nowe słowa.")
    notes = minutes.blocks.get(kind="notes")
    with pytest.raises(rules.Refused):
        actions.suggest_words(token=token_of(link), place=f"block:{notes.key}:text", proposed="x")


def test_other_words_for_a_voice_go_into_the_register_of_the_day(minutes, person):
    voice = make_voice(minutes.meeting, "Chodnik jest dziurawy.", who="mieszkanka, Ligota")
    link = invite(minutes, person)
    made = actions.suggest_words(token=token_of(link), place=f"voice:{voice.pk}:question", proposed="Chodnik jest nierówny.")
    actions.decide_suggestion(suggestion=made, accept=True, person=person)
    voice.refresh_from_db()
    assert (voice.question, made.place_words) == ("Chodnik jest nierówny.", "Głos 1")


def test_opening_the_link_changes_nothing_and_a_link_taken_back_opens_nothing(client, minutes, person):
    link = invite(minutes, person)
    for _scanner in range(2):
        assert client.get(path_of(link)).status_code == 200
    link.refresh_from_db()
    assert (link.opened_at, link.agreed_at) == (None, None)
    assert client.post(path_of(link), {"deed": "agree"}).status_code == 302
    client.post(path_of(link), {"deed": "agree"})
    link.refresh_from_db()
    assert link.agreed_at is not None
    actions.revoke_review(link=link, person=person)
    actions.revoke_review(link=link, person=person)
    answer = client.get(path_of(link))
    assert answer.status_code == 404 and answer["Referrer-Policy"] == "same-origin"
    assert client.get("/protokoly/uwagi/nieznany/").status_code == 404


@pytest.mark.parametrize("silence", [True, False])
def test_silence_counts_only_where_the_invitation_said_so(minutes, person, monkeypatch, silence):
    link = invite(minutes, person, silence_agrees=silence)
    with pytest.raises(NotReady) as refused:
        actions.approve_minutes(minutes=minutes, person=person)
    assert len(refused.value.missing) == 1
    minutes.refresh_from_db()
    later = minutes.corrections_until
    for module in (reviewing, actions.approving, actions.minutes):
        monkeypatch.setattr(module, "database_now", lambda: later)
    with pytest.raises(rules.Refused):
        actions.suggest_words(token=token_of(link), remark="Za późno.")
    if silence:
        version = actions.approve_minutes(minutes=minutes, person=person)
        assert "jak zapowiadało zaproszenie" in version.public_canonical or '"silent":true' in version.public_canonical
    else:
        with pytest.raises(NotReady) as refused:
            actions.approve_minutes(minutes=minutes, person=person)
        assert "Rada dzielnicy" in refused.value.missing[0]


def test_a_remark_without_words_is_refused_and_what_was_typed_stays(client, minutes, person):
    link = invite(minutes, person)
    answer = client.post(path_of(link), {"place": "", "proposed": "", "remark": "  "})
    assert answer.status_code == 409 and Suggestion.objects.count() == 0
    place = f"block:{minutes.blocks.filter(kind='text').first().key}:gone"
    answer = client.post(path_of(link), {"place": place, "proposed": "Moje słowa", "remark": "Moja uwaga"})
    assert answer.status_code == 409 and "Moja uwaga" in answer.text


def test_who_read_is_erased_with_their_words_and_that_somebody_did_stays(minutes, person):
    link = invite(minutes, person)
    actions.suggest_words(token=token_of(link), remark="Brakuje głosu.")
    assert actions.erase_review_links(links=[link]) == 1 == actions.erase_review_links(links=[link]) + 1
    link.refresh_from_db()
    assert (link.name, link.address, Suggestion.objects.get().remark) == ("", None, "–")


@pytest.mark.slow
def test_closing_the_review_brings_the_text_back_once(minutes, person):
    invite(minutes, person)
    assert actions.close_review(minutes=minutes, person=person).state == "corrections"
    with pytest.raises(rules.Refused):
        actions.close_review(minutes=minutes, person=person)


def test_a_second_reviewer_joins_the_same_window_and_remarks_have_an_end(minutes, person, monkeypatch):
    first = invite(minutes, person)
    minutes.refresh_from_db()
    until = minutes.corrections_until
    second = invite(minutes, person, email="szkola@example.pl")
    minutes.refresh_from_db()
    assert (second.expires_at, minutes.corrections_until) == (first.expires_at, until)
    monkeypatch.setattr(reviewing, "MOST_SUGGESTIONS", 1)
    actions.suggest_words(token=token_of(first), remark="Pierwsza.")
    with pytest.raises(rules.Refused):
        actions.suggest_words(token=token_of(first), remark="Druga.")
    actions.decide_suggestion(suggestion=Suggestion.objects.get(), accept=True, person=person)
    actions.revoke_review(link=second, person=person)
    actions.approve_minutes(minutes=minutes, person=person)
    with pytest.raises(rules.Refused):
        actions.agree_to_minutes(token=token_of(first))

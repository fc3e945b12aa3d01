"""The pages behind our links: they work without an account and without JavaScript, and opening one changes nothing."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from ratusz.foundation.notifications import actions, links
from ratusz.foundation.notifications.adapters.fake import FakeTransport
from ratusz.foundation.notifications.factories import make_address, make_agreeing, make_message
from ratusz.foundation.notifications.models import Consent, OutboxMessage, RhythmChoice, Suppression

pytestmark = pytest.mark.django_db


def path(url):
    return "/" + url.split("/", 3)[3]


def live():
    return list(Consent.objects.live().values_list("address__value", "purpose"))


def test_the_preference_page_switches_purposes(client):
    address = make_agreeing("jan.kowalski", "test.news")
    page = path(links.preferences_url(address))
    assert "kowalski" not in page
    shown = client.get(page)
    assert "jan.kowalski" not in shown.text
    assert "j…@example.pl" in shown.text
    assert (shown["Cache-Control"], shown["Referrer-Policy"]) == ("no-store", "same-origin")
    client.post(page, {})
    assert live() == []
    client.post(page, {"test.news": "on"})
    assert live() == [("jan.kowalski@example.pl", "test.news")]
    assert Consent.objects.live().get().given_through == "link"
    client.post(page, {"leave_all": "1"})
    assert (live(), Suppression.objects.get().reason) == ([], "asked")


def test_the_rhythm_of_a_subject_is_chosen_there(client):
    address = make_agreeing("jan", "test.matters")
    page = path(links.preferences_url(address))
    shown = client.get(page).text
    assert [
        word for word in ("Jak często: Budżet obywatelski", "od razu", "raz dziennie", "raz w tygodniu") if word not in shown
    ] == []
    client.post(page, {"test.matters": "on", "test.matters--rhythm": "weekly"})
    assert list(RhythmChoice.objects.values_list("purpose", "rhythm")) == [("test.matters", "weekly")]
    assert live() == [("jan@example.pl", "test.matters")]
    client.post(page, {"test.matters": "on", "test.matters--rhythm": "hourly"})
    assert RhythmChoice.objects.get().rhythm == "weekly"
    client.post(page, {"test.matters": "on"})
    assert RhythmChoice.objects.get().rhythm == "weekly", "what is not answered stays as it was"


def test_what_waited_goes_when_somebody_wants_it_at_once(client):
    address = make_agreeing("jan", "test.matters")
    actions.collect(to=address, purpose="test.matters", title="Nowy projekt", dedup_key="p1", url="https://example.pl/p1")
    assert OutboxMessage.objects.count() == 0
    client.post(path(links.preferences_url(address)), {"test.matters": "on", "test.matters--rhythm": "at_once"})
    assert "Nowy projekt" in OutboxMessage.objects.get().content.text
    actions.collect(to=address, purpose="test.matters", title="Drugi projekt", dedup_key="p2")
    assert OutboxMessage.objects.count() == 2
    assert (actions.send_digests(rhythm="daily"), actions.send_digests(rhythm="weekly")) == (0, 0)


def test_a_link_to_the_settings_grows_old_in_a_year_and_a_new_one_is_offered(client):
    address = make_agreeing("jan", "test.news")
    page, leave = path(links.preferences_url(address)), path(links.unsubscribe_url(address, "test.news"))
    with time_machine.travel(datetime.now(UTC) + timedelta(days=365, seconds=5)):
        answer = client.get(page)
        assert client.post(leave).status_code == 200, "leaving works for ever"
    assert answer.status_code == 404
    assert "Ten link nie działa" in answer.text
    assert 'action="/powiadomienia/"' in answer.text
    client.post("/powiadomienia/", {"email": "jan@example.pl"})
    assert OutboxMessage.objects.filter(purpose="notifications.link").count() == 1


def test_forms_of_the_pages_carry_a_token_against_forgery():
    from django.test import Client

    address = make_agreeing("jan", "test.news")
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(path(links.preferences_url(address)), {"leave_all": "1"}).status_code == 403
    assert len(live()) == 1


def test_leaving_in_one_click_needs_a_post_and_no_token():
    from django.test import Client

    address = make_agreeing("jan", "test.news")
    make_message("jan", purpose="test.news")
    url = path(links.unsubscribe_url(address, "test.news"))
    strict = Client(enforce_csrf_checks=True)
    strict.get(url)
    assert len(live()) == 1
    for _again in range(2):
        assert strict.post(url, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert (live(), OutboxMessage.objects.get().state) == ([], "cancelled")


def test_the_link_in_a_mail_is_the_one_that_leaves(client):
    make_agreeing("jan", "test.news")
    make_message("jan", purpose="test.news")
    transport = FakeTransport()
    actions.deliver(channel="email", transport=transport)
    client.post(path(transport.sent[0].headers["List-Unsubscribe"].strip("<>")))
    assert live() == []


def test_a_consent_is_confirmed_by_the_button_not_by_opening_the_link(client):
    request = actions.ask_consent(email="jan@example.pl", purpose="test.news")
    url = path(links.confirm_url(request))
    assert "Zgadzam się na newsletter." in client.get(url).text
    assert live() == []
    assert client.post(url).status_code == 200
    assert live() == [("jan@example.pl", "test.news")]
    assert client.post(url).status_code == 404


@pytest.mark.parametrize("page", ["ustawienia", "rezygnacja", "potwierdzenie"])
@pytest.mark.parametrize("token", ["abc", "00.x", "../x", "0" * 300])
def test_a_link_that_is_not_ours_offers_a_new_one(client, page, token):
    answer = client.get(f"/powiadomienia/{page}/{token}/")
    assert answer.status_code == 404


def test_a_link_of_one_kind_opens_no_other_page(client):
    address = make_agreeing("jan", "test.news")
    token = path(links.preferences_url(address)).split("/")[3]
    assert client.post(f"/powiadomienia/rezygnacja/{token}/").status_code == 404
    assert client.post(f"/powiadomienia/potwierdzenie/{token}/").status_code == 404
    assert len(live()) == 1


def test_asking_for_the_link_tells_nobody_whether_we_know_the_address(client):
    make_address("jan")
    known = client.post("/powiadomienia/", {"email": "jan@example.pl"})
    unknown = client.post("/powiadomienia/", {"email": "anna@example.pl"})
    assert known.text == unknown.text
    assert list(OutboxMessage.objects.values_list("address__value", "purpose")) == [("jan@example.pl", "notifications.link")]
    wrong = client.post("/powiadomienia/", {"email": "jan"})
    assert 'value="jan"' in wrong.text
    for _again in range(4):
        client.post("/powiadomienia/", {"email": "jan@example.pl"})
    assert OutboxMessage.objects.count() == 3

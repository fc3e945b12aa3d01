"""The short way answers what the ordinary way would: the same headers, the same checks; a notice commits with its ballot."""

import logging
import re
from urllib.parse import urlencode

import pytest
from django.db import DatabaseError, OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ratusz.foundation.notifications.composing import envelope_for
from ratusz.foundation.notifications.models import OutboxMessage
from ratusz.participation.voting import box, envelopes, identity, notices
from ratusz.participation.voting.actions import casting, tell_voters
from ratusz.participation.voting.factories import number, open_vote_on
from ratusz.participation.voting.models import PendingLeaf, SealedBallot, VoterRollEntry, WaitingNotice
from ratusz.participation.voting.queries import sheet_of
from ratusz.participation.voting.tests.test_the_way_to_the_ballot_box import let_in

pytestmark = pytest.mark.django_db
CHANGING = ("X-Request-ID", "Expires")


def form(vote, **more):
    return {"klucz": "k", f"p/M/{number(vote.edition, 'M', 1)}": "3"} | more


def send(client, vote, language="pl", sent=None, **more):
    """As a browser sends the form."""
    body = urlencode(form(vote) if sent is None else sent)
    return client.post(f"/glosuj/{vote.edition.slug}/{language}/urna/", body, "application/x-www-form-urlencoded", **more)


def headers(answer):
    return {name: value for name, value in answer.headers.items() if name not in CHANGING}


@pytest.mark.parametrize("language", ["pl", "en", "uk"])
def test_both_ways_give_the_same_headers_and_cookie(language, monkeypatch, settings):
    vote, one, other = open_vote_on(), Client(), Client()
    settings.SESSION_COOKIE_SECURE = True
    let_in(one, vote, who="jedna")
    let_in(other, vote, who="druga")
    sheet_of(vote)  # is kept while the list stays as it was frozen
    with CaptureQueriesContext(connection) as asked:
        short = send(one, vote, language, secure=True)
    assert len([each for each in asked if "SAVEPOINT" not in each["sql"]]) == 2
    monkeypatch.setattr(box.BallotBox, "_taken", lambda *_given: None)
    whole = send(other, vote, language, secure=True)
    assert short.status_code == whole.status_code == 302 and short.url == whole.url
    assert headers(short) == headers(whole) and "default-src 'none'" in short["Content-Security-Policy"]
    assert short["Expires"][:16] == whole["Expires"][:16] and short["X-Request-ID"] != whole["X-Request-ID"]
    cookies = [answer.cookies[identity.RECEIPT_COOKIE] for answer in (short, whole)]
    facts = [{name: cookie[name] for name in ("path", "samesite", "secure", "httponly", "max-age")} for cookie in cookies]
    assert facts[0] == facts[1] and facts[0]["secure"] and facts[0]["httponly"]
    assert one.get(short.url).status_code == 200


def test_a_short_answer_is_in_the_log_of_requests_without_the_voter(caplog):
    vote, client = open_vote_on(), Client()
    let_in(client, vote, contact="anna@example.pl")
    with caplog.at_level(logging.INFO, "ratusz.requests"):
        send(client, vote)
    (line,) = [each for each in caplog.records if each.name == "ratusz.requests"]
    assert line.getMessage() == "POST glosuj/<slug:edition_slug>/<str:language>/urna/" and line.status == 302
    assert "anna" not in caplog.text


def test_without_the_form_token_nothing_is_stored_on_either_way():
    vote, client = open_vote_on(), Client(enforce_csrf_checks=True)
    let_in(client, vote)
    answer = send(client, vote)
    assert answer.status_code == 403 and "Content-Security-Policy" in answer.headers
    client.cookies["csrftoken"] = "a" * 32
    assert send(client, vote, sent=form(vote, csrfmiddlewaretoken="b" * 32)).status_code == 403
    foreign = form(vote, csrfmiddlewaretoken="a" * 32)
    assert send(client, vote, sent=foreign, HTTP_ORIGIN="https://obca.example").status_code == 403
    assert not SealedBallot.objects.exists()
    assert send(client, vote, sent=foreign).status_code == 302


@pytest.mark.parametrize(
    ("more", "status"),
    [({"HTTP_HOST": "obcy.example"}, 400), ({"HTTP_COOKIE": "glosowanie=nic"}, 403), ({"REMOTE_ADDR": "x"}, 302)],
)
def test_other_hosts_and_other_cookies_get_the_ordinary_answer(more, status, settings):
    settings.ALLOWED_HOSTS = ["testserver"]
    vote, client = open_vote_on(), Client()
    let_in(client, vote)
    assert send(client, vote, **more).status_code == status
    assert SealedBallot.objects.count() == (status == 302)


def test_a_proof_of_another_edition_opens_no_box():
    vote, another, client = open_vote_on(), open_vote_on(), Client()
    let_in(client, another)
    assert send(client, vote).status_code == 403 and not SealedBallot.objects.exists()


@pytest.mark.parametrize("breaks", ["before", "after"])
def test_a_database_that_goes_away_in_the_middle_leaves_one_ballot_and_its_receipt(breaks, monkeypatch):
    vote, client = open_vote_on(), Client()
    let_in(client, vote, contact="anna@example.pl")
    insert, calls = casting._insert, []

    def breaking(row):
        calls.append(row)
        if len(calls) > 1:
            return insert(row)
        if breaks == "after":
            insert(row)
        raise OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr(casting, "_insert", breaking)
    answer = send(client, vote)
    code = SealedBallot.objects.get().code
    assert answer.status_code == 302 and code in answer.cookies[identity.RECEIPT_COOKIE].value and len(calls) == 2
    assert (VoterRollEntry.objects.count(), PendingLeaf.objects.count(), WaitingNotice.objects.count()) == (1, 1, 1)


def test_a_database_that_stays_away_is_said_so(monkeypatch):
    vote, client = open_vote_on(), Client(raise_request_exception=False)
    let_in(client, vote)

    def away(_row):
        raise OperationalError("no")

    monkeypatch.setattr(casting, "_insert", away)
    answer = send(client, vote)
    assert (answer.status_code, answer["Retry-After"]) == (503, "30") and not SealedBallot.objects.exists()


def test_a_notice_commits_with_its_ballot_and_goes_once():
    vote, client = open_vote_on(), Client()
    let_in(client, vote, contact="anna@example.pl")
    send(client, vote, "en")
    send(client, vote, "en")
    (waiting,) = WaitingNotice.objects.all()
    notice = notices.unsealed(bytes(waiting.content))
    assert b"anna" not in bytes(waiting.content)
    assert (notice.contact, notice.edition, notice.language) == ("anna@example.pl", vote.pk, "en")
    assert envelopes.notice_digest(notice.token) == bytes(SealedBallot.objects.get().notice_digest)
    assert tell_voters() == 1
    message = OutboxMessage.objects.get()
    assert (message.dedup_key, message.address.value) == (f"ballot-{waiting.pk}", "anna@example.pl")
    letter = envelope_for(message)
    assert f"/glosuj/to-nie-ja/{notice.token}/en/" in letter.text and "[[" not in letter.text + letter.html
    assert re.search(rf'<a href="[^"]*/glosuj/to-nie-ja/{notice.token}/en/"', letter.html)
    WaitingNotice.objects.create(pk=waiting.pk, content=waiting.content)
    assert tell_voters() == 1 and OutboxMessage.objects.count() == 1


def test_a_notice_that_cannot_go_holds_up_no_other(caplog):
    vote = open_vote_on()
    for contact in ("to nie adres", "anna@example.pl"):
        WaitingNotice.objects.create(content=notices.sealed(notices.Notice(contact, "t", vote.pk, "pl")))
    WaitingNotice.objects.create(content=b"zmieniona" * 10)
    assert tell_voters() == 3 and OutboxMessage.objects.count() == 1 and not WaitingNotice.objects.exists()
    assert caplog.text.count("could not be written") == 2


def test_a_failing_outbox_keeps_the_notices(monkeypatch):
    vote = open_vote_on()
    WaitingNotice.objects.create(content=notices.sealed(notices.Notice("anna@example.pl", "t", vote.pk, "pl")))

    def full(**_message):
        raise DatabaseError("disk full")

    monkeypatch.setattr(notices, "send", full)
    with pytest.raises(DatabaseError):
        tell_voters()
    assert WaitingNotice.objects.count() == 1

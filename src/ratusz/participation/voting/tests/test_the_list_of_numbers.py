"""The public list of numbers on receipts: all of them with their ends, once no envelope stands beside a voter any more."""

import pytest
from django.test import Client

from ratusz.participation.voting import receipt_codes
from ratusz.participation.voting.actions import chain_whole_log, log, sign_head
from ratusz.participation.voting.entries import deed
from ratusz.participation.voting.factories import open_vote_on
from ratusz.participation.voting.models import BallotCode, Vote
from ratusz.participation.voting.queries import ballot_end

pytestmark = pytest.mark.django_db


def test_every_number_stands_there_with_its_end():
    vote, client = open_vote_on(), Client()
    base = f"/budzet-obywatelski/{vote.edition.slug}/dziennik-glosowania/"
    assert client.get(f"{base}numery.txt").status_code == 404 and "numery.txt" not in client.get(base).content.decode()
    codes = sorted(receipt_codes.code_of(bytes([each])) for each in range(3))
    ends = (("counted", ""), ("annulled", "not_entitled"), ("superseded", ""))
    BallotCode.objects.bulk_create(
        BallotCode(code=code, vote=vote, end=end, reason=reason) for code, (end, reason) in zip(codes, ends, strict=True)
    )
    for state in ("closed", "verified", "stripped"):
        Vote.objects.filter(pk=vote.pk).update(state=state)
    assert ballot_end(codes[0]).state == "to_count"
    lines = client.get(f"{base}numery.txt").content.decode().splitlines()
    assert lines[0] == f"{receipt_codes.shown(codes[0])} oddzielony od głosującego, czeka na otwarcie i policzenie"
    Vote.objects.filter(pk=vote.pk).update(state="opened")
    assert client.get(f"{base}numery.txt").content.decode().splitlines() == [
        f"{receipt_codes.shown(codes[0])} policzono",
        f"{receipt_codes.shown(codes[1])} unieważniony: osoba nie może głosować w tym mieście",
        f"{receipt_codes.shown(codes[2])} zastąpiony późniejszym głosem tej samej osoby",
    ]
    assert "numery.txt" in client.get(base).content.decode()


def test_feed_and_proofs_are_asked_for_anew_each_time(settings):
    """Nobody keeps an older head: the lines of the newest one are not kept either, and both have to fit."""
    settings.PAGE_CACHE_SECONDS = 60
    vote, client = open_vote_on(), Client()
    base = f"/budzet-obywatelski/{vote.edition.slug}/dziennik-glosowania/"
    for size in (1, 2):
        log(vote=vote, entry=deed(f"{size}"))
        chain_whole_log()
        sign_head(vote=vote)
        assert client.get(f"{base}sumy.atom").content.count(b"<entry>") == size
        assert client.get(f"{base}dowod.json?wpis=0").json()["head"]["size"] == size


def test_what_was_frozen_stands_there_in_words():
    vote = open_vote_on()
    page = Client().get(f"/budzet-obywatelski/{vote.edition.slug}/dziennik-glosowania/").content.decode()
    assert "<dt>projekty, koszty i zasady na karcie (SHA-256)</dt>" in page

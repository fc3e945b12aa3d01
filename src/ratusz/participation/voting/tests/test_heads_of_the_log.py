"""When heads are signed and what they cover: a worker at the log is waited for, and a finished log is signed once."""

import json
import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction

from ratusz.participation.voting import entries, observers
from ratusz.participation.voting.actions import chain_pending, chain_whole_log, log, sign_due_heads
from ratusz.participation.voting.actions import logging as log_actions
from ratusz.participation.voting.entries import deed
from ratusz.participation.voting.factories import open_vote_on
from ratusz.participation.voting.models import LogLeaf, PendingLeaf, SignedHead, Vote
from ratusz.participation.voting.queries import log_size

pytestmark = pytest.mark.django_db


def test_the_whole_log_is_chained_also_where_a_worker_is_at_it():
    vote = open_vote_on()
    log(vote=vote, entry=deed("close"))
    held, may_end = threading.Event(), threading.Event()

    def worker():
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [log_actions.LOG_LOCK + vote.pk])
            held.set()
            may_end.wait(5)
        connection.close()

    thread = threading.Thread(target=worker)
    thread.start()
    held.wait(5)
    assert chain_pending() == 0  # a worker does not queue up behind another
    threading.Timer(0.1, may_end.set).start()
    assert chain_whole_log() == 1
    thread.join()
    assert not PendingLeaf.objects.exists()


def test_an_opened_vote_gets_no_more_heads_than_it_has_new_lines(monkeypatch, settings, tmp_path):
    settings.HOME = tmp_path
    vote = open_vote_on()
    log(vote=vote, entry=deed("open"))
    chain_whole_log()
    monkeypatch.setattr(log_actions, "EVERY", timedelta(0))
    assert [sign_due_heads(), sign_due_heads()] == [1, 1]
    for state in ("closed", "verified", "stripped", "opened"):
        Vote.objects.filter(pk=vote.pk).update(state=state)
    assert sign_due_heads() == 0
    log(vote=vote, entry=deed("opened"))
    chain_whole_log()
    assert [sign_due_heads(), sign_due_heads(), SignedHead.objects.first().size] == [1, 0, 2]


def test_a_bundle_made_while_a_head_is_signed_holds_entries_and_heads_of_one_moment(monkeypatch, settings, tmp_path):
    settings.HOME = tmp_path
    vote, first_entries = open_vote_on(), observers._entries
    log(vote=vote, entry=deed("open"))
    log_actions.head_now(vote)

    def meanwhile(*facts):
        found = list(first_entries(*facts))
        log(vote=vote, entry=deed("change"))
        log_actions.head_now(vote)
        return found

    monkeypatch.setattr(observers, "_entries", meanwhile)
    files = observers._files_of_log(vote)
    lines = files["dziennik/wpisy.txt"].decode().splitlines()
    assert [head["size"] for head in json.loads(files["dziennik/sumy.json"])][-1] == len(lines) == 1 == log_size(vote) - 1


def test_entries_that_waited_together_stand_as_they_happened():
    """The worker was away from the settings to the close: a changed order would make the vote one that nobody can confirm."""
    vote = open_vote_on()
    before = log_size(vote)
    happened = [
        entries.setting("rules", "ff"), entries.deed("open"), entries.deed("cards", first=1, last=2, point="B"),
        entries.annulment(b"1", "not_me"), entries.envelope(b"1"), entries.deed("close"),
        entries.deed("extend", reason='"deed":"open"', minutes=1), entries.deed("verified"),
    ]  # fmt: skip
    for entry in reversed(happened):
        log(vote=vote, entry=entry)
    chain_whole_log()
    assert (
        list(LogLeaf.objects.filter(vote=vote, number__gte=before).order_by("number").values_list("entry", flat=True)) == happened
    )

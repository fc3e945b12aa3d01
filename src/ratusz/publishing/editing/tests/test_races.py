"""Real threads with connections of their own: one claim, one publication, one release, one answer, one newer version."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from ratusz.foundation.kit.clock import database_now
from ratusz.publishing.editing import actions, release_kinds, rules
from ratusz.publishing.editing.factories import appointed, approved, content, draft, sent
from ratusz.publishing.editing.models import ReleaseSet, Submission, SubmissionVersion
from ratusz.publishing.website.factories import make_portal
from ratusz.publishing.website.models import NewsPage

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def at_once(count, deed):
    """What each thread got, all let go in the same moment; a refusal counts as none."""
    gate = Barrier(count)

    def run(number):
        try:
            gate.wait(timeout=30)
            return deed(number)
        except rules.NotNow:
            return None
        finally:
            connections.close_all()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))


def test_two_claim_and_one_has_it():
    made, people = sent(), [appointed("editor") for _ in range(4)]
    got = at_once(4, lambda number: actions.claim(submission=made, person=people[number]))
    assert (sum(each is not None for each in got), made.notes.filter(step="claimed").count()) == (1, 1)


def test_two_publish_and_one_page_is_there():
    make_portal()
    made, person = approved(), appointed("editor")
    got = at_once(4, lambda number: actions.publish(submission=made, person=person))
    assert (sum(each is not None for each in got), NewsPage.objects.count()) == (1, 1)


def test_two_schedulers_publish_once():
    make_portal()
    for _each in range(3):
        Submission.objects.filter(pk=approved().pk).update(scheduled_for=database_now())
    assert sum(at_once(3, lambda number: actions.publish_due())) == 3
    assert NewsPage.objects.count() == 3


def test_two_schedulers_release_a_set_once():
    make_portal()
    maker = appointed("editor")
    release = actions.make_set(name="Paczka", person=maker)
    actions.add_item(release=release, kind="submission", key=str(approved().pk), person=maker)
    actions.add_item(release=release, kind="redirect", key=release_kinds.key_of_redirect("/a/", "/b/"), person=maker)
    actions.approve_set(release=release, person=appointed("head"))
    ReleaseSet.objects.update(goes_out_at=database_now())
    assert sum(at_once(3, lambda number: actions.release_due_sets())) == 1
    assert (NewsPage.objects.count(), ReleaseSet.objects.get().state) == (1, "released")


def test_two_save_and_the_second_is_told():
    made = draft()
    got = at_once(
        4,
        lambda number: actions.save_submission(
            submission=made, content=content(lead=f"Wersja {number}"), seen_version=1, person=made.author
        ),
    )
    assert (sum(each is not None for each in got), SubmissionVersion.objects.count()) == (1, 2)


def test_a_set_and_a_single_publication_meet_once():
    make_portal()
    maker, made = appointed("editor"), approved()
    release = actions.make_set(name="Paczka", person=maker)
    actions.add_item(release=release, kind="submission", key=str(made.pk), person=maker)
    actions.approve_set(release=release, person=appointed("head"))
    deeds = (
        lambda: actions.release_set(release=release, person=maker),
        lambda: actions.publish(submission=made, person=maker),
    )
    at_once(2, lambda number: deeds[number]())
    assert NewsPage.objects.count() == 1

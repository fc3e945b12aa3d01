"""Published minutes are found by their public words, at once after the commit; pages kept before are made anew."""

from __future__ import annotations

import pytest

from ratusz.casework.meetings import actions
from ratusz.casework.meetings.factories_minutes import make_minute_taker, make_minutes, write_block
from ratusz.publishing.website.models import ContentVersion, SearchDocument


@pytest.mark.django_db
def test_public_words_are_found_and_those_of_the_office_are_not(django_capture_on_commit_callbacks):
    person = make_minute_taker()
    minutes = make_minutes(person=person)
    write_block(minutes, "text", person, text="Wiadukt zamykamy w czerwcu.")
    write_block(minutes, "notes", person, text="notatka kanarek")
    actions.approve_minutes(minutes=minutes, person=person)
    before = ContentVersion.objects.values_list("changes", flat=True).first() or 0
    with django_capture_on_commit_callbacks(execute=True):
        actions.publish_minutes(minutes=minutes, person=person)
    found = SearchDocument.objects.get(source="meetings.minutes")
    assert "Wiadukt zamykamy" in found.body and "kanarek" not in found.body and found.kind == "minutes"
    assert ContentVersion.objects.values_list("changes", flat=True).get() > before

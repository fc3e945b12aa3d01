"""Whoever approved may have left before the moment, a page may lack what its submission does not; the others go out all the same."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.units.models import Appointment
from ratusz.publishing.editing import actions, release_kinds, rules
from ratusz.publishing.editing.factories import appointed, approved
from ratusz.publishing.editing.models import ReleaseSet, Submission
from ratusz.publishing.gates.findings import Gate, Missing
from ratusz.publishing.gates.registries import gates
from ratusz.publishing.website.models import NewsPage

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


def leaves(person):
    Appointment.objects.filter(person=person).delete()


def due_set(name, second):
    maker = appointed("editor")
    release = actions.make_set(name=name, person=maker)
    key = release_kinds.key_of_redirect(f"/{name}/", "/aktualnosci/")
    actions.add_item(release=release, kind="redirect", key=key, person=maker)
    return actions.approve_set(release=release, person=second)


def test_a_set_whose_approver_left_waits_for_a_person_and_stops_no_other(portal):
    gone, here = appointed("head"), appointed("editor")
    first, second = due_set("pierwsza", gone), due_set("druga", here)
    ReleaseSet.objects.update(goes_out_at=database_now())
    leaves(gone)
    assert (actions.release_due_sets(), actions.release_due_sets()) == (1, 0)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == ("approved", "released")
    assert first.troubles == [
        ["Osoba, która zatwierdziła paczkę, nie może jej już wypuścić. Przejrzyj paczkę i wypuść ją ręcznie.", ""]
    ]
    assert actions.release_set(release=first, person=here).state == "released"


def test_a_wish_for_a_message_whose_approver_left_stops_no_other_text(portal):
    gone = appointed("head")
    wish = approved(by=gone, kind=Submission.Kind.MESSAGE)
    approved()
    Submission.objects.update(scheduled_for=database_now())
    leaves(gone)
    assert (actions.publish_due(), NewsPage.objects.count()) == (1, 1)
    wish.refresh_from_db()
    assert (wish.state, wish.scheduled_for, wish.notes.last().words) == (
        "approved", None, "Osoba, która to zatwierdziła, nie może już tego wypuścić. Opublikuj tekst ręcznie.",
    )  # fmt: skip


def test_what_only_the_page_lacks_is_said_of_the_submission_and_stops_no_other(portal, monkeypatch):
    def check(reading, targets, at):
        if reading.kind == "page" and reading.title == "Bez zgody":
            yield Missing("Zdjęcie nie ma zgody.")

    monkeypatch.setitem(gates._entries, "W99", Gate("Zgoda", check))
    lacks, has = approved(title="Bez zgody"), approved()
    with pytest.raises(rules.NotComplete) as refusal:
        actions.publish(submission=lacks, person=appointed("editor"))
    assert refusal.value.findings == [("Zdjęcie nie ma zgody.", f"/admin/zgloszenia/{lacks.pk}/tresc/")]
    Submission.objects.update(scheduled_for=database_now())
    assert (actions.publish_due(), NewsPage.objects.get().title) == (1, has.title)
    lacks.refresh_from_db()
    assert (lacks.state, lacks.notes.last().words) == ("approved", "Zdjęcie nie ma zgody.")


def test_a_page_that_its_own_model_refuses_says_so_and_stops_no_other(portal, monkeypatch):
    def clean(page):
        if page.title == "Bez sensu":
            raise ValidationError({"title": "Ten tytuł nosi już inna strona."})

    monkeypatch.setattr(NewsPage, "clean", clean)
    lacks, has = approved(title="Bez sensu"), approved()
    Submission.objects.update(scheduled_for=database_now())
    assert (actions.publish_due(), NewsPage.objects.get().title) == (1, has.title)
    lacks.refresh_from_db()
    assert (lacks.state, lacks.scheduled_for, lacks.notes.last().words) == ("approved", None, "Ten tytuł nosi już inna strona.")

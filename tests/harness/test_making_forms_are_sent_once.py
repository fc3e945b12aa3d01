"""A double click makes one thing: every staff form that makes something without a name of its own is guarded by `once_only`."""

from __future__ import annotations

import re

import pytest
from django.urls import resolve, reverse

from ratusz.foundation.notifications.models import OutboxMessage
from ratusz.foundation.once.rules import TOKEN
from ratusz.publishing.editing.factories import sent
from ratusz.publishing.editing.models import ApprovalLink, ReleaseSet
from ratusz.publishing.messages.models import Message

pytestmark = pytest.mark.django_db

MAKING = {
    "advice_book": [1], "advice_day": [1], "advice_hours": [1], "advice_new_point": [], "advice_write_down": [1],
    "calendar_candidates": [1], "calendar_new_election": [], "deadlines_change": [1], "desk_new_duty": [], "editing_let_through": [1],
    "editing_links": [1], "editing_new": [], "editing_new_set": [], "editing_step": [1], "following_banner": [],
    "intranet:comment": [1], "intranet_enter_sheet": [1, 1], "intranet_write": [], "messages_do_variant": [1, 1, "plakat"],
    "meetings_agenda": [1], "meetings_preparation": [1], "meetings_requests": [1], "meetings_room": [1], "meetings_triage": [1],
    "messages_new": [], "moderation_reasons": [],
    "newsroom_add_brand_file": [1], "newsroom_add_pictures": [], "newsroom_answer_layout": [1],
    "newsroom_new_asset": [], "newsroom_new_layout": [], "newsroom_new_order": [], "newsroom_send_layout_file": [1],
    "projects_assessment": [1], "projects_enter": [1], "projects_formal": [1], "projects_lists": [1], "projects_share_out": [1],
    "reports_add_annex": [1], "reports_add_effect": [1], "reports_begin": [1], "reports_evidence": [1], "reports_outcome": [1],
    "reports_publish": [1], "reports_tell": [1], "remarks_enter": [1], "remarks_letter": [1],
    "remarks_papers": [1], "requests_enter": ["information"], "research_new": [],
    "research_results": [1], "research_uses": [1], "voting_bring_register": [1], "voting_cards": [1], "voting_letters": [1],
    "signatures_receive": [1], "voting_staff_limits": [1], "website_add_consent": [1],
}  # fmt: skip


def test_every_form_that_makes_something_is_guarded():
    unguarded = [
        name for name, args in MAKING.items() if not getattr(resolve(reverse(name, args=args)).func, "is_once_only", False)
    ]
    assert unguarded == []


def double_click(client, page, form, fields):
    """What two answers a browser gets that sends one rendered form twice."""
    token = re.search(rf'name="{TOKEN}" value="(\w+)"', client.get(page).content.decode())[1]
    return [client.post(form, fields | {TOKEN: token}).headers.get("Location") for _time in range(2)]


@pytest.fixture
def editor(staff_client):
    return staff_client("editor")


@pytest.mark.slow
def test_a_link_of_approval_sends_one_letter(editor):
    found = sent()
    page, letters = reverse("editing_submission", args=[found.pk]), OutboxMessage.objects.count()
    form, fields = reverse("editing_links", args=[found.pk]), {"recipient": "Dyrekcja biblioteki", "email": "d@example.org"}
    assert double_click(editor, page, form, fields) == [page, page]
    assert (ApprovalLink.objects.count(), OutboxMessage.objects.count() - letters) == (1, 1)
    double_click(editor, page, form, fields)  # from the page drawn anew it is meant: a second letter was asked for
    assert OutboxMessage.objects.count() - letters == 2


def test_a_remark_stands_once(editor):
    found = sent()
    page = reverse("editing_submission", args=[found.pk])
    double_click(editor, page, reverse("editing_step", args=[found.pk]), {"deed": "comment", "words": "Uwaga"})
    assert found.notes.filter(step="comment").count() == 1


def test_a_new_message_has_one_number(editor):
    fields = {
        "kind": "information", "owner_unit": editor.person.appointments.get().unit_id, "urgency": "normal", "language": "pl",
        "title": "Przerwa", "short_text": "Krótko.", "long_text": "Długo.", "what": "Przerwa", "as_of": "2026-11-28T10:00",
        "places": ["www"], "for_whom": "mieszkańcy", "contact": "tel. 994",
    }  # fmt: skip
    page = reverse("messages_new")
    first, second = double_click(editor, page, page, fields)
    assert first == second == reverse("messages_message", args=[Message.objects.get().pk])


def test_a_set_is_made_once(editor):
    page = reverse("editing_new_set")
    first, second = double_click(editor, page, page, {"name": "Lato", "day": "2030-06-01", "hour": "09:00"})
    assert first == second == reverse("editing_set", args=[ReleaseSet.objects.get().pk])

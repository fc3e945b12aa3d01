"""A letter is kept once with its bytes and attachments, people deal with it, and it is forgotten without a trace of who wrote."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction

from ratusz.foundation.audit.models import Entry
from ratusz.foundation.files.actions import read_allowed_file
from ratusz.foundation.files.adapters.fake import EICAR
from ratusz.foundation.files.factories import make_pdf
from ratusz.foundation.files.models import StoredFile
from ratusz.foundation.incoming import rules
from ratusz.foundation.incoming.actions import forgetting, settling
from ratusz.foundation.incoming.factories import make_bytes, make_letter
from ratusz.foundation.incoming.models import Letter
from ratusz.foundation.incoming.queries import address_for
from ratusz.foundation.incoming.registry import mailboxes
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.notifications.models import Address

State = Letter.State


@pytest.fixture
def clerk(db):
    return get_user_model().objects.create_user(email="clerk@ratusz.example")


def test_the_bytes_and_the_attachments_that_pass_are_kept_and_the_others_named(box):
    files = (
        ("plan.pdf", "application/pdf", make_pdf()), ("wirus.pdf", "application/pdf", EICAR), ("a.exe", "application/pdf", b"MZ"),
        ("spotkanie.ics", "text/calendar", b"BEGIN:VCALENDAR"), *((f"{n}.pdf", "application/pdf", make_pdf()) for n in range(9)),
    )  # fmt: skip
    raw = make_bytes("Ławki.", files=files, to="konsultacje+ks-2026-1@ratusz.example")
    letter = make_letter(raw, mailbox="test")
    with read_allowed_file(file=letter.raw) as kept:
        assert kept.read() == raw
    found = {each.name: bool(each.file) for each in letter.attachments.all()}
    assert found["plan.pdf"] and not any(found[name] for name in ("wirus.pdf", "a.exe", "spotkanie.ics", "8.pdf"))
    assert all(each.refused for each in letter.attachments.filter(file=None))
    assert (letter.tag, letter.sender.value, letter.sender_name) == ("ks-2026-1", "ewa@poczta.example", "Ewa Zmyślona")
    assert box.heard == [letter.pk]


def test_one_letter_by_two_ways_is_one_and_a_borrowed_message_id_hides_nothing(box):
    raw = make_bytes("Ławki.", message_id="<a@x>")
    first = make_letter(raw, mailbox="test")
    assert make_letter(raw, mailbox="test") == first
    assert make_letter(b"Received: x\r\n" + raw, mailbox="test") == first
    other = make_letter(make_bytes("Coś innego.", message_id="<a@x>"), mailbox="test")
    assert (other.state, other.problem, other.duplicate_of, other.text) == (State.UNREADABLE, "same_id", first, "Coś innego.")
    assert make_letter(make_bytes("Bez numeru."), mailbox="test") != make_letter(make_bytes("Bez numeru 2."), mailbox="test")
    for digest in ("message_digest", "bytes_digest"):
        copy = {"mailbox": "test", "bytes_digest": "x", "arrived_at": first.arrived_at, "kept_at": first.kept_at, "size": 1}
        with pytest.raises(IntegrityError), transaction.atomic():
            Letter.objects.create(**copy | {digest: getattr(first, digest)})


def test_a_moment_ahead_is_now_and_an_odd_sender_is_none(box):
    later = make_letter(mailbox="test", at=database_now() + timedelta(days=2))
    assert later.arrived_at == later.kept_at
    odd = make_letter(make_bytes("Ławki.").replace(b"ewa@poczta", b"ewa at poczta"), mailbox="test")
    assert (odd.sender, odd.state) == (None, State.WAITING)
    own = make_letter(make_bytes("Ławki.", sender="konsultacje@ratusz.example"), mailbox="test")
    assert (own.state, own.problem) == (State.AUTOMATIC, "own")


def test_people_deal_with_a_letter_and_each_deed_is_recorded(box, clerk):
    letter = make_letter(mailbox="test")
    settling.open_letter(letter=letter, person=clerk)
    with pytest.raises(rules.LetterRefused):
        settling.put_aside(letter=letter, reason=" ", person=clerk)
    with pytest.raises(rules.LetterRefused):
        settling.put_aside(letter=letter, reason="to samo", person=clerk, duplicate_of=letter)
    with pytest.raises(rules.NotYours):
        settling.put_aside(letter=letter, reason="nie", person=get_user_model().objects.create_user(email="other@ratusz.example"))
    settling.put_aside(letter=letter, reason="Pytanie o rozkład jazdy.", person=clerk)
    with pytest.raises(rules.LetterRefused):
        settling.put_aside(letter=letter, reason="raz jeszcze", person=clerk)
    settling.put_back(letter=letter, person=clerk)
    with transaction.atomic():
        locked, _at = settling.locked(letter, clerk)
        settling.settle(letter=locked, outcome="test.thing:1", person=clerk)
        with pytest.raises(rules.LetterRefused):
            settling.settle(letter=locked, outcome="test.thing:2", person=clerk)
    letter.refresh_from_db()
    assert (letter.state, letter.outcome, letter.settled_by, letter.reason) == (State.HANDLED, "test.thing:1", clerk, "")
    assert letter.opened_at is not None
    deeds = Entry.objects.filter(subject_type="ratusz_incoming.Letter").order_by("pk").values_list("deed", flat=True)
    assert list(deeds) == [
        "incoming.keep", "audit.read_personal_data", "incoming.put_aside", "incoming.put_back", "incoming.settle"
    ]  # fmt: skip


def test_a_letter_is_forgotten_with_its_bytes_files_and_sender(box, monkeypatch):
    letter = make_letter(make_bytes("Ławki.", files=(("plan.pdf", "application/pdf", make_pdf()),)), mailbox="test")
    entry = mailboxes["test"]
    past = lambda at: Letter.objects.filter(arrived_at__lt=at)  # noqa: E731
    monkeypatch.setattr(mailboxes, "_entries", {"test": entry.__class__(**entry.__dict__ | {"past": past})})
    assert (forgetting.forget_past(), forgetting.forget_past()) == (1, 0)
    letter.refresh_from_db()
    said = (letter.subject, letter.text, letter.sender_name, letter.sender, letter.raw, letter.content_digest)
    assert said == ("", "", "", None, None, "")
    assert not StoredFile.objects.filter(deleted_at=None).exists()
    assert [(each.name, each.file) for each in letter.attachments.all()] == [("", None)]
    assert Address.objects.exists(), "the address goes by its own rules"


def test_an_address_is_told_only_where_a_mailbox_is_set(box, settings):
    assert address_for("test", "ks-2026-1.4") == "konsultacje+ks-2026-1.4@ratusz.example"
    assert (address_for("test"), address_for("inna")) == ("konsultacje@ratusz.example", "")
    settings.RATUSZ_MAILBOXES = {"test": {"url": "", "address": "konsultacje@ratusz.example"}}
    assert address_for("test") == ""

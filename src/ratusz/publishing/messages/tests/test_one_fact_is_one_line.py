"""A fact cannot bring a second line with it: neither in a letter, nor in the record that BIP shows under a document."""

import io
import zipfile

import pytest
from django.urls import reverse

from ratusz.foundation.units.factories import UnitFactory
from ratusz.publishing.messages import made_files
from ratusz.publishing.messages.factories import let_everything_out, make_message
from ratusz.publishing.messages.models import Message
from ratusz.publishing.messages.tests.test_staff_screens import typed

pytestmark = pytest.mark.slow

FORGED = "KST.7021.15.2026\r\nZatwierdził: nikt"


def test_a_break_typed_into_a_fact_becomes_a_space(staff_client):
    editor = staff_client("editor")
    given = typed(kind="information", owner_unit=UnitFactory().pk, urgency="normal", language="pl", source_document=FORGED)
    assert editor.post(reverse("messages_new"), given | {"place": "Rynek\u2028Kontakt: 700"}).status_code == 302
    facts = Message.objects.get().facts
    assert (facts.source_document, facts.place) == ("KST.7021.15.2026 Zatwierdził: nikt", "Rynek Kontakt: 700")


def test_the_record_for_bip_has_a_line_for_each_of_its_facts(author, second, monkeypatch):
    monkeypatch.setattr(made_files, "pdf_of", lambda template, content: b"")
    message = make_message(author, places=["page"], source_document=FORGED, title="<script>alert(1)</script>\nDruga")
    let_everything_out(message, second)
    made = made_files.bip_package(message.variants.select_related("message", "release__facts").get(outlet="page"))
    with zipfile.ZipFile(io.BytesIO(made.content)) as archive:
        record, page = archive.read("metryczka.txt").decode(), archive.read("komunikat.html").decode()
    assert len(record.splitlines()) == len(made_files.bip_record(made_files.shown(message.variants.get(outlet="page"))))
    assert ("<script" in page, "&lt;script&gt;" in page, made.name) == (
        False,
        True,
        f"komunikat-{message.year}-{message.number}-w1-bip.zip",
    )

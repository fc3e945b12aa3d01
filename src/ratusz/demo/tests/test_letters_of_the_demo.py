"""The demo's mailbox is alive: letters that wait, one of a machine, one that could not be read; loaded once."""

from __future__ import annotations

import pytest
from django.core.files.storage import storages

from ratusz.demo import letters, remarks
from ratusz.foundation.incoming.models import Letter
from ratusz.participation.consultations.factories import ConsultationFactory, FormFactory
from ratusz.participation.consultations.models import Consultation

pytestmark = pytest.mark.slow


def test_letters_of_every_sort(db, settings, tmp_path, monkeypatch):
    monkeypatch.setattr(storages["private"], "_location", str(tmp_path))
    for name in ("base_location", "location"):
        storages["private"].__dict__.pop(name, None)
    settings.RATUSZ_MAILBOXES = {"remarks": {"url": f"maildir://{tmp_path / 'poczta'}", "address": "konsultacje@ratusz.example"}}
    FormFactory(consultation=ConsultationFactory(running=True))
    park = Consultation.objects.get()
    Consultation.objects.filter(pk=park.pk).update(slug=remarks.RUNNING, number="KS/2026/9101", title="Park przy stawie (przykład)")
    for _again in "12":
        letters.load(lambda words: None)
    states = Letter.objects.order_by("state").values_list("state", flat=True)
    assert list(states) == ["automatic", "unreadable", *["waiting"] * 5]
    found = {each.subject: each for each in Letter.objects.select_related("of_remarks")}
    assert found["Uwagi do parku"].of_remarks.found_by == "address"
    assert found["Park przy stawie: szkic ścieżki"].of_remarks.found_by == "subject"
    assert found["Park przy stawie: szkic ścieżki"].attachments.get().file is not None
    assert found["Rowery"].text.startswith("Dzień dobry,\nproszę o stojaki")
    for name in ("base_location", "location"):
        storages["private"].__dict__.pop(name, None)

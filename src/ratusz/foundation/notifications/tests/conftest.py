"""Purposes that exist in tests only."""

import pytest

from ratusz.foundation.notifications.registry import Purpose, purposes

NEWS = Purpose(name="Newsletter miasta", consent_text="Zgadzam się na newsletter.")
MATTERS = Purpose(name="Budżet obywatelski", consent_text="Zgadzam się na wiadomości o budżecie.", has_rhythm=True)
CODE = Purpose(name="Kod", is_urgent=True, is_secret=True, hourly_limit=3, limit_refuses=True)
FEW = Purpose(name="Mało", hourly_limit=2)


@pytest.fixture(autouse=True)
def test_purposes(monkeypatch):
    for name, purpose in {"test.news": NEWS, "test.code": CODE, "test.matters": MATTERS, "test.few": FEW}.items():
        monkeypatch.setitem(purposes._entries, name, purpose)

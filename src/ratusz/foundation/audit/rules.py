"""Who may read the record of who did what: whoever the roles give it to (administrators, the data-protection officer)."""

from __future__ import annotations

from datetime import datetime
from typing import Any


def may(person: Any, deed: str, entry: Any = None, at: datetime | None = None) -> bool:
    """`see_record` is the one deed: nobody writes or changes the record by hand."""
    return deed == "see_record" and bool(getattr(person, "is_active", False)) and person.has_perm("ratusz_audit.view_entry")

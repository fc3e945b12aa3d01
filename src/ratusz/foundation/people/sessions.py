"""Sessions in the database under a keyed digest of the key in the cookie: whoever reads the table cannot enter with it."""

from __future__ import annotations

from django.contrib.sessions.backends import db
from django.db.models.functions import Now

from ratusz.foundation.people.keys import keyed_digest

LENGTH = 40
"""As long as the column: 160 of the digest's 256 bits."""


def stored_key(session_key: str) -> str:
    """What stands in the table for the key in the cookie."""
    return keyed_digest("sessions", session_key).hex()[:LENGTH]


class SessionStore(db.SessionStore):
    """Django's, for the synchronous server alone: its asynchronous methods would not find these rows."""

    def _get_session_from_db(self):
        found = self.model.objects.filter(session_key=stored_key(self.session_key), expire_date__gt=Now()).first()
        if found is None:
            self._session_key = None
        return found

    def exists(self, session_key: str) -> bool:
        return super().exists(stored_key(session_key))

    def create_model_instance(self, data):
        row = super().create_model_instance(data)
        row.session_key = stored_key(row.session_key)
        return row

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key is not None:
            super().delete(stored_key(key))

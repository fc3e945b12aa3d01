"""What a submission says, as one value: the fields of its form, which a version keeps whole."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields
from datetime import date
from typing import Any

from .models import Submission


@dataclass(frozen=True)
class Content:
    """The words of a submission. `body` holds blocks as the portal's PageBody keeps them."""

    title: str
    lead: str = ""
    body: list[dict[str, Any]] = field(default_factory=list)
    contact: str = ""
    since: date | None = None
    for_whom: str = ""
    outlets: list[str] = field(default_factory=list)
    topic_numbers: list[int] = field(default_factory=list)
    district_numbers: list[int] = field(default_factory=list)

    def as_kept(self) -> dict[str, Any]:
        """For a version: what JSON can hold."""
        return asdict(self) | {"since": self.since.isoformat() if self.since else None}

    @classmethod
    def kept(cls, content: dict[str, Any]) -> Content:
        """From a version."""
        since = content.get("since")
        return cls(**content | {"since": date.fromisoformat(since) if since else None})

    @classmethod
    def of(cls, submission: Submission) -> Content:
        """What a submission says now."""
        return cls(**{name: getattr(submission, name) for name in NAMES})


NAMES = tuple(each.name for each in fields(Content))

"""What the rules of an edition say about its projects; where they are silent, this module's dated pack."""

from __future__ import annotations

from typing import Any

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.kit.packs import PackValue, packs_of
from ratusz.participation.budget.models import Edition


def setting(edition: Edition, name: str) -> Any:
    """The value of one setting."""
    return entry(edition, name).value


def entry(edition: Edition, name: str) -> PackValue:
    """The setting with its legal basis and how sure we are."""
    return packs_of("ratusz.participation.projects")["projects"].at(local_day(database_now())).entry(name)

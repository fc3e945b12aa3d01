"""Heads of the chain kept outside the database: a file beside it, and the log that is shipped elsewhere."""

from __future__ import annotations

import logging
from pathlib import Path

from django.conf import settings

from ratusz.foundation.audit.models import Seal

logger = logging.getLogger("ratusz.audit")


def heads_file() -> Path:
    return Path(settings.HOME) / "heads" / "audit"


def published_heads(path: Path) -> list[str]:
    """The lines "number:hex" of a file of heads; none when there is no file."""
    return [line for line in path.read_text().splitlines() if line.strip()] if path.exists() else []


def publish_head() -> str:
    """Appends the newest head to the file and the log unless it is there already; whoever holds it sees a missing tail."""
    seal = Seal.objects.order_by("-number").first()
    path = heads_file()
    if seal is None or published_heads(path)[-1:] == [str(seal)]:
        return str(seal or "")
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with path.open("a") as file:
        file.write(f"{seal}\n")
    logger.info("audit head %s", seal)
    return str(seal)

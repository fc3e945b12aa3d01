"""A database for commands that need one while neither a demo nor RATUSZ_DATABASE_URL gives it."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator

from ratusz.config.database_server import DatabaseServer
from ratusz.config.home import home


@contextlib.contextmanager
def database() -> Iterator[None]:
    """The private server runs inside the block; it is stopped afterwards if this block started it."""
    if os.environ.get("RATUSZ_DATABASE_URL"):
        yield
        return
    server = DatabaseServer(home())
    started = server.start(ends_with_us=True)
    try:
        yield
    finally:
        if started:
            server.stop()

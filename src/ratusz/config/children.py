"""Processes that a command starts and must not leave behind, whatever way it ends."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

from ratusz.config import ordinary_user

PATIENCE_SECONDS = 10.0
"""For a request or a task to finish after we asked for the end."""


@dataclass
class Child:
    """One process with its own log. It gets no Ctrl-C from the terminal, but SIGTERM when we ask."""

    name: str
    command: list[str]
    log: Path
    environment: dict[str, str] = field(default_factory=dict)
    death_signal: int = signal.SIGTERM
    """What it gets when we are gone without asking."""
    process: subprocess.Popen | None = None

    def start(self) -> None:
        program, *arguments = self.command
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                [*ordinary_user.command(ordinary_user.AS_WE_ARE, death_signal=self.death_signal, program=program), *arguments],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True, env={**os.environ, **self.environment},
            )  # fmt: skip

    @property
    def has_ended(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def ask_to_end(self) -> None:
        if self.process and self.process.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.process.pid, signal.SIGTERM)

    def make_sure_it_ended(self, until: float) -> None:
        """Waits until the moment (monotonic seconds), then ends the whole group by force."""
        if self.process is None:
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(max(0.0, until - time.monotonic()))
        # Its own children may outlive it; the group is ours alone, made by start_new_session.
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def last_words(self, lines: int = 12) -> str:
        """The end of its log."""
        words = self.log.read_text(errors="replace") if self.log.exists() else ""
        return "\n".join(words.strip().splitlines()[-lines:])


def end_all(children: list[Child]) -> None:
    """Asks all at once, then waits for each."""
    for child in children:
        child.ask_to_end()
    until = time.monotonic() + PATIENCE_SECONDS
    for child in children:
        child.make_sure_it_ended(until)

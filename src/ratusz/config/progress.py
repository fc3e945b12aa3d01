"""What a person at the terminal sees while something takes longer than two seconds. Standard library only."""

from __future__ import annotations

import contextlib
import sys
import threading
import time
from types import TracebackType
from typing import TextIO

QUIET_SECONDS = 2.0
"""Below this nobody wonders whether the program hangs."""


class Stopped(RuntimeError):
    """Something a person has to put right; the message says what happened and what to do."""


class Step:
    """One step of a longer work: after two seconds its name with the seconds running; `note` adds what is being done now."""

    def __init__(self, name: str, *, stream: TextIO | None = None, every: float | None = None):
        self.name = name
        self.stream = stream or sys.stderr
        self.is_terminal = self.stream.isatty()
        self.every = every or (0.5 if self.is_terminal else 10.0)
        self.seconds = 0.0
        self._note = ""
        self._was_shown = False
        self._ended = threading.Event()

    def note(self, text: str) -> None:
        """What of the step is being done now, a few words."""
        self._note = text

    def __enter__(self) -> Step:
        self._began = time.monotonic()
        self._thread = threading.Thread(target=self._show_while_it_lasts, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._ended.set()
        self._thread.join()
        self.seconds = time.monotonic() - self._began
        if self._was_shown or kind is None:
            self._end_line("przerwane" if kind else "gotowe")

    def _show_while_it_lasts(self) -> None:
        wait = QUIET_SECONDS
        while not self._ended.wait(wait):
            wait = self.every
            self._was_shown = True
            self._write(f"{self._line()} … {time.monotonic() - self._began:.0f} s")

    def _line(self) -> str:
        return f"  {self.name}" + (f": {self._note}" if self._note else "")

    def _write(self, text: str) -> None:
        ending = "" if self.is_terminal else "\n"
        start = "\r\x1b[2K" if self.is_terminal else ""
        _write(self.stream, start + text[:110] + ending)

    def _end_line(self, outcome: str) -> None:
        self._write(f"  {self.name}: {outcome} ({self.seconds:.1f} s)")
        if self.is_terminal:
            _write(self.stream, "\n")


def say(text: str = "") -> None:
    """A line to the person, at once even through a pipe."""
    _write(sys.stdout, text + "\n")


def _write(stream: TextIO, text: str) -> None:
    # A closed terminal takes no words any more; what is being done must still be ended properly.
    with contextlib.suppress(OSError, ValueError):
        stream.write(text)
        stream.flush()

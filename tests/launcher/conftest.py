"""A demo of its own for the tests that start, disturb and stop one."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

CHECKOUT = Path(__file__).resolve().parents[2]


class RunningDemo:
    """`./ratusz demo` in a session of its own, with what it printed and every process that it started."""

    def __init__(self, home: Path, port: int, *arguments: str):
        self.home, self.port = home, port
        self.output = home.with_suffix(".out")
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("RATUSZ_", "DJANGO_"))}
        environment |= {"RATUSZ_ENV": sys.prefix, "RATUSZ_HOME": str(home)}
        with open(self.output, "wb") as output:
            self.process = subprocess.Popen(
                [str(CHECKOUT / "ratusz"), "demo", "--port", str(port), *arguments],
                stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, start_new_session=True, env=environment, cwd=CHECKOUT,
            )  # fmt: skip

    def said(self) -> str:
        return self.output.read_text()

    def wait_until_it_runs(self) -> "RunningDemo":
        """Generous: other tests share the cores; what it should take is measured by the bench."""
        for _ in range(6000):
            if "Ratusz działa" in self.said():
                return self
            assert self.process.poll() is None, self.said()
            time.sleep(0.1)
        raise AssertionError(self.said())

    def end(self, number: int) -> int:
        self.process.send_signal(number)
        return self.process.wait(60)

    def processes(self) -> list[psutil.Process]:
        """Everything on this machine that works on the demo's folder."""
        found = []
        for process in psutil.process_iter():
            try:
                belongs = process.environ().get("RATUSZ_HOME") == str(self.home)
            except (psutil.Error, OSError):
                continue
            if belongs and process.pid != os.getpid() and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
        return found

    def wait_until_nothing_is_left(self) -> None:
        for _ in range(300):
            if not self.processes():
                return
            time.sleep(0.1)
        raise AssertionError([process.cmdline() for process in self.processes()])


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def start_demo(tmp_path):
    """Starts demos; whatever happens in the test, none outlives it."""
    started = []

    def start(*arguments: str, home: Path | None = None, port: int | None = None) -> RunningDemo:
        started.append(RunningDemo(home or tmp_path / "home", port or free_port(), *arguments))
        return started[-1]

    yield start
    for demo in started:
        if demo.process.poll() is None:
            demo.end(signal.SIGTERM)

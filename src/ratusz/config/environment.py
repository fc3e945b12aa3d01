"""The project's own Python environment: made once, repaired when a making was interrupted. Standard library only.

With uv where there is one, five times faster; otherwise with the module venv and the pip that lies in requirements/ as a wheel.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import hashlib
import importlib.util
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ratusz.config.progress import Step, Stopped

STAMP = "ratusz-stamp"
"""Written last, so an environment without it was interrupted, or is not ours."""
NEEDED_BYTES = {"base": 900_000_000, "dev": 1_300_000_000}


@dataclass(frozen=True)
class Environment:
    """`folder` is the virtual environment; `checkout` has requirements/."""

    folder: Path
    checkout: Path
    is_named_by_person: bool = False

    @classmethod
    def of_checkout(cls, checkout: Path) -> Environment:
        """`.ratusz-env` in the checkout, or the folder that RATUSZ_ENV names."""
        if named := os.environ.get("RATUSZ_ENV"):
            return cls(Path(named).absolute(), checkout, is_named_by_person=True)
        return cls(checkout / ".ratusz-env", checkout)

    @property
    def python(self) -> Path:
        return self.folder / "bin" / "python"

    def requirements(self, kind: str) -> Path:
        return self.checkout / "requirements" / f"{kind}.txt"

    def is_ready(self, kind: str) -> bool:
        """True when the stamp says that exactly these requirements are in; the tools for development include the base."""
        if not os.access(self.python, os.X_OK):
            return False
        with contextlib.suppress(FileNotFoundError):
            stamp = (self.folder / STAMP).read_text()
            return stamp == self._stamp(kind) or (kind == "base" and stamp == self._stamp("dev"))
        # Somebody's own environment is used as it is: installing into it unasked would change what is not ours.
        return self.is_named_by_person and not self._is_unfinished()

    def prepare(self, kind: str) -> None:
        """Makes or brings up to date; one process at a time, the others wait. Raises Stopped with what to do."""
        if self.is_ready(kind):
            return
        try:
            self.folder.parent.mkdir(parents=True, exist_ok=True)
            with self._one_at_a_time():
                if not self.is_ready(kind):
                    self._make(kind)
        except OSError as error:
            raise Stopped(explained(error, self.folder)) from error

    def _stamp(self, kind: str) -> str:
        # Another Python under the same link, another processor or a moved folder make the old environment useless.
        digest = hashlib.sha256(self.requirements(kind).read_bytes() + self.requirements("base").read_bytes()).hexdigest()
        return f"{kind} {digest} {self._where_it_is_good()}\n"

    def _where_it_is_good(self) -> str:
        return f"{platform.machine()} {self.python.resolve()} {self.folder}"

    def _is_unfinished(self) -> bool:
        return (self.folder / (STAMP + "-unfinished")).exists()

    @contextlib.contextmanager
    def _one_at_a_time(self) -> Iterator[None]:
        with open(f"{self.folder}.lock", "w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                with Step("Czekam, aż drugie polecenie ./ratusz przygotuje środowisko"):
                    fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _make(self, kind: str) -> None:
        _refuse_without_room(self.folder.parent, NEEDED_BYTES[kind])
        stamp = self.folder / STAMP
        if not (
            stamp.exists() and os.access(self.python, os.X_OK) and stamp.read_text().endswith(f" {self._where_it_is_good()}\n")
        ):
            shutil.rmtree(self.folder, ignore_errors=True)
        stamp.unlink(missing_ok=True)
        uv = shutil.which("uv")
        if not self.python.exists():
            self._make_empty(uv)
        (self.folder / (STAMP + "-unfinished")).touch()
        packages = self.requirements(kind).read_text().count("==")
        try:
            with Step(f"Instaluję pakiety ({packages}) do {self.folder.name}") as step:
                self._install(kind, uv, step)
        except BaseException:
            # Half an environment is of no use and may be what fills the disk; the downloads are kept by pip and uv.
            shutil.rmtree(self.folder, ignore_errors=True)
            raise
        (self.folder / (STAMP + "-unfinished")).unlink()
        stamp.write_text(self._stamp(kind))

    def _make_empty(self, uv: str | None) -> None:
        if uv:
            command = [uv, "venv", "-q", "--no-project", "--python", sys.executable, str(self.folder)]
        elif importlib.util.find_spec("venv") is None:
            raise Stopped(NO_VENV)
        else:
            command = [sys.executable, "-m", "venv", "--without-pip", str(self.folder)]
        with Step("Zakładam środowisko Pythona"):
            made = subprocess.run(command, capture_output=True, text=True)
        if made.returncode:
            shutil.rmtree(self.folder, ignore_errors=True)
            raise Stopped(_words_of_failure("Nie udało się założyć środowiska Pythona", made.stdout + made.stderr))

    def _install(self, kind: str, uv: str | None, step: Step) -> None:
        requirements = str(self.requirements(kind))
        if uv:
            command = [uv, "pip", "install", "--python", str(self.python), "--require-hashes", "--no-deps", "-r", requirements]
        else:
            command = [str(self.python), str(self._pip()), "install", "--disable-pip-version-check", "--no-input", "--no-compile",
                       "--progress-bar=off", "--require-hashes", "--no-deps", "--only-binary=:all:", "-r",
                       requirements]  # fmt: skip
        lines: list[str] = []
        with subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        ) as process:
            try:
                for line in process.stdout or ():
                    lines.append(line)
                    if what := _what_pip_does(line, sum(said.startswith("Collecting ") for said in lines)):
                        step.note(what)
            except BaseException:
                process.terminate()
                raise
        if process.returncode:
            raise Stopped(_words_of_failure("Nie udało się zainstalować pakietów", "".join(lines[-15:])))

    def _pip(self) -> Path:
        """The wheel of pip that comes with the project: Debian's python3 has none, and ensurepip takes ten seconds."""
        wheels = sorted((self.checkout / "requirements").glob("pip-*.whl"))
        if not wheels:
            raise Stopped("W requirements/ brakuje pliku pip-*.whl: pobierz Ratusz jeszcze raz w całości.")
        return wheels[-1] / "pip"


NO_VENV = """Temu Pythonowi brakuje modułu venv. Zainstaluj go i uruchom polecenie jeszcze raz:
  Debian, Ubuntu: apt-get install python3-venv
This Python has no module venv: install the package python3-venv and run the command again."""


def _what_pip_does(line: str, collected: int) -> str:
    if line.startswith("Collecting "):
        return f"{collected}. {line.split()[1].split('==')[0]}"
    if line.startswith("Installing collected"):
        return "rozpakowuję"
    return ""


def _refuse_without_room(folder: Path, needed: int) -> None:
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise Stopped(
            f"Na dysku z folderem {folder} jest {free // 1_000_000} MB wolnego, a potrzeba {needed // 1_000_000} MB.\n"
            "Zwolnij miejsce albo wskaż folder na innym dysku: RATUSZ_ENV=/inny/dysk/ratusz-env ./ratusz demo"
        )


def _words_of_failure(what: str, output: str) -> str:
    if "No space left on device" in output:
        return f"{what}: na dysku nie ma już miejsca. Zwolnij je i uruchom polecenie jeszcze raz; zacznie od nowa."
    if any(
        words in output
        for words in ("Temporary failure in name resolution", "NewConnectionError", "Could not connect", "dns error")
    ):
        return f"{what}: nie ma połączenia z repozytorium pakietów. Sprawdź sieć i uruchom polecenie jeszcze raz.\n{output}"
    return f"{what}. Ostatnie słowa instalatora:\n{output}"


def explained(error: OSError, folder: Path) -> str:
    """An error of the file system in words of what to do."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"Na dysku z folderem {folder} nie ma już miejsca. Zwolnij je i uruchom polecenie jeszcze raz."
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"Nie wolno mi pisać w {error.filename or folder}. Uruchom Ratusz z konta, do którego ten folder należy."
    return f"{error.strerror or error}: {error.filename or folder}"

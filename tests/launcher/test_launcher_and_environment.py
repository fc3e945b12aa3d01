"""The first steps on a machine about which nothing is known."""

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ratusz.config import environment, launcher
from ratusz.config.environment import Environment
from ratusz.config.progress import Stopped

CHECKOUT = Path(__file__).resolve().parents[2]
LAUNCHER = CHECKOUT / "ratusz"


def test_it_parses_where_it_has_to_say_that_python_is_too_old():
    ast.parse(LAUNCHER.read_text(), feature_version=(3, 4))


@pytest.mark.parametrize("version", ["2.7", "3.6", "3.8", "3.10"])
def test_an_old_python_is_told_what_to_do(version):
    found = shutil.which(f"python{version}") or next(
        iter(Path.home().glob(f".pyenv/versions/{version}.*/bin/python{version}")), None
    )
    if not found or subprocess.run([str(found), "-c", ""], capture_output=True).returncode:
        pytest.skip(f"no Python {version} on this machine to try")
    done = subprocess.run([str(found), str(LAUNCHER), "demo"], capture_output=True, env={"PATH": "/nowhere", "LC_ALL": "C"})
    assert done.returncode == 1
    assert f"Ten Python to {version}, a Ratusz potrzebuje wersji 3.11" in done.stderr.decode()
    assert f"This Python is {version}; Ratusz needs 3.11 or later" in done.stderr.decode()


def test_a_missing_python_is_told_with_the_name_of_the_package(tmp_path):
    done = subprocess.run(["/bin/sh", str(LAUNCHER), "demo"], capture_output=True, env={"PATH": str(tmp_path)})
    assert done.returncode == 1
    assert "apt-get install python3" in done.stderr.decode()


def test_a_newer_python_beside_an_old_one_is_found(tmp_path):
    old = tmp_path / "python3"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    (tmp_path / "python3.12").symlink_to(sys.executable)
    done = subprocess.run([str(LAUNCHER), "help"], capture_output=True, env={"PATH": f"{tmp_path}:/bin", "RATUSZ_ENV": sys.prefix})
    assert (done.returncode, done.stderr) == (0, b"")
    assert "./ratusz POLECENIE" in done.stdout.decode()


@pytest.fixture
def checkout(tmp_path):
    folder = tmp_path / "checkout"
    (folder / "requirements").mkdir(parents=True)
    (folder / "requirements" / "base.txt").write_text("a==1\n")
    (folder / "requirements" / "dev.txt").write_text("a==1\nb==2\n")
    return folder


@pytest.fixture
def installed(monkeypatch):
    """What would have been installed, in order; the environment itself is really made."""
    calls = []
    monkeypatch.setattr(Environment, "_install", lambda self, kind, uv, step: calls.append(kind))
    monkeypatch.setattr(environment.shutil, "which", lambda name: None)
    return calls


def test_it_is_made_once_and_again_when_the_requirements_change(checkout, installed):
    made = Environment(checkout / ".ratusz-env", checkout)
    made.prepare("base")
    made.prepare("base")
    assert installed == ["base"]
    (checkout / "requirements" / "base.txt").write_text("a==2\n")
    made.prepare("base")
    made.prepare("dev")
    made.prepare("base")
    assert installed == ["base", "base", "dev"]


def test_an_interrupted_making_is_repaired(checkout, installed, monkeypatch):
    made = Environment(checkout / ".ratusz-env", checkout)
    with monkeypatch.context() as broken:
        broken.setattr(Environment, "_install", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            made.prepare("base")
    assert not made.is_ready("base")
    made.prepare("base")
    assert made.is_ready("base")
    assert installed == ["base"]


def test_a_moved_checkout_gets_a_new_one(checkout, installed):
    Environment(checkout / ".ratusz-env", checkout).prepare("base")
    moved = checkout.rename(checkout.with_name("moved"))
    Environment(moved / ".ratusz-env", moved).prepare("base")
    assert installed == ["base", "base"]


def test_somebody_elses_environment_is_used_as_it_is(checkout, installed, tmp_path):
    theirs = Environment(Path(sys.prefix), checkout, is_named_by_person=True)
    if (theirs.folder / environment.STAMP).exists():
        theirs = Environment(tmp_path / "theirs", checkout, is_named_by_person=True)
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(theirs.folder)], check=True)
    theirs.prepare("dev")
    assert installed == []


def test_a_disk_without_room_is_told(checkout, installed, monkeypatch):
    monkeypatch.setattr(environment.shutil, "disk_usage", lambda path: type("usage", (), {"free": 5_000_000}))
    with pytest.raises(Stopped, match="jest 5 MB wolnego, a potrzeba 900 MB"):
        Environment(checkout / ".ratusz-env", checkout).prepare("base")
    assert installed == []


def test_a_python_without_venv_is_told_the_package(checkout, installed, monkeypatch):
    monkeypatch.setattr(environment.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(Stopped, match="apt-get install python3-venv"):
        Environment(checkout / ".ratusz-env", checkout).prepare("base")


@pytest.mark.parametrize(
    ("output", "sentence"),
    [
        ("OSError: [Errno 28] No space left on device", "na dysku nie ma już miejsca"),
        ("Temporary failure in name resolution", "nie ma połączenia z repozytorium pakietów"),
        ("THESE PACKAGES DO NOT MATCH THE HASHES", "Ostatnie słowa instalatora"),
    ],
)
def test_a_failed_installation_is_told_in_words_and_leaves_no_stamp(checkout, monkeypatch, output, sentence):
    monkeypatch.setattr(environment.shutil, "which", lambda name: None)
    script = checkout / "pip"
    script.write_text(f"import sys\nprint({output!r})\nsys.exit(1)\n")
    monkeypatch.setattr(Environment, "_pip", lambda self: script)
    made = Environment(checkout / ".ratusz-env", checkout)
    with pytest.raises(Stopped, match=sentence):
        made.prepare("base")
    assert not made.is_ready("base")


@pytest.mark.long
@pytest.mark.slow
def test_the_wheel_carries_all_it_needs(tmp_path):
    wheel_of_pip = sorted((CHECKOUT / "requirements").glob("pip-*.whl"))[-1] / "pip"
    source = tmp_path / "source"
    shutil.copytree(
        CHECKOUT,
        source,
        symlinks=True,
        ignore=shutil.ignore_patterns(".git", ".ratusz*", "*.mo", "__pycache__", "build", "*.egg-info"),
    )
    venv = tmp_path / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(venv)], check=True)
    python = venv / "bin" / "python"
    # The 80 libraries are lent by this environment: that they install is proved by every fresh start.
    site_packages = next(path for path in map(Path, sys.path) if path.name == "site-packages" and (path / "django").is_dir())
    (next(venv.glob("lib/python3*/site-packages")) / "lent.pth").write_text(f"{site_packages}\n")
    done = subprocess.run(
        [str(python), str(wheel_of_pip), "install", "-q", "--no-deps", "--disable-pip-version-check", str(source)],
        capture_output=True, text=True, cwd=tmp_path,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("RATUSZ_", "DJANGO_", "PYTHON"))}
    environment["RATUSZ_HOME"] = str(tmp_path / "home")
    check = (
        "import ratusz, pathlib; package = pathlib.Path(ratusz.__file__).parent; print(package)\n"
        f"source = pathlib.Path({str(source / 'src' / 'ratusz')!r})\n"
        "wanted = {p.relative_to(source) for p in source.rglob('*') if p.is_file() and p.suffix not in ('.py', '.md') "
        "and '__pycache__' not in p.parts and 'tests' not in p.parts}\n"
        "wanted |= {p.with_suffix('.mo') for p in wanted if p.suffix == '.po'}\n"
        "wanted |= {pathlib.Path('coordination/desk/handbook_pages/index.md')}\n"
        "print(sorted(str(p) for p in wanted if not (package / p).exists()))"
    )
    found = subprocess.run([str(python), "-c", check], capture_output=True, text=True, env=environment, cwd=tmp_path)
    where, missing = found.stdout.splitlines()
    assert str(venv) in where
    assert missing == "[]"
    program = venv / "bin" / "ratusz"
    for arguments in (["help"], ["manage", "check"], ["manage", "showmigrations", "ratusz_audit"]):
        done = subprocess.run([str(program), *arguments], capture_output=True, text=True, env=environment, cwd=tmp_path)
        assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(("is_theirs", "expected"), [(False, (None, "bytecode")), (True, ("1", None))])
def test_bytecode_goes_into_our_environment_where_none_may_stand_beside_sources(checkout, monkeypatch, is_theirs, expected):
    seen = []
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.delenv("PYTHONPYCACHEPREFIX", raising=False)
    monkeypatch.setattr(launcher.Environment, "prepare", lambda self, kind: None)
    monkeypatch.setattr(launcher.Environment, "of_checkout", lambda folder: Environment(checkout / "env", checkout, is_theirs))
    monkeypatch.setattr(launcher.os, "execv", lambda program, words: seen.append(dict(os.environ)))
    for name in ("PYTHONPATH", "RATUSZ_ENV"):
        monkeypatch.setenv(name, "")
    launcher.main(["help"])
    prefix = expected[1] and str(checkout / "env" / expected[1])
    assert [(here.get("PYTHONDONTWRITEBYTECODE"), here.get("PYTHONPYCACHEPREFIX")) for here in seen] == [(expected[0], prefix)]

"""A secret is made once: whoever asks first at the same moment, threads of one process too, all get the one that stays."""

import stat
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from ratusz.config.home import secret

ASKING = 8


@pytest.fixture
def quick_turns():
    """Threads take turns as often as they can, as on a loaded server."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def test_threads_that_ask_at_once_get_one_secret(tmp_path, monkeypatch, quick_turns):
    monkeypatch.setenv("RATUSZ_HOME", str(tmp_path))
    start = Barrier(ASKING)

    def ask(name: str) -> str:
        start.wait(timeout=20)
        return secret(name)

    with ThreadPoolExecutor(ASKING) as pool:
        for number in range(80):
            name = f"key-{number}"
            given = set(pool.map(ask, [name] * ASKING))
            assert given == {(tmp_path / "secrets" / name).read_text()}
    files = sorted(path.name for path in (tmp_path / "secrets").iterdir())
    assert files == sorted(f"key-{number}" for number in range(80)), "nothing half-made is left"
    assert {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "secrets").iterdir()} == {0o600}

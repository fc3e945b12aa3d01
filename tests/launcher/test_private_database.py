"""The private PostgreSQL through crashes, stale files, other versions and foreign accounts."""

import os
import signal
import subprocess
import sys
import threading
import time

import psycopg
import pytest

from ratusz.config import database_server, ordinary_user
from ratusz.config.database_server import DatabaseServer, DatabaseServerError

pytestmark = pytest.mark.faults


@pytest.fixture
def server(tmp_path):
    server = DatabaseServer(tmp_path / "home")
    yield server
    server.remove()


def ask(server, query, role="app"):
    with psycopg.connect(host=str(server.socket), user=role, dbname="ratusz") as connection:
        return connection.execute(query).fetchone()[0]


def postmaster(server):
    return int((server.data / "postmaster.pid").read_text().split()[0])


def wait_until_dead(server):
    for _ in range(200):
        if not server.is_running():
            return
        time.sleep(0.05)
    raise AssertionError("the server still runs")


def test_the_roles_are_no_superusers_and_reach_it_by_the_socket_alone(server):
    assert server.start() is True
    assert server.start() is False
    roles = "SELECT array_agg(rolname ORDER BY rolname) FROM pg_roles WHERE NOT rolsuper AND rolname !~ '^pg_'"
    assert ask(server, roles) == ["app", "count", "owner"]
    assert ask(server, "SHOW listen_addresses") == ""
    assert server.socket.stat().st_mode & 0o777 == 0o700


def test_after_a_kill_it_starts_again_with_what_was_committed(server):
    server.start()
    with psycopg.connect(host=str(server.socket), user="owner", dbname="ratusz") as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1 AS one")
    os.kill(postmaster(server), signal.SIGKILL)
    wait_until_dead(server)
    assert server.start() is True
    assert ask(server, "SELECT one FROM kept") == 1


def test_a_stale_pid_file_with_the_number_of_a_living_stranger_is_no_obstacle(server):
    server.start()
    server.stop()
    (server.data / "postmaster.pid").write_text(f"{os.getpid()}\n{server.data}\n1\n5432\n{server.socket}\n\n  0 0\nready\n")
    assert server.start() is True
    assert ask(server, "SELECT 1") == 1


def test_an_interrupted_making_is_made_anew(server):
    server.data.mkdir(parents=True)
    (server.data / "PG_VERSION").write_text("18\n")
    (server.data / "half").write_text("")
    server.start()
    assert ask(server, "SELECT 1") == 1
    assert not (server.data / "half").exists()


def test_data_of_another_version_are_left_alone_and_told(server):
    server.start()
    server.stop()
    (server.data / "PG_VERSION").write_text("14\n")
    with pytest.raises(DatabaseServerError, match="PostgreSQL 14"):
        server.start()
    assert not server.is_running()


def test_a_disk_without_room_is_told_before_anything_is_made(server, monkeypatch):
    monkeypatch.setattr(database_server.shutil, "disk_usage", lambda path: type("usage", (), {"free": 1_000_000}))
    with pytest.raises(DatabaseServerError, match="mniej niż 300 MB wolnego miejsca"):
        server.start()
    assert not server.data.exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount a small disk")
def test_a_disk_that_fills_up_is_told(server, tmp_path):
    server.home.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=330m", "tmpfs", server.home], capture_output=True).returncode:
        pytest.skip("this machine does not let root mount a tmpfs")
    try:
        server.start()
        server.stop()
        with open(server.home / "filler", "wb") as filler, pytest.raises(OSError, match="No space"):
            while True:
                filler.write(b"0" * 1_000_000)
                filler.flush()
        with pytest.raises(DatabaseServerError, match="nie ma już miejsca"):
            server.start()
        assert not server.is_running()
        (server.home / "filler").unlink()
        assert server.start() is True
    finally:
        server.stop()
        subprocess.run(["umount", server.home], check=True)


def test_two_starters_at_once_make_one_server(server):
    outcomes = []
    threads = [threading.Thread(target=lambda: outcomes.append(server.start())) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == [False, False, False, True]


def test_it_ends_with_a_parent_that_was_killed(server):
    code = (
        "import sys, time; from pathlib import Path; from ratusz.config.database_server import DatabaseServer\n"
        "DatabaseServer(Path(sys.argv[1]), is_for_tests=True).start(ends_with_us=True); print('up', flush=True); time.sleep(600)"
    )
    with subprocess.Popen([sys.executable, "-c", code, str(server.home)], stdout=subprocess.PIPE) as parent:
        assert parent.stdout.readline() == b"up\n"
        parent.kill()
    wait_until_dead(server)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root must become somebody else")
def test_root_starts_it_with_and_without_namespaces_on_the_same_data(server, monkeypatch):
    for way in (ordinary_user.DROP, ordinary_user.NAMESPACE, ordinary_user.DROP):
        if subprocess.run([*ordinary_user.command(way), "-c", ""], capture_output=True).returncode:
            continue
        monkeypatch.setattr(ordinary_user, "way_for_us", lambda way=way: way)
        server.start()
        assert ask(server, "SELECT 1") == 1
        server.stop()


def test_where_root_has_no_way_the_sentence_names_an_ordinary_account(server, monkeypatch):
    monkeypatch.setattr(ordinary_user, "way_for_us", lambda: None)
    with pytest.raises(DatabaseServerError, match="adduser ratusz"):
        server.start()

"""What `./ratusz bench` and `./ratusz demo` say when a word or the data is wrong: Polish, with what to do, and not success."""

import os
import shutil

import pytest
from bench import bench_recount

from ratusz.config import bench_command, demo_command, simulate_command
from ratusz.config.progress import Stopped


def test_a_bench_without_its_data_says_where_it_must_lie(tmp_path, monkeypatch):
    monkeypatch.setenv("RATUSZ_SHARED", str(tmp_path))
    with pytest.raises(Stopped, match="Nie ma czego zmierzyć") as refusal:
        bench_recount.main(short=True)
    assert f"{tmp_path}/data/pabulib/katowice" in str(refusal.value)


def test_a_port_that_is_no_number_is_told_in_polish(capsys):
    with pytest.raises(SystemExit) as ending:
        demo_command.main(["--port", "abc"])
    assert ending.value.code == 2
    assert capsys.readouterr().err == (
        "--port to liczba, a nie „abc”.\nUżycie: ./ratusz demo [--port PORT] [--reset] [--timings]\n"
    )


def test_no_bench_touches_a_database_that_the_environment_names(monkeypatch):
    monkeypatch.setenv("RATUSZ_DATABASE_URL", "postgres://prawdziwa")
    monkeypatch.setattr(bench_recount, "main", lambda short: seen.append(os.environ.get("RATUSZ_DATABASE_URL")))
    seen = []
    assert bench_command.main(["recount", "--short"]) == 0
    assert seen == [None]


def test_a_second_simulation_leaves_the_first_one_alone(tmp_path, monkeypatch):
    monkeypatch.setattr(shutil, "rmtree", lambda *_path, **_how: pytest.fail("the first one's folder is emptied"))
    folder = tmp_path / "symulacja"
    with simulate_command._alone(folder), pytest.raises(Stopped, match="już trwa"):
        simulate_command._on_own_database(folder, 1, 1)

"""What `./ratusz bench` and `./ratusz demo` say when a word or the data is wrong: Polish, with what to do, and not success."""

import pytest
from bench import bench_recount

from ratusz.config import demo_command
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

"""The demo's life on a real machine: started, disturbed, killed, and always leaving nothing behind."""

import signal
import socket
import subprocess
import sys
import urllib.request

import pytest

pytestmark = [pytest.mark.faults]


def status(demo):
    with urllib.request.urlopen(f"http://127.0.0.1:{demo.port}/", timeout=60) as answer:
        return answer.status


def test_from_the_first_start_through_a_crash_to_the_closed_terminal(start_demo):
    bystander = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    try:
        demo = start_demo().wait_until_it_runs()
        assert status(demo) == 200
        assert len(demo.processes()) > 4

        second = start_demo(home=demo.home)
        assert second.process.wait(60) == 1
        assert f"Demo już działa: http://127.0.0.1:{demo.port}/" in second.said()
        assert status(demo) == 200

        assert demo.end(signal.SIGINT) == 0
        assert "\nZatrzymuję…\n" in demo.said()
        assert demo.said().rstrip().endswith("./ratusz demo --reset zacznie od nowa.")
        demo.wait_until_nothing_is_left()

        crashed = start_demo(home=demo.home).wait_until_it_runs()
        assert crashed.end(signal.SIGKILL) == -signal.SIGKILL
        crashed.wait_until_nothing_is_left()

        after = start_demo(home=demo.home).wait_until_it_runs()
        assert status(after) == 200
        assert after.end(signal.SIGHUP) == 0
        after.wait_until_nothing_is_left()
        assert bystander.poll() is None
    finally:
        bystander.kill()
        bystander.wait()


def test_stopped_in_the_middle_of_the_first_start_nothing_stays_and_the_next_start_is_whole(start_demo):
    demo = start_demo()
    while not (demo.home / "database" / "postmaster.pid").exists():
        assert demo.process.poll() is None, demo.said()
    demo.end(signal.SIGTERM)
    demo.wait_until_nothing_is_left()
    again = start_demo(home=demo.home).wait_until_it_runs()
    assert status(again) == 200
    assert again.end(signal.SIGTERM) == 0
    again.wait_until_nothing_is_left()


def test_a_taken_port_is_told_before_anything_is_started(start_demo):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        demo = start_demo(port=port)
        assert demo.process.wait(60) == 1
    assert f"Port {port} jest zajęty" in demo.said()
    assert f"--port {port + 1}" in demo.said()
    assert not (demo.home / "database").exists()

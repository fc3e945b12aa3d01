"""The web as on a server, with the private database."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from tests.launcher.conftest import free_port

from ratusz.config.database_server import DatabaseServer

CHECKOUT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.faults


def get(port, path, timeout=60):
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=timeout) as answer:
        return answer.read().decode()


def wait_for(process, port):
    for _ in range(6000):
        assert process.poll() is None
        try:
            return get(port, "/-/live")
        except OSError:
            time.sleep(0.1)
    raise AssertionError("it does not answer")


def test_it_serves_hashed_files_and_ends_with_its_database(tmp_path):
    port = free_port()
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("RATUSZ_", "DJANGO_"))}
    environment |= {
        "RATUSZ_ENV": sys.prefix,
        "RATUSZ_HOME": str(tmp_path),
        "RATUSZ_BIND": f"127.0.0.1:{port}",
        "RATUSZ_WEB_WORKERS": "2",
    }
    with subprocess.Popen([str(CHECKOUT / "ratusz"), "serve"], env=environment, stderr=subprocess.DEVNULL) as process:
        try:
            assert wait_for(process, port) == "ok\n"
            # Opened ahead by browsers, and silent: whoever comes with a question does not wait for them.
            silent = [socket.create_connection(("127.0.0.1", port)) for _ in range(4)]
            page = get(port, "/konto/login/", timeout=30)
            for connection in silent:
                connection.close()
            assert "<form" in page
            hashed = re.findall(r"/static/[^\"]+\.[0-9a-f]{12}\.\w+", get(port, "/admin/login/"))
            assert all(get(port, address) is not None for address in hashed[:3])
        finally:
            process.send_signal(signal.SIGTERM)
            assert process.wait(60) == 0
    assert not DatabaseServer(tmp_path).is_running()

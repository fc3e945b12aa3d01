"""The commands of the processes that serve Ratusz: web and worker, the same in the demo and in production."""

from __future__ import annotations

import sys


def web_command(bind: str, workers: int) -> list[str]:
    """gunicorn as gunicorn_settings.py says."""
    settings = "python:ratusz.config.gunicorn_settings"
    return [sys.executable, "-m", "gunicorn", "ratusz.config.wsgi:application", "-c", settings, "-b", bind, "-w", str(workers)]


def worker_command() -> list[str]:
    """Background tasks and what falls due."""
    return [sys.executable, "-m", "ratusz.config.entry", "worker"]

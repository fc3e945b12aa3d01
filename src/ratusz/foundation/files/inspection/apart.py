"""Opens what strangers send in a process of its own, with little memory and time: a file that eats both takes down nothing else."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ratusz.foundation.files.rules import MEGABYTE, FileRefused

MEMORY = 1536 * MEGABYTE
"""The largest picture allowed (60 million points) takes four copies of 240 MB while it is drawn anew."""
SECONDS = 20
"""Of computing; the wall clock has twice as long, because the machine may be busy."""
_ROOT = Path(__file__).parents[4]
_TOO_HEAVY = _("The file takes too much memory or time to open. Save it again in your program, smaller or with fewer pages.")


def check_apart(kind: str, data: bytes, *, memory: int = MEMORY, seconds: int = SECONDS) -> bytes:
    """The bytes to keep, as the kind's check in this folder gives them; raises FileRefused, also when memory or time ran out."""
    return _run_apart(kind, data, memory, seconds)


def open_apart(opener: str, data: bytes, *, memory: int = MEMORY, seconds: int = SECONDS) -> bytes:
    """What a module's own opener ("package.module:function", bytes to bytes, no database) makes of bytes that were checked.

    Raises FileRefused, also when memory or time ran out. Tests open in their own process, as checks do.
    """
    if not settings.RATUSZ_INSPECT_APART:
        return _opener(opener)(data)
    return _run_apart(opener, data, memory, seconds)


def _opener(name: str) -> Callable[[bytes], bytes]:
    module, function = name.split(":")
    return getattr(import_module(module), function)


def _run_apart(kind: str, data: bytes, memory: int, seconds: int) -> bytes:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("RATUSZ_")}
    environment |= {"PYTHONPATH": os.pathsep.join([str(_ROOT), *sys.path[1:]]), "MALLOC_ARENA_MAX": "2"}
    command = [sys.executable, "-m", "ratusz.foundation.files.inspection.apart", kind, str(memory), str(seconds)]
    # A child that is killed clears nothing away, so what it wrote meanwhile lies in a folder that goes with this call.
    with tempfile.TemporaryDirectory(prefix="ratusz-apart-") as folder:
        environment |= {"TMPDIR": folder, "TEMP": folder, "TMP": folder}
        try:
            done = subprocess.run(command, input=data, capture_output=True, timeout=2 * seconds, env=environment, check=False)
        except subprocess.TimeoutExpired:
            raise FileRefused(_TOO_HEAVY, code="too_heavy") from None
    if done.returncode == 0:
        return done.stdout
    raise _refusal(done.stderr)


def _refusal(words: bytes) -> FileRefused:
    """The child's last line when it refused; whatever else ended it means that the file was too much for it."""
    try:
        said = json.loads(words.splitlines()[-1])
    except (ValueError, IndexError):
        return FileRefused(_TOO_HEAVY, code="too_heavy")
    return FileRefused(gettext(said["message"]), code=said["code"])


def _limit(memory: int, seconds: int) -> None:
    """Windows has no such limits; there the wall clock alone stands guard."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(kind: str, memory: str, seconds: str) -> int:
    """In the child: reads the file, writes the bytes to keep; a refusal goes to the other stream, its words not yet translated."""
    settings.configure(USE_I18N=False)
    from ratusz.foundation.files.inspection import CHECKS

    data = sys.stdin.buffer.read()
    _limit(int(memory), int(seconds))
    try:
        kept = (_opener(kind) if ":" in kind else CHECKS[kind])(data)
    except FileRefused as refusal:
        sys.stderr.write(json.dumps({"message": str(refusal.message), "code": refusal.code}))
        return 3
    sys.stdout.buffer.write(kept)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

"""How long a newcomer waits from `./ratusz demo` in a fresh checkout to the first page, and where the time goes."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
AIM, AIM_AGAIN = 60.0, 10.0
GIVE_UP = 600.0
STEP = re.compile(r"  (.+?)(?:: [^:]*)?: gotowe \((\d+\.\d) s\)")


def main(short: bool) -> None:
    """Short: with the environment that is there, so without the installation."""
    with tempfile.TemporaryDirectory() as folder:
        checkout = CHECKOUT if short else _fresh_checkout(Path(folder) / "ratusz")
        if not short:
            # The packages are downloaded before the clock starts: the aim is about our work, not about the network.
            _run(checkout, Path(folder) / "download", {"RATUSZ_ENV": str(Path(folder) / "download-env")})
            shutil.rmtree(Path(folder) / "download-env", ignore_errors=True)
        environment = {"RATUSZ_ENV": sys.prefix} if short else {}
        seconds, steps = _run(checkout, Path(folder) / "home", environment)
        again, _ = _run(checkout, Path(folder) / "home", environment)
    for name, took in steps:
        print(f"  {name}: {took:.1f} s")
    what = "without the installation (--short)" if short else "packages downloaded"
    _tell(f"first page, {what}", seconds, AIM, short)
    _tell("second start", again, AIM_AGAIN, False)


def _tell(name: str, seconds: float, aim: float, is_short: bool) -> None:
    verdict = "met" if seconds < aim and not is_short else "short"
    print(f"{name}: ours {seconds:.1f} s, beside the limit {aim:.0f} s, ratio {seconds / aim:.2f}, aim under 1, {verdict}")


def _fresh_checkout(folder: Path) -> Path:
    subprocess.run(["git", "clone", "-q", str(CHECKOUT), str(folder)], check=True)
    return folder


def _run(checkout: Path, home: Path, more: dict[str, str]) -> tuple[float, list[tuple[str, float]]]:
    """Starts the demo, waits for its address, stops it; seconds, and seconds a step."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("RATUSZ_", "DJANGO_", "PYTHONPATH"))}
    environment |= {"RATUSZ_HOME": str(home), **more}
    began = time.monotonic()
    said = []
    with subprocess.Popen(
        ["./ratusz", "demo", "--port", str(_free_port())],
        cwd=checkout, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    ) as process:  # fmt: skip
        seconds = GIVE_UP
        for line in process.stdout or ():
            said.append(line)
            if "Ratusz działa" in line:
                seconds = time.monotonic() - began
                process.send_signal(signal.SIGINT)
    if seconds == GIVE_UP:
        raise SystemExit("the demo did not start:\n" + "".join(said[-15:]))
    steps = [(found[1], float(found[2])) for line in said if (found := STEP.match(line))]
    return seconds, steps


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


if __name__ == "__main__":
    main("--short" in sys.argv)

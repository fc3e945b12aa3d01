"""Whoever sends the longest text the public form takes, made to be slow, gets an answer and holds up nobody."""

import subprocess
import sys

import pytest

pytestmark = pytest.mark.slow
SECONDS_OF_COMPUTING, LETTERS = 20, 40_000
PIECES = (".", ".a", "A.B.", "a-", "nie-", "-", "a\n", "a@", "(", "„", "\u200b.", ".)", "1.", "a.) ")
PROGRAM = """
import resource, sys
from ratusz.foundation.kit.plain_language import hints_of, measure
resource.setrlimit(resource.RLIMIT_CPU, (int(sys.argv[1]),) * 2)
for piece in sys.argv[3:]:
    hints_of(measure(piece * (int(sys.argv[2]) // len(piece)) + "x"))
print("all of them")
"""


def test_no_text_is_slow():
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(SECONDS_OF_COMPUTING), str(LETTERS), *PIECES], capture_output=True, text=True
    )
    assert done.stdout == "all of them\n", done.stderr[-500:]

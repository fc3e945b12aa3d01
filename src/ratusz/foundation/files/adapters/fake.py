"""The fake beside the scanner: finds the EICAR test file and nothing else, and can be down. The demo uses it and says so."""

from __future__ import annotations

from ratusz.foundation.files.adapters import ScannerDown

# Written in two halves, so that scanners of this source stay calm.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-" + rb"STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


class FakeScanner:
    """`is_down` makes every scan fail, as when the daemon is away."""

    def __init__(self, is_down: bool = False):
        self.is_down = is_down

    def scan(self, data: bytes) -> str:
        if self.is_down:
            raise ScannerDown("ConnectionRefusedError")
        return "Eicar-Test-Signature" if EICAR in data else ""


class BrokenScanner(FakeScanner):
    """A scanner that is always down."""

    def __init__(self) -> None:
        super().__init__(is_down=True)

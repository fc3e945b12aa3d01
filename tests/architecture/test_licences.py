"""What we run with is permissive or weak copyleft; nothing is GPL or AGPL."""

import re
from importlib import metadata

from tests.architecture.sources import CHECKOUT

STRONG = re.compile(r"\b(?:A|Affero )?GPL|GNU (?:Affero )?General Public", re.IGNORECASE)
WEAK = re.compile(r"\bLGPL|GNU Lesser|\bMPL|Mozilla Public|\bEPL|\bCDDL|\bEUPL", re.IGNORECASE)
REASONS = {
    "certifi": "MPL-2.0: a list of certificates, used unchanged",
    "fido2": "BSD; the list of public suffixes inside is MPL-2.0, used unchanged",
    "pikepdf": "MPL-2.0: a library, used unchanged",
    "psycopg": "LGPL-3.0: imported as a library, replaceable by its user",
    "psycopg-binary": "LGPL-3.0: imported as a library, replaceable by its user",
    "psycopg-pool": "LGPL-3.0: imported as a library, replaceable by its user",
}
UNNAMED = {
    "morfeusz2": "BSD-2-Clause (morfeusz.sgjp.pl/doc/license), the dictionary too; the wheel's metadata give the address only",
    "mrml": "MIT; the wheel's metadata name no licence",
}
BUNDLED = {
    "numpy": "libgfortran and libquadmath: GPL with the GCC runtime exception, LGPL",
    "scipy": "libgfortran and libquadmath: GPL with the GCC runtime exception, LGPL",
    "shapely": "GEOS: LGPL-2.1, a shared library beside it",
}
PERMISSIVE = re.compile(
    r"\bMIT\b|\bBSD\b|\bISC\b|Apache|\bPSF|Python Software Foundation|\b0BSD\b|\bZlib\b|\bCC0\b|\bHPND\b|MIT-CMU|Unlicense|Public Domain",
    re.I,
)


def _distributions():
    """What base.txt locks and this platform has installed."""
    for line in (CHECKOUT / "requirements/base.txt").read_text("utf-8").splitlines():
        if match := re.match(r"([A-Za-z0-9._-]+)==", line):
            try:
                yield match[1].lower(), metadata.distribution(match[1])
            except metadata.PackageNotFoundError:
                assert ";" in line, f"{match[1]} is locked but not installed"


def _named_licence(distribution) -> str:
    about = distribution.metadata
    classifiers = [line for line in about.get_all("Classifier", []) if line.startswith("License ::")]
    return about.get("License-Expression") or " ".join([*classifiers, (about.get("License") or "")[:80]])


def _bundled_licences(distribution) -> list[str]:
    """Lines "License: …" of the texts about libraries inside a wheel."""
    texts = [file for file in distribution.files or [] if "dist-info" in str(file) and "licen" in str(file).lower()]
    return [line for file in texts for line in re.findall(r"^License\b.*", file.locate().read_text(errors="replace"), re.MULTILINE)]


def test_named_licences_are_allowed():
    wrong = {}
    for name, distribution in _distributions():
        licence = _named_licence(distribution)
        is_weak = bool(WEAK.search(licence))
        is_fine = (is_weak and name in REASONS) or (not is_weak and not STRONG.search(licence) and PERMISSIVE.search(licence))
        if not is_fine and name not in UNNAMED:
            wrong[name] = licence
    assert wrong == {}


def test_libraries_inside_wheels_are_allowed():
    wrong = {
        name: strong
        for name, distribution in _distributions()
        if (strong := [line for line in _bundled_licences(distribution) if STRONG.search(line) or WEAK.search(line)])
        and name not in BUNDLED
    }
    assert {name: lines for name, lines in wrong.items() if name not in REASONS} == {}


def test_every_reason_is_still_needed():
    names = {name for name, _distribution in _distributions()}
    assert {*REASONS, *UNNAMED, *BUNDLED} - names == set()

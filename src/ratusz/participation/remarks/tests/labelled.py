"""Labelled remarks, all made up for the tests: those whose matters the list of words was written with, and those written after it."""

from pathlib import Path

KNOWN, UNSEEN = "labelled_remarks", "labelled_remarks_unseen"


def labelled(*names: str) -> tuple[list[str], list[str]]:
    """Labels and remarks of these files."""
    lines = [line for name in names for line in (Path(__file__).parent / f"{name}.txt").read_text("utf-8").splitlines()]
    rows = [line.split("|", 1) for line in lines if line and not line.startswith("#")]
    return [label.strip() for label, _text in rows], [text.strip() for _label, text in rows]

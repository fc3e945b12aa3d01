"""Minutes of 100 speakers to PDF, and a saving of 120 blocks: how long the person waits.

The PDF is the whole way from the database: blocks, voices, the public rendition, the typesetter. The saving is the whole action:
its locks, 120 changed blocks, the entry in the record, the commit.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

from bench.own_database import own_database

SPEAKERS, BLOCKS = 100, 120
PDF_LIMIT_MS, PDF_OF_BLOCKS_LIMIT_MS, SAVE_LIMIT_MS = 2000.0, 1000.0, 300.0
RUNS, RUNS_SHORT = 21, 3
WORDS = "Chodnik przy szkole jest dziurawy i zimą nikt go nie odśnieża; prosimy o remont przed jesienią i o przejście. "


def main(short: bool) -> None:
    """Short: 3 runs instead of 21."""
    with own_database():
        _tell(RUNS_SHORT if short else RUNS)


def _tell(runs: int) -> None:
    import django

    django.setup()
    from ratusz.casework.meetings.factories import make_voice
    from ratusz.casework.meetings.factories_minutes import make_minute_taker, make_minutes

    person = make_minute_taker()
    spoken = make_minutes(person=person)
    for number in range(SPEAKERS):
        make_voice(spoken.meeting, WORDS * 2, who=f"mieszkanka {number}, Ligota", answer=WORDS * 2, answered_by="naczelnik")
    _report(f"minutes of {SPEAKERS} speakers to PDF", [_milliseconds(lambda: _pdf(spoken)) for _run in range(runs)], PDF_LIMIT_MS)
    written = _with_blocks(spoken, person)
    _report(
        f"save of {BLOCKS} blocks",
        [_milliseconds(lambda run=run: _save(written, person, run)) for run in range(runs)],
        SAVE_LIMIT_MS,
    )
    _report(f"{BLOCKS} blocks to PDF", [_milliseconds(lambda: _pdf(written)) for _run in range(runs)], PDF_OF_BLOCKS_LIMIT_MS)


def _with_blocks(spoken: Any, person: Any) -> Any:
    from ratusz.casework.meetings import actions
    from ratusz.casework.meetings.factories import make_meeting
    from ratusz.casework.meetings.factories_minutes import make_minutes

    minutes = make_minutes(make_meeting(in_days=-2), person=person)
    while minutes.blocks.count() < BLOCKS:
        actions.add_block(minutes=minutes, kind="text", person=person, fields={"text": WORDS})
    return minutes


def _save(minutes: Any, person: Any, run: int) -> None:
    from ratusz.casework.meetings import actions

    name = {"heading": "host", "presence": "officials", "next_meeting": "text"}
    blocks = list(minutes.blocks.standing())
    changes = [
        actions.Change(block.key, block.revision, {**block.fields, name.get(block.kind, "text"): f"{WORDS}{run}"})
        for block in blocks
    ]
    saved = actions.save_minutes(minutes=minutes, changes=changes, person=person)
    assert not saved.conflicts and len(saved.revisions) == len(blocks), len(saved.revisions)


def _pdf(minutes: Any) -> None:
    from ratusz.casework.documents.typeset import pdf_of_document
    from ratusz.casework.meetings.minutes.content import content_of
    from ratusz.casework.meetings.minutes.document import document_of
    from ratusz.casework.meetings.minutes.rendition import public_of
    from ratusz.foundation.kit.clock import database_now

    content = content_of(minutes, list(minutes.blocks.standing()), database_now())
    assert pdf_of_document(document_of(public_of(content), address="https://miasto.example/protokoly/p-2026-0001/"))[:5] == b"%PDF-"


def _milliseconds(deed: Callable[[], None]) -> float:
    began = time.perf_counter()
    deed()
    return (time.perf_counter() - began) * 1000


def _report(what: str, times: list[float], limit: float) -> None:
    middle = statistics.median(times)
    print(f"  {what}: median {middle:.0f} ms, slowest {max(times):.0f} ms; limit {limit:.0f} ms; ratio {middle / limit:.2f}")
    assert middle <= limit, f"{what}: {middle:.0f} ms"


if __name__ == "__main__":
    main("--short" in sys.argv)

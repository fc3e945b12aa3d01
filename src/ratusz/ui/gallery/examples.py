"""What the gallery shows: one template file an example, drawn and printed; its first line is a comment with title | note."""

import re
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "templates/ui/gallery/examples"


@dataclass(frozen=True)
class Example:
    key: str
    title: str
    note: str
    code: str


def examples() -> list[Example]:
    return [_read(path) for path in sorted(FOLDER.glob("*.html"))]


def _read(path: Path) -> Example:
    head, code = path.read_text(encoding="utf-8").split("\n", 1)
    title, _bar, note = head.strip("{#} ").partition(" | ")
    return Example(re.sub(r"^\d+-", "", path.stem), title, note, code.strip())

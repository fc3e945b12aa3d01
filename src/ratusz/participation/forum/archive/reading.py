"""Reads an export of the old forum: JSON, CSV, or a ZIP of either with the files beside it. Pure: nothing is kept here.

JSON: {"posts": [{…}]}; CSV: one row a post, semicolons or commas. Fields: post, thread, title, category, category_number, author,
email, written, edited, edit_reason, words, answers_to, attachments (name|sha256, several parted by ";"; in JSON a list of
{name, sha256}).
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import Any

from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext as _

from ratusz.foundation.kit.plain_numbers import plain_number
from ratusz.foundation.kit.zips import NOT_OUR_ZIP

LARGEST = 200 * 1024 * 1024
"""Bytes of an export, and of one unpacked: what is larger is split by whoever exports."""
MOST_PARTS = 20_000
FORMATS = ("%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%d.%m.%Y %H:%M:%S", "%d.%m.%Y %H:%M")
NAMES = (
    "post", "thread", "title", "category", "category_number", "author", "email", "written", "edited", "edit_reason", "words",
    "answers_to", "attachments",
)  # fmt: skip
_ZONE = re.compile(
    r"(?P<bare>.*?\d{1,2}:\d{2}(?::\d{2})?)(?:\.\d+)?\s*(?:(?P<zulu>Z)|(?P<sign>[+-])(?P<hours>\d{2}):?(?P<minutes>\d{2}))?",
    re.ASCII,
)
_NOT_KEPT = re.compile("[\x00\ud800-\udfff]")


class ExportRefused(ValueError):
    """The file cannot be read at all; the message says why and what to do."""


@dataclass(frozen=True)
class OldFile:
    """An attachment as the export names it."""

    name: str
    sha256: str = ""


@dataclass(frozen=True)
class OldPost:
    """One post that can be brought in. `line` counts from 1, the heading of a CSV included."""

    line: int
    number: int
    thread: int
    title: str
    category: str
    author: str
    email: str
    written_at: datetime
    edited_at: datetime | None
    edit_reason: str
    words: str
    answers_to: int | None
    category_number: int | None = None
    files: tuple[OldFile, ...] = ()


@dataclass(frozen=True)
class BadRow:
    """A row that is left out, and why."""

    line: int
    why: str


@dataclass
class Export:
    """What an export holds: good posts in their order, bad rows, files by name, and the hash of the whole."""

    file_hash: str
    posts: list[OldPost] = field(default_factory=list)
    errors: list[BadRow] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    rows: int = 0

    @property
    def counts(self) -> dict[str, int]:
        """Rows, posts, threads, categories, authors and attachments, as the export has them."""
        return {
            "rows": self.rows, "posts": len(self.posts), "threads": len({each.thread for each in self.posts}),
            "categories": len({each.category for each in self.posts}), "authors": len({each.author for each in self.posts}),
            "attachments": sum(len(each.files) for each in self.posts), "left_out": len(self.errors),
        }  # fmt: skip


def read_export(content: bytes, name: str) -> Export:
    """The export behind the bytes of a file. Raises ExportRefused for what is no export at all."""
    if len(content) > LARGEST:
        raise ExportRefused(_("The file is larger than 200 MB. Split the export by years and bring the parts in one by one."))
    export = Export(hashlib.sha256(content).hexdigest())
    text, kind = _table_of(content, name, export)
    seen: set[int] = set()
    for line, row in _json_rows(text) if kind == "json" else _csv_rows(text):
        export.rows += 1
        try:
            post = _post(line, row)
            if post.number in seen:
                raise ValueError(_("the number %(number)s stands twice") % {"number": post.number})
        except ValueError as problem:
            export.errors.append(BadRow(line, str(problem)))
            continue
        seen.add(post.number)
        export.posts.append(post)
    return export


def _table_of(content: bytes, name: str, export: Export) -> tuple[str, str]:
    """The text of the table and its kind; of a ZIP the files beside it are kept in `export`."""
    ending = name.lower().rpartition(".")[2]
    if ending != "zip":
        return _text(content), "json" if ending == "json" else "csv"
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = [each for each in packed.infolist() if not each.is_dir()]
            if len(parts) > MOST_PARTS or sum(each.file_size for each in parts) > LARGEST:
                raise ExportRefused(_("The archive is too large once unpacked. Split it into parts."))
            tables = [each for each in parts if each.filename.lower().endswith((".json", ".csv")) and "/" not in each.filename]
            if len(tables) != 1:
                raise ExportRefused(_("Put exactly one CSV or JSON file at the top of the ZIP, and attachments in folders."))
            export.files = {each.filename.rpartition("/")[2]: packed.read(each) for each in parts if each is not tables[0]}
            table = tables[0]
            return _text(packed.read(table)), table.filename.lower().rpartition(".")[2]
    except NOT_OUR_ZIP as problem:
        raise ExportRefused(_("This is no ZIP file, or it is damaged. Export it once more.")) from problem


def _text(content: bytes) -> str:
    for encoding in ("utf-8-sig", "cp1250"):
        try:
            return content.decode(encoding).replace("\x00", "")
        except UnicodeDecodeError:
            continue
    raise ExportRefused(_("The text of the file cannot be read. Save it as UTF-8."))


def _json_rows(text: str) -> Iterable[tuple[int, dict[str, Any]]]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as problem:
        raise ExportRefused(_("This is no JSON file: %(problem)s") % {"problem": problem}) from problem
    posts = found.get("posts") if isinstance(found, dict) else found
    if not isinstance(posts, list):
        raise ExportRefused(_("The JSON needs a list named “posts”."))
    for line, row in enumerate(posts, start=1):
        yield line, _kept_as_text(row) if isinstance(row, dict) else {}


def _kept_as_text(found: Any) -> Any:
    """The same without what JSON can write and no database keeps: NUL and halves of a pair of UTF-16."""
    if isinstance(found, dict):
        return {_kept_as_text(name): _kept_as_text(value) for name, value in found.items()}
    if isinstance(found, list):
        return [_kept_as_text(each) for each in found]
    return _NOT_KEPT.sub("", found) if isinstance(found, str) else found


def _csv_rows(text: str) -> Iterator[tuple[int, dict[str, Any]]]:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    heading = text.partition("\n")[0]
    reader = csv.DictReader(io.StringIO(text), delimiter=";" if heading.count(";") >= heading.count(",") else ",")
    try:
        missing = {"post", "thread", "title", "author", "written", "words"} - set(reader.fieldnames or ())
        if missing:
            raise ExportRefused(_("Columns are missing in the first row: %(names)s.") % {"names": ", ".join(sorted(missing))})
        for row in reader:
            yield reader.line_num, row
    except csv.Error as problem:
        words = _("The table breaks off after line %(line)s: %(problem)s. Export it once more, or as JSON.")
        raise ExportRefused(words % {"line": reader.line_num, "problem": problem}) from problem


def _post(line: int, row: dict[str, Any]) -> OldPost:
    """Raises ValueError with the words for the line."""
    value = {name: row.get(name) if row.get(name) is not None else "" for name in NAMES}
    plain = {name: str(found).strip() for name, found in value.items() if name != "attachments"}
    if not plain["words"]:
        raise ValueError(_("the post has no words"))
    if not plain["author"]:
        raise ValueError(_("nobody is named as its author"))
    return OldPost(
        line=line, number=_number(plain["post"], "post"), thread=_number(plain["thread"], "thread"),
        title=" ".join(plain["title"].split())[:200] or f"{plain['thread']}", category=plain["category"][:120] or _("Old forum"),
        author=plain["author"], email=plain["email"], written_at=_moment(plain["written"]),
        edited_at=_moment(plain["edited"]) if plain["edited"] else None, edit_reason=plain["edit_reason"][:200],
        words=plain["words"], answers_to=_number(plain["answers_to"], "answers_to") if plain["answers_to"] else None,
        category_number=_number(plain["category_number"], "category_number") if plain["category_number"] else None,
        files=tuple(_files(value["attachments"])),
    )  # fmt: skip


def _number(text: str, name: str) -> int:
    found = plain_number(text)
    if not found or found > 2_000_000_000:
        raise ValueError(_("“%(text)s” is no number in the column %(name)s") % {"text": text[:40], "name": name})
    return found


def _moment(text: str) -> datetime:
    bare, zone = _parted(text)
    for form in FORMATS:
        try:
            found = datetime.strptime(bare, form)
        except ValueError:
            continue
        if 1990 <= found.year <= 2100:
            return found.replace(tzinfo=zone or get_default_timezone())
    raise ValueError(_("“%(text)s” is no moment; write it as 2019-03-14 12:30") % {"text": text[:40]})


def _parted(text: str) -> tuple[str, tzinfo | None]:
    """A moment without fractions of a second, and its zone where it names one ("Z", "+02:00"); without one it is ours."""
    parts = _ZONE.fullmatch(text.strip())
    if parts is None:
        return text.strip(), None
    hours, minutes = int(parts["hours"] or 0), int(parts["minutes"] or 0)
    away = timedelta(hours=hours, minutes=minutes)
    zone = UTC if parts["zulu"] else timezone(-away if parts["sign"] == "-" else away) if parts["sign"] and hours < 24 else None
    return parts["bare"], zone


def _files(found: Any) -> Iterator[OldFile]:
    if isinstance(found, list):
        for each in found:
            if isinstance(each, dict) and each.get("name"):
                yield OldFile(str(each["name"])[:200], str(each.get("sha256", "")).lower())
        return
    for part in str(found).split(";"):
        name, _bar, digest = part.strip().partition("|")
        if name:
            yield OldFile(name[:200], digest.strip().lower())

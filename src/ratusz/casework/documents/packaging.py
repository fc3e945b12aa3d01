"""Archive packages: the papers of a case in one ZIP, with their list, checksums and the facts an archive asks for."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from lxml import etree

from ratusz.casework.documents.docx import NOT_IN_XML
from ratusz.casework.documents.models import Case
from ratusz.casework.documents.registries import Paper

NAMESPACE = "urn:ratusz:package:1"
EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The first moment a ZIP can say."""


def package_of(case: Case, papers: Iterable[Paper]) -> tuple[bytes, list[dict[str, Any]]]:
    """The ZIP and the list of its papers. The same case with the same papers gives the same bytes.

    In the root: `metadane.xml` (the case: sign, class, category, unit, days; then each file), `sha256sums.txt` as sha256sum reads
    it, and the papers under `dokumenty/`. Names are made harmless and different from each other.
    """
    listed, contents, taken = [], {}, set[str]()
    for paper in papers:
        name = f"dokumenty/{_free_name(paper.name, taken)}"
        contents[name] = paper.content
        listed.append(
            {
                "name": name, "title": paper.title, "media_type": paper.media_type, "made_at": _moment(paper.made_at),
                "size": len(paper.content), "sha256": hashlib.sha256(paper.content).hexdigest(), "is_public": paper.is_public,
            }
        )  # fmt: skip
    contents = {"metadane.xml": _description(case, listed), **contents}
    sums = "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in contents.items())
    return _zip({**contents, "sha256sums.txt": sums.encode()}), listed


def _free_name(name: str, taken: set[str]) -> str:
    stem, _, ending = re.sub(r"[^\w.\- ]", "_", name.rsplit("/", 1)[-1]).rpartition(".")
    stem = (stem or "dokument").strip(". ")[:100] or "dokument"
    free, count = f"{stem}.{ending}", 1
    while free.casefold() in taken:
        count += 1
        free = f"{stem}-{count}.{ending}"
    taken.add(free.casefold())
    return free


def _moment(moment: datetime) -> str:
    return moment.astimezone(ZoneInfo(settings.TIME_ZONE)).isoformat(timespec="seconds")


def _description(case: Case, listed: list[dict[str, Any]]) -> bytes:
    root = etree.Element("paczka", nsmap={None: NAMESPACE})
    facts = {
        "znak-sprawy": case.sign, "tytul": case.title, "komorka": str(case.unit), "symbol-komorki": case.unit.short_name,
        "klasa-jrwa": case.plan_class, "kategoria-archiwalna": case.category, "wszczeto": _moment(case.opened_at),
        "zakonczono": _moment(case.closed_at) if case.closed_at else "", "numer-ezd": case.foreign_number,
    }  # fmt: skip
    part = etree.SubElement(root, "sprawa")
    for name, value in facts.items():
        if value:
            etree.SubElement(part, name).text = NOT_IN_XML.sub("", value)
    papers = etree.SubElement(root, "dokumenty")
    for each in listed:
        paper = etree.SubElement(papers, "dokument", plik=each["name"], sha256=each["sha256"], rozmiar=str(each["size"]))
        etree.SubElement(paper, "tytul").text = NOT_IN_XML.sub("", each["title"])
        etree.SubElement(paper, "format").text = each["media_type"]
        etree.SubElement(paper, "data").text = each["made_at"]
        etree.SubElement(paper, "dostep").text = "publiczny" if each["is_public"] else "wewnętrzny"
    return etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)


def _zip(contents: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            entry = zipfile.ZipInfo(name, EARLIEST)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(entry, content)
    return target.getvalue()


def checked(package: bytes) -> list[str]:
    """Names of files in a package whose bytes are not those of its list, or that its list does not name; empty when all fit."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        lines = archive.read("sha256sums.txt").decode().splitlines()
        sums = {name: checksum for checksum, _gap, name in (line.partition("  ") for line in lines)}
        names = {name for name in archive.namelist() if name != "sha256sums.txt"}
        wrong = [name for name in sorted(names & set(sums)) if hashlib.sha256(archive.read(name)).hexdigest() != sums[name]]
    return wrong + sorted(names ^ set(sums))

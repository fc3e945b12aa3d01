"""Files made from a text for one place: packages for other sites and for BIP, posters."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import segno
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from ratusz.casework.documents.pdf import pdf_of
from ratusz.foundation.files.actions import read_allowed_file
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import polish_moment
from ratusz.publishing.messages import queries, wording
from ratusz.publishing.messages.models import Correction, FactsVersion, Message, MessagePicture, Variant
from ratusz.publishing.messages.outlets import Form, Outlet, address_of
from ratusz.publishing.messages.pictures import shown_picture
from ratusz.ui.chrome import office_lines

TYPST = Path(__file__).parent / "typst"
ZIP = "application/zip"
PDF = "application/pdf"
FULL = Outlet(code="full", name="", form=Form.FULL)
EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class MadeFile:
    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True)
class Shown:
    """What a file shows: what is out, or before that what is approved."""

    message: Message
    version: FactsVersion
    content: wording.Content
    text: str
    made_by: Any
    approved_by: Any
    left_at: datetime | None

    @property
    def title(self) -> str:
        return wording.filled("{tytul}", self.content)


def shown(variant: Variant) -> Shown:
    """The release of a variant, or its approved text."""
    release, message = variant.release, variant.message
    version = release.facts if release else variant.based_on
    return Shown(
        message=message, version=version, content=queries.content_of(message, version),
        text=release.text if release else variant.text,
        made_by=version.written_by, approved_by=release.approved_by if release else variant.approved_by,
        left_at=release.left_at if release else None,
    )  # fmt: skip


def _context(what: Shown, picture: MessagePicture | None = None) -> dict[str, Any]:
    return {
        "what": what, "language": what.message.language, "title": what.title, "facts": wording.fact_lines(what.content),
        "blocks": _blocks(what), "address": address_of(what.message), "office": office_lines()[0],
        "corrections": _corrections(what),
        "picture": picture,
    }  # fmt: skip


def _corrections(what: Shown) -> list[Correction]:
    """Those that have reached this text, the newest first."""
    published = queries.shown_corrections([what.message]).get(what.message.pk, [])
    return [each for each in published if each.facts.number <= what.version.number]


def _blocks(what: Shown) -> list[wording.Block]:
    """The texts without the title and the facts, which stand apart."""
    short, long = (wording.filled(f"{{{name}}}", what.content) for name in ("krotko", "dlugo"))
    derived = f"{short}\n\n{long}"
    full = wording.derived(FULL, what.content)
    return wording.blocks(derived if what.text == full else what.text)


def package(variant: Variant) -> MadeFile:
    """For another site of the city: the text as HTML, the facts for machines, the picture."""
    what = shown(variant)
    picture = shown_picture(what.message, variant.outlet, database_now())
    with override(what.message.language):
        parts: dict[str, bytes | str] = {"komunikat.html": render_to_string("messages/files/message.html", _context(what, picture))}
    parts["fakty.json"] = json.dumps(machine_facts(what), ensure_ascii=False, indent=2)
    parts["tekst.txt"] = what.text
    if picture is not None:
        with read_allowed_file(file=picture.file) as kept:
            parts[f"zdjecie.{'jpg' if picture.file.kind == 'jpeg' else picture.file.kind}"] = kept.read()
    return MadeFile(f"{_name(what)}.zip", ZIP, _zipped(parts))


def bip_package(variant: Variant) -> MadeFile:
    """For BIP: HTML and PDF, and who made it, who answers for it, who publishes it, when (art. 8 ust. 6 of the access act)."""
    what = shown(variant)
    with override("pl"):
        parts: dict[str, bytes | str] = {
            "komunikat.html": render_to_string("messages/files/message.html", _context(what)),
            "komunikat.pdf": _document(what),
            "metryczka.txt": "\n".join(f"{label}: {' '.join(value.splitlines())}" for label, value in bip_record(what)) + "\n",
            "metryczka.json": json.dumps(dict(bip_record(what)), ensure_ascii=False, indent=2),
        }
    return MadeFile(f"{_name(what)}-bip.zip", ZIP, _zipped(parts))


def bip_record(what: Shown) -> list[tuple[str, str]]:
    """The record that BIP shows under each document."""
    return [
        (_("Title"), what.title),
        (_("Number"), what.message.reference),
        (_("Made by"), f"{what.made_by.get_full_name()}, {what.message.owner_unit.name}"),
        (_("Made on"), polish_moment(what.version.written_at)),
        (_("Responsible for the content"), what.message.owner_unit.name),
        (_("Approved for publication by"), what.approved_by.get_full_name() if what.approved_by else ""),
        (_("Given for publication on"), polish_moment(what.left_at or database_now())),
        (_("Version of the facts"), str(what.version.number)),
        (_("State as of"), polish_moment(what.version.as_of)),
        (_("Source document"), what.version.source_document),
    ]


def machine_facts(what: Shown) -> dict[str, Any]:
    """The message for machines, as in our API."""
    return {
        "id": what.message.reference, "version": what.version.number, "kind": what.message.kind, "language": what.message.language,
        "title": what.title, "text": what.text, "url": address_of(what.message), "owner": what.message.owner_unit.name,
        "facts": wording.as_facts(what.content),
    }  # fmt: skip


def _document(what: Shown) -> bytes:
    return pdf_of(TYPST / "message.typ", _typeset(what))


def poster(variant: Variant, paper: str) -> MadeFile:
    """A4 or A3, tagged, with a QR code of the page where corrections show."""
    what = shown(variant)
    with override(what.message.language):
        return MadeFile(f"{_name(what)}-{paper}.pdf", PDF, pdf_of(TYPST / "poster.typ", _typeset(what) | {"paper": paper}))


def _typeset(what: Shown) -> dict[str, Any]:
    address, corrections = address_of(what.message), _corrections(what)
    own_words = wording.blocks(what.text)
    # A poster's text begins with the title, which stands large above it.
    rest = own_words[1:] if own_words and own_words[0].lines[0] == what.title else _blocks(what)
    return {
        "title": what.title, "kind": str(what.message.get_kind_display()).capitalize(), "language": what.message.language,
        "facts": [{"label": label, "value": value} for label, value in wording.fact_lines(what.content)],
        "blocks": [{"lines": list(block.lines), "is_list": block.is_list} for block in rest],
        "address": address.removeprefix("https://").removeprefix("http://"), "qr": _qr(address), "number": what.message.reference,
        "qr_alt": _("QR code with the address of the page: %(address)s") % {"address": address},
        "corrections": [_in_words(each, what.message.language) for each in corrections],
        "corrected": _("Corrected on %(when)s.") % {"when": _moment(corrections[0], what.message.language)} if corrections else "",
        "current": _("Current information and corrections:"), "office": office_lines()[0],
        "is_urgent": what.message.urgency == "urgent",
        "urgent": _("Urgent"), "version": _("version %(number)d") % {"number": what.version.number},
    }  # fmt: skip


def _in_words(correction: Correction, language: str) -> str:
    given = {"was": correction.was_wrong, "is": correction.is_right, "when": _moment(correction, language)}
    return _("%(kind)s, %(when)s. Was: %(was)s Is: %(is)s") % (given | {"kind": str(correction.get_nature_display()).capitalize()})


def _moment(correction: Correction, language: str) -> str:
    assert correction.published_at is not None
    return wording.moment(correction.published_at, language)


def _qr(address: str) -> list[int]:
    """The code as bytes of an SVG picture; empty without an address."""
    if not address:
        return []
    kept = io.BytesIO()
    segno.make(address, error="m", micro=False).save(kept, kind="svg", border=2, dark="#14181f", light="#ffffff", xmldecl=False)
    return list(kept.getvalue())


def _name(what: Shown) -> str:
    return f"komunikat-{what.message.year}-{what.message.number}-w{what.version.number}"


def _zipped(parts: dict[str, bytes | str]) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, EPOCH), content, zipfile.ZIP_DEFLATED)
    return kept.getvalue()


MADE: dict[str, Callable[[Variant], MadeFile]] = {
    "package": package,
    "bip": bip_package,
    "a4": lambda variant: poster(variant, "a4"),
    "a3": lambda variant: poster(variant, "a3"),
}
"""Code of a file -> how it is made."""

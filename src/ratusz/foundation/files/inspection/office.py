"""Documents and sheets of today's office programs: no macros, no foreign templates, nothing that starts by itself."""

from __future__ import annotations

import io
import re
import zipfile

from defusedxml import ElementTree
from django.utils.translation import gettext as _

from ratusz.foundation.files.inspection import archives
from ratusz.foundation.files.rules import KINDS, FileRefused

_MAIN_PARTS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
}
_MACROS = re.compile(
    r"(vbaproject|vbadata|macrosheets?/|activex|oleobject|/embeddings/|customui/|attachedtoolbars|(^|/)(basic|scripts)/)",
    re.IGNORECASE,
)
_ACTIVE_TYPES = re.compile(r"macroenabled|vbaproject|activex|oleobject", re.IGNORECASE)
_FOREIGN = ("attachedTemplate", "oleObject", "frame", "subDocument", "externalLink")
_SMALL = 2 * 1024 * 1024


def kind_of(data: bytes) -> str:
    """docx, xlsx, odt, ods, or "" for any other archive."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        names = set(archive.namelist())
        if "mimetype" in names:
            return _by_mimetype(_read(archive, "mimetype").decode("ascii", "replace").strip())
        types = _read(archive, "[Content_Types].xml").decode("utf-8", "replace") if "[Content_Types].xml" in names else ""
    except Exception:
        return ""
    return next((kind for kind, main in _MAIN_PARTS.items() if main in types), "")


def _by_mimetype(media_type: str) -> str:
    return next((kind for kind in ("odt", "ods") if KINDS[kind].media_type == media_type), "")


def checked_docx(data: bytes) -> bytes:
    return _checked_ooxml(data)


def checked_xlsx(data: bytes) -> bytes:
    return _checked_ooxml(data)


def checked_odt(data: bytes) -> bytes:
    return _checked_odf(data)


def checked_ods(data: bytes) -> bytes:
    return _checked_odf(data)


def _opened(data: bytes) -> zipfile.ZipFile:
    archive = archives.opened(data)
    if any(_MACROS.search(name) for name in archive.namelist()):
        _refuse_macros()
    archives.look_through(archive)
    return archive


def _checked_ooxml(data: bytes) -> bytes:
    archive = _opened(data)
    if _ACTIVE_TYPES.search(_read(archive, "[Content_Types].xml").decode("utf-8", "replace")):
        _refuse_macros()
    for name in archive.namelist():
        if name.endswith(".rels"):
            _check_relations(_read(archive, name))
    return data


def _check_relations(text: bytes) -> None:
    """A document that fetches a template or an object from elsewhere when it is opened is an old way in."""
    try:
        relations = ElementTree.fromstring(text)
    except Exception:
        raise FileRefused(
            _("The document is damaged. Save it again in your program and send it once more."), code="damaged"
        ) from None
    for relation in relations:
        kind = relation.get("Type", "").rsplit("/", 1)[-1]
        if relation.get("TargetMode") == "External" and kind in _FOREIGN:
            _refuse_macros()


def _checked_odf(data: bytes) -> bytes:
    archive = _opened(data)
    first = archive.infolist()[0]
    if first.filename != "mimetype" or first.compress_type != zipfile.ZIP_STORED:
        raise FileRefused(_("The document is damaged. Save it again in your program and send it once more."), code="damaged")
    manifest = _read(archive, "META-INF/manifest.xml") if "META-INF/manifest.xml" in archive.namelist() else b""
    if b"encryption-data" in manifest:
        raise FileRefused(_("The document is locked with a password. Save it without one and send it again."), code="encrypted")
    if b"script:event-listener" in _read(archive, "content.xml"):
        _refuse_macros()
    return data


def _read(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as part:
        return part.read(_SMALL)


def _refuse_macros() -> None:
    raise FileRefused(
        _("There are macros or other active parts in the document. Save it without them, or as a PDF."), code="active"
    )

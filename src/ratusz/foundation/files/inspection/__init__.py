"""What a file really is, told by its content alone; whatever is not plainly one of the allowed kinds is refused."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

import filetype
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ratusz.foundation.files.inspection import images, office, pdf, svg
from ratusz.foundation.files.inspection.apart import check_apart
from ratusz.foundation.files.inspection.polyglots import refuse_polyglot
from ratusz.foundation.files.rules import KINDS, MEGABYTE, FileRefused

CHECKS: dict[str, Callable[[bytes], bytes]] = {
    "jpeg": images.reencoded_jpeg,
    "png": images.reencoded_png,
    "webp": images.reencoded_webp,
    "pdf": pdf.checked,
    "docx": office.checked_docx,
    "xlsx": office.checked_xlsx,
    "odt": office.checked_odt,
    "ods": office.checked_ods,
    "svg": svg.checked_svg,
}
_BY_MIME = {kind.media_type: name for name, kind in KINDS.items()}
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True)
class Inspected:
    """A file that passed: its kind and the bytes to keep (images are drawn anew, without what cameras write into them)."""

    kind: str
    data: bytes


def inspect(data: bytes, allowed: Collection[str]) -> Inspected:
    """Checks the bytes against the allowed kinds (names in rules.KINDS); raises FileRefused with a message for the person."""
    if not data:
        raise FileRefused(_("The file is empty. Choose another one."), code="empty")
    kind = kind_of(data)
    if kind not in allowed:
        raise FileRefused(_not_allowed(data, allowed), code="kind")
    if len(data) > KINDS[kind].largest:
        limit = KINDS[kind].largest // MEGABYTE
        message = ngettext(
            "The file is too large. It may have up to %(limit)s MB.",
            "The file is too large. It may have up to %(limit)s MB.",
            limit,
        )
        raise FileRefused(message % {"limit": limit}, code="size")
    refuse_polyglot(data, kind)
    return Inspected(kind, check_apart(kind, data) if settings.RATUSZ_INSPECT_APART else CHECKS[kind](data))


def kind_of(data: bytes) -> str:
    """The kind by content, "" for anything we do not take."""
    if data.startswith(b"PK\x03\x04"):
        return office.kind_of(data)
    if drawing := svg.kind_of(data):
        return drawing
    guessed = filetype.guess(data[:8192])
    return _BY_MIME.get(guessed.mime, "") if guessed else ""


def _not_allowed(data: bytes, allowed: Collection[str]) -> str:
    if data.startswith(_OLD_OFFICE):
        return _("This is a document of an old kind. Save it as DOCX, XLSX or PDF and send it again.")
    names = ", ".join(sorted({KINDS[kind].extension.upper() for kind in allowed}))
    return _("We cannot take a file of this kind. Send one of these: %(names)s.") % {"names": names}

"""PDFs: no scripts, no programs to start, no files inside, no password."""

from __future__ import annotations

import io

import pikepdf
from django.utils.translation import gettext as _

from ratusz.foundation.files.rules import FileRefused

MOST_OBJECTS = 200_000
_ACTIVE = {"/JavaScript", "/JS", "/Launch", "/ImportData", "/SubmitForm", "/RichMedia", "/Movie", "/Rendition", "/XFA"}
_INSIDE = {"/EmbeddedFiles", "/EmbeddedFile", "/EF"}


def checked(data: bytes) -> bytes:
    """The same bytes; raises FileRefused for a damaged, locked or active PDF."""
    if not data.startswith(b"%PDF-") or b"%%EOF" not in data[-2048:]:
        raise FileRefused(_damaged(), code="damaged")
    try:
        with pikepdf.open(io.BytesIO(data), suppress_warnings=True) as document:
            _look_through(document)
    except FileRefused:
        raise
    except pikepdf.PasswordError:
        raise FileRefused(
            _("The PDF is locked with a password. Save it without one and send it again."), code="encrypted"
        ) from None
    except Exception:
        raise FileRefused(_damaged(), code="damaged") from None
    return data


def _damaged() -> str:
    return _("The PDF is damaged. Save it again in your program and send it once more.")


def _look_through(document: pikepdf.Pdf) -> None:
    if document.is_encrypted:
        raise FileRefused(_("The PDF is locked with a password. Save it without one and send it again."), code="encrypted")
    if len(document.objects) > MOST_OBJECTS or not len(document.pages):
        raise FileRefused(_damaged(), code="damaged")
    for thing in document.objects:
        _look_at(thing, depth=0)
    _look_at(document.trailer, depth=0)


def _look_at(thing, depth: int) -> None:
    """Names of a dictionary's keys and of its action; objects referred to come up by themselves."""
    if depth > 60:
        raise FileRefused(_damaged(), code="damaged")
    if isinstance(thing, pikepdf.Array):
        for item in thing:
            if not getattr(item, "is_indirect", False) and isinstance(item, (pikepdf.Dictionary, pikepdf.Array)):
                _look_at(item, depth + 1)
        return
    if not isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream)):
        return
    keys = set(thing.keys())
    action = str(thing["/S"]) if "/S" in keys and isinstance(thing["/S"], pikepdf.Name) else ""
    if keys & _INSIDE or str(thing.get("/Type", "")) == "/EmbeddedFile":
        raise FileRefused(_("There are other files inside the PDF. Send them one by one."), code="embedded_files")
    if keys & _ACTIVE or action in _ACTIVE or str(thing.get("/Subtype", "")) in _ACTIVE:
        raise FileRefused(_("There is a script in the PDF. Print it to a new PDF and send that one."), code="active")
    for key in keys:
        item = thing[key]
        if not getattr(item, "is_indirect", False) and isinstance(item, (pikepdf.Dictionary, pikepdf.Array)):
            _look_at(item, depth + 1)

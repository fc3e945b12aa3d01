"""Vector drawings (SVG) such as logos: nothing that runs, loads or hides is taken; a drawing is kept only as a download."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from defusedxml import ElementTree
from django.utils.translation import gettext as _

from ratusz.foundation.files.rules import FileRefused

SVG = "{http://www.w3.org/2000/svg}"
DRAWS = {
    "svg", "g", "defs", "title", "desc", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan", "use",
    "symbol", "clipPath", "mask", "linearGradient", "radialGradient", "stop", "pattern", "style", "metadata", "marker",
}  # fmt: skip
NOTES = ("{http://www.inkscape.org/", "{http://sodipodi.sourceforge.net/")
"""What drawing programs write for themselves, anywhere in the drawing."""
ALIVE = (SVG, "{http://www.w3.org/1999/xhtml}", "{http://www.w3.org/1998/Math/MathML}")
"""What a browser knows, wherever it stands."""
DESCRIBES = frozenset({f"{SVG}metadata", f"{SVG}title", f"{SVG}desc"})
_LOADS = re.compile(r"url\s*\(\s*['\"]?\s*(?!#)|@import|expression\s*\(|javascript\s*:|data\s*:", re.IGNORECASE)
_STYLES = re.compile(r"\\|image-set\s*\(|(?:cross-fade|(?<![\w-])(?:src|image))\(", re.IGNORECASE)
"""In styles an escape writes any word in disguise (u\\72l), and a few words more load than in addresses."""
_INSTRUCTS = re.compile(rb"<\?(?!xml[\s?]|xpacket\s)")
"""An instruction to the browser, such as another style or a transformation; XMP's own bracket is none."""
MOST_ELEMENTS = 20_000


def kind_of(data: bytes) -> str:
    """ "svg" when it begins as one, "" otherwise; what it holds is checked afterwards."""
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return "svg" if start.startswith(b"<svg") or (start.startswith(b"<?xml") and b"<svg" in start) else ""


def checked_svg(data: bytes) -> bytes:
    """The drawing as it came, when everything in it only draws; FileRefused in words otherwise."""
    if _INSTRUCTS.search(data):
        raise _refused()
    try:
        root = ElementTree.fromstring(data, forbid_dtd=True)
    except Exception:
        # Broken and booby-trapped XML fail in many ways; all mean the same to the person.
        raise _refused() from None
    if root.tag != f"{SVG}svg" or sum(1 for _element in root.iter()) > MOST_ELEMENTS:
        raise _refused()
    for element in _drawn(root):
        _check(element)
    return data


def _drawn(root: Element) -> Iterator[Element]:
    """Every element but what stands inside a description: programs write notes of their own there."""
    waiting = [(root, False)]
    while waiting:
        element, is_note = waiting.pop()
        if not is_note or _is_alive(element):
            yield element
        waiting.extend((below, is_note or element.tag in DESCRIBES) for below in element)


def _is_alive(element: Element) -> bool:
    """Whether an element within a description is one that a browser would run or load all the same."""
    return element.tag.startswith(ALIVE) or element.tag.rpartition("}")[2].lower() in ("script", "iframe", "object", "embed", "img")


def _check(element: Element) -> None:
    if not element.tag.startswith((SVG, *NOTES)):
        raise _refused()
    if element.tag.startswith(SVG) and element.tag.removeprefix(SVG) not in DRAWS:
        raise _refused()
    if any(_LOADS.search(words or "") for words in (element.text, element.tail)):
        raise _refused()
    # A style in pieces reads as one to a browser, and no piece looks like anything.
    if element.tag == f"{SVG}style" and (len(element) or _STYLES.search(element.text or "")):
        raise _refused()
    for name, value in element.attrib.items():
        _check_attribute(name, value)


def _check_attribute(name: str, value: str) -> None:
    plain = name.rpartition("}")[2].lower()
    if plain.startswith("on") or plain == "base" or (plain in ("href", "src") and not value.startswith("#")):
        raise _refused()
    # Attributes of the drawing itself may be styles; those of programs hold paths of somebody's disk.
    if _LOADS.search(value) or ("}" not in name and _STYLES.search(value)):
        raise _refused()


def _refused() -> FileRefused:
    return FileRefused(
        _("This drawing holds more than a drawing: a script, a link or a foreign part. Save it as a plain SVG and send it again."),
        code="active",
    )

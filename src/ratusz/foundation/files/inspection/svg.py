"""Vector drawings (SVG) such as logos: nothing that runs, loads or hides is taken; a drawing is kept only as a download."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from defusedxml import ElementTree
from django.utils.translation import gettext as _

from ratusz.foundation.files.rules import FileRefused

SVG = "{http://www.w3.org/2000/svg}"
DRAWS = {
    "svg", "g", "defs", "title", "desc", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan", "use",
    "symbol", "clipPath", "mask", "linearGradient", "radialGradient", "stop", "pattern", "style", "metadata", "marker",
}  # fmt: skip
DESCRIBES = ("metadata", "title", "desc")
_LOADS = re.compile(r"url\s*\(\s*['\"]?\s*(?!#)|@import|expression\s*\(|javascript\s*:|data\s*:", re.IGNORECASE)
MOST_ELEMENTS = 20_000


def kind_of(data: bytes) -> str:
    """ "svg" when it begins as one, "" otherwise; what it holds is checked afterwards."""
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return "svg" if start.startswith(b"<svg") or (start.startswith(b"<?xml") and b"<svg" in start) else ""


def checked_svg(data: bytes) -> bytes:
    """The drawing as it came, when everything in it only draws; FileRefused in words otherwise."""
    try:
        root = ElementTree.fromstring(data, forbid_dtd=True)
    except Exception:
        # Broken and booby-trapped XML fail in many ways; all mean the same to the person.
        raise _refused() from None
    elements = list(root.iter())
    if root.tag != f"{SVG}svg" or len(elements) > MOST_ELEMENTS:
        raise _refused()
    for element in _drawn(root):
        _check(element)
    return data


def _drawn(root: Element) -> list[Element]:
    """Every element but what stands inside a description: programs write notes of their own there."""
    inside = {
        id(below) for name in DESCRIBES for found in root.iter(f"{SVG}{name}") for below in found.iter() if below is not found
    }
    return [element for element in root.iter() if id(element) not in inside or _is_alive(element)]


def _is_alive(element: Element) -> bool:
    """Whether an element within a description is one that a browser would run or load all the same."""
    return element.tag.startswith(SVG) or element.tag.rpartition("}")[2].lower() in ("script", "iframe", "object", "embed", "img")


def _check(element: Element) -> None:
    if (
        not element.tag.startswith(SVG)
        and not element.tag.startswith("{http://www.inkscape.org/")
        and "sodipodi" not in element.tag
    ):
        raise _refused()
    if element.tag.startswith(SVG) and element.tag.removeprefix(SVG) not in DRAWS:
        raise _refused()
    if _LOADS.search(element.text or ""):
        raise _refused()
    for name, value in element.attrib.items():
        plain = name.rpartition("}")[2].lower()
        if plain.startswith("on") or (plain in ("href", "src") and not value.startswith("#")) or _LOADS.search(value):
            raise _refused()


def _refused() -> FileRefused:
    return FileRefused(
        _("This drawing holds more than a drawing: a script, a link or a foreign part. Save it as a plain SVG and send it again."),
        code="active",
    )

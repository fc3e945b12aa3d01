"""The contrast of colours written into a text, by the formula of WCAG 2.2 (1.4.3)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from ratusz.foundation.kit.words import decimal_comma
from ratusz.publishing.gates.findings import WARN, Missing
from ratusz.publishing.gates.reading import Reading
from ratusz.publishing.gates.targets import Targets

Rgb = tuple[int, int, int]
PAGE_LETTERS, PAGE_BACKGROUND = "#000000", "#ffffff"
NAMED = {
    "black": (0, 0, 0), "silver": (192, 192, 192), "gray": (128, 128, 128), "grey": (128, 128, 128), "white": (255, 255, 255),
    "maroon": (128, 0, 0), "red": (255, 0, 0), "purple": (128, 0, 128), "fuchsia": (255, 0, 255), "green": (0, 128, 0),
    "lime": (0, 255, 0), "olive": (128, 128, 0), "yellow": (255, 255, 0), "navy": (0, 0, 128), "blue": (0, 0, 255),
    "teal": (0, 128, 128), "aqua": (0, 255, 255), "cyan": (0, 255, 255), "orange": (255, 165, 0), "pink": (255, 192, 203),
    "brown": (165, 42, 42), "gold": (255, 215, 0), "lightgray": (211, 211, 211), "lightgrey": (211, 211, 211),
    "darkgray": (169, 169, 169), "darkgrey": (169, 169, 169), "darkblue": (0, 0, 139), "darkgreen": (0, 100, 0),
    "darkred": (139, 0, 0), "lightblue": (173, 216, 230), "lightgreen": (144, 238, 144), "lightyellow": (255, 255, 224),
}  # fmt: skip
_HEX = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})")
_RGB = re.compile(r"rgba?\(\s*(\d{1,3})\s*[, ]\s*(\d{1,3})\s*[, ]\s*(\d{1,3})\s*(?:[,/]\s*(?:1|1\.0+|100%)\s*)?\)")


def read_colour(written: str) -> Rgb | None:
    """A colour as written in a style; None for what cannot be told by itself (transparent, inherited, a variable)."""
    colour = written.strip().lower().removesuffix("!important").strip()
    if _HEX.fullmatch(colour):
        digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
        return int(digits[0:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)
    if (found := _RGB.fullmatch(colour)) and all(int(part) <= 255 for part in found.groups()):
        return int(found[1]), int(found[2]), int(found[3])
    return NAMED.get(colour)


def contrast_of(one: Rgb, other: Rgb) -> float:
    """From 1 (the same) to 21 (black on white)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Rgb) -> float:
    red, green, blue = (_linear(part / 255) for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def contrast(reading: Reading, targets: Targets, at: datetime) -> Iterator[Missing]:
    """W16: letters of a written colour can be read on their background; a colour that cannot be told warns."""
    least = float(targets.of_office("least_contrast"))
    for pair in reading.colours:
        letters, background = read_colour(pair.letters or PAGE_LETTERS), read_colour(pair.background or PAGE_BACKGROUND)
        if letters is None or background is None:
            yield Missing(
                _("A colour is written into the text, and its contrast cannot be told. Take the colour out."), pair.url, WARN
            )
        elif (ratio := contrast_of(letters, background)) < least:
            words = _("The colours of “%(text)s” are hard to read: contrast %(ratio)s, and at least %(least)s is needed.")
            shown = {"text": pair.text[:60], "ratio": decimal_comma(ratio, 1), "least": decimal_comma(least, 1)}
            yield Missing(words % shown, pair.url)

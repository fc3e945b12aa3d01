"""Tokens of the design as Python values, for what CSS can't dress: mail, print, charts."""

import re
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "styles" / "tokens.css"
_DECLARATION = re.compile(r"--([a-z0-9-]+):\s*([^;]+);")
_BOTH_THEMES = re.compile(r"light-dark\(([^,]+),\s*([^)]+)\)")


@cache
def read(theme: str = "light", brand: str = "") -> dict[str, str]:
    """Name of the token (without dashes in front) to its CSS value. `theme` is "light" or "dark"; mail and print take "light".

    A brand's own tokens stand before the city's.
    """
    place = {"light": 1, "dark": 2}[theme]
    text = FILE.read_text(encoding="utf-8")
    found = _DECLARATION.findall(text.partition("[data-brand=")[0])
    if brand:
        rule = re.search(rf'\[data-brand="{brand}"\] {{([^}}]*)}}', text)
        if rule is None:
            raise KeyError(brand)
        found += _DECLARATION.findall(rule[1])
    return {name: _BOTH_THEMES.sub(lambda pair: pair[place].strip(), value).strip() for name, value in found}


def contrast(one: str, other: str) -> float:
    """WCAG 2 contrast ratio, 1 to 21, of two colours written #rrggbb."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue

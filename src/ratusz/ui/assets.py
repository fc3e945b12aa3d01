"""The few files every public page needs: in memory, compressed once, addressed by their content; no build step, no collectstatic.

The style sheet is the sources of styles/ in their order without comments and indentation. What an address shows never changes, so
browsers and proxies keep it for a year.
"""

from __future__ import annotations

import gzip
import hashlib
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import django_htmx
from django.conf import settings
from django.urls import reverse

HERE = Path(__file__).parent
TYPES = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "woff2": "font/woff2", "svg": "image/svg+xml"}
FOLDERS = {"js": "scripts", "woff2": "fonts", "svg": "images"}
LAYERS = "@layer tokens, base, layout, components, print;"


@dataclass(frozen=True)
class Asset:
    name: str
    content: bytes
    packed: bytes
    """Gzip of the content; empty where it would not get smaller (fonts)."""
    digest: str

    @property
    def type(self) -> str:
        return TYPES[self.name.rsplit(".", 1)[-1]]


def asset(name: str) -> Asset:
    """The asset of that name; KeyError when there is none. Read anew on each call in DEBUG, so a change shows at once."""
    return (_make if settings.DEBUG else _kept)(name)


def address(name: str) -> str:
    return reverse("ui:asset", args=[asset(name).digest, name])


def _make(name: str) -> Asset:
    content = _content(name)
    packed = b"" if name.endswith("woff2") else gzip.compress(content, 9, mtime=0)
    return Asset(name, content, packed, hashlib.sha256(content).hexdigest()[:12])


_kept = cache(_make)


def _content(name: str) -> bytes:
    if name == "ratusz.css":
        return _style_sheet().encode()
    if name == "htmx.js":
        return (Path(django_htmx.__file__).parent / "static/django_htmx/htmx-2.min.js").read_bytes()
    folder = FOLDERS.get(name.rsplit(".", 1)[-1])
    path = HERE / f"{folder}/{name}"
    if not folder or not re.fullmatch(r"[a-z0-9-]+\.[a-z0-9]+", name) or not path.is_file():
        raise KeyError(name)
    return path.read_bytes()


def style_sources() -> list[Path]:
    styles = HERE / "styles"
    components = sorted((styles / "components").glob("*.css"))
    first = [styles / f"{name}.css" for name in ("tokens", "base", "layout")]
    return [*first, *components, styles / "print.css"]


def _style_sheet() -> str:
    text = LAYERS + "".join(source.read_text(encoding="utf-8") for source in style_sources())
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    text = re.sub(r"\s*\n\s*", "\n", text)
    text = re.sub(r"(?<=[{};,])\n|\n(?=})", "", text).strip()
    return re.sub(r'"asset:([^"]+)"', lambda found: f'"{address(found[1])}"', text)

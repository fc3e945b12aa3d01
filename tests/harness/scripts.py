"""Scripts in two hundred shapes, as somebody types them into any field, and how to tell that a page would run one."""

from __future__ import annotations

import re

SHAPES = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>", "javascript:alert(1)", "\"><script>alert(1)",
    "'-alert(1)-'", "<a href=javascript:alert(1)>x</a>", "{{7*7}}", "{% load i18n %}", "<iframe srcdoc='<script>alert(1)</script>'>",
    "<math><mi//xlink:href='data:x,<script>alert(1)</script>'>", "</textarea><script>alert(1)</script>", "</title><script>alert(1)",
    "<body onload=alert(1)>", "<details open ontoggle=alert(1)>", "&lt;script&gt;alert(1)", "\u003cscript\u003ealert(1)", "<ScRiPt>x",
    "<style>@import'x'</style>", "<meta http-equiv=refresh content=0>",
]  # fmt: skip
WRAPPINGS = ("@", " @", "@@", "x@y", "\n@", "„@”", "@<!--", "<b>@</b>", "\u200b@", "%@%")
RUNS = re.compile(
    r"<script>alert|<img src=x|<svg/onload|<iframe srcdoc|<body onload|<a href=javascript|<ScRiPt|<style>@|<details open ontoggle"
    r"|<math><mi|<meta http-equiv=refresh|href=\"javascript:"
)


def two_hundred() -> list[str]:
    """Ten wrappings of each shape."""
    return [wrap.replace("@", shape) for shape in SHAPES for wrap in WRAPPINGS]


def runs_in(page: str) -> list[str]:
    """What of them a page would run: tags that came through, or a template that was reckoned."""
    return [*RUNS.findall(page), *(found for found in re.findall(r"x(\d\d)y", page) if found == "49")]

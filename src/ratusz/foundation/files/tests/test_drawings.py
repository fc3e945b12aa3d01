"""A vector drawing is taken only where a purpose asks for one, and only when everything in it draws."""

from __future__ import annotations

import pytest

from ratusz.foundation.files.inspection import inspect
from ratusz.foundation.files.rules import DRAWINGS, EVERYTHING, FileRefused

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 10 10">'


def drawing(inside: str) -> bytes:
    return f"{HEAD}{inside}</svg>".encode()


GOOD = [
    drawing('<title>Znak</title><defs><g id="a"><path d="M0 0h10"/></g></defs><use xlink:href="#a" fill="url(#b)"/>'),
    b"\xef\xbb\xbf<?xml version='1.0'?>\n" + drawing("<style>.a{fill:#0b4ea2}</style><rect class='a'/>"),
    drawing(
        '<metadata><r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><r:li>Herb</r:li></r:RDF></metadata><circle r="1"/>'
    ),
    drawing('<n:namedview xmlns:n="http://www.inkscape.org/namespaces/inkscape"/><circle r="1"/>'),
]
BAD = [
    "<script>alert(1)</script>", '<path onload="alert(1)"/>', '<a href="javascript:alert(1)"><path/></a>', '<image href="https://zle.example/x.png"/>',
    '<use href="https://zle.example/#a"/>', "<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>x</p></foreignObject>",
    "<style>@import 'https://zle.example/x.css'</style>", "<style>.a{fill:url(https://zle.example/#x)}</style>", '<rect fill="url( \'//zle.example\')"/>',
    '<rect style="background:url(data:text/html,x)"/>', "<animate attributeName='href'/>", "<h:script xmlns:h='http://www.w3.org/1999/xhtml'/>",
    "<metadata><script>alert(1)</script></metadata>", "<desc><h:iframe xmlns:h='http://www.w3.org/1999/xhtml'/></desc>", "<path>",
]  # fmt: skip


@pytest.mark.parametrize("data", GOOD)
def test_a_plain_drawing_is_kept_as_it_came(data):
    assert (inspect(data, DRAWINGS).kind, inspect(data, DRAWINGS).data) == ("svg", data)


@pytest.mark.parametrize("inside", BAD)
def test_whatever_runs_or_loads_is_refused_in_words(inside):
    with pytest.raises(FileRefused, match="zapisz go jako zwykły SVG|Zapisz go jako zwykły SVG"):
        inspect(drawing(inside), DRAWINGS)


@pytest.mark.parametrize(
    "data",
    [
        b'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "x">]>' + drawing("<text>&a;</text>"),
        b"<svg>" + b"</svg>",
        drawing("<g/>" * 20_001),
    ],
)
def test_entities_other_roots_and_floods_are_refused(data):
    with pytest.raises(FileRefused, match="Zapisz go jako zwykły SVG"):
        inspect(data, DRAWINGS)


def test_nobody_else_takes_one():
    with pytest.raises(FileRefused, match="tego rodzaju"):
        inspect(GOOD[0], EVERYTHING)

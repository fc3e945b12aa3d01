"""A vector drawing is taken only where a purpose asks for one, and only when everything in it draws."""

from __future__ import annotations

import time

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
    drawing("<style>.image{fill:#0b4ea2}</style><path id='src' class='image' aria-label='Image (1)'/>"),
    drawing('<n:namedview xmlns:n="http://www.inkscape.org/namespaces/inkscape"/><circle r="1"/>'),
    drawing(
        '<s:namedview xmlns:s="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd" s:docname="C:\\znak.svg"/>'
        '<metadata><?xpacket begin="" id="a"?></metadata><path d="M0 0h1"/>'
    ),
]
BAD = [
    "<script>alert(1)</script>", '<path onload="alert(1)"/>', '<a href="javascript:alert(1)"><path/></a>', '<image href="https://zle.example/x.png"/>',
    '<use href="https://zle.example/#a"/>', "<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>x</p></foreignObject>",
    "<style>@import 'https://zle.example/x.css'</style>", "<style>.a{fill:url(https://zle.example/#x)}</style>", '<rect fill="url( \'//zle.example\')"/>',
    '<rect style="background:url(data:text/html,x)"/>', "<animate attributeName='href'/>", "<h:script xmlns:h='http://www.w3.org/1999/xhtml'/>",
    "<metadata><script>alert(1)</script></metadata>", "<desc><h:iframe xmlns:h='http://www.w3.org/1999/xhtml'/></desc>", "<path>",
    "<style><title/>@import 'https://zle.example/x.css';</style>", "<style>@imp<title/>ort 'https://zle.example/x.css';</style>",
    "<style>.a{fill:u\\72l(https://zle.example/x)}</style>", '<rect style="fill:u\\72l(https://zle.example/x)"/>',
    "<style>svg{background:image-set('https://zle.example/x.png' 1x)}</style>", '<g xml:base="https://zle.example/"/>',
    "<metadata><h:link xmlns:h='http://www.w3.org/1999/xhtml' rel='stylesheet' href='https://zle.example/x.css'/></metadata>",
    "<metadata><h:video xmlns:h='http://www.w3.org/1999/xhtml' onerror='alert(1)'/></metadata>", "<desc><animate/></desc>",
    "<h:sodipodi xmlns:h='http://www.w3.org/1999/xhtml'/>", "<rect><set attributeName='href' to='https://zle.example/'/></rect>",
    "<style>svg{background:src('//zle.example/x')}</style>", """<rect style="background:image(ltr '//zle.example/x.png')"/>""",
    "<style>svg{background:-webkit-cross-fade('//zle.example/x','//zle.example/y',50%)}</style>",
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
        b'<?xml version="1.0"?><?xml-stylesheet href="https://zle.example/x.css"?>' + drawing("<path/>"),
        b'<?xml version="1.0"?><?xml-stylesheet type="text/xsl" href="data:text/xml,x"?>' + drawing("<path/>"),
    ],
)
def test_entities_other_roots_instructions_and_floods_are_refused(data):
    with pytest.raises(FileRefused, match="Zapisz go jako zwykły SVG"):
        inspect(data, DRAWINGS)


@pytest.mark.slow
def test_notes_in_notes_are_walked_once():
    """Deep as a trap, in well under the time a file is given."""
    begun = time.process_time()
    assert inspect(drawing("<desc>" * 12_000 + "</desc>" * 12_000), DRAWINGS).kind == "svg"
    assert time.process_time() - begun < 5


def test_nobody_else_takes_one():
    with pytest.raises(FileRefused, match="tego rodzaju"):
        inspect(GOOD[0], EVERYTHING)

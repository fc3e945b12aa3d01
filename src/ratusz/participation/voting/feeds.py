"""Signed heads of a log as an Atom feed."""

from __future__ import annotations

import json
from xml.etree import ElementTree

from django.urls import reverse
from django.utils.translation import gettext as _

from ratusz.participation.voting import heads
from ratusz.participation.voting.models import SignedHead, Vote

ATOM = "http://www.w3.org/2005/Atom"


def atom_of_heads(vote: Vote, shown: list[SignedHead], address: str) -> bytes:
    """RFC 4287; each entry carries the whole head as JSON, ready to be kept and checked."""
    ElementTree.register_namespace("", ATOM)
    root = ElementTree.Element(f"{{{ATOM}}}feed")
    url = address + reverse("voting:feed", args=[vote.edition.slug])
    page = address + reverse("voting:log", args=[vote.edition.slug])
    _add(root, "title", _("Signed heads of the log of the vote {edition}").format(edition=vote.edition))
    _add(root, "id", url)
    _add(root, "updated", (shown[0].signed_at if shown else vote.opens_at).isoformat())
    _add(root, "link", rel="self", href=url)
    _add(_add(root, "author"), "name", vote.edition.city)
    for head in shown:
        entry = _add(root, "entry")
        _add(entry, "title", f"{head.size}: {bytes(head.root).hex()}")
        _add(entry, "id", f"{url}#{head.size}-{int(head.signed_at.timestamp())}")
        _add(entry, "updated", head.signed_at.isoformat())
        _add(entry, "link", rel="alternate", href=page)
        _add(entry, "content", json.dumps(heads.as_data(head)), type="text")
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)


def _add(parent: ElementTree.Element, name: str, text: str | None = None, **attributes: str) -> ElementTree.Element:
    element = ElementTree.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
    element.text = text
    return element

"""Submissions for tests: a unit with its editor, two people of the department, and a text at any step."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from ratusz.foundation.units.actions import sync_access
from ratusz.foundation.units.factories import AppointmentFactory, UnitFactory
from ratusz.foundation.units.models import Unit
from ratusz.publishing.website.factories import make_news

from . import actions, release_kinds
from .content import Content
from .models import ReleaseItem, ReleaseSet, Submission
from .word.blocks import Block

TEXT = "<p>Od poniedziałku w Ligocie działa nowy plac zabaw.</p>"


def appointed(role: str, unit: Unit | None = None) -> Any:
    """Somebody with a role, in the department unless a unit is given."""
    made = AppointmentFactory(role_code=role, **({"unit": unit} if unit is not None else {}))
    sync_access(person=made.person, at=made.starts)
    return made.person


def a_unit(**fields: Any) -> Unit:
    """A unit with an address."""
    return UnitFactory(**{"email": "zielen@ratusz.example", "name": "Zakład Zieleni Miejskiej"} | fields)


def content(**fields: Any) -> Content:
    """Words that may go out."""
    body: list[Block] = [{"type": "paragraph", "value": TEXT}]
    given = {
        "title": "Nowy plac zabaw w Ligocie",
        "lead": "Zapraszamy od poniedziałku.",
        "body": body,
        "contact": "zielen@ratusz.example",
    }
    return Content(**given | fields)


def draft(*, unit: Unit | None = None, author: Any = None, **fields: Any) -> Submission:
    """A text the unit still writes."""
    unit = unit or a_unit()
    author = author or appointed("unit_editor", unit)
    kind = fields.pop("kind", Submission.Kind.NEWS)
    return actions.start_submission(unit=unit, kind=kind, content=content(**fields), person=author)


def sent(**fields: Any) -> Submission:
    """With the department, unclaimed."""
    made = draft(**fields)
    return actions.send_submission(submission=made, person=made.author)


def approved(*, by: Any = None, **fields: Any) -> Submission:
    """Approved by somebody of the department."""
    made = sent(**fields)
    return actions.approve(submission=made, seen_version=made.version, person=by or appointed("editor"))


WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="png" ContentType="image/png"/><Default Extension="emf" ContentType="image/x-emf"/>'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)


def big_set(portal: Any, count: int) -> tuple[ReleaseSet, Any]:
    """An approved set of so many changed pages, and who made it; the new titles end with "nowa"."""
    maker = appointed("editor")
    release = actions.make_set(name="Duża", person=maker)
    for number in range(count):
        page = make_news(portal, 1, slug=f"w-{number}", title=f"Wiadomość {number}")
        page.title += " nowa"
        page.save_revision()
        ReleaseItem.objects.create(release_set=release, kind="page", key=release_kinds.key_of_page(page))
    actions.approve_set(release=release, person=appointed("head"))
    return release, maker


def _relations(links: str) -> str:
    return f'<Relationships xmlns="{PACKAGE}">{links}</Relationships>'


def word_document(body: str, *, pictures: dict[str, bytes] | None = None, **parts: str | bytes) -> bytes:
    """A small real DOCX with this body (WordprocessingML); pictures by name are rId of that name; `parts` are more of its parts."""
    pictures = pictures or {}
    links = "".join(f'<Relationship Id="{name}" Type="{RELATIONS}/image" Target="media/{name}"/>' for name in pictures)
    main = f'<w:document xmlns:w="{WORD}" xmlns:r="{RELATIONS}"><w:body>{body}</w:body></w:document>'
    content = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _relations(f'<Relationship Id="r1" Type="{RELATIONS}/officeDocument" Target="word/document.xml"/>'),
        "word/document.xml": main,
        "word/_rels/document.xml.rels": _relations(links),
        **{f"word/media/{name}": picture for name, picture in pictures.items()},
        **{name.replace("__", "/"): part for name, part in parts.items()},
    }  # fmt: skip
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in content.items():
            archive.writestr(name, part)
    return kept.getvalue()


def word_paragraph(text: str, style: str = "") -> str:
    """One paragraph of a document, in a style by its id."""
    named = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{named}<w:r><w:t>{text}</w:t></w:r></w:p>"


def word_picture(name: str) -> str:
    """A paragraph with the picture of that name."""
    blip = f'<a:blip xmlns:a="{DRAWING}" r:embed="{name}"/>'
    names = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
    picture = "http://schemas.openxmlformats.org/drawingml/2006/picture"
    filled = f'<pic:pic xmlns:pic="{picture}"><pic:blipFill>{blip}</pic:blipFill></pic:pic>'
    graphic = f'<a:graphic xmlns:a="{DRAWING}"><a:graphicData>{filled}</a:graphicData></a:graphic>'
    inline = f'<wp:inline xmlns:wp="{names}">{graphic}</wp:inline>'
    return f"<w:p><w:r><w:drawing>{inline}</w:drawing></w:r></w:p>"

"""Small real files of each kind, and files that harm, for tests and the demo city."""

from __future__ import annotations

import io
import zipfile

import pikepdf
from PIL import Image

MAIN_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
MAIN_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def make_image(form: str = "JPEG", size: tuple[int, int] = (40, 30), **options) -> bytes:
    """A picture in one colour; `options` go to Pillow, such as exif=…"""
    kept = io.BytesIO()
    Image.new("RGB", size, "#0b4ea2").save(kept, form, **options)
    return kept.getvalue()


def make_pdf(**changes) -> bytes:
    """A PDF of one empty page; `changes` are put into its catalogue, such as OpenAction=…"""
    document = pikepdf.new()
    document.add_blank_page(page_size=(200, 100))
    for name, value in changes.items():
        document.Root[f"/{name}"] = value
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def make_zip(parts: dict[str, bytes | str], stored: tuple[str, ...] = ()) -> bytes:
    """An archive of these parts; those named in `stored` are not packed."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content, zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED)
    return kept.getvalue()


def make_docx(main: str = MAIN_DOCX, **more: bytes | str) -> bytes:
    """The smallest DOCX; `more` are further parts by name (write "__" for "/")."""
    parts: dict[str, bytes | str] = {
        "[Content_Types].xml": f'<Types><Override PartName="/word/document.xml" ContentType="{main}"/></Types>',
        "_rels/.rels": "<Relationships/>",
        "word/document.xml": "<document>Zażółć</document>",
    }
    return make_zip(parts | {name.replace("__", "/"): content for name, content in more.items()})


def make_odt(kind: str = "text", **more: bytes | str) -> bytes:
    """The smallest ODT ("text") or ODS ("spreadsheet")."""
    parts: dict[str, bytes | str] = {
        "mimetype": f"application/vnd.oasis.opendocument.{kind}",
        "content.xml": "<office>Zażółć</office>",
        "META-INF/manifest.xml": "<manifest/>",
    }
    return make_zip(parts | {name.replace("__", "/"): content for name, content in more.items()}, stored=("mimetype",))

"""S14: what harms is refused, each for its reason; what people honestly send is taken."""

import io
import struct
import zipfile
import zlib
from contextlib import suppress

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from ratusz.foundation.files import factories
from ratusz.foundation.files.adapters.fake import EICAR
from ratusz.foundation.files.factories import make_docx, make_image, make_odt, make_pdf, make_zip
from ratusz.foundation.files.inspection import inspect
from ratusz.foundation.files.rules import EVERYTHING, FileRefused, clean_name

SCRIPT = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))


def huge_png(width=50_000, height=50_000):
    """Says to be 50,000 by 50,000 in a few bytes."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(b"\x00" * 1000)), (b"IEND", b"")]
    body = b"".join(
        struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content)) for name, content in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + body


def locked_pdf():
    kept = io.BytesIO()
    with pikepdf.open(io.BytesIO(make_pdf())) as document:
        document.save(kept, encryption=pikepdf.Encryption(owner="a", user="b"))
    return kept.getvalue()


def pdf_with_file():
    kept = io.BytesIO()
    with pikepdf.open(io.BytesIO(make_pdf())) as document:
        document.attachments["a.exe"] = b"MZ"
        document.save(kept)
    return kept.getvalue()


def pdf_with_script_on_page():
    kept = io.BytesIO()
    with pikepdf.open(io.BytesIO(make_pdf())) as document:
        document.pages[0].obj["/AA"] = pikepdf.Dictionary(O=SCRIPT)
        document.save(kept)
    return kept.getvalue()


def lying_docx():
    """A part of ten megabytes that the directory calls ten bytes."""
    data = bytearray(make_docx(word__big=b"0" * 10_000_000))
    real = struct.pack("<I", 10_000_000)
    return bytes(data.replace(real, struct.pack("<I", 10)))


def overlapping_docx():
    data = make_docx()
    entry = data.rfind(b"PK\x01\x02")
    return data[: entry + 42] + struct.pack("<I", 0) + data[entry + 46 :]


HARMFUL = {
    "nothing": (b"", "empty"),
    "EICAR": (EICAR, "kind"),
    "web page": (b"<!doctype html><script>alert(1)</script>", "kind"),
    "SVG with a script": (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "kind"),
    "SVG with a foreign object": (b"<svg><foreignObject><iframe/></foreignObject></svg>", "kind"),
    "program": (b"MZ" + b"\x00" * 500, "kind"),
    "shell script": (b"#!/bin/sh\nrm -rf /\n", "kind"),
    "old document": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "kind"),
    "plain archive": (make_zip({"a.txt": "a"}), "kind"),
    "GIF": (make_image("GIF"), "kind"),
    "TIFF": (make_image("TIFF"), "kind"),
    "50k by 50k": (huge_png(), "pixels"),
    "one line of 17k": (huge_png(17_000, 1), "pixels"),
    "cut JPEG": (make_image(size=(400, 400))[:600], "damaged"),
    "JPEG mark only": (b"\xff\xd8\xff\xe0" + b"\x00" * 300, "damaged"),
    "JPEG and archive": (make_image() + make_zip({"a.class": b"\xca\xfe\xba\xbe"}), "polyglot"),
    "PNG and archive": (make_image("PNG") + make_zip({"a": "a"}), "polyglot"),
    "JPEG and PDF": (make_image() + make_pdf(), "polyglot"),
    "JPEG and PHP": (make_image() + b"<?php system($_GET[0]);", "polyglot"),
    "JPEG with HTML in its comment": (make_image(comment=b"<html><script>alert(1)</script>"), "polyglot"),
    "PDF and archive": (make_pdf() + make_zip({"a": "a"}), "polyglot"),
    "PDF and web page": (make_pdf().replace(b"%PDF-1.3", b"%PDF-1.3\n<html><script>alert(1)</script>", 1), "polyglot"),
    "PDF behind other bytes": (b"GIF89a" + make_pdf(), "kind"),
    "cut PDF": (make_pdf()[:200], "damaged"),
    "PDF with a script": (make_pdf(OpenAction=SCRIPT), "active"),
    "PDF with a script on a page": (pdf_with_script_on_page(), "active"),
    "PDF that starts a program": (make_pdf(OpenAction=pikepdf.Dictionary(S=pikepdf.Name.Launch, F=pikepdf.String("cmd.exe"))), "active"),
    "PDF with a form of XFA": (make_pdf(AcroForm=pikepdf.Dictionary(XFA=pikepdf.String("x"), Fields=pikepdf.Array())), "active"),
    "locked PDF": (locked_pdf(), "encrypted"),
    "PDF with a file": (pdf_with_file(), "embedded_files"),
    "macros": (make_docx(word__vbaProject_bin=b"\x00" * 10).replace(b"vbaProject_bin", b"vbaProject.bin"), "active"),
    "macros by type": (make_docx(main="application/vnd.ms-word.document.macroEnabled.main+xml " + factories.MAIN_DOCX), "active"),
    "foreign template": (
        make_zip({
            "[Content_Types].xml": factories.MAIN_DOCX,
            "word/_rels/settings.xml.rels": "<Relationships><Relationship "
            f'Type="{factories.RELATIONS}/attachedTemplate" Target="http://x" TargetMode="External"/></Relationships>',
        }),
        "active",
    ),
    "sheet with XLM macros": (make_docx(main=factories.MAIN_XLSX, xl__macrosheets__a="<a/>"), "active"),
    "document within": (make_docx(word__embeddings__a=make_docx()), "active"),
    "archive within": (make_docx(word__media__a=make_zip({"a": "a"})), "nested"),
    "program within": (make_docx(word__media__a=b"MZ\x90"), "nested"),
    "bomb": (make_docx(word__big=b"0" * 30_000_000), "bomb"),
    "many parts": (make_docx(**{f"word__{n}": "" for n in range(2100)}), "bomb"),
    "lying sizes": (lying_docx(), "damaged"),
    "overlapping parts": (overlapping_docx(), "damaged"),
    "bytes in front": (b"PK\x03\x04" + b"\x00" * 50 + make_docx(), "damaged"),
    "bytes behind": (make_docx() + b"\x00" * 50, "damaged"),
    "path upwards": (make_docx(**{"..__..__etc__passwd": "x"}), "paths"),
    "path from the root": (make_docx(__etc__passwd="x"), "paths"),
    "path of Windows": (make_docx(**{"..\\..\\a": "x"}), "paths"),
    "entities": (
        make_zip({"[Content_Types].xml": factories.MAIN_DOCX, "word/document.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
        "entities",
    ),
    "ODT macros": (make_odt(Basic__Standard__a="x"), "active"),
    "ODT event": (make_odt(**{"content.xml": '<a><script:event-listener/></a>'}), "active"),
    "locked ODT": (make_odt(**{"META-INF__manifest.xml": "<encryption-data/>"}), "encrypted"),
}  # fmt: skip


@pytest.mark.parametrize("name", HARMFUL)
def test_what_harms_is_refused_for_its_reason(name):
    data, code = HARMFUL[name]
    with pytest.raises(FileRefused) as refusal:
        inspect(data, EVERYTHING)
    assert refusal.value.code == code
    assert refusal.value.messages[0].endswith(".")


HONEST = {
    "jpeg": make_image(), "png": make_image("PNG"), "webp": make_image("WEBP"), "pdf": make_pdf(), "docx": make_docx(),
    "xlsx": make_docx(main=factories.MAIN_XLSX), "odt": make_odt(), "ods": make_odt("spreadsheet"),
}  # fmt: skip


@pytest.mark.parametrize("kind", HONEST)
def test_honest_files_are_taken_and_only_where_allowed(kind):
    assert inspect(HONEST[kind], EVERYTHING).kind == kind
    with pytest.raises(FileRefused, match=r"[A-Z]{3,4}"):
        inspect(HONEST[kind], [other for other in EVERYTHING if other != kind])


def test_a_photograph_loses_what_the_camera_wrote_but_not_its_way_up():
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "Aparat Jana Kowalskiego"
    exif.get_ifd(0x8825)[1] = "N"
    data = make_image(size=(40, 30), exif=exif, comment=b"Jan Kowalski")
    kept = Image.open(io.BytesIO(inspect(data, ["jpeg"]).data))
    assert (kept.size, dict(kept.getexif()), kept.info.get("comment")) == ((30, 40), {}, None)
    assert b"Kowalski" not in inspect(data, ["jpeg"]).data


def test_documents_are_kept_byte_for_byte():
    assert inspect(HONEST["docx"], EVERYTHING).data == HONEST["docx"]
    assert inspect(HONEST["pdf"], EVERYTHING).data == HONEST["pdf"]


def test_a_file_over_its_limit_is_refused():
    with pytest.raises(FileRefused, match="15 MB"):
        inspect(make_image() + b"\x00" * 15_800_000, EVERYTHING)


@given(
    st.binary(max_size=600),
    st.sampled_from([b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"%PDF-1.7", b"PK\x03\x04", b"RIFF0000WEBP"]),
)
def test_random_bytes_are_refused_and_never_break_us(data, start):
    with pytest.raises(FileRefused):
        inspect(start + data, EVERYTHING)


@given(st.integers(0, 400), st.integers(0, 255))
def test_a_changed_byte_of_a_document_never_breaks_us(place, value):
    data = bytearray(HONEST["docx"])
    data[place % len(data)] = value
    with suppress(FileRefused):
        inspect(bytes(data), EVERYTHING)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\jan\\faktura.pdf", "faktura.pdf"),
        ("faktura.pdf.exe", "faktura.pdf"),
        ("fak\u202efdp.exe", "fakfdp.pdf"),
        ("a\x00b\r\nContent-Type: x.pdf", "abContent-Type x.pdf"),
        ("con.pdf", "plik.pdf"),
        ("...", "plik.pdf"),
        ("Zażółć gęślą jaźń.PDF", "Zażółć gęślą jaźń.pdf"),
        ("x" * 500, "x" * 116 + ".pdf"),
    ],
)
def test_names_become_harmless(typed, kept):
    assert clean_name(typed, "pdf") == kept


@given(st.text(max_size=200))
def test_no_name_leads_anywhere(typed):
    name = clean_name(typed, "pdf")
    assert name.endswith(".pdf")
    assert len(name) <= 120
    assert not set(name) & set('/\\<>:"|?*%\x00\r\n')
    assert not name.startswith(".")


def test_the_zip_library_reads_what_we_make():
    assert zipfile.ZipFile(io.BytesIO(make_docx())).testzip() is None

"""A file that eats memory or time is refused in words, and the process that serves people goes on; others' files stay closed."""

import io
import resource
import sys
import tempfile

import pikepdf
import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.test import Client
from PIL import Image

from ratusz.foundation.files import actions
from ratusz.foundation.files.factories import make_docx, make_image, make_pdf
from ratusz.foundation.files.inspection import apart, inspect
from ratusz.foundation.files.inspection.apart import check_apart
from ratusz.foundation.files.rules import MEGABYTE, FileRefused


def code_of(call) -> str:
    with pytest.raises(FileRefused) as refusal:
        call()
    return refusal.value.code


@pytest.mark.parametrize(("kind", "make"), [("jpeg", make_image), ("pdf", make_pdf), ("docx", make_docx)])
def test_a_good_file_passes_and_comes_back(settings, kind, make):
    settings.RATUSZ_INSPECT_APART = True
    data = make()
    inspected = inspect(data, ["jpeg", "pdf", "docx"])
    assert inspected.kind == kind
    assert inspected.data == data or inspected.data.startswith(b"\xff\xd8\xff"), (
        "pictures are drawn anew, the rest is kept as it is"
    )


def test_a_refusal_keeps_its_words_and_its_reason():
    with pytest.raises(FileRefused) as refusal:
        check_apart("jpeg", b"\xff\xd8\xff\xe0 zepsuty")
    assert refusal.value.code == "damaged"
    assert "Obraz" in refusal.value.message or "uszkodz" in refusal.value.message


@pytest.mark.slow
def test_a_picture_that_needs_more_memory_than_there_is():
    large = make_image("PNG", (7000, 8000))
    assert len(large) < MEGABYTE
    assert code_of(lambda: check_apart("png", large, memory=420 * MEGABYTE)) in ("too_heavy", "damaged")


@pytest.mark.slow
def test_fifty_megapixels_of_webp_are_drawn_anew_in_half_the_time_a_file_has():
    made = io.BytesIO()
    grain = Image.effect_noise((1000, 800), 60).convert("RGB").resize((8660, 5774))
    grain.save(made, "WEBP", quality=50, method=0)
    kept = check_apart("webp", made.getvalue(), seconds=apart.SECONDS // 2)
    assert Image.open(io.BytesIO(kept)).size == (8660, 5774)


@pytest.mark.slow
def test_a_pdf_that_takes_too_long():
    """A page tree of many small objects: reading it costs time, not memory."""
    document = pikepdf.new()
    document.add_blank_page()
    document.Root.Names = pikepdf.Array([pikepdf.Dictionary(A=pikepdf.Array([number] * 40)) for number in range(40_000)])
    kept = io.BytesIO()
    document.save(kept)
    assert code_of(lambda: check_apart("pdf", kept.getvalue(), seconds=1)) == "too_heavy"


KILLED = """
import os, signal, sys, tempfile
def opener(data):
    with open(os.path.join(tempfile.mkdtemp(), "content.json"), "wb") as file:
        file.write(data)
    print("written", file=sys.stderr, flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.slow
def test_a_child_that_is_killed_leaves_no_file_behind(settings, tmp_path, monkeypatch):
    code, left = tmp_path / "code", tmp_path / "left"
    code.mkdir(), left.mkdir()
    (code / "killed_in_the_middle.py").write_text(KILLED)
    settings.RATUSZ_INSPECT_APART = True
    monkeypatch.setattr(sys, "path", [sys.path[0], str(code), *sys.path[1:]])
    monkeypatch.setenv("TMPDIR", str(left))
    monkeypatch.setattr(tempfile, "tempdir", None)
    said = []
    monkeypatch.setattr(apart, "_refusal", lambda words: said.append(words) or FileRefused("", code="too_heavy"))
    assert code_of(lambda: apart.open_apart("killed_in_the_middle:opener", b"uwagi")) == "too_heavy"
    assert said[0].endswith(b"written\n") and list(left.iterdir()) == []


def test_the_limits_are_the_childs_alone():
    check_apart("png", make_image("PNG"))
    assert resource.getrlimit(resource.RLIMIT_AS)[0] in (resource.RLIM_INFINITY, resource.getrlimit(resource.RLIMIT_AS)[1])


def account(email: str):
    return get_user_model().objects.create_user(email)


@pytest.fixture
def kept(db):
    owner = account("wlascicielka@example.pl")
    file = actions.accept_upload(upload=io.BytesIO(make_pdf()), name="a.pdf", purpose="test.letter", uploaded_by=owner)
    return owner, file


def test_a_file_of_another_person_does_not_exist_for_others(kept, staff_client):
    owner, file = kept
    address = f"/pliki/plik/{file.public_id}/"
    mine, other = Client(), Client()
    mine.force_login(owner)
    other.force_login(account("inna@example.pl"))
    assert b"".join(mine.get(address).streaming_content).startswith(b"%PDF")
    assert [client.get(address).status_code for client in (other, Client(), staff_client("editor"))] == [404, 404, 404]
    with pytest.raises(PermissionDenied):
        actions.read_file(file=file, person=account("trzecia@example.pl"))


@pytest.mark.parametrize("change", [lambda token: token[:-1] + "x", lambda token: token[1:], lambda token: "0" * len(token)])
def test_a_link_to_a_file_cannot_be_made_up(kept, change):
    from ratusz.foundation.files import links

    path = links.download_path(kept[1])
    token = path.split("/")[3]
    assert b"".join(Client().get(path).streaming_content).startswith(b"%PDF")
    assert Client().get(path.replace(token, change(token))).status_code == 404

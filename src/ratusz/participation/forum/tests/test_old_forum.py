"""The old forum comes over: counts before and after, once each file, made-up names, claims, stamps, attachments, old addresses."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from datetime import UTC

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from ratusz.foundation.files.factories import make_image, make_pdf
from ratusz.participation.forum import actions, rules
from ratusz.participation.forum.archive.converting import to_marks
from ratusz.participation.forum.archive.reading import ExportRefused, read_export
from ratusz.participation.forum.factories import make_participant
from ratusz.participation.forum.models import Attachment, Comment, ImportBatch, OldAuthor, Participant, Thread

PDF, PICTURE = make_pdf(), make_image("PNG")
POSTS = [
    {"post": 20101, "thread": 8383, "title": "Projekt programu współpracy z organizacjami", "category": "Uchwały dla NGO",
     "author": "Wydział A", "email": "stary@example.pl", "written": "2014-10-06 12:30", "edited": "2014-10-07 08:00",
     "words": "[b]Zapraszamy[/b] do opinii.", "attachments": [{"name": "projekt.pdf", "sha256": hashlib.sha256(PDF).hexdigest()}]},
    {"post": 20102, "thread": 8383, "title": "Projekt programu współpracy z organizacjami", "category": "Uchwały dla NGO",
     "author": "Kowal77", "email": "kowal@example.pl", "written": "2014-10-08 09:15", "answers_to": 20101,
     "words": "[quote=Wydział A]Zapraszamy[/quote]Popieramy.", "attachments": [{"name": "mapa.png", "sha256": "0" * 64}]},
    {"post": 20103, "thread": 8384, "title": "Ścieżki rowerowe", "category": "Transport", "category_number": 31, "author": "Kowal77",
     "written": "2015-01-02 10:00", "words": "<p>Więcej <script>alert(1)</script>ścieżek</p>"},
    {"post": 20103, "thread": 8384, "title": "x", "author": "y", "written": "2015-01-02 10:00", "words": "drugi raz"},
    {"post": 20104, "thread": 8384, "title": "x", "author": "y", "written": "wczoraj", "words": "a"},
    {"post": "²", "thread": 8384, "title": "x", "author": "y", "written": "2015-01-02 10:00", "words": "a"},
]  # fmt: skip


def packed(posts=POSTS, **files):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("forum.json", json.dumps({"posts": posts}, ensure_ascii=False))
        for name, content in files.items():
            archive.writestr(f"attachments/{name}", content)
    return buffer.getvalue()


@pytest.fixture
def export():
    return read_export(packed(**{"projekt.pdf": PDF, "mapa.png": PICTURE}), "forum.zip")


@pytest.mark.django_db
@pytest.mark.slow
def test_thread_8383_opens_at_its_old_address_with_its_attachment(client, export):
    batch = actions.bring_in(export=export, file_name="forum.zip")
    assert batch.counts == {
        "before": {"rows": 6, "posts": 3, "threads": 2, "categories": 2, "authors": 2, "attachments": 2, "left_out": 3},
        "after": {"posts": 3, "threads": 2, "attachments": 1, "known": 0},
    }
    assert (
        [line for line, _why in batch.errors] == [2, 4, 5, 6] and "hash" not in batch.errors[0][1] and "skrót" in batch.errors[0][1]
    )
    thread, answer = Thread.objects.get(old_number=8383), Comment.objects.get(old_number=20102)
    moved = client.get("/default.aspx?g=posts&t=8383")
    assert (moved.status_code, moved.url) == (301, f"/pks/watek/{thread.pk}/")
    page = client.get(moved.url).text
    assert "<strong>Zapraszamy</strong>" in page and "Powód: nie podano" in page and "projekt.pdf" in page and "archiwum" in page
    assert "Wydział A" not in page and "Osoba z dawnego forum 1" in page and "Odpowiedz</a>" not in page
    got = client.get(f"/pks/plik/{Attachment.objects.get().pk}/")
    assert b"".join(got.streaming_content).startswith(b"%PDF")
    assert client.get("/default.aspx?g=topics&f=31").url == "/pks/kategoria/archiwum-transport/"
    root = answer.root_id
    for address in ("/default.aspx?g=posts&m=20102", "/pks/default.aspx?g=posts&m=20102&x=1"):
        assert client.get(address).url == f"/pks/watek/{thread.pk}/?od={root}#post20102"
    assert client.get("/default.aspx?g=posts&t=8383&find=lastpost").url == f"/pks/watek/{thread.pk}/?od={root}#post20102"
    assert 'id="post20102"' in client.get(f"/pks/watek/{thread.pk}/?od={root}").text
    assert client.get("/default.aspx").url == "/pks/"
    for wrong in ("g=posts&t=1", "g=posts&m=9", "g=posts&t=%C2%B2", "g=profile&u=3", "g=topics&f=7"):
        assert client.get(f"/default.aspx?{wrong}").status_code == 404
    with pytest.raises(rules.ForumRefused, match="zamknięty"):
        actions.write_comment(thread=thread, words="a", participant=make_participant())


@pytest.mark.django_db
@pytest.mark.slow
def test_a_file_is_brought_in_once_and_posts_too(export):
    first = actions.bring_in(export=export, file_name="forum.zip")
    again = actions.bring_in(
        export=read_export(packed(**{"projekt.pdf": PDF, "mapa.png": PICTURE}), "forum.zip"), file_name="inna.zip"
    )
    before = (Comment.objects.count(), Thread.objects.count(), Participant.objects.count())
    if again.pk != first.pk:
        assert again.counts["after"]["known"] == 3
    more = read_export(packed([*POSTS, {**POSTS[2], "post": 20200, "words": "Nowy wpis"}]), "forum.zip")
    third = actions.bring_in(export=more, file_name="reszta.zip")
    assert third.counts["after"]["known"] == 3 and (Comment.objects.count(), *before[1:]) == (before[0] + 1, *before[1:])
    assert actions.bring_in(export=more, file_name="reszta.zip") == third


@pytest.mark.django_db
def test_an_author_claims_what_they_wrote_by_the_old_mailbox(export, browser_of):
    actions.bring_in(export=export, file_name="forum.zip")
    assert b"kowal" not in b"".join(bytes(each.name_digest) for each in OldAuthor.objects.all())
    own, stranger = make_participant("Kowal", email="kowal@example.pl"), make_participant("Ktoś", email="inny@example.pl")
    with pytest.raises(rules.ForumRefused, match="nikt nie pisał"):
        actions.claim_old_author(participant=stranger)
    browser = browser_of(own)
    assert "To moje komentarze" in browser.get("/pks/moje/").text
    assert "2 komentarze są znowu Twoje" in browser.post("/pks/konto/stare-forum/", follow=True).text
    assert set(Comment.objects.filter(author=own).values_list("old_number", flat=True)) == {20102, 20103}


@pytest.mark.django_db
@pytest.mark.slow
def test_staff_look_first_and_the_command_does_the_same(staff_client, tmp_path, capsys):
    head, address = staff_client("head"), "/admin/pks/stare-forum/"
    content = packed(**{"projekt.pdf": PDF})
    upload = lambda: SimpleUploadedFile("forum.zip", content)  # noqa: E731
    seen = head.post(address, {"file": upload()})
    assert "wiersz 5: " in seen.text and not ImportBatch.objects.exists()
    assert head.post(address, {"file": upload(), "seen": "inny"}).status_code == 200 and not ImportBatch.objects.exists()
    digest = hashlib.sha256(content).hexdigest()
    assert head.post(address, {"file": upload(), "seen": digest}).status_code == 302
    assert "3 / 3" in head.get(address).text and staff_client("press_officer").get(address).status_code in (302, 403)
    assert "ZIP" in head.post(address, {"file": SimpleUploadedFile("forum.zip", b"nie")}).text
    file = tmp_path / "forum.zip"
    file.write_bytes(content)
    call_command("import_forum", str(file), "--podglad")
    call_command("import_forum", str(file))
    told = capsys.readouterr().out
    assert "wpisy 3, wątki 2" in told and "był już wczytany" in told
    for wrong in ("brak.zip",):
        with pytest.raises(CommandError, match="nie da się odczytać"):
            call_command("import_forum", str(tmp_path / wrong))


def test_csv_and_broken_files():
    rows = "post;thread;title;author;written;words;attachments\n1;2;Tytuł;Ala;2015-01-02 10:00;Ż;a.pdf|ab;b.pdf\n".encode("cp1250")
    assert [each.words for each in read_export(rows, "forum.csv").posts] == ["Ż"]
    assert [each.words for each in read_export(rows.replace(b"\n", b"\r"), "forum.csv").posts] == ["Ż"]
    with pytest.raises(ExportRefused, match="wierszu 2"):
        read_export(rows + b"2;2;" + b"x" * 200_000, "forum.csv")
    for content, name in ((b"a;b\n1;2\n", "x.csv"), (b"{", "x.json"), (b'{"a": 1}', "x.json"), (b"PK", "x.zip")):
        with pytest.raises(ExportRefused):
            read_export(content, name)


def test_old_marks_become_ours():
    assert to_marks("[url=https://a.pl]x[/url] [color=red]y[/color]") == "[x](https://a.pl) y"
    assert to_marks("<b>a</b><br>b &amp; c") == "a\nb & c"
    assert to_marks("[quote=Jan;1]raz\ndwa[/quote]trzy") == "> raz\n> dwa\n\ntrzy"


def test_what_no_database_keeps_is_left_out_of_json():
    posts = [
        {**POSTS[0], "words": "Ró\x00że \ud83d", "author": "Ala\x00", "attachments": [{"name": "a\x00.pdf"}]},
        {**POSTS[2], "post": "\x00"},
    ]
    found = read_export(json.dumps(posts).encode(), "forum.json")
    assert [(each.words, each.author, each.files[0].name) for each in found.posts] == [("Róże", "Ala", "a.pdf")]
    assert len(found.errors) == 1 and "\x00" not in found.errors[0].why


@pytest.mark.parametrize("way", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_damaged_zip_is_refused_in_words_however_it_was_packed(way):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", way) as archive:
        archive.writestr("forum.json", json.dumps(POSTS))
    content = bytearray(buffer.getvalue())
    for place in range(50, 90):
        content[place] ^= 0x5A
    with pytest.raises(ExportRefused, match="ZIP"):
        read_export(bytes(content), "forum.zip")


def test_a_zip_with_a_password_is_refused_in_words():
    content = bytearray(packed())
    for header, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(header) + flags] |= 1
    with pytest.raises(ExportRefused, match="ZIP"):
        read_export(bytes(content), "forum.zip")


@pytest.mark.parametrize(
    ("typed", "utc"),
    [("2019-07-14T12:30:00Z", 12), ("2019-07-14T12:30:00.120+02:00", 10), ("2019-07-14 12:30", 10), ("2019-07-14T12:30:00-0300", 15),
     ("14.07.2019 12:30:00", 10)],
)  # fmt: skip
def test_a_moment_with_its_zone_is_that_moment(typed, utc):
    post = {"post": "1", "thread": "1", "title": "A", "author": "Ewa", "written": typed, "words": "Tak."}
    (read,) = read_export(json.dumps({"posts": [post]}).encode(), "forum.json").posts
    assert read.written_at.astimezone(UTC).hour == utc

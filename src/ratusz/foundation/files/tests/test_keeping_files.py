"""A file is taken in, scanned, read by whoever may, and goes when its time is over; without a scanner nothing is accepted."""

import io
import os
import shutil
import socket
import socketserver
import struct
import subprocess
import tempfile
import threading
import time
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from ratusz.foundation.audit.models import Entry
from ratusz.foundation.files import actions, links
from ratusz.foundation.files.adapters import ScannerDown
from ratusz.foundation.files.adapters.clamd import ClamdScanner
from ratusz.foundation.files.adapters.fake import EICAR, BrokenScanner, FakeScanner
from ratusz.foundation.files.factories import MAIN_DOCX, make_image, make_pdf, make_zip
from ratusz.foundation.files.models import FileState, StoredFile
from ratusz.foundation.files.privacy import files_of
from ratusz.foundation.files.rules import FileRefused
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.registries import personal_data

pytestmark = pytest.mark.slow

User = get_user_model()
INFECTED = make_zip({"[Content_Types].xml": MAIN_DOCX, "word/a": EICAR}, stored=("word/a",))


class ClamdDouble(socketserver.ThreadingTCPServer):
    """Speaks INSTREAM; `answer` replaces the verdict, None closes without one."""

    allow_reuse_address = daemon_threads = True

    def __init__(self, answer=""):
        self.answer = answer
        super().__init__(("127.0.0.1", 0), self.Handler)

    class Handler(socketserver.StreamRequestHandler):
        def handle(self):
            assert self.rfile.read(10) == b"zINSTREAM\x00"
            data = b""
            while size := struct.unpack("!I", self.rfile.read(4))[0]:
                data += self.rfile.read(size)
            verdict = b"stream: Eicar-Test-Signature FOUND\x00" if EICAR in data else b"stream: OK\x00"
            if self.server.answer is not None:
                self.wfile.write(self.server.answer or verdict)

    def __enter__(self):
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return ClamdScanner(f"tcp:127.0.0.1:{self.server_address[1]}", timeout=2)

    def __exit__(self, *error):
        self.shutdown()
        self.server_close()


class Fake:
    """The fake, to be entered like the double."""

    def __enter__(self):
        return FakeScanner()

    def __exit__(self, *error):
        """Nothing to end."""


class RealClamd:
    """The system's clamd with one signature of our own: that of EICAR, since there is no database offline."""

    def __init__(self):
        self.folder = self.process = None

    def __enter__(self):
        program = shutil.which("clamd")
        if not program:
            pytest.skip("no clamd on this machine: install Debian's clamav-daemon")
        self.folder = tempfile.mkdtemp(prefix="ratusz-clamd-")
        signature = EICAR.hex()
        with open(f"{self.folder}/own.ndb", "w") as file:
            file.write(f"Eicar-Test-Signature:0:*:{signature}\n")
        with open(f"{self.folder}/clamd.conf", "w") as file:
            file.write(f"LocalSocket {self.folder}/s\nDatabaseDirectory {self.folder}\nForeground yes\n")
        self.process = subprocess.Popen(
            [program, "-c", f"{self.folder}/clamd.conf"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        scanner = ClamdScanner(f"unix:{self.folder}/s", timeout=20)
        for _attempt in range(200):
            try:
                scanner.scan(b"ready?")
                break
            except ScannerDown:
                time.sleep(0.1)
        return scanner

    def __exit__(self, *error):
        if self.process:
            self.process.terminate()
            self.process.wait(timeout=20)
        if self.folder:
            shutil.rmtree(self.folder)


@pytest.mark.parametrize("make", [Fake, ClamdDouble, pytest.param(RealClamd, marks=pytest.mark.slow)])
def test_every_scanner_finds_eicar_and_passes_what_is_clean(make):
    with make() as scanner:
        assert [scanner.scan(b"x" * 200_000), scanner.scan(make_pdf())] == ["", ""]
        assert "eicar" in scanner.scan(EICAR).lower()


@pytest.mark.parametrize(
    "answer", [None, b"stream: ", b"INSTREAM size limit exceeded. ERROR\x00", b"stream: x ERROR\x00", b"stream: OK"]
)
def test_an_answer_that_is_no_verdict_is_no_pass(answer):
    with ClamdDouble(answer) as scanner, pytest.raises(ScannerDown):
        scanner.scan(b"x")


def test_a_scanner_that_is_away_or_hangs_is_down():
    with pytest.raises(ScannerDown):
        ClamdScanner("tcp:127.0.0.1:1", timeout=1).scan(b"x")
    with pytest.raises(ScannerDown):
        ClamdScanner("unix:/nowhere/s", timeout=1).scan(b"x")
    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(ScannerDown):
        ClamdScanner(f"tcp:127.0.0.1:{silent.getsockname()[1]}", timeout=0.2).scan(b"x")


@pytest.fixture
def people(db):
    return {name: User.objects.create_user(f"{name}@example.pl") for name in ("sender", "clerk", "stranger")}


def upload(data=None, by=None, **options):
    bytes_in = io.BytesIO(data or make_image())
    return actions.accept_upload(upload=bytes_in, name="zdjęcie.jpg", purpose="test.letter", uploaded_by=by, **options)


def broken(settings):
    settings.RATUSZ_SCANNER = f"{BrokenScanner.__module__}.BrokenScanner"


def stored(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_clean_file_lies_under_a_random_name_readable_by_us_alone(people, private_storage):
    file = upload(by=people["sender"])
    path = stored(private_storage)[0]
    assert (file.state, file.kind, file.name) == (FileState.CLEAN, "jpeg", "zdjęcie.jpg")
    assert (path.stat().st_mode & 0o777, len(path.name), path.suffix) == (0o600, 48, "")
    assert file.keep_until - file.uploaded_at == timedelta(days=10)


def test_a_virus_is_refused_and_nothing_is_kept(people, private_storage):
    with pytest.raises(FileRefused) as refusal:
        upload(INFECTED)
    assert (refusal.value.code, stored(private_storage), StoredFile.objects.count()) == ("virus", [], 0)


def test_without_a_scanner_a_file_waits_unread_until_it_is_scanned(people, settings, private_storage):
    broken(settings)
    good, bad = upload(by=people["sender"]), upload(INFECTED, by=people["sender"])
    assert {good.state, bad.state} == {FileState.QUARANTINED}
    for person in (*people.values(), User.objects.create_superuser("boss@example.pl")):
        with pytest.raises(PermissionDenied):
            actions.read_file(file=good, person=person)
    assert actions.scan_quarantined() == 0
    with pytest.raises(IntegrityError), transaction.atomic():
        StoredFile.objects.update(state=FileState.CLEAN)


@pytest.mark.django_db(transaction=True)
def test_what_waited_is_scanned_later_and_a_virus_is_deleted(settings, private_storage):
    broken(settings)
    good, bad = upload(), upload(INFECTED)
    assert actions.scan_quarantined(by=FakeScanner()) == 2
    good.refresh_from_db()
    bad.refresh_from_db()
    assert (good.state, bad.state, bad.storage_name, bad.scan_result) == ("clean", "infected", None, "Eicar-Test-Signature")
    assert len(stored(private_storage)) == 1


def test_who_may_read_reads_and_it_is_recorded(people):
    file = upload(by=people["sender"])
    before = Entry.objects.filter(is_read=True).count()
    for name in ("sender", "clerk"):
        with actions.read_file(file=file, person=people[name]) as content:
            assert content.read(3) == b"\xff\xd8\xff"
    with pytest.raises(PermissionDenied):
        actions.read_file(file=file, person=people["stranger"])
    assert Entry.objects.filter(is_read=True).count() - before == 2


def test_a_download_is_an_attachment_under_a_policy_that_runs_nothing(client, people):
    file = upload(by=people["sender"])
    page = f"/pliki/plik/{file.public_id}/"
    assert client.get(page).status_code == 404
    client.force_login(people["stranger"])
    assert client.get(page).status_code == 404
    client.force_login(people["clerk"])
    answer = client.get(page)
    assert answer.getvalue()[:3] == b"\xff\xd8\xff"
    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''zdj%C4%99cie.jpg"
    assert answer["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'; sandbox"
    assert (answer["X-Content-Type-Options"], answer["Cache-Control"]) == ("nosniff", "private, no-store")


def test_a_link_works_for_a_quarter_of_an_hour(client, people):
    file = upload(by=people["sender"])
    path = links.download_path(file)
    assert client.get(path).getvalue()[:3] == b"\xff\xd8\xff"
    for wrong in (path[:-2] + "/", f"/pliki/link/{file.public_id.hex}/", "/pliki/link/x/"):
        assert client.get(wrong).status_code == 404
    with time_machine.travel(time.time() + 15 * 60 + 5):
        assert client.get(path).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_files_go_when_their_time_is_over_and_stay_until_then(private_storage):
    file = upload()
    now = database_now()
    for moment, deleted in ((now + timedelta(days=1), 0), (now - timedelta(seconds=1), 1)):
        StoredFile.objects.update(keep_until=moment)
        assert actions.delete_expired() == deleted
    file.refresh_from_db()
    assert (file.state, file.name, stored(private_storage)) == ("deleted", "", [])


@pytest.mark.django_db(transaction=True)
def test_a_deletion_that_is_rolled_back_loses_nothing(private_storage):
    file = upload()
    with pytest.raises(RuntimeError), transaction.atomic():
        actions.delete_file(file=file)
        raise RuntimeError
    assert len(stored(private_storage)) == 1


@pytest.mark.django_db(transaction=True)
def test_bytes_without_a_row_are_swept_after_a_day(private_storage):
    upload()
    with pytest.raises(RuntimeError), transaction.atomic():
        upload()
        raise RuntimeError
    assert (actions.delete_orphans(), len(stored(private_storage))) == (0, 2)
    for path in stored(private_storage):
        os.utime(path, (0, 0))
    assert (actions.delete_orphans(), len(stored(private_storage))) == (1, 1)


def test_a_persons_files_are_listed_and_erased(people):
    file = upload(by=people["sender"])
    upload(by=people["clerk"])
    assert list(files_of(people["sender"])) == [file]
    entry = personal_data["ratusz_files.StoredFile"]
    assert [row["name"] for row in entry.export(people["sender"])] == ["zdjęcie.jpg"]
    assert (entry.erase(people["sender"]), entry.erase(people["sender"])) == (1, 0)

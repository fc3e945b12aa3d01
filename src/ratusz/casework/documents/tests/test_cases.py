"""A case has its sign, class and category of the day; its papers go as a package whose every byte can be checked."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import etree

from ratusz.casework.documents import actions, rules
from ratusz.casework.documents.actions import cases, packages
from ratusz.casework.documents.adapters.fake import FakeDocumentSystem
from ratusz.casework.documents.adapters.watched_folder import WatchedFolder
from ratusz.casework.documents.factories import MADE, case_of, kind_of_cases, paper
from ratusz.casework.documents.models import Case, Package
from ratusz.casework.documents.packaging import checked
from ratusz.foundation.audit.models import Entry
from ratusz.foundation.units.factories import AppointmentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return AppointmentFactory().person


@pytest.fixture
def at_noon(monkeypatch):
    """A day of 2026, whenever the tests run."""
    monkeypatch.setattr(cases, "database_now", lambda: MADE)


@pytest.fixture
def papers():
    with kind_of_cases(paper()) as kept:
        yield kept


def test_a_case_is_signed_by_unit_class_number_and_year(papers, at_noon):
    first, again, second = case_of("try:1"), case_of("try:1", title="Inaczej"), case_of("try:2")
    assert (first.sign, again.pk, second.sign) == ("KS.0610.1.2026", first.pk, "KS.0610.2.2026")
    assert (first.plan_class, first.category) == ("0610", "A")
    assert Entry.objects.filter(deed="documents.open_case").count() == 2


def test_a_package_is_the_same_until_a_paper_changes(papers, editor):
    case = case_of()
    first, again = (actions.make_package(case=case, person=editor) for _ in range(2))
    papers.append(paper("notatka.txt", b"druga"))
    second = actions.make_package(case=case, person=editor)
    assert (first.pk, first.number, second.number) == (again.pk, 1, 2)


def test_a_package_says_what_it_holds_and_shows_a_changed_byte(papers, editor):
    papers += [paper("../../etc/passwd.txt", b"x"), paper("PROTOKOL.txt", b"y")]
    package = actions.make_package(case=case_of(), person=editor)
    content = bytes(package.content)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = archive.namelist()
        facts = etree.fromstring(archive.read("metadane.xml"))
        files = {name: archive.read(name) for name in names}
    assert names == [
        "metadane.xml", "dokumenty/protokol.txt", "dokumenty/passwd.txt", "dokumenty/PROTOKOL-2.txt", "sha256sums.txt"
    ]  # fmt: skip
    assert facts.findtext(".//{*}kategoria-archiwalna") == "A"
    assert checked(content) == []
    files["dokumenty/passwd.txt"] = b"changed"
    spoilt = io.BytesIO()
    with zipfile.ZipFile(spoilt, "w") as archive:
        for name, each in files.items():
            archive.writestr(name, each)
        archive.writestr("dokumenty/added.txt", b"z")
    assert checked(spoilt.getvalue()) == ["dokumenty/passwd.txt", "dokumenty/added.txt"]


def test_a_control_sign_in_a_title_does_not_keep_a_case_from_the_archive(papers, editor):
    case = case_of(title="Ławki\x02 na\x0b skwerze")
    package = actions.make_package(case=case, person=editor)
    with zipfile.ZipFile(io.BytesIO(bytes(package.content))) as archive:
        assert etree.fromstring(archive.read("metadane.xml")).findtext(".//{*}sprawa/{*}tytul") == "Ławki na skwerze"


def test_no_papers_no_package(papers, editor):
    papers.clear()
    with pytest.raises(rules.CaseRefused):
        actions.make_package(case=case_of(), person=editor)


def folder_says(folder, name, *, number="", reason=""):
    (folder / "z-ezd").mkdir(exist_ok=True)
    said = {"przyjeto": not reason, "numer": number, "powod": reason}
    (folder / "z-ezd" / f"{name}.json").write_text(json.dumps(said), encoding="utf-8")


@pytest.fixture(params=["folder", "fake"])
def system(request, tmp_path, monkeypatch):
    """The same tests on both: what was handed over, and a way to answer."""
    made = WatchedFolder(tmp_path) if request.param == "folder" else FakeDocumentSystem()
    made.kept = lambda: (
        {path.name: path.read_bytes() for path in (tmp_path / "do-ezd").iterdir()} if request.param == "folder" else made.packages
    )
    made.tell = (lambda name, **said: folder_says(tmp_path, name, **said)) if request.param == "folder" else made.say
    monkeypatch.setattr(packages, "document_system", lambda: made)
    return made


def test_the_number_of_the_document_system_comes_back(papers, editor, system):
    package = actions.make_package(case=case_of(), person=editor)
    actions.hand_over(package=package, person=editor)
    assert (actions.hand_waiting(), actions.hand_waiting()) == (1, 0)
    assert system.kept() == {package.file_name: bytes(package.content)}
    with pytest.raises(rules.CaseRefused):
        actions.hand_over(package=package, person=editor)
    system.tell(package.file_name, number="RPW/1/2026")
    system.tell("nieznana.zip", number="RPW/2/2026")
    assert (actions.read_answers(), actions.read_answers()) == (1, 0)
    package.refresh_from_db()
    assert (package.state, Case.objects.get().foreign_number) == ("taken", "RPW/1/2026")


def test_a_refused_package_may_go_again(papers, editor, system):
    package = actions.make_package(case=case_of(), person=editor)
    actions.hand_over(package=package, person=editor)
    actions.hand_waiting()
    system.tell(package.file_name, reason="brak metryki")
    actions.read_answers()
    package.refresh_from_db()
    assert (package.state, package.answer) == ("refused", "brak metryki")
    actions.hand_over(package=package, person=editor)
    actions.hand_waiting()
    package.refresh_from_db()
    assert (package.state, package.answer) == ("handed", "")


def test_an_answer_for_a_package_whose_worker_died_after_handing_it_over_is_not_lost(papers, editor, system):
    """The file is out, the row still waits: the answer counts, and the package does not go a second time."""
    package = actions.make_package(case=case_of(), person=editor)
    actions.hand_over(package=package, person=editor)
    system.hand(package.file_name, bytes(package.content))
    system.tell(package.file_name, number="RPW/3/2026")
    assert (actions.read_answers(), actions.hand_waiting()) == (1, 0)
    package.refresh_from_db()
    assert (package.state, package.handed_at == package.answered_at) == ("taken", True)
    assert Case.objects.get().foreign_number == "RPW/3/2026"


def test_one_answer_that_the_database_cannot_keep_does_not_stop_the_others(papers, editor, system):
    for number in (1, 2):
        actions.hand_over(package=actions.make_package(case=case_of(f"try:{number}"), person=editor), person=editor)
    actions.hand_waiting()
    first, second = Package.objects.order_by("pk")
    system.tell(first.file_name, number="RPW/4\x00/2026")
    system.tell(second.file_name, reason="brak\x00 metryki")
    assert (actions.read_answers(), actions.read_answers()) == (2, 0)
    assert Case.objects.get(pk=first.case_id).foreign_number == "RPW/4/2026"
    assert Package.objects.get(pk=second.pk).answer == "brak metryki"


def test_reading_answers_does_not_read_contents_of_packages(papers, editor, system):
    for number in range(3):
        actions.hand_over(package=actions.make_package(case=case_of(f"try:{number}"), person=editor), person=editor)
    actions.hand_waiting()
    system.tell(Package.objects.order_by("pk")[0].file_name, number="RPW/5/2026")
    with CaptureQueriesContext(connection) as asked:
        assert actions.read_answers() == 1
    reads = [each["sql"] for each in asked if each["sql"].startswith("SELECT") and "package" in each["sql"]]
    assert reads and not any('"content"' in sql for sql in reads)


def test_a_document_system_that_is_down_loses_nothing(papers, editor, monkeypatch):
    system = FakeDocumentSystem()
    system.is_down = True
    monkeypatch.setattr(packages, "document_system", lambda: system)
    package = actions.make_package(case=case_of(), person=editor)
    actions.hand_over(package=package, person=editor)
    assert (actions.hand_waiting(), actions.read_answers()) == (0, 0)
    system.is_down = False
    assert actions.hand_waiting() == 1


def test_an_answer_that_cannot_be_read_is_set_aside(tmp_path):
    folder = tmp_path / "z-ezd"
    folder.mkdir()
    for name, content in (("a.zip.json", "{"), ("b.zip.json", '{"przyjeto": "tak"}'), ("c.zip.json", '{"przyjeto": true}')):
        (folder / name).write_text(content, encoding="utf-8")
    assert [answer.file_name for answer in WatchedFolder(tmp_path).answers()] == ["c.zip"]
    assert sorted(path.name for path in (folder / "nieczytelne").iterdir()) == ["a.zip.json", "b.zip.json"]


@pytest.mark.slow
def test_without_a_document_system_packages_go_by_hand(papers, staff_client):
    case = case_of()
    client = staff_client("editor")
    address = f"/admin/sprawy/{case.pk}/"
    client.post(f"{address}zmiana/", {"deed": "pack"})
    download = client.get(f"{address}paczka/1/")
    assert (download.status_code, checked(download.content)) == (200, [])
    client.post(f"{address}zmiana/", {"deed": "hand", "package": "1"})
    assert "Nie podłączono systemu" in client.get(address).content.decode()
    client.post(f"{address}zmiana/", {"deed": "number", "number": " RPW/7/2026 "})
    page = client.get("/admin/sprawy/", {"q": "RPW/7"}).content.decode()
    assert "KS.0610.1" in page
    assert "RPW/7/2026" in page
    assert client.get("/admin/sprawy/wykaz-akt/").status_code == 200


def test_a_unit_editor_sees_no_register_and_no_case(papers, staff_client):
    case = case_of()
    client = staff_client("unit_editor")
    assert [client.get(f"/admin/sprawy/{rest}").status_code for rest in ("", f"{case.pk}/", f"{case.pk}/paczka/1/")] != [200] * 3
    assert case.packages.count() == 0

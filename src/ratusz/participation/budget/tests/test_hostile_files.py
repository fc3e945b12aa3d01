"""Files made to break the import: each is refused in words, and nothing of it stays."""

import io
import re
import struct
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from ratusz.participation.budget.formats import to_csv_zip
from ratusz.participation.budget.models import Edition, Pool
from ratusz.participation.budget.pabulib import read_bytes
from ratusz.participation.budget.tests.test_importing_and_exporting import SMALL
from ratusz.participation.budget.tests.test_staff_screens import sign_in_as

pytestmark = pytest.mark.django_db
ZIP = to_csv_zip(read_bytes(SMALL.encode()))
CENTRAL = ZIP.index(b"PK\x01\x02")


def changed(content: bytes, place: int, new: bytes) -> bytes:
    return content[:place] + new + content[place + len(new) :]


def zipped(**members: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(f"{name}.csv", content)
    return target.getvalue()


ENGLISH = re.compile(r"\b(file|the|value|too long|invalid|error|violates|range|expected|not)\b")

HOSTILE = {
    "deeply nested.json": b"[" * 200_000,
    "numbers.json": b'{"meta": [1], "projects": 3, "votes": {}}',
    "lone surrogate.json": b'{"meta": ["\\ud800"], "projects": [], "votes": []}',
    "encrypted.zip": changed(changed(ZIP, 6, b"\x01"), CENTRAL + 8, b"\x01"),
    "unknown method.zip": changed(changed(ZIP, 8, struct.pack("<H", 77)), CENTRAL + 10, struct.pack("<H", 77)),
    "broken stream.zip": changed(ZIP, 30 + len("meta.csv"), b"\xff" * 8),
    "nothing in it.zip": zipped(other=b"x"),
    "day that is not.pb": SMALL.replace("11.09.2023", "31.02.2023").encode(),
    "ends before it starts.pb": SMALL.replace("24.09.2023", "10.09.2023").encode(),
    "edition zero.pb": SMALL.replace("edition;10", "edition;0").encode(),
    "edition too high.pb": SMALL.replace("edition;10", "edition;70000").encode(),
    "edition in other digits.pb": SMALL.replace("edition;10", "edition;" + "9" * 30).encode(),
    "long city.pb": SMALL.replace("unit;Katowice", "unit;" + "K" * 100).encode(),
    "long pool.pb": SMALL.replace(";Dąb\n", ";" + "D" * 200 + "\n").encode(),
    "long name.pb": SMALL.replace(";Żółw;", ";" + "ż" * 700 + ";").encode(),
    "long category.pb": SMALL.replace(";education;", ";" + "e" * 300 + ";").encode(),
    "long label.pb": SMALL.replace("\n9;", "\n" + "9" * 5000 + ";").encode(),
    "long age.pb": SMALL.replace("18-29", "1" * 5000).encode(),
    "off the earth.pb": SMALL.replace("50.27000;19.00", "nan;inf").encode(),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_in_words(client, settings, tmp_path, name):
    settings.HOME = tmp_path
    sign_in_as(client, "budget_coordinator")
    content = HOSTILE[name]
    address = reverse("budget_staff_import")
    choice = {"rules": "katowice"}
    page = client.post(address, {"file": SimpleUploadedFile(name, content), **choice})
    assert page.status_code == 200
    if page.context.get("kept"):
        page = client.post(address, {"kept": page.context["kept"], **choice})
    refusal = str(page.context["refusal"])
    assert page.status_code == 200 and refusal[0].isupper() and refusal.endswith(".")
    assert not ENGLISH.search(refusal), refusal
    assert "<strong>Plik odrzucony.</strong>" in page.content.decode()
    assert not Pool.objects.exists() and not Edition.objects.exists()

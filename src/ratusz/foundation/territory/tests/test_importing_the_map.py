"""Shapes and streets come in whole, or not at all with every fault named by its row."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.harness.signing_in import sign_in_staff

from ratusz.foundation.people.factories import UserFactory
from ratusz.foundation.territory.actions import Refused, import_shapes, import_streets, load_districts
from ratusz.foundation.territory.imports import check_shapes, check_streets
from ratusz.foundation.territory.models import AddressRange, District, Street
from ratusz.foundation.territory.tests.test_address_to_district import STREETS, square

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def districts():
    load_districts()


def collection(*features):
    return json.dumps({"type": "FeatureCollection", "features": list(features)}).encode()


def feature(geometry, **properties):
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def test_streets_replace_those_that_were_here_and_can_be_loaded_again():
    for _ in range(2):
        import_streets(content=STREETS.encode())
        assert (Street.objects.count(), AddressRange.objects.count()) == (6, 8)


def test_every_fault_of_a_street_list_is_named_by_its_row_and_nothing_is_written():
    import_streets(content=STREETS.encode())
    faulty = "ulica,dzielnica,od,do,strona\nMariacka,99,,,\n,1,,,\nDworcowa,1,x,,\nDworcowa,1,9,3,\nDworcowa,1,,,lewa\nPolna,1,,,\nPolna,2,5,7,\n"
    checked = check_streets(faulty.encode())
    assert [(fault.row, fault.reason) for fault in checked.faults] == [
        (2, "Nie ma dzielnicy „99”."),
        (3, "Brakuje nazwy ulicy."),
        (4, "„x” to nie numer domu, na przykład 12 albo 12a."),
        (5, "Ostatni numer jest mniejszy niż pierwszy."),
        (6, "Strona to „lewa”, a może być: obie, parzyste, nieparzyste."),
        (8, "Te same numery domów są w wierszu 7 w innej dzielnicy."),
    ]
    with pytest.raises(Refused):
        import_streets(content=faulty.encode())
    assert Street.objects.count() == 6


def test_another_encoding_and_a_wrong_header_are_named():
    assert [fault.row for fault in check_streets("ulica;dzielnica\nŻółta;1\n".encode("cp1250")).faults] == [2]
    assert [fault.reason for fault in check_streets(b"a;b\n").faults] == ["W nagłówku brakuje kolumn: ulica, dzielnica."]


def test_every_fault_of_shapes_is_named_by_its_feature():
    bow = {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]}
    content = collection(
        feature(square(19, 50), number=1),
        feature(square(19, 50), nazwa="Nigdzie"),
        feature(bow, number=2),
        feature({"type": "Point", "coordinates": [1, 1]}, number=3),
        feature(square(19, 50), name="ŚRÓDMIEŚCIE"),
        feature(square(200, 50), number=4),
        feature({"type": "Polygon"}, number=5),
        {"type": "Feature"},
    )
    assert [fault.row for fault in check_shapes(content).faults] == [2, 3, 4, 5, 6, 7, 8]
    with pytest.raises(Refused):
        import_shapes(content=content)
    assert not District.objects.exclude(shape=None).exists()
    assert [fault.row for fault in check_shapes(b"{").faults] == [0]


def test_staff_upload_see_the_preview_and_confirm(client, settings, tmp_path):
    settings.HOME = tmp_path
    sign_in_staff(client)
    address = reverse("territory_staff_import")
    refused = client.post(address, {"file": SimpleUploadedFile("a.csv", b"ulica;dzielnica\nPolna;99\n")}).content.decode()
    assert "Nie ma dzielnicy „99”." in refused and not Street.objects.exists()
    shown = client.post(address, {"file": SimpleUploadedFile("a.csv", STREETS.encode())})
    assert "Wierszy razem: 8" in shown.content.decode() and not Street.objects.exists()
    client.post(address, {"kept": shown.context["kept"]})
    assert Street.objects.count() == 6 and not list((tmp_path / "uploads" / "territory").iterdir())


def test_a_person_without_the_role_changes_nothing():
    with pytest.raises(Refused, match="Twoja rola nie zmienia mapy miasta"):
        import_streets(content=STREETS.encode(), actor=UserFactory())
    assert Street.objects.count() == 0

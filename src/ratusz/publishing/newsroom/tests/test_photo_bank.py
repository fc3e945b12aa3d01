"""Many pictures at once, each checked by itself; the bank finds those that may be used, exactly as the passports say."""

from __future__ import annotations

import csv
import gc
import io
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image

from ratusz.foundation.audit.models import Entry
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.publishing.newsroom import actions
from ratusz.publishing.newsroom.actions import pictures
from ratusz.publishing.newsroom.factories import make_order, picture
from ratusz.publishing.newsroom.queries import STATES, photo_bank, usable_pictures
from ratusz.publishing.newsroom.rules import OrderRefused
from ratusz.publishing.website.models import Basis, ImageConsent, Minors, PortalImage
from ratusz.publishing.website.passports import actions as passports
from ratusz.publishing.website.passports.queries import passport_refuses
from ratusz.publishing.website.registries import picture_outlets
from ratusz.publishing.website.tests.passport_pictures import consent_document, keeper, make_picture, passport_for

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]
NOBODY = {"basis": "nobody", "purpose": "information", "minors": "none", "is_for_all_outlets": True, "outlets": []}
TYPED = {"basis": "nobody", "purpose": "information", "minors": "none"}


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    yield
    gc.collect()


def with_camera(name="festyn.jpg", size=(61, 40)):
    made = Image.Exif()
    made[0x013B], made[0x010E] = "Pracownia Próbna".encode(), b"Festyn w parku"
    return picture(name, size, exif=made.tobytes())


LONG = "../../etc/" + "z" * 290 + ".jpg"


def test_each_file_stands_by_itself():
    svg = SimpleUploadedFile("znak.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>")
    uploads = [
        with_camera(),
        picture(LONG, (62, 40)),
        svg,
        picture("drugi raz.jpg", (62, 40)),
        SimpleUploadedFile("x.jpg", b"tekst"),
    ]
    uploads[1].name = LONG
    outcomes = actions.add_pictures(uploads=uploads, passport=NOBODY, person=keeper(), licence="CC BY 4.0")
    assert [outcome.is_kept for outcome in outcomes] == [True, True, False, False, False]
    assert "tego rodzaju" in outcomes[2].refusal
    assert outcomes[3].refusal.startswith("To zdjęcie już tu jest")
    assert outcomes[3].image == outcomes[1].image
    assert (len(outcomes[1].name), outcomes[1].name[-5:]) == (60, "z.jpg")
    first, second = PortalImage.objects.order_by("pk")
    assert (first.title, first.description, first.credit, first.licence) == (
        *["Festyn w parku"] * 2,
        "Pracownia Próbna",
        "CC BY 4.0",
    )
    assert (second.title[:3], "/" in second.title, second.file.name.startswith("original_images/zzz")) == ("zzz", False, True)
    assert [image.passport.basis for image in (first, second)] == [Basis.NOBODY] * 2


def test_one_consent_serves_the_whole_batch():
    given = NOBODY | {"basis": "consent"}
    outcomes = actions.add_pictures(
        uploads=[picture("a.jpg", (63, 40)), picture("b.jpg", (64, 40))], passport=given, person=keeper(), author="Pracownia Inna",
        consent=consent_document(), who_signed=ImageConsent.Who.PERSON,
    )  # fmt: skip
    files = {consent.file_id for consent in ImageConsent.objects.all()}
    assert (len(files), ImageConsent.objects.count()) == (1, 2)
    assert [passport_refuses(outcome.image, "www", database_now()) for outcome in outcomes] == [None, None]
    assert {outcome.image.credit for outcome in outcomes} == {"Pracownia Inna"}


def test_only_whoever_writes_passports_adds_pictures(monkeypatch):
    with pytest.raises(PermissionDenied):
        actions.add_pictures(uploads=[picture()], passport=NOBODY, person=keeper("moderator"))
    monkeypatch.setattr(pictures, "MOST_AT_ONCE", 1)
    unit_editor = keeper("unit_editor")
    assert len(actions.add_pictures(uploads=[picture(), picture()], passport=NOBODY, person=unit_editor)) == 1
    order = make_order(keeper(), database_now())
    with pytest.raises(PermissionDenied):
        actions.add_pictures(uploads=[picture()], passport=NOBODY, person=unit_editor, order=order)
    with pytest.raises(OrderRefused, match="które ma fotograf"):
        actions.add_pictures(uploads=[picture()], passport=NOBODY, person=keeper(), order=order)


def test_a_batch_closes_into_its_order():
    person = keeper()
    order = actions.send_order(order=make_order(person, database_now()), person=person)
    bad = SimpleUploadedFile("x.jpg", b"tekst")
    actions.add_pictures(uploads=[bad], passport=NOBODY, person=person, order=order)
    order.refresh_from_db()
    assert (order.state, order.pictures.count()) == ("ordered", 0)
    for width in (71, 72):
        actions.add_pictures(uploads=[picture(size=(width, 40))], passport=NOBODY, person=person, order=order)
    order.refresh_from_db()
    assert (order.state, order.pictures.count()) == ("delivered", 2)


@pytest.fixture
def varied():
    """Pictures with every kind of passport."""
    person, today = keeper(), local_day(database_now())
    day = timedelta(days=1)
    kinds = {
        "wolne": {}, "tylko www": {"outlets": ["www"]}, "druk i www": {"outlets": ["bulletin", "www"]}, "minione": {"valid_until": today - day},
        "dziś ostatni": {"valid_until": today, "event_name": "Święto Katowic"}, "od jutra": {"valid_from": today + day},
        "bez zgody": {"basis": Basis.CONSENT}, "ze zgodą": {"basis": Basis.CONSENT}, "dziecko": {"basis": Basis.CONSENT, "minors": Minors.UNDER_13},
        "młodzież": {"basis": Basis.PAYMENT, "minors": Minors.TEENS}, "młodzież komplet": {"basis": Basis.CONSENT, "minors": Minors.TEENS},
        "tłum": {"basis": Basis.DETAIL, "minors": Minors.UNDER_13}, "wycofane": {"valid_until": today - day},
    }  # fmt: skip
    signed = {"ze zgodą": ["person"], "dziecko": ["person"], "młodzież": ["parents"], "młodzież komplet": ["parents", "person"]}
    images = {"bez paszportu": make_picture("bez paszportu", colour="#000001")}
    for number, (name, facts) in enumerate(kinds.items()):
        images[name] = make_picture(name, colour=f"#0000{number + 16:02x}", credit="Pracownia")
        passport = passport_for(images[name], person, **facts)
        for who in signed.get(name, ()):
            passports.add_consent(passport=passport, who_signed=who, upload=consent_document(), person=person)
    passports.withdraw_consent(image=images["wycofane"], reason="list", person=person)
    return images


def test_the_bank_finds_exactly_what_the_rule_allows(varied):
    at = database_now()
    for outlet in ["", *(code for code, _words in picture_outlets.items())]:
        found = set(usable_pictures(outlet, at).values_list("title", flat=True))
        assert found == {name for name, image in varied.items() if passport_refuses(image, outlet, at) is None}
    assert {name for name, image in varied.items() if passport_refuses(image, "newsletter", at) is None} == {
        "wolne", "dziś ostatni", "ze zgodą", "młodzież komplet", "tłum",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("filters", "names"),
    [
        ({"words": "druk prac"}, {"druk i www"}),
        ({"event": "święto"}, {"dziś ostatni"}),
        ({"minors": "under_13"}, {"dziecko", "tłum"}),
        ({"basis": "payment"}, {"młodzież"}),
        ({"outlet": "bulletin", "words": "www"}, {"druk i www"}),
        ({"state": "soon"}, {"dziś ostatni"}),
        ({"state": "over"}, {"minione"}),
        ({"state": "none"}, {"bez paszportu"}),
        ({"state": "withdrawn"}, {"wycofane"}),
        ({"state": "incomplete"}, {"minione", "od jutra", "bez zgody", "dziecko", "młodzież"}),
        ({"state": "usable", "words": "tylko"}, {"tylko www"}),
    ],
)
def test_filters_of_the_bank(varied, filters, names):
    assert set(photo_bank(filters, database_now()).values_list("title", flat=True)) == names
    assert filters.get("state", "soon") in STATES


def test_the_bank_says_that_a_picture_of_an_event_serves_that_event(staff_client):
    everywhere, printed = make_picture("wszędzie", colour="#000001"), make_picture("druk", colour="#000002")
    passport_for(everywhere, event_name="Bieg Próbny", event_date=local_day(database_now()))
    passport_for(printed, event_name="Bieg Próbny", event_date=local_day(database_now()), outlets=["bulletin"])
    page = staff_client("editor").get("/admin/zdjecia/").text
    assert "Można użyć wszędzie, ale tylko w tekstach o tym wydarzeniu: Bieg Próbny." in page
    assert "Można użyć tylko w tekstach o tym wydarzeniu: Bieg Próbny, na: informator drukowany." in page


def test_the_page_lists_filters_and_exports(varied, staff_client):
    client = staff_client("editor")
    page = client.get("/admin/zdjecia/").text
    assert ("14 zdjęć" in page, "Można użyć na: informator drukowany, strona miasta." in page) == (True, True)
    assert ("Minął termin 1 zdjęcia." in page, 'href="/admin/zdjecia/?state=over"' in page) == (True, True)
    assert "1 zdjęcie" in client.get("/admin/zdjecia/?outlet=bulletin&words=druk").text
    assert "Żadne zdjęcie nie pasuje" in client.get("/admin/zdjecia/?words=nicniema&outlet=zly").text
    answer = client.get("/admin/zdjecia/lista.csv?state=soon")
    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig")), delimiter=";"))
    assert ([row[1] for row in rows], rows[1][6]) == (["Tytuł", "dziś ostatni"], "Święto Katowic")
    assert Entry.objects.filter(deed="newsroom.export_pictures").count() == 1
    assert staff_client("moderator").get("/admin/zdjecia/", follow=True).redirect_chain[0][0] == "/admin/"


@pytest.mark.parametrize(("address", "queries"), [("/admin/zdjecia/", 27), ("/admin/zdjecia/lista.csv", 13)])
def test_the_bank_costs_the_same_with_one_picture_and_with_three(staff_client, address, queries):
    client, counted = staff_client("editor"), []
    for batch in (range(1), range(1, 3)):
        for number in batch:
            passport = passport_for(make_picture(f"Z{number}", colour=f"#1111{number + 16}"), basis=Basis.CONSENT)
            passports.add_consent(passport=passport, who_signed="person", upload=consent_document(), person=keeper())
        client.get(address)
        with CaptureQueriesContext(connection) as caught:
            answer = client.get(address)
            assert b"".join(answer.streaming_content if answer.streaming else [answer.content])
        counted.append(len(caught))
    assert counted == [queries, queries]


def test_many_files_by_the_form_without_any_script(staff_client):
    client = staff_client("editor")
    assert "multiple" in client.get("/admin/zdjecia/dodaj/").text
    refused = client.post("/admin/zdjecia/dodaj/", {"author": "Pracownia"})
    assert (refused.status_code, 'value="Pracownia"' in refused.text) == (400, True)
    many = client.post("/admin/zdjecia/dodaj/", TYPED | {"files": [picture(size=(90, 40))] * 61})
    assert "najwyżej 60" in many.text
    sent = {"files": [picture("a.jpg", (81, 40)), picture("b.jpg", (82, 40)), SimpleUploadedFile("c.svg", b"<svg/>")]}
    answer = client.post("/admin/zdjecia/dodaj/", TYPED | sent, follow=True)
    assert ("Dodano 2 zdjęcia." in answer.text, "Nie przyjęto 1 pliku." in answer.text, "c.svg" in answer.text) == (
        True,
        True,
        True,
    )
    wrong = TYPED | {"files": [picture(size=(83, 40))], "consent": SimpleUploadedFile("z.txt", b"tak"), "who_signed": "person"}
    assert "tego rodzaju" in client.post("/admin/zdjecia/dodaj/", wrong).text
    assert "Nic jeszcze nie dodano" in staff_client("press_officer").get("/admin/zdjecia/dodane/").text

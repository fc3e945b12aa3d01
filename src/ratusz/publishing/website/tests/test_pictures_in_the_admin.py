"""Wagtail's own upload asks for the passport and cleans the file; a page with a refused picture is saved, not published."""

from __future__ import annotations

import gc
import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from wagtail.test.utils.form_data import querydict_from_html

from ratusz.foundation.audit.models import Entry
from ratusz.foundation.files.factories import make_image
from ratusz.foundation.kit.clock import database_now
from ratusz.publishing.gates.factories import make_reading
from ratusz.publishing.gates.queries import findings_of
from ratusz.publishing.gates.reading import Picture
from ratusz.publishing.gates.registries import readers
from ratusz.publishing.website.factories import make_news, make_portal
from ratusz.publishing.website.models import Basis, ImagePassport, NewsPage, PortalImage, WithdrawalTask
from ratusz.publishing.website.passports import incoming
from ratusz.publishing.website.passports.incoming import MOST_KEPT_PIXELS, Proposal, clean_picture, proposal_of
from ratusz.publishing.website.passports.rules import ConsentWithdrawn

from .passport_pictures import close, consent_document, jpeg, make_picture, passport_for
from .test_withdrawn_pictures import body_with

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]
AJAX = {"HTTP_X_REQUESTED_WITH": "XMLHttpRequest"}
PASSPORT = {"basis": "nobody", "purpose": "information", "minors": "none"}


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    yield
    gc.collect()


def exif(**tags) -> bytes:
    made = Image.Exif()
    made[0x013B], made[0x010E] = "Pracownia Próbna".encode(), "Festyn w parku"
    made.get_ifd(0x8825)[2] = (50.0, 15.0, 30.0)
    return made.tobytes()


def test_place_and_camera_are_taken_out_author_and_caption_are_proposed():
    data = jpeg(exif=exif())
    assert proposal_of(data) == Proposal("Pracownia Próbna", "Festyn w parku")
    kept = clean_picture(data, "C:\\Zdjęcia\\festyn.JPG")
    assert kept.name == "festyn.jpg"
    assert dict(Image.open(io.BytesIO(kept.read())).getexif()) == {}
    assert proposal_of(b"nothing") == Proposal()
    assert proposal_of(jpeg()) == Proposal()


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (["A", "B"], "A"),
        ([], ""),
        ("Zażółć".encode(), "Zażółć"),
        ("Zażółć".encode().decode("latin-1"), "Zażółć"),
        ("ó", "ó"),
        ("Ł\x00ódź", "Łódź"),
    ],
)
def test_words_of_a_camera_are_read_whatever_way_they_are_written(written, read):
    assert incoming._text(written) == read


def test_a_huge_picture_is_made_smaller(monkeypatch):
    monkeypatch.setattr(incoming, "MOST_KEPT_PIXELS", 60_000)
    for form in ("JPEG", "PNG", "WEBP"):
        kept = Image.open(clean_picture(make_image(form, (600, 400)), "duze.jpg"))
        assert (kept.format, kept.size) == (form, (300, 200))


def test_fifty_megapixels_are_made_smaller():
    kept = Image.open(clean_picture(jpeg((8700, 5800)), "duze.jpg"))
    assert kept.width * kept.height <= MOST_KEPT_PIXELS
    assert (kept.width, round(kept.width / kept.height, 2)) == (6000, 1.5)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "tego rodzaju"),
        (b"", "pusty"),
        (jpeg()[:300], "uszkodzony"),
        (consent_document().read(), "tego rodzaju"),
    ],
)
def test_what_is_no_picture_is_refused_in_words(data, words):
    with pytest.raises(Exception, match=words):
        clean_picture(data, "x.jpg")


def test_the_field_itself_cleans_whatever_way_a_file_comes():
    image = PortalImage.objects.create(title="Festyn", file=SimpleUploadedFile("../../a" + "b" * 300 + ".jpg", jpeg(exif=exif())))
    assert image.file.name.startswith("original_images/ab")
    assert len(image.file.name) < 100
    with image.file.open() as kept:
        assert dict(Image.open(kept).getexif()) == {}


def test_wagtails_form_asks_for_the_passport(staff_client):
    client = staff_client("editor")
    page = client.get("/admin/images/add/")
    assert page.status_code == 200
    refused = client.post("/admin/images/chooser/create/", {"image-chooser-upload-title": "Park"}).json()
    assert "Na jakiej podstawie" in refused["htmlFragment"]
    upload = SimpleUploadedFile("park.jpg", jpeg())
    typed = {"title": "Park", "file": upload, "collection": 1} | PASSPORT
    client.post("/admin/images/chooser/create/", {f"image-chooser-upload-{name}": value for name, value in typed.items()})
    image = PortalImage.objects.get()
    assert (image.passport.basis, image.passport.is_for_all_outlets) == (Basis.NOBODY, True)
    edited = client.post(
        f"/admin/images/{image.pk}/", PASSPORT | {"title": "Park", "collection": 1, "outlets": ["www"], "basis": "detail"}
    )
    assert edited.status_code == 302
    passport = ImagePassport.objects.get()
    assert (passport.basis, passport.outlets, passport.is_for_all_outlets) == (Basis.DETAIL, ["www"], False)
    wrong = PASSPORT | {
        "title": "Park",
        "collection": 1,
        "minors": "teens",
        "valid_from": "2026-02-01",
        "valid_until": "2026-01-01",
    }
    answer = client.post(f"/admin/images/{image.pk}/", wrong | {"further_basis": "detail"}).text
    for words in ("wymaga innej podstawy", "wypada przed pierwszym", "dlaczego można go użyć poza wydarzeniem"):
        assert words in answer


def test_many_files_at_once_each_wait_for_the_passport(staff_client):
    client = staff_client("editor")
    upload = SimpleUploadedFile("x.jpg", jpeg())
    answer = client.post("/admin/images/multiple/add/", {"title": "x", "files[]": upload}, **AJAX).json()
    assert (answer["success"], PortalImage.objects.count()) == (True, 0)
    number = answer["uploaded_file_id"]
    typed = {f"uploaded-image-{number}-{name}": value for name, value in (PASSPORT | {"title": "X", "collection": 1}).items()}
    assert client.post(f"/admin/images/multiple/create_from_uploaded_image/{number}/", typed, **AJAX).json()["success"]
    assert PortalImage.objects.get().passport.basis == Basis.NOBODY
    svg = SimpleUploadedFile("x.svg", b"<svg><script/></svg>")
    assert not client.post("/admin/images/multiple/add/", {"title": "x", "files[]": svg}, **AJAX).json()["success"]


def test_a_page_with_a_refused_picture_is_saved_but_not_published(staff_client):
    homes, image = make_portal(), make_picture()
    page = make_news(homes, 1, title="Lipy")
    client = staff_client("editor")
    typed = form_of(client, page, image)
    answer = client.post(f"/admin/pages/{page.pk}/edit/", typed | {"action-publish": "1"}, follow=True)
    assert ("Nie opublikowano" in answer.text, "nie ma paszportu wizerunku" in answer.text) == (True, True)
    page.refresh_from_db()
    assert ([*page.body], page.get_latest_revision_as_object().body[0].block_type) == ([], "picture")
    passport_for(image)
    second = staff_client("editor")
    second.post(f"/admin/pages/{page.pk}/edit/", form_of(second, page, image) | {"action-publish": "1"})
    assert NewsPage.objects.get(pk=page.pk).body[0].block_type == "picture"


def form_of(client, page, image):
    """What the page's form holds, with one picture in its body."""
    form = querydict_from_html(client.get(f"/admin/pages/{page.pk}/edit/").text, form_id="page-edit-form").dict()
    return form | {
        "day": "2026-11-01", "lead": "Krótko", "body-count": 1, "body-0-type": "picture", "body-0-order": 0, "body-0-deleted": "", "body-0-id": "",
        "body-0-value-image-image": image.pk, "body-0-value-image-alt_text": "Lipy", "body-0-value-caption": "",
    }  # fmt: skip


def test_an_events_picture_only_warns_under_another_text():
    homes, image = make_portal(), make_picture()
    passport_for(image, event_name="Święto Katowic", event_date=date(2026, 11, 4))
    other, same = (
        make_news(homes, 1, body=body_with(image)),
        make_news(homes, 2, title="Święto Katowic za nami", body=body_with(image)),
    )
    that_day = make_news(homes, 4, body=body_with(image))

    def found(page):
        return [each.severity for each in findings_of(readers["page"](page), database_now()) if each.gate == "W04"]

    assert [found(page) for page in (other, same, that_day)] == [["warn"], [], []]


def test_the_passports_own_page(staff_client):
    image, client = make_picture(), staff_client("editor")
    url = f"/admin/zdjecia/{image.pk}/paszport/"
    assert "nie ma paszportu wizerunku" in client.get(url).text
    refused = client.post(url, PASSPORT | {"basis": "", "source": "Archiwum"})
    assert (refused.status_code, 'value="Archiwum"' in refused.text) == (400, True)
    assert client.post(url, PASSPORT | {"basis": "consent"}).status_code == 302
    assert "Brakuje zgody osoby ze zdjęcia" in client.get(url).text
    wrong = client.post(
        f"/admin/zdjecia/{image.pk}/zgoda/", {"who_signed": "person", "document": SimpleUploadedFile("z.txt", b"tak")}
    )
    assert (wrong.status_code, "tego rodzaju" in wrong.text) == (400, True)
    client.post(f"/admin/zdjecia/{image.pk}/zgoda/", {"who_signed": "person", "document": consent_document()})
    assert "Paszport jest kompletny" in client.get(url).text
    consent = ImagePassport.objects.get().consents.get()
    answer = client.get(f"/admin/zdjecia/zgody/{consent.pk}/")
    assert (answer.status_code, answer["Content-Disposition"][:10]) == (200, "attachment")
    close(answer)
    assert Entry.objects.filter(is_read=True, subject_type="ratusz_files.StoredFile").count() == 1
    assert staff_client("moderator").get(url, follow=True).redirect_chain[0][0] == "/admin/"


def test_withdrawing_and_settling_on_the_page(staff_client):
    homes, image = make_portal(), make_picture()
    passport_for(image)
    page = make_news(homes, 1, title="Lipy", body=body_with(image))
    client, url = staff_client("editor"), f"/admin/zdjecia/{image.pk}/wycofanie/"
    assert "Strona: Lipy" in client.get(url).text
    assert client.post(url, {"reason": ""}).status_code == 400
    unsure = client.post(url, {"reason": "e-mail"})
    assert (unsure.status_code, "wycofania nie da się cofnąć" in unsure.text) == (400, True)
    assert ImagePassport.objects.get().withdrawn_at is None
    assert "1 miejsce" in client.post(url, {"reason": "e-mail", "sure": "on"}, follow=True).text
    again = client.post(url, {"reason": "e-mail", "sure": "on"})
    assert (again.status_code, "wycofano" in again.text) == (400, True)
    task = WithdrawalTask.objects.get()
    settle = f"/admin/zdjecia/miejsca/{task.pk}/"
    assert "nadal pokazuje" in client.post(settle, {"note": "usunięte"}, follow=True).text
    page.body = []
    page.save_revision().publish()
    assert "w kilku słowach" in client.post(settle, {"note": ""}, follow=True).text
    assert "Załatwione: Strona: Lipy" in client.post(settle, {"note": "usunięte"}, follow=True).text
    assert "Nie ma nowych miejsc" in client.post(f"/admin/zdjecia/{image.pk}/szukaj-miejsc/", follow=True).text
    edited = client.post(f"/admin/images/{image.pk}/", PASSPORT | {"title": "Park", "collection": 1})
    assert str(ConsentWithdrawn()) in edited.text


def test_every_outlet_asks_at_the_gate():
    image, warned = make_picture(), make_picture("Święto", colour="#d11")
    passport_for(image, outlets=["bulletin"])
    passport_for(warned, event_name="Święto Katowic")
    pictures = (Picture("Lipy", image=image, url="/pole/"), Picture("Scena", image=warned), Picture("Ozdoba", is_decorative=True))

    def found(**fields):
        gates = findings_of(make_reading(**{"pictures": pictures} | fields), database_now())
        return [(each.severity, each.url) for each in gates if each.gate == "W04"]

    assert found() == [("block", "/pole/"), ("warn", "/admin/test/1/")]
    assert found(target="bulletin", title="Święto Katowic za nami") == []
    assert found(facts={"outlet": "press"}) == [("block", "/pole/"), ("warn", "/admin/test/1/")]
    assert found(pictures=pictures[2:]) == []

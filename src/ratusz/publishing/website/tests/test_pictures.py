"""A picture put on a page is seen by readers and in the editor; nothing else of the media folder is."""

from __future__ import annotations

import gc
import re
from io import BytesIO

import pytest
from django.conf import settings
from django.core.files.images import ImageFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image
from tests.harness.signing_in import sign_in_staff

from ratusz.foundation.people.models import Role
from ratusz.foundation.units.factories import AppointmentFactory
from ratusz.publishing.website.factories import make_news, make_portal
from ratusz.publishing.website.models import PortalImage, PortalRendition

from .passport_pictures import close

# Wagtail leaves the files of its renditions to the garbage collector; they are collected before the next test.
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture(autouse=True)
def collected():
    yield
    gc.collect()


@pytest.fixture
def image(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    content = BytesIO()
    Image.new("RGB", (1200, 800), "#0b4ea2").save(content, "JPEG")
    return PortalImage.objects.create(
        title="Drzewa", file=ImageFile(content, "drzewa.jpg"), description="Szpaler lip", width=1200, height=800
    )


def sources(html):
    return re.findall(r'<img[^>]+src="(/media/[^"]+)"', html)


def test_a_picture_on_a_page_is_served_without_a_cookie(client, image):
    body = [("picture", {"image": image, "caption": "Lipy przy ul. Gliwickiej"})]
    image.contextual_alt_text, image.decorative = "Szpaler lip", False
    page = make_news(make_portal(), body=body)
    found = sources(client.get(page.url).text)
    assert len(found) == 1
    answer = client.get(found[0])
    assert (answer.status_code, answer["Content-Type"], answer["Cache-Control"]) == (200, "image/jpeg", "public, max-age=300")
    assert Image.open(BytesIO(b"".join(answer.streaming_content))).width == 960
    assert not answer.cookies
    close(answer)
    known = client.get(found[0], headers={"If-Modified-Since": answer["Last-Modified"]})
    assert (known.status_code, known["Cache-Control"]) == (304, "public, max-age=300")


def test_a_file_left_behind_by_a_picture_that_went_is_not_served(client, image):
    """As when the process dies between a withdrawal and the removal of its files."""
    rendition = image.get_rendition("width-100")
    address = f"/media/{rendition.file.name}"
    with CaptureQueriesContext(connection) as caught:
        answer = client.get(address)
    assert (answer.status_code, len(caught)) == (200, 1)
    close(answer)
    PortalRendition.objects.all().delete()
    assert (settings.MEDIA_ROOT / rendition.file.name).exists()
    assert client.get(address).status_code == 404


def test_the_editor_sees_it_in_the_list_of_pictures(client, image):
    person = sign_in_staff(client)
    AppointmentFactory(person=person, role=Role.objects.get(code="editor"))
    found = sources(client.get("/admin/images/").text)
    answers = [client.get(address) for address in found]
    assert [answer.status_code for answer in answers] == [200]
    for answer in answers:
        close(answer)


@pytest.mark.parametrize(
    "address",
    [
        "/media/images/", "/media/images/nie-ma.jpg", "/media/original_images/drzewa.jpg", "/media/private/tajne.pdf",
        "/media/images/..%2Fprivate%2Ftajne.pdf", "/media/images/../private/tajne.pdf", "/media/images/%2e%2e/original_images/drzewa.jpg",
    ],
)  # fmt: skip
def test_nothing_else_is_served(client, image, address):
    secret = settings.MEDIA_ROOT / "private" / "tajne.pdf"
    secret.parent.mkdir()
    secret.write_bytes(b"tajne")
    assert client.get(address).status_code == 404
